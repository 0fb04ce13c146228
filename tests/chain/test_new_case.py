"""A new case from a template: it is the maker's, it holds nothing that could be taken for content, every page shows."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from chain.walking import walked
from conftest import NOON
from fremsyn.audit.models import Entry
from fremsyn.cases import file as case_file
from fremsyn.cases.access import Visit
from fremsyn.cases.models import Case, Item, Membership, PhaseRecord, PhaseState
from fremsyn.cases.phases import PHASES, states
from fremsyn.cases.remembered import changed
from fremsyn.chain.beginning import BEGINNINGS, Beginning, slug_of, templates
from fremsyn.chain.check import check_folder
from fremsyn.chain.documents import documents_of
from fremsyn.chain.folder import write_folder
from fremsyn.chain.gates.conditions import conditions_of
from fremsyn.chain.next_step import WANTED, next_step
from fremsyn.chain.operations import create_case, export_case, import_case
from fremsyn.chain.run import run_chain
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text
from fremsyn.framing import handover as framing_handover
from fremsyn.people.models import Person
from fremsyn.people.roles import Role

pytestmark = pytest.mark.django_db
STARTS = datetime.date(2026, 11, 30)
# The kinds that a new case may hold besides its files: what was asked, the plan, and the parts that only keep others.
BEGUN = {"question", "baseline", "values", "organisation", "process", "phase_plan"}


@pytest.fixture
def maker(db: None) -> Person:
    return Person.objects.create(username="maker", name="Maker", joined_at=NOON)


def told(**changed: Any) -> Beginning:
    said: dict[str, Any] = {
        "title": Text(da="Biblioteket 2036"),
        "organisation": Text(da="Byens bibliotek"),
        "focal_question": Text(da="Hvad skal biblioteket være for byen i 2036?"),
        "base_year": 2026,
        "horizon": 2036,
        "starts": STARTS,
        "languages": ("da", "en"),
    }
    return Beginning(**said | changed)


@pytest.fixture
def case(maker: Person) -> Case:
    return create_case(told=told(), slug="biblioteket-2036", by=maker, at=NOON)


def signed_in(person: Person, language: str = "da") -> Client:
    client = Client()
    client.force_login(person)
    client.cookies["fremsyn_language"] = language
    return client


@pytest.mark.parametrize("template", templates())
def test_every_template_passes_the_check_in_both_languages(template):
    assert check_folder(BEGINNINGS / template, both=True).faults == ()


def test_a_new_case_is_its_makers_and_stands_on_today(case, maker):
    assert Membership.objects.get(case=case).person == maker
    assert Membership.objects.get(case=case).role == "owner"
    assert case.shown_as_of is None
    own = case_file.load(case)
    assert (str(own.title), str(own.organisation.name), own.horizon) == ("Biblioteket 2036", "Byens bibliotek", 2036)
    assert not own.status.illustrative
    frame = framing_handover.load(case).framing
    assert [(q.ref, q.kind, str(q.text)) for q in frame.questions] == [
        ("Q1", "focal", "Hvad skal biblioteket være for byen i 2036?")
    ]
    assert frame.process.phases[0].begins == STARTS
    assert all(
        one.ends < other.begins for one, other in zip(frame.process.phases, frame.process.phases[1:], strict=False)
    )
    assert frame.interviews is not None
    assert len(frame.interviews.guide) == 7


def test_the_log_says_that_it_was_created_and_names_nobody(case, maker):
    entries = list(Entry.objects.order_by("pk"))
    assert [entry.event for entry in entries] == ["chain.case_created", "cases.member_added"]
    assert "Biblioteket" not in str([entry.data for entry in entries])


def test_it_holds_nothing_that_could_be_taken_for_content(case):
    kept = set(Item.objects.filter(case=case).exclude(parent=None).values_list("kind", flat=True))
    assert kept <= BEGUN


def test_exported_at_once_it_passes_the_check_and_comes_back_the_same(case, tmp_path, maker):
    write_folder(export_case(case), tmp_path / "ud")
    checked = check_folder(tmp_path / "ud")
    assert checked.faults == ()
    assert checked.content
    again = import_case(content=checked.content, slug="igen", by=None, at=NOON)
    assert again.shown_as_of is None
    one, other = dict(export_case(case).sheets()), dict(export_case(again).sheets())
    assert {name for name in one if one[name] != other[name]} == {"case"}  # their own names


def test_it_is_carried_through_the_whole_chain(case):
    found = run_chain(case, lambda step: None).values
    assert found["configurations"] == found["consistent_scenarios"] == found["portfolios"] == 0
    assert found["chosen"] is None
    assert found["broken_traces"] == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_of_it_shows(case, maker, language):
    client = signed_in(maker, language)
    said = walked(client, reverse("chain:case", args=[case.slug]))
    assert len(said) > 20
    for address, text in said.items():
        assert f'<html lang="{language}"' in text
        assert language == "en" or "None" not in re.sub(r"<[^>]*>", " ", text), address
    for phase in PHASES:
        for asked in conditions_of(Visit(case, maker, Role.OWNER), phase):
            address, _hash, part = asked.url.partition("#")
            assert not part or f'id="{part}"' in said[address], asked.text


def test_every_document_of_it_says_what_is_not_written(case):
    documents = documents_of(case)
    assert len(documents) == 14
    assert all(content.startswith(b"%PDF") for content in documents.values())


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Åskolen 2035", "aaskolen-2035"),
        ("Vores ø: æbler & pærer", "vores-oe-aebler-paerer"),
        ("  Café — Olé!  ", "cafe-ole"),
        ("日本", ""),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_title_becomes_a_name_in_the_address(title, slug):
    assert slug_of(title) == slug


@pytest.mark.parametrize(
    ("slug", "changed"), [("new", {}), ("Stort", {}), ("biblioteket-2036", {}), ("ok", {"horizon": 2026})]
)
def test_a_case_that_can_not_be_is_refused_and_nothing_is_stored(case, maker, slug, changed):
    with pytest.raises(RuleBroken):
        create_case(told=told(**changed), slug=slug, by=maker, at=NOON)
    assert Case.objects.filter(slug__in=["new", "Stort", "ok"]).count() == 0


SENT = {
    "title": "Øens skole 2036",
    "organisation": "Øens skole",
    "focal_question": "Hvad skal skolen være?",
    "horizon": "2036",
    "starts": "2026-11-30",
    "slug": "",
}


def test_a_person_begins_a_case_in_the_browser_and_lands_on_its_page(maker):
    client = signed_in(maker)
    assert client.get("/cases/new/").status_code == 200
    response = client.post("/cases/new/", SENT)
    assert response.status_code == 302
    assert response["Location"] == "/cases/oeens-skole-2036/"
    page = client.get(response["Location"]).content.decode()
    assert "Hvad skal skolen være?" in page
    assert "Skriv spørgsmålene under fokusspørgsmålet" in page
    assert page.count('data-kind="primary"') == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "ø" * 300}, "title"),
        ({"title": "日本"}, "slug"),
        ({"slug": "Ikke godt"}, "slug"),
        ({"slug": "new"}, "slug"),
        ({"horizon": "2026"}, "horizon"),
        ({"horizon": "om ti år"}, "horizon"),
        ({"starts": "i morgen"}, "starts"),
        ({"focal_question": "Min mor, 010180-1234, ventede"}, "focal_question"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(maker, changed, field):
    response = signed_in(maker).post("/cases/new/", SENT | changed)
    page = response.content.decode()
    assert response.status_code == 422
    assert f'id="field-{field}" data-wrong' in page
    assert "Øens skole" in page
    assert not Case.objects.exclude(slug="kombit").exists()


def test_only_who_is_signed_in_begins_a_case(db):
    response = Client().post("/cases/new/", SENT)
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in")
    assert not Case.objects.exclude(slug="kombit").exists()


def test_a_tampering_title_is_shown_as_text(maker):
    client = signed_in(maker)
    response = client.post("/cases/new/", SENT | {"title": "<script>alert(1)</script> \u202eabc 🎈"}, follow=True)
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_what_is_said_of_the_case_is_changed(case, maker):
    client = signed_in(maker)
    address = reverse("chain:case_settings", args=[case.slug])
    assert client.get(address).status_code == 200
    sent = {
        "title_da": "Biblioteket 2040",
        "title_en": "The library 2040",
        "organisation_da": "Byens bibliotek",
        "owner_role_da": "Chef",
        "horizon": "2040",
        "languages": ["da", "en"],
        "shown_as_of": "",
    }
    response = client.post(address, sent)
    assert response.status_code == 302, response.content.decode()[-3000:]
    case.refresh_from_db()
    own = case_file.load(case)
    assert own.title == Text(da="Biblioteket 2040", en="The library 2040")
    assert case.title == {"da": "Biblioteket 2040", "en": "The library 2040"}
    assert (own.owner_role, own.facilitator_role, own.horizon) == (Text(da="Chef"), None, 2040)
    assert Entry.objects.order_by("-pk")[0].event == "chain.settings_changed"
    refused = client.post(address, sent | {"horizon": "2026", "title_da": ""})
    assert refused.status_code == 422


def test_the_next_step_is_for_those_who_may_take_it(case, maker, client_as: Callable[[str], Client]):
    for role, shown in (("owner", True), ("facilitator", True), ("member", False), ("stakeholder", False)):
        person = Person.objects.create(username=f"{role}-here", name=role, joined_at=NOON)
        Membership.objects.create(case=case, person=person, role=role)
        page = signed_in(person).get(reverse("chain:case", args=[case.slug])).content.decode()
        assert ('id="next"' in page) is shown, role


def test_where_all_is_done_no_next_step_is_asked_for(kombit, client_as):
    assert b'id="next"' not in client_as("owner").get("/cases/kombit/").content


def test_each_step_that_can_be_next_leads_to_a_page(case, maker):
    client = signed_in(maker)
    for phase in PHASES:
        PhaseRecord.objects.filter(case=case, phase=phase).update(state=PhaseState.OPEN)
    for phase, steps in WANTED.items():
        for wanted in steps:
            to, asked, where = wanted.to.partition("?")
            kinds, args = ":" not in to, [case.slug]
            address = reverse("cases:item_add", args=[*args, to]) if kinds else reverse(to, args=args)
            address += asked + where
            assert client.get(address).status_code == 200, (phase, address)


def test_in_a_phase_that_is_not_open_no_form_is_shown_for_anybody_to_write_in(case, maker):
    client = signed_in(maker)
    for address in ("edit/trend/add/", "edit/trend/paste/", "edit/at/scanning/change/"):
        page = client.get(f"/cases/{case.slug}/{address}").content.decode()
        assert "er ikke åbnet endnu" in page, address
        assert f"/cases/{case.slug}/gates/scanning/" in page
        assert '<form method="post" class="form editing"' not in page
    page = client.get(f"/cases/{case.slug}/edit/signal/add/").content.decode()
    assert '<form method="post" class="form editing"' in page  # a scan never ends
    assert "kan ændres i den nu" not in client.get(f"/cases/{case.slug}/scanning/sources/").content.decode()
    assert "Kun signaler og kilder kan ændres" in client.get(f"/cases/{case.slug}/scanning/").content.decode()


def test_the_direction_s_page_leads_to_the_form_of_each_of_its_parts(case, maker):
    PhaseRecord.objects.filter(case=case, phase="direction").update(state=PhaseState.OPEN)
    page = signed_in(maker).get(reverse("direction:direction", args=[case.slug])).content.decode()
    for kind in ("value", "horizon_step", "agenda"):
        assert f"/edit/{kind}/add/" in page
    for field in ("vision", "must_be_true", "regret_if_we_get_it"):
        assert f"?in=direction&amp;field={field}" in page


@pytest.mark.parametrize(
    ("state", "address"),
    [
        (PhaseState.OPEN, "edit/question/add/"),
        (PhaseState.GATE, "gates/framing/"),
        (PhaseState.CLOSED, "gates/scanning/"),
    ],
)
def test_the_next_step_follows_where_the_phase_stands(case, maker, state, address):
    PhaseRecord.objects.filter(case=case, phase="framing").update(state=state)
    step = next_step(Visit(case, maker, "owner"))
    assert step is not None
    assert step.url.endswith(f"/{address}")


def test_where_the_process_begins_later_the_first_phase_is_open_all_the_same(maker):
    later = create_case(told=told(starts=datetime.date(2099, 1, 5), horizon=2110), slug="senere", by=maker, at=NOON)
    assert states(later)["framing"] == PhaseState.OPEN
    assert {state for phase, state in states(later).items() if phase != "framing"} == {PhaseState.IDLE}


def added(case: Case, maker: Person, of: str, **sent: object) -> str:
    """Add a thing on its form and return the page that is shown then."""
    client = signed_in(maker)
    answer = client.post(reverse("cases:item_add", args=[case.slug, of]), sent, follow=True)
    assert answer.status_code == 200, answer.context["form"].errors
    changed(case)
    return answer.content.decode()


def ask(case: Case, maker: Person) -> str:
    return added(case, maker, "question", kind="sub", text_da="Hvem kommer her?", parent="Q1")


def take_for_granted(case: Case, maker: Person) -> str:
    return added(case, maker, "assumption", text_da="Huset bliver.", breaks_when_da="Huset lukker.", question="Q1")


def test_one_of_something_does_not_end_a_part_and_there_is_a_way_on(case, maker):
    ask(case, maker)
    step = next_step(Visit(case, maker, "owner"))
    assert step.url.endswith("/edit/question/add/")
    assert step.so_far == "1 indtil nu. Tommelfingerregel: 3–10."
    assert step.way_on.url.endswith("/edit/stakeholder/add/")
    page = signed_in(maker).get(reverse("chain:case", args=[case.slug])).content.decode()
    assert "1 indtil nu." in page
    assert "Gå videre uden flere: Sig, hvem der er interessenter" in page


def test_who_has_gone_on_is_not_called_back(case, maker):
    ask(case, maker)
    take_for_granted(case, maker)
    framing = signed_in(maker).get(reverse("framing:framing", args=[case.slug])).content.decode()
    assert "Rammen rummer 0 succeskriterier, 1 antagelse og 0 interessenter" in framing
    step = next_step(Visit(case, maker, "owner"))
    assert step.url.endswith("/edit/stakeholder/add/")  # nothing is there yet
    assert step.way_on is None


def test_with_enough_the_next_part_comes(case, maker):
    for _each in range(3):
        ask(case, maker)
    assert next_step(Visit(case, maker, "owner")).url.endswith("/edit/stakeholder/add/")


def test_after_something_is_added_the_ways_on_are_offered(case, maker):
    page = ask(case, maker)
    assert "Q2 Hvem kommer her?" in page
    assert f'href="/cases/{case.slug}/edit/question/add/"' in page
    assert "Tilbage til 1 Framing" in page
    assert f'href="/cases/{case.slug}/#next"' in page


def test_where_there_can_be_but_one_no_more_is_offered(case, maker):
    page = added(case, maker, "baseline_role", name_da="Et hus med bøger", text_da="Vi låner ud.", question="Q1")
    assert "Gemt." in page
    assert "Tilføj en mere" not in page
