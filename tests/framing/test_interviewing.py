"""Interviews with leaders: notes by role, themes gathered from them, questions made of themes; seen by those who lead."""

from __future__ import annotations

import pytest
from django.urls import reverse

from fremsyn.cases.models import Item, PhaseRecord, PhaseState
from fremsyn.cases.remembered import changed
from fremsyn.framing.models import InterviewNote, InterviewTheme
from fremsyn.framing.passages import sentences

pytestmark = pytest.mark.django_db


@pytest.fixture
def kombit(kombit):
    PhaseRecord.objects.filter(case=kombit).update(state=PhaseState.OPEN)
    changed(kombit)
    return kombit


def address(name: str, *args: object) -> str:
    return reverse(f"framing:{name}", args=["kombit", *args])


def test_notes_become_a_theme_and_the_theme_a_question(kombit, client_as):
    client = client_as("facilitator")
    page = client.get(address("interviews")).content.decode()
    assert page.count("<textarea") == 8
    assert (
        client.post(address("interviews"), {"who": "It-chef", "q1": "Hvem ejer data?", "q4": "At eje"}).status_code
        == 302
    )
    notes = list(InterviewNote.objects.order_by("pk"))
    assert [(each.question, each.text) for each in notes] == [(1, "Hvem ejer data?"), (4, "At eje")]

    client.post(address("theme_gather"), {"note": [each.pk for each in notes], "name": "Ejerskab"})
    theme = InterviewTheme.objects.get()
    assert theme.notes.count() == 2

    client.post(address("theme_ask", theme.pk), {"text": "Hvem skal eje data i 2035?"})
    theme.refresh_from_db()
    assert theme.question.title["da"] == "Hvem skal eje data i 2035?"
    assert Item.objects.filter(case=kombit, kind="question", ref=theme.question.ref).exists()
    again = client.post(address("theme_ask", theme.pk), {"text": "Igen?"})
    assert again.status_code == 422


SAID = "Vi ejer ingen data. Leverandøren gør! (Det gælder f.eks. borgernes.)\nOg hvad så?  Intet"


def test_a_note_falls_into_its_sentences_and_its_lines():
    assert sentences(SAID) == (
        "Vi ejer ingen data.", "Leverandøren gør!", "(Det gælder f.eks. borgernes.)", "Og hvad så?", "Intet",
    )  # fmt: skip
    assert sentences("  uden punktum \r\n\r\n") == ("uden punktum",)
    assert sentences("Version 2.5 koster 3.000 kr. i dag") == ("Version 2.5 koster 3.000 kr. i dag",)
    assert sentences("") == ()


def test_a_theme_points_to_the_exact_passage_without_a_script(kombit, client_as):
    client = client_as("facilitator")
    client.post(address("interviews"), {"who": "It-chef", "q1": SAID, "q2": "Kun én."})
    first, second = InterviewNote.objects.order_by("pk")
    page = client.get(address("interviews")).content.decode()
    assert f'name="passage" value="{first.pk}-1"' in page
    assert f'value="{second.pk}-0"' not in page  # a single sentence is the note

    refused = client.post(address("theme_gather"), {"passage": [f"{first.pk}-1"], "name": ""})
    assert refused.status_code == 422
    assert f'value="{first.pk}-1" checked' in refused.content.decode()
    for unfit in ("010190-1234", "x" * 201):
        page = client.post(address("theme_gather"), {"note": [first.pk], "name": unfit})
        assert page.status_code == 422
        assert unfit in page.content.decode()
        assert (
            f'name="next" value="{address("interviews")}"' in page.content.decode()
        )  # where a switch of language leads
    sent = {"passage": [f"{first.pk}-1", f"{first.pk}-3"], "note": [second.pk], "name": "Ejerskab"}
    for _twice in range(2):
        assert client.post(address("theme_gather"), sent).status_code == 302

    theme = InterviewTheme.objects.get()
    assert list(theme.notes.order_by("pk")) == [first, second]
    kept = theme.passages.order_by("position").values_list("note_id", "text")
    assert list(kept) == [(first.pk, "Leverandøren gør!"), (first.pk, "Og hvad så?")]
    page = client.get(address("interviews")).content.decode()
    assert f'href="#note-{first.pk}"' in page
    assert "<q>Leverandøren gør!</q> … <q>Og hvad så?</q>" in page


@pytest.mark.parametrize("passage", ["x", "1", "-1-2", "999999-0", "1-99999", "1-1-1"])
def test_a_passage_that_is_none_is_not_gathered(kombit, client_as, passage):
    client = client_as("facilitator")
    client.post(address("interviews"), {"who": "It-chef", "q1": SAID})
    number = InterviewNote.objects.get().pk
    for sent in (passage, f"{number}-99", f"{number}-x"):
        answer = client.post(address("theme_gather"), {"passage": [sent], "name": "Ejerskab"})
        assert answer.status_code == 422
    assert not InterviewTheme.objects.exists()


def test_what_people_said_is_seen_by_those_who_lead(kombit, client_as):
    client_as("owner").post(address("interviews"), {"who": "It-chef", "q1": "Et meget særligt svar"})
    for role in ("leadership", "member", "observer", "administrator", "board"):
        assert client_as(role).get(address("interviews")).status_code == 403


@pytest.mark.parametrize("sent", [{"who": "It-chef"}, {"who": "", "q1": "x"}, {"who": "It-chef", "q1": "010180-1234"}])
def test_what_is_missing_or_a_personal_number_is_told_and_stays(kombit, client_as, sent):
    answer = client_as("owner").post(address("interviews"), sent)
    assert answer.status_code == 422
    assert not InterviewNote.objects.exists()


def test_a_theme_needs_notes_and_a_name(kombit, client_as):
    client = client_as("owner")
    client.post(address("interviews"), {"who": "It-chef", "q1": "Hvem ejer data?"})
    answer = client.post(address("theme_gather"), {"name": "Ejerskab"})
    assert answer.status_code == 422
    assert "Ejerskab" in answer.content.decode()
