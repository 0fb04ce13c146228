"""What the pages of a session show, read for one visitor."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.kinds import app_name
from fremsyn.cases.models import Case, Membership
from fremsyn.cases.pages import crumbs
from fremsyn.cases.remembered import remembered
from fremsyn.cases.rights import Right
from fremsyn.conversation import models
from fremsyn.conversation.handover import load
from fremsyn.conversation.judging.results import JudgedScenario
from fremsyn.conversation.judging.scales import NO_PROBABILITY, SCALES
from fremsyn.conversation.judging.verdict import verdict
from fremsyn.conversation.schema import Session
from fremsyn.conversation.sessions.screen import Shown, judgements, results, screens
from fremsyn.conversation.sessions.state import Meeting, Stage, meeting_of, stage_of
from fremsyn.core.text import Text
from fremsyn.people.roles import Role
from fremsyn.web.templatetags.say import say_plain

STAGES: dict[Stage, Promise] = {
    Stage.PLANNED: gettext_lazy("planned"),
    Stage.RUNNING: gettext_lazy("running now"),
    Stage.HELD: gettext_lazy("held"),
    Stage.REOPENED: gettext_lazy("minutes reopened"),
}


@dataclass(frozen=True)
class Field:
    """A field of the minutes: its code, what the case calls it, its lines, and the id that a new line takes."""

    code: str
    name: Text
    lines: tuple[models.MinuteLine, ...]
    new: str


@dataclass(frozen=True)
class Pen:
    """Who holds the pen, by role, since when; `mine` and `free` say what the visitor may do with it."""

    role: str
    since: datetime | None
    mine: bool
    free: bool


@dataclass(frozen=True)
class Standing:
    """A session in a list: its entry, and where it stands."""

    session: Session
    entry: Entry
    stage: Stage
    words: Promise


@dataclass(frozen=True)
class SaidByLeadership:
    """A line of the leadership's minutes, with the session that it comes from."""

    session: str
    held: date
    text: Text


def visited(visit: Visit, ref: str) -> tuple[Entry, Meeting]:
    """Return a session that the visitor may see, as it stands.

    :raises Http404: when there is none, or it may not be seen
    """
    entry = visit.entry(ref, "session")
    return entry, meeting_of(visit.case, ref)


def page(visit: Visit, entry: Entry, meeting: Meeting) -> dict[str, Any]:
    """Return what every page of one session holds."""
    return {
        "visit": visit,
        "item": entry,
        "meeting": meeting,
        "thing": meeting.session,
        "stage": meeting.stage.value,
        "stage_words": STAGES[meeting.stage],
        "known": visit.entries,
        "crumbs": crumbs(visit, "conversation", (f"{entry.ref} {say_plain(entry.title)}", entry.url)),
        "phase_name": app_name(meeting.session.phase),
        "leads": visit.may(Right.LEAD),
        "writes": visit.may(Right.MINUTE),
    }


def standing(visit: Visit, ref: str) -> dict[str, Any]:
    """Return where a session stands and what the visitor may do with it, for its own page."""
    meeting = meeting_of(visit.case, ref)
    return {
        "meeting": meeting,
        "stage": meeting.stage.value,
        "stage_words": STAGES[meeting.stage],
        "leads": visit.may(Right.LEAD),
        "passed_by": meeting.stage == Stage.PLANNED and meeting.session.held < visit.case.as_of,
        "sheet_sum": sum(line.minutes for line in meeting.session.run_sheet),
    }


def all_sessions(visit: Visit) -> tuple[Standing, ...]:
    """Return the sessions that the visitor may see, the latest first, each with where it stands."""
    shown = [each for each in load(visit.case).conversation.sessions if each.ref in visit.entries]
    runs = {run.session.item.ref: run for run in _runs(visit.case)}
    standing = []
    for each in sorted(shown, key=lambda session: session.held, reverse=True):
        stage = stage_of(each, runs.get(each.ref))
        standing.append(Standing(each, visit.entries[each.ref], stage, STAGES[stage]))
    return tuple(standing)


def sessions_ahead(visit: Visit) -> tuple[Standing, ...]:
    """Return the sessions that are planned, running or open to correction, the next one first."""
    return tuple(each for each in reversed(all_sessions(visit)) if each.stage != Stage.HELD)


def _runs(case: Case) -> Iterator[models.SessionRun]:
    yield from models.SessionRun.objects.filter(session__item__case=case).select_related("session__item")


def run_page(visit: Visit, entry: Entry, meeting: Meeting) -> dict[str, Any]:
    """Return what the one who leads a session sees: where it is, and what may be put on the screen."""
    shown = screens(visit.case, meeting.session)
    run = meeting.run
    return {
        **page(visit, entry, meeting),
        **_progress(meeting),
        "prompts": [each for each in shown.values() if each.key.startswith("prompt-")],
        "statements": [
            (each, visit.entries.get(each.key), run is not None and each.key in run.revealed)
            for each in shown.values()
            if each.result is not None
        ],
        "on_screen": run.on_screen if run else "",
    }


def _progress(meeting: Meeting) -> dict[str, Any]:
    sheet = meeting.session.run_sheet
    return {
        "part": meeting.part,
        "number": meeting.step + 1,
        "parts": len(sheet),
        "next_part": sheet[meeting.step + 1] if meeting.step + 1 < len(sheet) else None,
        "ends_at": meeting.ends_at,
        "sheet": [(at, line, at == meeting.step) for at, line in enumerate(sheet)],
    }


def screen_page(visit: Visit, entry: Entry, meeting: Meeting) -> dict[str, Any]:
    """Return what the screen in the room shows; a result only when it has been revealed."""
    run = meeting.run
    key = run.on_screen if run else ""
    shown: Shown | None = screens(visit.case, meeting.session).get(key) if key else None
    revealed = bool(run and shown and shown.result and shown.key in run.revealed)
    return {
        **page(visit, entry, meeting),
        **_progress(meeting),
        "shown": shown,
        "shows_minutes": key == "minutes" or meeting.stage == Stage.HELD,
        "revealed": revealed,
        **(_result(visit.case, shown) if revealed and shown else {}),
        "hidden_when_under": min((each.min_group for each in load(visit.case).conversation.rounds), default=5),
        "fields": fields(visit.case, run) if key == "minutes" or meeting.stage != Stage.RUNNING else (),
    }


def _result(case: Case, shown: Shown) -> dict[str, Any]:
    """Return the result of what is on the screen: of a statement, or of a scenario that was judged."""
    if isinstance(shown.result, JudgedScenario):
        return {
            "verdict": verdict(shown.result),
            "questions": [SCALES[aspect].name for aspect in shown.result.aspects],
            "judgements": judgements(case, shown.result),
            "no_probability": NO_PROBABILITY,
            "synthetic": load(case).is_synthetic(shown.result.round.ref),
        }
    asked_in = [each.round for each in load(case).conversation.statements if each.ref == shown.key]
    return {
        "results": results(case, shown.result) if shown.result else (),
        "synthetic": load(case).is_synthetic(*asked_in),
    }


def minutes_page(visit: Visit, entry: Entry, meeting: Meeting) -> dict[str, Any]:
    """Return the minutes as they stand, and who holds the pen."""
    return {
        **page(visit, entry, meeting),
        "fields": fields(visit.case, meeting.run),
        "pen": pen(visit, meeting.run) if meeting.writable else None,
    }


def fields(case: Case, run: models.SessionRun | None) -> tuple[Field, ...]:
    """Return the four fields of the minutes with the lines that have been written."""
    named = {each.id: each.name for each in load(case).conversation.minutes_fields}
    lines = list(run.lines.all()) if run else []
    return tuple(
        Field(code, named[code], tuple(each for each in lines if each.field == code), str(uuid4()))
        for code in models.MinuteLine.FIELDS
        if code in named
    )


def pen(visit: Visit, run: models.SessionRun | None) -> Pen:
    """Return who holds the pen, told by role."""
    if run is None or run.pen_id is None:
        return Pen("", None, mine=False, free=True)
    role = Membership.objects.filter(case=visit.case, person_id=run.pen_id).values_list("role", flat=True).first()
    words = str(Role(role).label) if role else _("Somebody who has left the case")
    return Pen(words, run.pen_since, mine=run.pen_id == visit.person.pk, free=False)


@remembered
def leadership_said(case: Case) -> dict[str, tuple[SaidByLeadership, ...]]:
    """Return the lines of the leadership's minutes by field, the latest session first."""
    held = [
        each for each in load(case).conversation.sessions if each.circle == "leadership" and each.minutes is not None
    ]
    found: dict[str, tuple[SaidByLeadership, ...]] = {}
    for name in models.MinuteLine.FIELDS:
        found[name] = tuple(
            SaidByLeadership(each.ref, each.held, line)
            for each in sorted(held, key=lambda session: session.held, reverse=True)
            for line in lines_in_languages(getattr(each.minutes, name))
        )
    return found


def lines_in_languages(text: Text | None) -> tuple[Text, ...]:
    """Return the lines of a field as texts; where the languages differ in number of lines, the field as one."""
    if text is None:
        return ()
    each = {
        code: [line for line in written.splitlines() if line.strip()]
        for code in ("da", "en")
        if (written := getattr(text, code))
    }
    if len({len(lines) for lines in each.values()}) != 1:
        return (text,)
    return tuple(Text(**dict(zip(each, line, strict=True))) for line in zip(*each.values(), strict=True))


def asked_of_circles(case: Case) -> tuple[SaidByLeadership, ...]:
    """Return what the leadership has asked the circles in its sessions, the latest first."""
    return leadership_said(case)["ask"]


def surprised_leadership(case: Case) -> tuple[SaidByLeadership, ...]:
    """Return what has surprised the leadership in its sessions, the latest first."""
    return leadership_said(case)["surprised"]
