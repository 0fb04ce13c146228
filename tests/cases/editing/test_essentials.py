"""What a form asks for first, what it folds away, how it says what must be filled in, and the codes it makes itself."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from conftest import NOON
from fremsyn.cases.editing.operations import add_things
from fremsyn.cases.editing.stored import stored
from fremsyn.cases.models import Item
from fremsyn.cases.shape import Text
from fremsyn.framing import handover as framing
from fremsyn.framing.schema import Stakeholder

pytestmark = pytest.mark.django_db


def address(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=["kombit", *args])


def folded(page: str) -> str:
    """Return the part of a page that is folded away, with the tag that says whether it is open."""
    found = re.search(r'<details class="more-fields".*?</div></details>\s*<p class="cluster">', page, re.DOTALL)
    assert found, "nothing is folded away"
    return found.group()


def labelled(page: str, name: str) -> str:
    """Return a field's label, with what is said beside it."""
    found = re.search(rf'id="field-{name}".*?</(?:label|legend)>', page, re.DOTALL)
    assert found, name
    return found.group()


def test_a_long_form_asks_first_for_what_must_be_written_and_says_that_it_must(client_as, kombit):
    page = client_as("facilitator").get(address("item_add", "signal")).content.decode()
    later = folded(page)
    first = page.replace(later, "")
    for name in ("title", "what_changes", "so_what", "kind", "noticed_by"):
        assert "skal udfyldes" in labelled(first, name)
    for name in ("noted", "question", "because", "sources", "unverified"):
        assert f'id="field-{name}"' in later
    assert "må stå tomt" not in later
    assert not later.startswith('<details class="more-fields" open')
    assert re.search(r'<select name="kind"[^>]* required', first)


def test_what_is_folded_away_opens_when_it_holds_something_or_is_wrong(client_as, kombit):
    client = client_as("facilitator")
    for where in ("?because=T1", ""):
        page = client.get(address("item_add", "signal") + where).content.decode()
        assert folded(page).startswith('<details class="more-fields" open') is bool(where)
    wrong = client.post(address("item_add", "signal"), {"noted": "i går"}).content.decode()
    assert folded(wrong).startswith('<details class="more-fields" open')
    kept = client.post(address("item_add", "signal"), {"noted": "2026-11-01", "sources_more": "F1"}).content.decode()
    assert folded(kept).startswith('<details class="more-fields" open')


def test_a_short_name_is_made_of_the_name_and_told_apart_from_those_in_use(client_as, kombit):
    client = client_as("facilitator")
    like = framing.load(kombit).stakeholders.stakeholders[0]
    sent = {
        "name_da": "Øens børnehaver", "category": like.category, "type": "group", "influence": 2, "interest": 4,
        "involvement": like.involvement, "circle": "wide",
    }  # fmt: skip
    for _time in range(2):
        assert client.post(address("item_add", "stakeholder"), sent).status_code == 302
    assert client.post(address("item_add", "stakeholder"), sent | {"key": "vores_eget"}).status_code == 302
    added = framing.load(Item.objects.filter(case=kombit).first().case).stakeholders.stakeholders[-3:]
    assert [each.key for each in added] == ["oeens_boernehaver", "oeens_boernehaver_2", "vores_eget"]


def test_codes_of_things_that_are_kept_at_once_differ(kombit):
    like = framing.load(kombit).stakeholders.stakeholders[0]
    new = [
        Stakeholder(
            ref="", key="", name=Text(da="Skoler"), category=like.category, type="group", influence=1, interest=1,
            involvement=like.involvement, circle="wide",
        )
        for _n in range(2)
    ]  # fmt: skip
    items = add_things(case=kombit, parent="stakeholders", slot="stakeholders", things=new, by=None, at=NOON)
    assert [stored(kombit, item.ref).thing.key for item in items] == ["skoler", "skoler_2"]


def test_a_new_state_is_called_by_its_drivers_short_name_and_a_letter(client_as, kombit):
    client = client_as("facilitator")
    sent = {"name_da": "Fælles drift", "description_da": "Sådan er det."}
    where = f"{address('item_add', 'variant')}?in=D1&field=variants"
    driver = stored(kombit, "D1").thing
    assert client.post(where, sent).status_code == 302
    new = Item.objects.filter(case=kombit, kind="variant", title__da="Fælles drift").get()
    key = stored(kombit, new.ref).thing.key
    assert key.startswith(f"{driver.key}.F")
    assert key not in {each.key for each in driver.variants}


def test_a_word_that_is_added_to_a_vocabulary_gets_its_code_from_the_word(client_as, kombit):
    client = client_as("facilitator")
    where = f"{address('item_change', 'scanning')}?only=themes"
    before = stored(kombit, "scanning").thing.themes
    page = client.get(where).content.decode()
    assert f'name="themes-{len(before)}-id"' not in page
    sent = {
        "themes-rows": len(before) + 3,
        "version": 1,
        "meaning": "wording",
        f"themes-{len(before)}-name_da": "Ø-drift",
    }
    for at, each in enumerate(before):
        sent |= {f"themes-{at}-id": each.id, f"themes-{at}-name_da": each.name.da, f"themes-{at}-name_en": each.name.en}
    assert client.post(where, sent).status_code == 302
    assert [each.id for each in stored(kombit, "scanning").thing.themes][-1] == "oe_drift"
