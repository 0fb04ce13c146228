"""The pages on which things are written: what they take, what they refuse, and that nothing typed is lost."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from conftest import NOON
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.editing.stored import stored
from fremsyn.cases.models import Item
from fremsyn.cases.shape import Text
from fremsyn.people.models import Person
from fremsyn.scanning import handover as scanning

pytestmark = pytest.mark.django_db
SIGNAL = {
    "title_da": "Fem kommuner deler et værksted",
    "what_changes_da": "De bygger selv.",
    "so_what_da": "Fællesskabet flytter sig.",
    "noticed_by": "organisationen",
    "noted": "2026-11-20",
    "question": "Q1",
    "because_more": "t1",
}


def address(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=["kombit", *args])


def filled(response) -> dict[str, object]:
    """Return the form of a page as a browser would send it back unchanged."""
    form = response.context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        widget = bound.field.widget
        if hasattr(widget, "decompress"):
            parts = value if isinstance(value, list) else widget.decompress(value)
            for suffix, part in zip(widget.widgets_names, parts, strict=True):
                data[f"{bound.html_name}{suffix}"] = "" if part is None else part
        elif isinstance(value, bool):
            data |= {bound.html_name: "on"} if value else {}
        elif value is not None:
            data[bound.html_name] = value
    return data


@pytest.fixture
def kind(kombit) -> str:
    return scanning.load(kombit).scanning.signals[0].kind


def test_a_member_adds_a_signal_and_lands_on_its_page(client_as, kombit, kind):
    client = client_as("member")
    assert client.get(address("item_add", "signal")).status_code == 200

    response = client.post(address("item_add", "signal"), SIGNAL | {"kind": kind})

    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    assert "Fem kommuner deler et værksted" in page
    assert "Gemt." in page
    added = scanning.load(Item.objects.get(case=kombit, title__da=SIGNAL["title_da"]).case).scanning.signals[-1]
    assert added.because == ("T1",)


def test_what_is_missing_is_told_beside_the_field_and_what_was_typed_stays(client_as, kombit, kind):
    response = client_as("facilitator").post(address("item_add", "signal"), SIGNAL | {"kind": kind, "so_what_da": ""})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#field-so_what"' in page
    assert "De bygger selv." in page


def test_words_that_are_no_reference_are_looked_up_and_offered(client_as, kombit, kind):
    word = max(re.findall(r"\w+", str(scanning.load(kombit).scanning.trends[0].title)), key=len)
    response = client_as("facilitator").post(
        address("item_add", "signal"), SIGNAL | {"kind": kind, "because_more": word}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert re.search(r'type="checkbox" name="because" value="T1"', page)


def test_a_reference_that_is_not_there_is_told_at_its_field(client_as, kombit, kind):
    client = client_as("facilitator")
    response = client.post(address("item_add", "signal"), SIGNAL | {"kind": kind, "because_more": "T999"})
    assert response.status_code == 422
    assert "T999" in str(response.context["form"].errors["because"])


def test_a_change_asks_whether_the_meaning_changed(client_as, kombit):
    client = client_as("facilitator")
    page = client.get(address("item_change", "T1"))
    data = filled(page) | {"version": 1, "title_da": "Nyt navn"}

    assert client.post(address("item_change", "T1"), data).status_code == 422
    response = client.post(address("item_change", "T1"), data | {"meaning": "meaning", "why": "Ny viden"})

    assert response.status_code == 302
    assert str(stored(kombit, "T1").thing.title) == "Nyt navn"
    assert Item.objects.filter(case=kombit, look_again=True).exists()
    history = client.get(address("item_history", "T1")).content.decode()
    assert "Ny viden" in history
    assert "Facilitator" in history


def test_a_form_sent_back_as_it_came_changes_nothing(client_as, kombit):
    client = client_as("owner")
    before = stored(kombit, "T5").thing
    page = client.get(address("item_change", "T5"))
    client.post(address("item_change", "T5"), filled(page) | {"version": 1, "meaning": "wording"})
    assert stored(kombit, "T5").thing == before
    assert stored(kombit, "T5").item.version == 1


def test_the_second_of_two_is_shown_both_versions_and_may_choose(client_as, kombit):
    client = client_as("facilitator")
    data = filled(client.get(address("item_change", "T1"))) | {
        "version": 1,
        "meaning": "wording",
        "title_da": "Min udgave",
    }
    owner = Person.objects.get(username="owner")
    theirs = {"title": Text(da="Ejerens udgave")}
    change_thing(case=kombit, key="T1", version=1, values=theirs, meaning=False, by=owner, at=NOON)

    response = client.post(address("item_change", "T1"), data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Ejerens udgave" in page
    assert "Min udgave" in page
    assert str(stored(kombit, "T1").thing.title) == "Ejerens udgave"

    version = re.search(r'name="version" value="(\d+)"', page).group(1)
    client.post(address("item_change", "T1"), data | {"version": version})
    assert str(stored(kombit, "T1").thing.title) == "Min udgave"


def test_what_is_withdrawn_comes_back_from_the_list(client_as, kombit):
    client = client_as("facilitator")
    ref = scanning.load(kombit).scanning.signals[-1].ref
    assert client.get(address("item_withdraw", ref)).status_code == 200
    client.post(address("item_withdraw", ref), {"why": "Dublet"})
    assert client.get(reverse("scanning:signal", args=["kombit", ref])).status_code == 404
    assert ref in client.get(address("item_withdrawn")).content.decode()

    client.post(address("item_restore", ref))
    assert client.get(reverse("scanning:signal", args=["kombit", ref])).status_code == 200


def test_what_others_stand_on_can_not_be_withdrawn_and_the_page_says_what(client_as, kombit):
    page = client_as("owner").get(address("item_withdraw", "A1")).content.decode()
    assert "Træk tilbage</button>" not in page
    assert client_as("owner").post(address("item_withdraw", "A1"), {}).status_code == 422


def test_a_version_can_be_gone_back_to(client_as, kombit):
    client = client_as("owner")
    first = stored(kombit, "T1").thing
    data = filled(client.get(address("item_change", "T1"))) | {"version": 1, "meaning": "meaning", "title_da": "Nyt"}
    client.post(address("item_change", "T1"), data)
    client.post(address("item_revert", "T1", 1))
    assert stored(kombit, "T1").thing == first


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\u202eomvendt", "👩🏽‍🚀 i rummet", "'; DROP TABLE cases_item; --"]
)
def test_any_text_is_kept_and_shown_as_text(client_as, kombit, kind, text):
    client = client_as("member")
    response = client.post(address("item_add", "signal"), SIGNAL | {"kind": kind, "title_da": text})
    page = client.get(response["Location"]).content.decode()
    assert "<script>alert" not in page
    assert str(scanning.load(Item.objects.get(case=kombit, path__startswith="scanning/signals", title__da=text).case)
               .scanning.signals[-1].title) == text  # fmt: skip


def test_a_text_of_a_megabyte_is_refused_at_its_field(client_as, kombit, kind):
    response = client_as("member").post(
        address("item_add", "signal"), SIGNAL | {"kind": kind, "so_what_da": "a" * 2**20}
    )
    assert response.status_code == 422
    assert "so_what" in response.context["form"].errors


@pytest.mark.parametrize("role", ["observer", "board", "leadership", "member", "administrator"])
def test_those_who_may_not_edit_are_refused_and_nothing_is_written(client_as, kombit, role):
    client = client_as(role)
    for name, args in (
        ("item_change", ["T1"]),
        ("item_withdraw", ["T1"]),
        ("item_holds", ["T1"]),
        ("item_add", ["trend"]),
    ):
        assert client.get(address(name, *args)).status_code == 403, name
        assert client.post(address(name, *args), {"why": "x"}).status_code == 403, name
    assert stored(kombit, "T1").item.version == 1


def test_what_is_not_there_is_not_found(client_as, kombit):
    client = client_as("owner")
    for path in (
        address("item_change", "T999"),
        address("item_change", "no/such/part"),
        address("item_add", "nonsense"),
    ):
        assert client.get(path).status_code == 404, path
