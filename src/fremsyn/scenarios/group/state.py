"""Where the group's work stands: who is asked what, who has given theirs, what is opened and what is settled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from fremsyn.cases.models import Case, Membership, in_force
from fremsyn.cases.rights import RIGHTS, Right
from fremsyn.cases.shape import Text
from fremsyn.people.models import Person
from fremsyn.scenarios.group.rules import Spread, Table, spreads
from fremsyn.scenarios.handover.matrix import Row, place, read_row
from fremsyn.scenarios.judging.grid import Board, Pair, board
from fremsyn.scenarios.models import GroupSection, JudgeTask
from fremsyn.scenarios.schema import Section

Key = tuple[str, str]  # two drivers by reference: the one that acts, the one that is acted on


@dataclass(frozen=True)
class Seat:
    """A person who is asked to judge a section, with their own judgement; `here` says whether they are in the case."""

    task: JudgeTask
    here: bool

    @property
    def name(self) -> str:
        """Return the person's name, or words for somebody who is erased."""
        return self.task.person.name if self.task.person else _("A judge who is no longer known")

    @property
    def given(self) -> bool:
        """Return whether the judgement is given, so that it counts."""
        return self.task.given_at is not None

    @property
    def begun(self) -> bool:
        """Return whether something is written that is not given yet."""
        return not self.given and self.task.version > 0

    @property
    def waited_for(self) -> bool:
        """Return whether the others wait for it: not given, by somebody who can still give it."""
        return self.here and not self.given

    @property
    def reason(self) -> Text | None:
        """Return why they judge so."""
        return Text(**self.task.reason) if self.task.reason else None

    @property
    def stored(self) -> Mapping[str, Row]:
        """Return the judgements as they are kept: by reference, numbers by letter."""
        return {ref: tuple(row) for ref, row in self.task.rows.items()}

    def table(self, pair: Pair) -> Table:
        """Return the judgements of the states that are in use; 0 where nothing is said."""
        stored = self.stored
        rows = (read_row(stored.get(each.ref, ()), pair.target.variants) for each in pair.source.variants)
        return tuple(tuple(int(number) for number in row) for row in rows)

    def lacks(self, pair: Pair) -> bool:
        """Return whether a state has come since, of which nothing is said."""
        longest = max((place(each.ref) for each in pair.target.variants), default=-1)
        rows = [self.stored.get(each.ref) for each in pair.source.variants]
        return self.given and any(row is None or len(row) <= longest for row in rows)

    def own(self, pair: Pair) -> Pair:
        """Return the pair with this person's judgements instead of the case's; without a section before they begin."""
        if not self.task.version:
            return Pair(pair.source, pair.target, None)
        rows = dict(zip((each.key for each in pair.source.variants), self.table(pair), strict=True))
        section = Section(source=pair.source.key, target=pair.target.key, reason=self.reason, rows=rows)
        return Pair(pair.source, pair.target, section)


@dataclass(frozen=True)
class GroupPair:
    """A section that a group judges: its judges, and where it stands."""

    pair: Pair
    seats: tuple[Seat, ...]
    kept: GroupSection | None

    @property
    def key(self) -> Key:
        """Return the references of the two drivers."""
        return self.pair.source.ref, self.pair.target.ref

    @cached_property
    def given(self) -> tuple[Seat, ...]:
        """Return those who have given theirs, in the order they were asked."""
        return tuple(each for each in self.seats if each.given)

    @property
    def missing(self) -> tuple[Seat, ...]:
        """Return those whom the others wait for."""
        return tuple(each for each in self.seats if each.waited_for)

    @property
    def settled(self) -> bool:
        """Return whether the group's judgement is written."""
        return self.kept is not None and self.kept.settled_at is not None

    @property
    def opened(self) -> bool:
        """Return whether the facilitator opened it before all had given."""
        return self.kept is not None and self.kept.opened_at is not None

    @property
    def ready(self) -> bool:
        """Return whether the judgements may be held beside each other: all are given, or it is opened."""
        return bool(self.given) and (not self.missing or self.opened)

    @property
    def state(self) -> str:
        """Return `settled`, `ready`, or `waiting`."""
        return "settled" if self.settled else "ready" if self.ready else "waiting"

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Return the judgements given, in the order of `given`."""
        return tuple(each.table(self.pair) for each in self.given)

    @cached_property
    def spreads(self) -> tuple[tuple[Spread, ...], ...]:
        """Return each cell's spread, a row for each state of the source; none where nothing is given."""
        return spreads(self.tables)

    @property
    def apart(self) -> int:
        """Return how far apart the judges are in all, the widths of the cells added up."""
        return sum(each.width for row in self.spreads for each in row)

    @property
    def disputed(self) -> bool:
        """Return whether those who have given differ, and nothing is settled."""
        return not self.settled and self.apart > 0

    @property
    def mark(self) -> str:
        """Return a mark of what is given and of what stands in the case, to notice what changed meanwhile."""
        stands = [list(values) for _variant, values in self.pair.rows]
        seen = (self.key, stands, self.pair.reason, [(each.task.pk, each.task.version) for each in self.given])
        return sha256(repr((seen, self.settled)).encode()).hexdigest()[:20]

    def seat_of(self, person: Person) -> Seat | None:
        """Return the person's own seat."""
        return next((each for each in self.seats if each.task.person_id == person.pk), None)


@dataclass(frozen=True)
class Group:
    """The group's work in a case, by section; `judges` are the people in the case who may judge."""

    board: Board
    judges: tuple[Membership, ...]
    sections: Mapping[Key, GroupPair]

    def of(self, person: Person) -> tuple[GroupPair, ...]:
        """Return the sections that a person is asked to judge, in the order of the matrix."""
        return tuple(each for each in self.sections.values() if each.seat_of(person))


def group_of(case: Case, *, only: Key | None = None) -> Group:
    """Return where the group's work stands, or that on one section; read anew each time."""
    found = board(case)
    judges = tuple(
        Membership.objects.filter(in_force(timezone.localdate()), case=case, role__in=RIGHTS[Right.JUDGE])
        .select_related("person")
        .order_by("person__name", "pk")
    )
    here = {each.person_id for each in judges}
    one = {"source": only[0], "target": only[1]} if only else {}
    seats: dict[Key, list[Seat]] = {}
    tasks = JudgeTask.objects.filter(case=case, taken_back_at=None, **one).select_related("person")
    for task in tasks.order_by("pk"):
        seats.setdefault((task.source, task.target), []).append(Seat(task, task.person_id in here))
    kept = {(each.source, each.target): each for each in GroupSection.objects.filter(case=case, **one)}
    sections = {
        key: GroupPair(pair, tuple(seats.get(key, ())), kept.get(key))
        for key, pair in found.pairs.items()
        if key in seats or (key in kept and kept[key].settled_at)
    }
    return Group(found, judges, sections)


def section_of(case: Case, source: str, target: str) -> GroupPair | None:
    """Return one section of the group's work; None where it is handed out to nobody, or a driver is withdrawn."""
    return group_of(case, only=(source, target)).sections.get((source, target))


def last_saved(seats: tuple[Seat, ...]) -> datetime | None:
    """Return when somebody last wrote in one of their sections."""
    return max((each.task.saved_at for each in seats if each.task.saved_at), default=None)
