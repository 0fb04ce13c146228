"""Answers that are too alike to have come from many people: for the facilitator, who sees results with and without them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from fremsyn.conversation.models import Participant, Round, Vote

WITHIN = timedelta(minutes=1)
FEWEST_ALIKE = 10
FEWEST_STATEMENTS = 3


@dataclass(frozen=True)
class Alike:
    """Participants who came within a minute of each other and gave the same answer to each of the same statements."""

    pseudonyms: frozenset[str]
    statements: int
    first_at: datetime
    last_at: datetime


def alike(round_: Round) -> tuple[Alike, ...]:
    """Return groups of ten or more who came within a minute and answered three or more statements alike, largest first."""
    given: dict[str, list[tuple[str, int, bool]]] = defaultdict(list)
    columns = ("participant", "statement__item__ref", "value", "important")
    for pseudonym, statement, value, important in Vote.objects.filter(round=round_).values_list(*columns):
        given[pseudonym].append((statement, value, important))
    came: dict[tuple[tuple[str, int, bool], ...], list[tuple[datetime, str]]] = defaultdict(list)
    people = Participant.objects.filter(round=round_).order_by("joined_at").values_list("joined_at", "pseudonym")
    for joined_at, pseudonym in people:
        if len(given[pseudonym]) >= FEWEST_STATEMENTS:
            came[tuple(sorted(given[pseudonym]))].append((joined_at, pseudonym))
    found = [
        Alike(frozenset(name for _at, name in group), len(answers), group[0][0], group[-1][0])
        for answers, arrivals in came.items()
        for group in _bursts(arrivals)
    ]
    return tuple(sorted(found, key=lambda each: (-len(each.pseudonyms), each.first_at)))


def _bursts(arrivals: list[tuple[datetime, str]]) -> list[list[tuple[datetime, str]]]:
    """Return the runs of arrivals, in order of time, in which each has nine others within the minute."""
    close = [False] * len(arrivals)
    start = 0
    for end, (at, _name) in enumerate(arrivals):
        while at - arrivals[start][0] > WITHIN:
            start += 1
        if end - start + 1 >= FEWEST_ALIKE:
            close[start : end + 1] = [True] * (end - start + 1)
    runs: list[list[tuple[datetime, str]]] = []
    for here, arrival in enumerate(arrivals):
        if close[here]:
            joined = here > 0 and close[here - 1] and arrival[0] - arrivals[here - 1][0] <= WITHIN
            runs[-1].append(arrival) if joined else runs.append([arrival])
    return runs
