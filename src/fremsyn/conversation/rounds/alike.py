"""Answers that are too alike to have come from many people, as whoever leads the round sees them: with and without."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.conversation.analysis import round_results
from fremsyn.conversation.answers import in_order, is_over
from fremsyn.conversation.handover import load
from fremsyn.conversation.judging.results import judged_in
from fremsyn.conversation.judging.scales import between
from fremsyn.conversation.patterns import FEWEST_ALIKE, Alike, alike
from fremsyn.conversation.ratings import rated
from fremsyn.conversation.rounds.queries import Led
from fremsyn.conversation.schema import Round, Vote
from fremsyn.conversation.wording import circle_name


@dataclass(frozen=True)
class Pair:
    """A circle's figure on a statement, with the answers that are alike and without; None where it is hidden."""

    circle: str
    all: float | str | None
    without: float | str | None


@dataclass(frozen=True)
class Flagged:
    """A statement with its figures, circle by circle."""

    entry: Entry
    circles: tuple[Pair, ...]


def page(visit: Visit, led: Led) -> dict[str, Any]:
    """Return the groups that were found, and once results are shown, these with and without them.

    How many a group holds is told only where no circle is hidden without it; else the rest could be had from it.
    """
    groups = alike(led.row) if led.run else ()
    if not groups:
        return {}
    handover = load(visit.case)
    told: dict[str, Any] = {"alike": groups, "at_least": FEWEST_ALIKE, "exact": False, "flagged": ()}
    if not is_over(led.asked, handover, visit.case.as_of) or led.asked.kind == "open":
        return told
    votes = handover.votes.get(led.asked.ref, ())
    flagged = compared(visit, led.asked, votes, groups)
    exact = all(pair.without is not None for each in flagged for pair in each.circles if pair.all is not None)
    return told | {"flagged": flagged, "exact": exact}


def compared(visit: Visit, asked: Round, votes: tuple[Vote, ...], groups: tuple[Alike, ...]) -> tuple[Flagged, ...]:
    """Return each statement's figure in each circle, with the groups' answers and without."""
    names = frozenset().union(*(group.pseudonyms for group in groups))
    every = _figures(visit, asked, votes)
    rest = _figures(visit, asked, tuple(vote for vote in votes if vote.participant not in names))
    # what one or a few of a circle answered would follow from both figures
    taken = Counter((vote.statement, vote.circle) for vote in votes if vote.participant in names)
    rest |= {key: None for key, n in taken.items() if n < asked.min_group}
    circles = in_order(visit.case, asked)
    return tuple(
        Flagged(
            visit.entries[ref],
            tuple(Pair(circle_name(visit.case, code), every[ref, code], rest[ref, code]) for code in circles),
        )
        for ref in asked.statements
        if ref in visit.entries
    )


def _figures(visit: Visit, asked: Round, votes: tuple[Vote, ...]) -> dict[tuple[str, str], float | str | None]:
    """Return the per cent who agree, the middle rating, or the middle answer of a scenario, by statement and circle."""
    circles = in_order(visit.case, asked)
    if asked.kind == "scenarios":
        said = {each.ref: each for each in load(visit.case).conversation.statements}
        return {
            (each.statement, code): between(each.aspect, one.spread.middle) if one else None
            for told in judged_in(asked, said, circles, votes)
            for each in told.aspects.values()
            for code, one in each.by_circle.items()
        }
    if asked.kind == "rating":
        return {
            (result.statement, code): each.median if (each := result.by_circle[code]) else None
            for result in rated(asked, circles, votes)
            for code in circles
        }
    return {
        (result.statement, code): count.agree_per_cent if (count := result.by_circle.get(code)) else None
        for result in round_results(asked, votes).statements
        for code in circles
    }
