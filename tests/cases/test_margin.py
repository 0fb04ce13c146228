"""The margin never says that something is absent which is only hidden."""

import pytest


@pytest.mark.parametrize("page", ["conversation/statements/U44/", "conversation/insights/N3/", "framing/questions/Q0/"])
def test_what_is_hidden_is_not_said_to_be_absent(kombit, client_as, page):
    told = client_as("stakeholder").get(f"/cases/{kombit.slug}/{page}").content.decode()
    assert "Her er der et hul" not in told
    assert "Intet hviler på det endnu" not in told

    told = client_as("owner").get(f"/cases/{kombit.slug}/{page}").content.decode()
    assert "Intet, du har adgang til" not in told


HIDDEN = ("Her er der et hul", "Intet hviler på", "A gap", "Et hul", "Intet endnu", "<strong>Intet.</strong>")
SEEN_IN_PART = (
    "conversation/", "conversation/insights/N3/", "conversation/statements/U44/", "conversation/statements/U1/",
    "framing/questions/Q0/", "trace/N3/?up=1", "trace/N3/", "trace/U44/", "trace/Q0/",
)  # fmt: skip


@pytest.mark.parametrize("page", SEEN_IN_PART)
def test_no_page_of_a_stakeholder_calls_absent_what_is_hidden(kombit, client_as, page):
    told = client_as("stakeholder").get(f"/cases/{kombit.slug}/{page}")
    assert told.status_code == 200
    assert not [words for words in HIDDEN if words in told.content.decode()]


def test_a_stakeholder_is_told_when_the_use_can_be_read(kombit, client_as):
    client = client_as("stakeholder")
    for page in ("conversation/", "conversation/insights/N3/", "trace/N3/?up=1"):
        told = client.get(f"/cases/{kombit.slug}/{page}").content.decode()
        assert "når bestyrelsen har besluttet" in told
        assert "det blev det brugt til</h2>" not in told


def test_words_are_found_in_quotes_and_with_signs(kombit, client_as):
    client = client_as("owner")
    for query in ('"vej til et menneske"', "»vej til et menneske«", "vej-til et menneske!"):
        page = client.get(f"/cases/{kombit.slug}/search/", {"q": query}).content.decode()
        assert "/conversation/insights/N4/" in page
    assert "/scenarios/states/D10.c/" in client.get(f"/cases/{kombit.slug}/search/?q=d10.c").content.decode()
