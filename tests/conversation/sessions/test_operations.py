"""What can be done with a session, what is refused, and what the log says of it."""

from __future__ import annotations

import datetime
from uuid import uuid4

import pytest

from fremsyn.audit.models import Entry
from fremsyn.conversation.handover import load
from fremsyn.conversation.models import MinuteLine, SessionRun
from fremsyn.conversation.schema import RunSheetLine
from fremsyn.conversation.sessions.operations import ending, keeping, minutes, preparing
from fremsyn.conversation.sessions.operations import running as run_operations
from fremsyn.conversation.sessions.queries import asked_of_circles, surprised_leadership
from fremsyn.conversation.sessions.state import Stage, meeting_of
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text

NOON = datetime.datetime(2026, 11, 27, 12, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 12, 3)


def after(minutes: int) -> datetime.datetime:
    return NOON + datetime.timedelta(minutes=minutes)


def events() -> list[str]:
    return list(Entry.objects.order_by("sequence").values_list("event", flat=True))


@pytest.fixture
def write(kombit, running, person):
    """Write a line as the one who holds the pen."""

    def written(field: str, text: str, *, line=None, version=0, by="facilitator", at=NOON):
        return minutes.write_line(
            case=kombit,
            ref=running,
            field=field,
            line=line or uuid4(),
            version=version,
            text=text,
            by=person(by),
            at=at,
        )

    return written


@pytest.fixture
def held(kombit, running, write):
    """A session that has been held, with a line that names a trend and one for the circle."""
    write("surprised", "At T12 er vigtigere end vi troede")
    write("ask", "Hvad ser I i <hverdagen>? U4 og ZZ9")
    write("ask", "Hvem mangler?")
    ending.end_session(case=kombit, ref=running, by=None, at=after(12))
    return running


def of(kombit, ref):
    return next(each for each in load(kombit).conversation.sessions if each.ref == ref)


# --- prepare


def test_a_session_is_filled_in_from_its_template(kombit, planned):
    session = of(kombit, planned)

    assert (planned, session.minutes_total, session.held) == ("E7", 12, DAY)
    assert len(session.prompts) == 3
    assert sum(line.minutes for line in session.run_sheet) == 12
    assert session.because == ("Q0",)
    assert meeting_of(kombit, planned).stage == Stage.PLANNED
    assert events()[-1] == "conversation.session_prepared"


def test_a_session_is_prepared_like_an_earlier_one_without_what_came_of_that(kombit):
    item = preparing.prepare_session(case=kombit, model="E3", held=DAY, question="Q2", by=None, at=NOON)

    session, earlier = of(kombit, item.ref), of(kombit, "E3")
    assert session.run_sheet == earlier.run_sheet
    assert (session.minutes, session.gate, session.gives, session.because) == (None, None, (), ("E3",))
    assert session.pre_read != earlier.pre_read


@pytest.mark.parametrize("model", ["", "E99", "no_such"])
def test_an_unknown_model_is_refused(kombit, model):
    before = len(events())
    with pytest.raises(RuleBroken, match="skabelon"):
        preparing.prepare_session(case=kombit, model=model, held=DAY, question="Q0", by=None, at=NOON)
    assert len(events()) == before


def change_sheet(kombit, ref, sheet, total=12):
    return preparing.change_run_sheet(
        case=kombit, ref=ref, version=None, minutes_total=total, sheet=sheet, by=None, at=NOON
    )


def test_a_run_sheet_may_sum_to_something_else_than_the_session(kombit, planned):
    sheet = (RunSheetLine(minutes=5, part=Text(da="En"), how=Text(da="Sådan")),)

    change_sheet(kombit, planned, sheet, 90)

    assert (of(kombit, planned).run_sheet, of(kombit, planned).minutes_total) == (sheet, 90)
    assert events()[-1] == "conversation.run_sheet_changed"


def test_a_run_sheet_must_have_a_part_and_not_be_a_held_session_s(kombit, planned):
    with pytest.raises(RuleBroken, match="fra én til"):
        change_sheet(kombit, planned, ())
    with pytest.raises(RuleBroken, match="Samtalen er holdt"):
        change_sheet(kombit, "E1", of(kombit, "E1").run_sheet[:1])


def test_a_pre_read_becomes_the_session_s_own(kombit, planned):
    preparing.take_over_pre_read(case=kombit, ref=planned, version=1, text=Text(da="Læs T1"), by=None, at=NOON)

    assert of(kombit, planned).pre_read == Text(da="Læs T1")
    assert events()[-1] == "conversation.pre_read_taken_over"


# --- run


def test_a_session_starts_at_its_first_part_and_moves_on(kombit, running):
    meeting = meeting_of(kombit, running)
    assert (meeting.stage, meeting.step, meeting.ends_at) == (Stage.RUNNING, 0, after(3))

    for _pressed_twice in range(2):
        run_operations.move_to_part(case=kombit, ref=running, to=1, by=None, at=after(4))

    meeting = meeting_of(kombit, running)
    assert (meeting.step, meeting.ends_at) == (1, after(10))
    assert events()[-2:] == ["conversation.session_started", "conversation.part_begun"]


def test_a_session_can_t_be_started_twice_or_when_it_was_held(kombit, running):
    for ref, words in ((running, "i gang"), ("E1", "genåbn")):
        with pytest.raises(RuleBroken, match=words):
            run_operations.start_session(case=kombit, ref=ref, language="da", by=None, at=NOON)
    assert events().count("conversation.session_started") == 1


def test_what_is_not_there_can_t_be_gone_to_or_shown(kombit, running):
    with pytest.raises(RuleBroken, match="ikke den del"):
        run_operations.move_to_part(case=kombit, ref=running, to=3, by=None, at=NOON)
    for key in ("prompt-4", "U999", "T1"):
        with pytest.raises(RuleBroken, match="at vise"):
            run_operations.show_on_screen(case=kombit, ref=running, key=key, by=None, at=NOON)
    with pytest.raises(RuleBroken, match="ingen samtale E99"):
        run_operations.move_to_part(case=kombit, ref="E99", to=0, by=None, at=NOON)


def test_a_part_that_was_cut_from_the_sheet_meanwhile_leaves_the_last_one_on(kombit, running):
    run_operations.move_to_part(case=kombit, ref=running, to=2, by=None, at=NOON)

    change_sheet(kombit, running, of(kombit, running).run_sheet[:2])

    assert meeting_of(kombit, running).step == 1


def test_a_result_is_hidden_until_it_is_revealed_and_can_be_hidden_again(kombit):
    item = preparing.prepare_session(case=kombit, model="scenarios_stay", held=DAY, question="Q0", by=None, at=NOON)
    run_operations.start_session(case=kombit, ref=item.ref, language="da", by=None, at=NOON)
    given = {"case": kombit, "ref": item.ref, "by": None, "at": NOON}

    run_operations.show_on_screen(key="U4", **given)
    assert SessionRun.objects.get().revealed == []
    run_operations.reveal_result(key="U4", **given)
    assert SessionRun.objects.get().revealed == ["U4"]
    run_operations.hide_result(key="U4", **given)

    run = SessionRun.objects.get()
    assert (run.on_screen, run.revealed) == ("U4", [])
    assert events()[-3:] == ["conversation.screen_set", "conversation.result_revealed", "conversation.result_hidden"]


# --- the minutes


def test_writing_takes_a_pen_that_lies_free_and_a_line_sent_twice_is_kept_once(write):
    line = uuid4()
    for _sent in range(2):
        assert not write("hold", "  Vi holder\n fast  ", line=line).conflict

    kept = MinuteLine.objects.get()
    assert (kept.text, kept.version, kept.field) == ("Vi holder fast", 1, "hold")
    assert events()[-2:] == ["conversation.pen_taken", "conversation.minute_written"]
    assert "fast" not in Entry.objects.order_by("sequence").last().data


def test_only_the_one_who_holds_the_pen_writes_and_it_can_be_taken_over(kombit, running, write, person):
    write("hold", "Mit")
    with pytest.raises(minutes.PenHeld, match="En anden har pennen"):
        write("hold", "Dit", by="leadership")

    minutes.take_pen(case=kombit, ref=running, by=person("leadership"), at=after(1))
    write("hold", "Dit", by="leadership")
    minutes.lay_down_pen(case=kombit, ref=running, by=person("facilitator"), at=after(2))
    assert SessionRun.objects.get().pen == person("leadership")
    minutes.lay_down_pen(case=kombit, ref=running, by=person("leadership"), at=after(3))

    assert SessionRun.objects.get().pen is None
    assert list(MinuteLine.objects.order_by("position").values_list("text", flat=True)) == ["Mit", "Dit"]


def test_two_versions_of_a_line_stand_beside_each_other_and_nothing_is_lost(kombit, running, write, person):
    line = write("differ", "Første").line.pk
    minutes.take_pen(case=kombit, ref=running, by=person("leadership"), at=after(1))
    write("differ", "Deres", line=line, version=1, by="leadership")
    minutes.take_pen(case=kombit, ref=running, by=person("facilitator"), at=after(2))

    met = write("differ", "Mine", line=line, version=1)
    assert (met.conflict, met.line.text, met.line.version) == (True, "Deres", 2)
    assert MinuteLine.objects.get().text == "Deres"

    assert not write("differ", "Mine", line=line, version=2).conflict
    assert MinuteLine.objects.get().text == "Mine"


def test_a_line_is_taken_out_as_it_was_seen_or_not_at_all(kombit, running, write, person):
    line = write("differ", "Væk").line.pk
    given = {"case": kombit, "ref": running, "line": line, "by": person("facilitator"), "at": NOON}

    assert minutes.remove_line(version=7, **given).conflict
    assert minutes.remove_line(version=1, **given).line is None
    assert minutes.remove_line(version=1, **given).line is None

    assert not MinuteLine.objects.exists()
    assert events()[-1] == "conversation.minute_removed"
    assert write("differ", "Mine", line=line, version=1).conflict


@pytest.mark.parametrize("text", ["", "   \n", "x" * 2001, "y" * 1_000_000])
def test_an_empty_or_endless_line_is_refused(write, text):
    with pytest.raises(RuleBroken, match="Linjen"):
        write("hold", text)
    assert not MinuteLine.objects.exists()


def test_a_personal_number_is_not_kept(write):
    with pytest.raises(RuleBroken, match="CPR"):
        write("hold", "Ring til 010180-1234")
    assert not MinuteLine.objects.exists()


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\u202eabc שלום", "🙂 e\u0301", "x" * 2000])
def test_a_line_is_kept_as_it_was_written(write, text):
    assert write("hold", text).line.text == text


def test_nobody_writes_before_the_session_or_after_it(kombit, planned, person):
    given = {"field": "hold", "line": uuid4(), "version": 0, "text": "x", "by": person("facilitator"), "at": NOON}
    for ref, words in ((planned, "ikke begyndt"), ("E1", "genåbn")):
        with pytest.raises(RuleBroken, match=words):
            minutes.write_line(case=kombit, ref=ref, **given)


# --- end, keep, correct


def test_ending_writes_the_minutes_into_the_session(kombit, held):
    session = of(kombit, held)

    assert session.minutes.surprised == Text(da="At T12 er vigtigere end vi troede")
    assert session.minutes.ask == Text(da="Hvad ser I i <hverdagen>? U4 og ZZ9\nHvem mangler?")
    assert session.minutes.differ is None
    assert session.held == kombit.as_of
    assert meeting_of(kombit, held).stage == Stage.HELD
    assert events()[-1] == "conversation.session_ended"
    with pytest.raises(RuleBroken, match="kan ikke afvikles igen"):
        ending.end_session(case=kombit, ref=held, by=None, at=NOON)


def test_a_session_without_a_word_has_no_minutes_and_was_still_held(kombit, running):
    ending.end_session(case=kombit, ref=running, by=None, at=after(1))

    assert of(kombit, running).minutes is None
    assert meeting_of(kombit, running).stage == Stage.HELD


def test_a_line_becomes_an_insight_that_rests_on_the_session_and_on_what_it_names(kombit, held):
    line = MinuteLine.objects.get(field="surprised")
    chosen = keeping.Chosen(line.pk, "T12 vejer tungt", "surprise", "Q0")

    made = keeping.keep_insights(case=kombit, ref=held, chosen=[chosen], by=None, at=after(13))

    insight = next(each for each in load(kombit).conversation.insights if each.ref == made[0])
    assert (insight.because, insight.shows, insight.question) == ((held, "T12"), "surprise", "Q0")
    assert insight.text == Text(da="At T12 er vigtigere end vi troede")
    assert of(kombit, held).gives == made
    assert events()[-1] == "conversation.insights_kept"
    with pytest.raises(RuleBroken, match="allerede blevet til en indsigt"):
        keeping.keep_insights(case=kombit, ref=held, chosen=[chosen], by=None, at=after(14))


def test_nothing_is_kept_of_what_was_not_chosen_or_has_no_title(kombit, held, running):
    line = MinuteLine.objects.get(field="surprised")
    count = len(load(kombit).conversation.insights)
    for chosen, words in (([], "mindst én"), ([keeping.Chosen(line.pk, " ", "gap", "Q0")], "titel")):
        with pytest.raises(RuleBroken, match=words):
            keeping.keep_insights(case=kombit, ref=held, chosen=chosen, by=None, at=NOON)
    assert len(load(kombit).conversation.insights) == count


def test_minutes_are_reopened_with_a_reason_and_closed_again(kombit, held, write):
    with pytest.raises(RuleBroken, match="hvorfor"):
        ending.reopen_minutes(case=kombit, ref=held, why=" ", by=None, at=after(20))
    ending.reopen_minutes(case=kombit, ref=held, why="Et navn var forkert", by=None, at=after(20))
    assert meeting_of(kombit, held).stage == Stage.REOPENED

    write("differ", "Om prisen", at=after(21))
    ending.close_minutes(case=kombit, ref=held, by=None, at=after(22))

    assert of(kombit, held).minutes.differ == Text(da="Om prisen")
    assert meeting_of(kombit, held).stage == Stage.HELD
    assert events()[-1] == "conversation.minutes_closed"
    assert "navn" not in "".join(Entry.objects.values_list("data", flat=True))


def test_minutes_that_came_with_the_case_keep_their_other_language_where_they_stay_as_they_were(kombit, person):
    before = of(kombit, "E1").minutes
    ending.reopen_minutes(case=kombit, ref="E1", why="Stavefejl", by=None, at=NOON)
    line = MinuteLine.objects.get(field="hold")
    minutes.write_line(
        case=kombit, ref="E1", field="hold", line=line.pk, version=1, text="Noget nyt", by=person("owner"), at=NOON
    )
    ending.close_minutes(case=kombit, ref="E1", by=None, at=NOON)

    now = of(kombit, "E1").minutes
    assert (now.surprised, now.differ, now.ask) == (before.surprised, before.differ, before.ask)
    assert now.hold == Text(da="Noget nyt")


def test_what_the_leadership_asks_is_there_for_the_next_round(kombit, held):
    asked = asked_of_circles(kombit)

    assert [(each.session, each.text.da) for each in asked[:2]] == [
        (held, "Hvad ser I i <hverdagen>? U4 og ZZ9"),
        (held, "Hvem mangler?"),
    ]
    assert {each.session for each in asked} == {"E1", "E2", "E3", "E4", "E5", "E6", held}
    assert surprised_leadership(kombit)[0].text == Text(da="At T12 er vigtigere end vi troede")
