"""The margin never says that something is absent which is only hidden."""

import pytest


@pytest.mark.parametrize("page", ["conversation/statements/U44/", "conversation/insights/N3/", "framing/questions/Q0/"])
def test_what_is_hidden_is_not_said_to_be_absent(kombit, client_as, page):
    told = client_as("stakeholder").get(f"/cases/{kombit.slug}/{page}").content.decode()
    assert "Her har sporet et hul" not in told
    assert "Intet hviler på det endnu" not in told

    told = client_as("owner").get(f"/cases/{kombit.slug}/{page}").content.decode()
    assert "Intet, du har adgang til" not in told


def test_words_are_found_in_quotes_and_with_signs(kombit, client_as):
    client = client_as("owner")
    for query in ('"vej til et menneske"', "»vej til et menneske«", "vej-til et menneske!"):
        page = client.get(f"/cases/{kombit.slug}/search/", {"q": query}).content.decode()
        assert "/conversation/insights/N4/" in page
    assert "/scenarios/states/D10.c/" in client.get(f"/cases/{kombit.slug}/search/?q=d10.c").content.decode()
