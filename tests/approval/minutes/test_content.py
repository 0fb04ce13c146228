"""What the minutes say: all that the record holds, and in the public edition nothing that is closed."""

from __future__ import annotations

import datetime

import pytest
from django.utils import translation

from approval.conftest import MEMBERS
from conftest import NOON
from fremsyn.approval.minutes.content import MinutesContent, content_of
from fremsyn.approval.minutes.decision import decision_of
from fremsyn.approval.minutes.operations.drafting import draft_minutes, write_words
from fremsyn.approval.models import MeetingRun, Minutes, PointRun, Presence, Seat
from fremsyn.approval.record import board_record
from fremsyn.audit.keys import demonstration_key
from fremsyn.cases.models import Case
from fremsyn.core.errors import RuleBroken
from fremsyn.reports.blocks import Facts, Kept, Paragraph
from fremsyn.reports.documents.minutes import blocks, document


def said(content: MinutesContent, number: int) -> str:
    point = content.points[number - 1]
    words = [f"{name}: {text}" for name, text in point.lines]
    words += [f"{each.name}: {each.text}" for each in point.amendments]
    return "\n".join((str(point.text), point.outcome, *words, point.note, *(text for _role, text in point.dissents)))


def of(minutes: Minutes, *, whole: bool = True, language: str = "da") -> MinutesContent:
    with translation.override(language):
        return content_of(minutes, whole=whole)


def test_the_minutes_hold_what_the_record_holds(held):
    content = of(held.draft())

    assert [each.outcome for each in content.points] == [
        "Godkendt", "Bortfaldt, da bestyrelsen ikke var beslutningsdygtig", "Godkendt", "Trukket tilbage", "Udsat",
        "Godkendt",
    ]  # fmt: skip
    assert "7 af 7 stemmeberettigede deltog; 4 krævedes" in said(content, 1)
    assert "6 for, 1 imod" in said(content, 1)
    assert "Jeg kan ikke følge flertallet." in said(content, 1)
    assert "2 af 7" in said(content, 2)
    assert "Formand i en anden bestyrelse" in said(content, 2)
    assert "Interesserne kan stride mod hinanden" in said(content, 2)
    assert content.points[2].text.da == "at det gøres på en anden måde"
    assert held.sitting.points[2].text["da"] in said(content, 3)
    assert "Trukket af indstilleren" in said(content, 4)
    assert "Der mangler et bilag" in said(content, 5)
    assert "Fristen udløber i morgen." in said(content, 6)
    assert "ikke beslutningsdygtig" in said(content, 6)
    assert content.attendees[0].name == "Medlem m1"
    material = " ".join(str(words) for _name, words in content.material)
    assert "ab" * 32 in material
    assert demonstration_key().fingerprint in material


def test_in_a_case_that_is_shown_as_of_a_day_they_stand_on_that_day_and_the_record_keeps_the_clocks_time(held, board):
    minutes = held.draft()
    clock, shown = "27. november 2026 13.00", "5. januar 2027 13.00"
    for day, stands in ((None, clock), (datetime.date(2027, 1, 5), shown)):
        Case.objects.filter(pk=board.case.pk).update(shown_as_of=day)
        content = of(Minutes.objects.get(pk=minutes.pk))
        facts = {str(name): str(words) for name, words in content.facts}
        assert (facts["Begyndt"], facts["Sluttet"]) == (stands, stands)
        assert stands in str(content.material[0][1])
        with translation.override("da"):
            front = document(Minutes.objects.get(pk=minutes.pk), content, NOON).front
        assert f"Godkendt {stands}" in str(front)
    (meeting,) = board_record(Case.objects.get(pk=board.case.pk))["meetings"]
    assert meeting["opened_at"] == meeting["material"][0]["sent_at"] == "2026-11-27T12:00:00.000000Z"


def test_they_tell_a_disqualified_alternate_from_the_member_and_count_whoever_sat_there(held, board, access):
    access("internal")
    fell, role = held.sitting.points[1], board.body.members[1].role.da
    board.alternate("m2")
    held.sitting.disqualify(fell, "m2")
    assert f"{role}: Bestyrelsen afgjorde, at medlemmet var inhabilt" in said(of(held.draft()), 2)
    assert "1 af 7" in said(of(held.minutes), 2)
    Presence.objects.filter(point=fell, member="m2").update(state="represented")
    assert "2 af 7" in said(of(held.minutes), 2)
    held.sitting.disqualify(fell, "m2-alternate")
    assert f"{role} (suppleant): Bestyrelsen afgjorde, at medlemmet var inhabilt" in said(of(held.minutes), 2)
    assert "1 af 7" in said(of(held.minutes), 2)
    assert f"{role} (suppleant)" in " ".join(each.da for each in decision_of(held.minutes).disqualified)


def test_they_are_written_in_both_languages(held):
    content = of(held.draft(), language="en")

    assert content.points[1].outcome == "Fell, as the board was not quorate"
    assert "6 for, 1 against" in said(content, 1)


def test_a_body_that_tells_by_number_names_nobody(held, by_number):
    content = of(held.draft())

    assert "6 for, 1 imod" in said(content, 1)
    assert "Imod:" not in said(content, 1)


def test_by_name_the_minutes_say_who_voted_how(held):
    role = held.sitting.board.body.members[6].role.da
    assert f"Imod: {role}." in said(of(held.draft()), 1)


def test_the_public_edition_has_no_names_and_nothing_of_a_closed_point(held):
    held.draft()
    words = {"note.1": "Hemmelige ord", "closed.1": "Forretningshemmelighed"}
    minutes = write_words(version=1, words=words, **held.of)
    public = of(minutes, whole=False)

    assert "Forretningshemmelighed" in public.points[0].hidden
    assert "Hemmelige ord" not in repr(public)
    assert str(held.sitting.points[0].text["da"]) not in repr(public)
    assert "Jeg kan ikke" not in repr(public)
    assert "Medlem m1" not in repr(public)
    assert "Formand i en anden bestyrelse" not in repr(public)
    assert public.points[2].outcome
    assert "Hemmelige ord" in said(of(minutes), 1)
    lacks = (
        "Navnene på dem, der havde pladserne; hvad der er oplyst og afgjort om inhabilitet; det, der står på punkt 4.1"
    )
    assert dict(public.facts)["Udeladt"].startswith(lacks)
    assert "Udeladt" not in dict(of(minutes).facts)


def test_a_confidential_paper_leaves_its_points_out_of_the_public_edition(held, access):
    access("confidential")
    public = of(held.draft(), whole=False)
    assert all(each.hidden and not each.text for each in public.points)


def test_a_paper_that_was_confidential_until_decided_opens_the_points_that_were(held, access):
    access("confidential-until-decided")
    public = of(held.draft(), whole=False)
    assert [bool(each.hidden) for each in public.points] == [False, True, False, True, True, False]


def test_who_left_during_the_meeting_is_told_by_point(held):
    sitting = held.sitting
    sitting.here(sitting.points[1], "m1", "m2", "m3")
    Presence.objects.filter(point=sitting.points[2], member="m5").update(state="remote")
    Presence.objects.filter(point=sitting.points[5]).delete()
    content = of(held.draft())

    assert content.attendees[0].how == "til stede; fraværende på punkt 4.6"
    assert "på video eller telefon på punkt 4.3" in content.attendees[4].how
    assert all(each.took_part for each in content.attendees)


def test_a_member_who_was_represented_is_named_with_the_alternate(held):
    people = held.sitting.board.people
    Seat.objects.filter(member="m7").update(until=datetime.date(2026, 6, 1))
    Seat.objects.create(
        case=held.sitting.board.case, member="m6", alternate=True, person=people["m7"], since=datetime.date(2026, 6, 2)
    )
    Presence.objects.filter(member="m6").update(state="represented")
    content = of(held.draft())

    assert content.attendees[5].name == "Medlem m6 (suppleant: Medlem m7)"
    assert "repræsenteret ved suppleanten" in content.attendees[5].how


def test_a_first_reading_is_a_conversation_with_questions_and_notes(board):
    run = MeetingRun.objects.create(
        case=board.case, meeting="first", state="closed", noticed_at=NOON, opened_at=NOON, closed_at=NOON
    )
    point = PointRun.objects.create(
        run=run, position=1, agenda_item=1, kind="discussion", text={"da": "Samtale"}, state="noted", note="Vi talte."
    )
    Presence.objects.bulk_create(Presence(point=point, member=m, state="in", noted_at=NOON) for m in MEMBERS)
    minutes = draft_minutes(case=board.case, meeting="first", language="da", by=board.secretary, at=NOON)
    content = of(minutes)

    assert content.first
    assert content.questions
    assert content.points[0].lines == ()
    assert content.points[0].outcome == ""
    assert content.points[0].note == "Vi talte."


def test_minutes_are_made_of_a_meeting_that_is_over(sitting):
    with pytest.raises(RuleBroken, match="afsluttet"):
        draft_minutes(case=sitting.board.case, meeting="second", language="da", by=sitting.board.secretary, at=NOON)


def test_those_who_took_part_are_to_sign(held):
    Presence.objects.filter(member="m6").delete()
    assert held.draft().signers == ["m1", "m2", "m4", "m5", "m7"]


def test_an_amendment_is_told_before_the_words_that_were_sent_out(held):
    """It is adopted, and the point is approved: in the file it stands first, and words that stand above are not said again."""
    minutes = held.draft()
    with translation.override("da"):
        (point,) = [each for each in content_of(minutes, whole=True).points if each.amendments]
        (kept,) = [
            each
            for each in blocks(content_of(minutes, whole=True))
            if isinstance(each, Kept) and point.text in words(each)
        ]
    (facts,) = [each for each in kept.blocks if isinstance(each, Facts)]
    names = [name for name, _said in facts.pairs]
    votings = [said for name, said in facts.pairs if name.startswith("Afstemning")]

    assert names[:2] == ["Ændringsforslag 1", "Udsendt ordlyd"]
    assert facts.pairs[0][1].endswith("vedtaget. Punktet blev sat til afstemning med den ordlyd.")
    assert [each.partition(":")[0] for each in votings] == ["Vedtaget", "Godkendt"]


def words(kept: Kept) -> list[object]:
    return [each.text for each in kept.blocks if isinstance(each, Paragraph)]
