"""What the conversation's pages show, read for one visitor."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.kinds import app_name
from fremsyn.cases.margin import used_by_nothing
from fremsyn.cases.shape import LinkKind
from fremsyn.conversation.answers import Answers, Turnout, answers, is_over, lowest
from fremsyn.conversation.handover import load
from fremsyn.conversation.ratings import turnout_in
from fremsyn.conversation.schema import Conversation, Insight, Round, Session, Statement
from fremsyn.conversation.sessions.library import TO_BE_READ
from fremsyn.conversation.sessions.queries import lines_in_languages
from fremsyn.conversation.wording import ANONYMITY, SHOWS, circle_name, circles
from fremsyn.core.text import Text
from fremsyn.methods.opinions import AGREED, Count

PHASES = ("framing", "scanning", "scenarios", "direction", "strategy", "plans")
MOST_AGREED = 4
WORDS_A_MINUTE = 200


@dataclass(frozen=True)
class Step:
    """A phase in the strip: its sessions and its rounds."""

    phase: str
    name: str
    sessions: tuple[tuple[Session, Entry], ...]
    rounds: tuple[tuple[Round, Entry], ...]


@dataclass(frozen=True)
class Ran:
    """A round in the list: who answered. `circles` holds for each circle whether it was asked, and how many answered."""

    round: Round
    entry: Entry
    circles: tuple[tuple[bool, int | None], ...]
    turnout: Turnout | None


@dataclass(frozen=True)
class Heard:
    """A statement that every circle agrees with: at least `least` per cent of each."""

    entry: Entry
    least: int


@dataclass(frozen=True)
class Learnt:
    """An insight and what it was used for."""

    insight: Insight
    entry: Entry
    shows: Promise
    used_for: tuple[Entry, ...]


@dataclass(frozen=True)
class Given:
    """A circle's answer to a statement; `count` is None where it is hidden."""

    circle: str
    count: Count | None


@dataclass(frozen=True)
class Proof:
    """A figure that an insight rests on, computed from the answers."""

    entry: Entry
    circle: str
    count: Count | None
    known: bool


def conversation_of(visit: Visit) -> Conversation:
    """Return the conversation of the case that is visited."""
    return load(visit.case).conversation


def strip(visit: Visit) -> tuple[Step, ...]:
    """Return the phases with their sessions and rounds, as far as they may be seen."""
    talk = conversation_of(visit)
    steps = []
    for phase in PHASES:
        sessions = tuple(
            (each, visit.entries[each.ref])
            for each in talk.sessions
            if each.phase == phase and each.ref in visit.entries
        )
        rounds = tuple(
            (each, visit.entries[each.ref]) for each in talk.rounds if each.phase == phase and each.ref in visit.entries
        )
        steps.append(Step(phase, app_name(phase), sessions, rounds))
    return tuple(steps)


def rounds(visit: Visit) -> tuple[Ran, ...]:
    """Return the rounds with their turnout by circle."""
    return tuple(
        Ran(each, visit.entries[each.ref], _asked(visit, turnout), turnout)
        for each in conversation_of(visit).rounds
        if each.ref in visit.entries
        for turnout in (turnout_in(visit.case, each.ref),)
    )


def _asked(visit: Visit, turnout: Turnout | None) -> tuple[tuple[bool, int | None], ...]:
    counts = turnout.by_circle if turnout else {}
    return tuple((code in counts, counts.get(code)) for code in all_circles(visit))


def all_circles(visit: Visit) -> list[str]:
    """Return the circles that any round asked, in the case's order."""
    asked = {code for each in conversation_of(visit).rounds for code in each.circles}
    return [code for code in circles(visit.case) if code in asked]


@dataclass(frozen=True)
class Agreed:
    """The statements on which there is agreement, the most first: those told one by one, and the rest."""

    first: tuple[Heard, ...]
    rest: tuple[Entry, ...]
    limit: int = AGREED


def agreed(visit: Visit, refs: Iterable[str] | None = None) -> Agreed | None:
    """Return where there is agreement; None where nothing is shown that could tell. A tie is not cut through."""
    found = answers(visit.case)
    if not found.shared(refs):
        return None
    best = [each for each in found.agreed(refs) if each.statement in visit.entries]
    last = lowest(best[:MOST_AGREED][-1]) if best else 0
    first = [each for each in best if lowest(each) >= last]
    told = tuple(Heard(visit.entries[each.statement], lowest(each)) for each in first)
    return Agreed(told, tuple(visit.entries[each.statement] for each in best[len(first) :]))


def insights(visit: Visit) -> tuple[Learnt, ...]:
    """Return the insights with what they were used for."""
    return tuple(
        Learnt(each, visit.entries[each.ref], SHOWS[each.shows], visit.shown(each.used_for))
        for each in conversation_of(visit).insights
        if each.ref in visit.entries
    )


def conversation_page(visit: Visit) -> dict[str, Any]:
    """Return what the conversation's page holds beside its figure."""
    talk = conversation_of(visit)
    found = answers(visit.case)
    not_used = talk.not_used
    learnt = insights(visit)
    question = next((entry for entry in visit.of_kind("question")), None)
    return {
        "steps": strip(visit),
        "rounds": rounds(visit),
        "circle_names": [circle_name(visit.case, code) for code in all_circles(visit)],
        "agreed": agreed(visit),
        "insights": learnt,
        "used": any(each.used_for for each in learnt),
        "used_by_nothing": used_by_nothing(visit),
        "not_used": not_used,
        "not_used_items": visit.shown(not_used.statements) if not_used else (),
        "counts": _counts(visit, talk, found),
        "question": question,
        "known": visit.entries,
        "synthetic": load(visit.case).is_synthetic(*(each.ref for each in talk.rounds)),
        "talk": talk,
    }


def _counts(visit: Visit, talk: Conversation, found: Answers) -> dict[str, int | None]:
    used = {ref for each in talk.insights for ref in each.because}
    given = [each.answers for each in found.turnout.values()]
    told = [each for each in given if each is not None]
    return {
        "sessions": len(visit.of_kind("session")),
        "rounds": len(visit.of_kind("round")),
        "statements": len(visit.of_kind("statement")),
        "insights": len(visit.of_kind("insight")),
        "answers": sum(told) if told and len(told) == len(given) else None,
        "carried": sum(each.ref in used for each in talk.statements),
    }


def session_page(visit: Visit, ref: str) -> dict[str, Any]:
    """Return a session as its page shows it."""
    talk = conversation_of(visit)
    held = next(each for each in talk.sessions if each.ref == ref)
    said = vars(held.minutes) if held.minutes else {}
    return {
        "thing": held,
        "phase_name": app_name(held.phase),
        "circle": circle_name(visit.case, held.circle),
        "hours": duration(held.minutes_total),
        "reading_minutes": max(1, round(_words(held.pre_read) / WORDS_A_MINUTE)),
        "unwritten": held.pre_read == TO_BE_READ,
        "present": held.present.each(),
        "fields": [
            (field.name, lines_in_languages(said[field.id])) for field in talk.minutes_fields if said.get(field.id)
        ],
        "gave": visit.shown(held.gives),
        "gate_phase": app_name(held.gate.phase) if held.gate else "",
        "synthetic": load(visit.case).is_synthetic_in(held.phase),
    }


def duration(minutes: int) -> str:
    """Write a length of time the way people say it."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(n)d minutes") % {"n": minutes}
    words = _("1 hour") if hours == 1 else _("%(n)d hours") % {"n": hours}
    return words if not rest else _("%(hours)s %(n)d minutes") % {"hours": words, "n": rest}


def _words(text: Text) -> int:
    return len(str(text).split())


def round_page(visit: Visit, ref: str) -> dict[str, Any]:
    """Return a round as its page shows it, beside its outcome."""
    talk = conversation_of(visit)
    asked = next(each for each in talk.rounds if each.ref == ref)
    scenario = asked.perspective.scenario if asked.perspective else ""
    return {
        "thing": asked,
        "phase_name": app_name(asked.phase),
        "scenario": visit.entries.get(scenario),
        "anonymity": ANONYMITY[asked.anonymity],
        "agreed": agreed(visit, asked.statements) if asked.statements else None,
        "statements": visit.shown(asked.statements),
        "talk": talk,
        "synthetic": load(visit.case).is_synthetic(ref),
        "learnt": [each for each in insights(visit) if ref in each.insight.because],
    }


def statement_page(visit: Visit, ref: str) -> dict[str, Any]:
    """Return a statement as its page shows it."""
    talk = conversation_of(visit)
    said = next(each for each in talk.statements if each.ref == ref)
    themes = {each.id: each.name for each in talk.themes}
    unused = bool(talk.not_used and ref in talk.not_used.statements)
    asked = next(each for each in talk.rounds if each.ref == said.round)
    return {
        "thing": said,
        "theme": themes.get(said.theme, said.theme),
        "round": asked,
        "over": is_over(asked, load(visit.case), visit.case.as_of),
        "round_entry": visit.entries[said.round],
        "result": answers(visit.case).statements.get(ref),
        "given": given(visit, said),
        "used": used_in(visit, ref),
        "used_by_nothing": used_by_nothing(visit),
        "not_used": talk.not_used if unused else None,
        "synthetic": load(visit.case).is_synthetic(said.round),
    }


def given(visit: Visit, said: Statement) -> tuple[Given, ...]:
    """Return each circle's answer to a statement, in the case's order."""
    result = answers(visit.case).statements.get(said.ref)
    if result is None:
        return ()
    order = [code for code in all_circles(visit) if code in result.by_circle]
    return tuple(Given(circle_name(visit.case, code), result.by_circle[code]) for code in order)


def used_in(visit: Visit, ref: str) -> tuple[Entry, ...]:
    """Return what rests on an item or was given by it."""
    kinds = (LinkKind.BECAUSE, LinkKind.PART)
    ends = dict.fromkeys(tie.start for tie in visit.ties_to(ref) if tie.kind in kinds)
    return tuple(entry for entry in visit.shown(ends) if entry.ref)


def insight_page(visit: Visit, ref: str) -> dict[str, Any]:
    """Return an insight as its page shows it; its figures are computed."""
    talk = conversation_of(visit)
    learnt = next(each for each in talk.insights if each.ref == ref)
    found = answers(visit.case).statements
    proofs = []
    for each in learnt.evidence:
        result = found.get(each.statement)
        count = result.by_circle.get(each.circle) if result else None
        entry = visit.entries.get(each.statement)
        if entry:
            proofs.append(Proof(entry, circle_name(visit.case, each.circle), count, result is not None))
    return {
        "thing": learnt,
        "shows": SHOWS[learnt.shows],
        "proofs": proofs,
        "used_for": visit.shown(learnt.used_for),
        "used_by_nothing": used_by_nothing(visit),
        "synthetic": load(visit.case).is_synthetic(*load(visit.case).behind(learnt)),
    }
