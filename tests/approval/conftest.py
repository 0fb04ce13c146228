"""A body of seven with people in its seats, and its second meeting in progress over the six points of the KOMBIT paper."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from approval.packs import DOCUMENTS, emptied
from conftest import NOON
from fremsyn.approval.handover import load
from fremsyn.approval.models import (
    Disqualification,
    MeetingRun,
    MeetingState,
    PointKind,
    PointRun,
    Presence,
    Ruling,
    Seat,
)
from fremsyn.approval.schema import Body
from fremsyn.cases.models import Case, Item, Membership
from fremsyn.chain.folder import read_folder
from fremsyn.chain.operations import import_case
from fremsyn.chain.sealing import seal_demonstration
from fremsyn.core.text import Text
from fremsyn.people.models import Person
from fremsyn.people.roles import Role

MEMBERS = ("m1", "m2", "m3", "m4", "m5", "m6", "m7")
SINCE = datetime.date(2026, 1, 1)


@dataclass(frozen=True)
class Board:
    """The body's people by seat, and those who serve it."""

    case: Case
    people: dict[str, Person]
    secretary: Person

    @property
    def chair(self) -> Person:
        return self.people["m1"]

    @property
    def body(self) -> Body:
        body = load(self.case).body
        assert body
        return body

    def alternate(self, member: str) -> Person:
        """Seat an alternate for a member and return who it is."""
        name = f"{member}-alternate"
        person = Person.objects.create(username=name, name=f"Suppleant {member}", joined_at=NOON)
        Membership.objects.create(case=self.case, person=person, role=Role.BOARD)
        Seat.objects.create(case=self.case, member=member, alternate=True, person=person, since=SINCE)
        self.people[name] = person
        return person

    def client(self, member: str) -> Client:
        """Return a browser's stand-in, signed in as whoever holds a seat; `secretary` is the facilitator."""
        client = Client()
        client.force_login(self.secretary if member == "secretary" else self.people[member])
        return client


@dataclass(frozen=True)
class Sitting:
    """A meeting in progress: its row and its points, the paper's six under item 4."""

    board: Board
    run: MeetingRun
    points: tuple[PointRun, ...]

    def disqualify(self, point: PointRun, who: str, ruling: str = Ruling.BARRED) -> Disqualification:
        """Note that whoever is called so (m2, m2-alternate) is disqualified on a point."""
        member, _, stands_in = who.partition("-")
        return Disqualification.objects.create(
            point=point, member=member, alternate=bool(stands_in), person=self.board.people[who], ground="Egen aftale",
            declared_at=NOON, ruling=ruling, ruled_at=None if ruling == Ruling.PENDING else NOON,
        )  # fmt: skip

    def here(self, point: PointRun, *members: str, state: str = "in") -> None:
        """Note that these members, and nobody else, take part in a point."""
        Presence.objects.filter(point=point).delete()
        Presence.objects.bulk_create(
            Presence(point=point, member=member, state=state, noted_at=NOON) for member in members
        )


@pytest.fixture
def board(kombit: Case) -> Board:
    """The KOMBIT case with a person in each of the seven seats; m1 is in the chair, the facilitator serves the body."""
    people = {}
    for member in MEMBERS:
        person = Person.objects.create(
            username=member, name=f"Medlem {member}", email=f"{member}@example.org", joined_at=NOON
        )
        Membership.objects.create(case=kombit, person=person, role=Role.BOARD)
        Seat.objects.create(case=kombit, member=member, person=person, since=SINCE)
        people[member] = person
    return Board(kombit, people, Person.objects.get(username="facilitator"))


@pytest.fixture
def sitting(board: Board) -> Sitting:
    """The second meeting in progress, all seven present at every point, none taken up yet."""
    run = MeetingRun.objects.create(
        case=board.case, meeting="second", state=MeetingState.OPEN, noticed_at=NOON, opened_at=NOON
    )
    paper = load(board.case).paper
    assert paper
    points = tuple(
        PointRun.objects.create(
            run=run,
            position=number,
            agenda_item=4,
            number=number,
            kind=PointKind.DECISION,
            item=Item.objects.get(case=board.case, ref=point.ref),
            text={"da": point.text.da, "en": point.text.en},
        )
        for number, point in enumerate(paper.points, start=1)
    )
    made = Sitting(board, run, points)
    for point in points:
        made.here(point, *MEMBERS)
    return made


@pytest.fixture
def as_text() -> Callable[..., Text]:
    return lambda da, en=None: Text(da=da, en=en or da)


@pytest.fixture(scope="session")
def packs(django_db_setup: None, django_db_blocker: DjangoDbBlocker, repo: Path) -> dict[str, bytes]:
    """The school's pack and KOMBIT's, each of a database that holds nothing afterwards."""
    made = {}
    with django_db_blocker.unblock():
        for name in ("skole", "kombit"):
            content = read_folder(repo / "examples" / name).content
            assert content
            case = import_case(content=content, slug=f"{name}-sealed", by=None, at=NOON)
            made[name] = bytes(seal_demonstration(case=case, documents=DOCUMENTS, at=NOON).content)
            emptied(case)
    return made


@pytest.fixture(scope="session")
def school(packs: dict[str, bytes]) -> bytes:
    return packs["skole"]
