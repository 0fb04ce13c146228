"""The second reading shows what has changed since the paper that was sent out for the first, and nothing that is closed."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.test import Client

from conftest import NOON
from fremsyn.approval.models import Edition, Material, MeetingRun, MeetingState, SealedPack
from fremsyn.approval.paper.readings import since_first_reading
from fremsyn.approval.schema import Access, BoardPoint, Closed
from fremsyn.cases.access import Visit
from fremsyn.cases.editing.operations import add_thing, change_thing, withdraw_thing
from fremsyn.cases.models import Case
from fremsyn.chain.sealing import seal_demonstration
from fremsyn.core.text import Text
from fremsyn.people.models import Person

pytestmark = pytest.mark.django_db
Signed = Callable[[str], Client]
BEFORE = datetime.datetime(2026, 9, 11, 12, tzinfo=datetime.UTC)
SUMMARY = "approval/paper/sections/summary"


@pytest.fixture
def sent(kombit: Case) -> SealedPack:
    """The first reading was called with the paper as it stood."""
    change(kombit, "approval/paper", access=Access(level="internal"))
    pack = seal_demonstration(case=kombit, documents={}, at=NOON)
    run = MeetingRun.objects.create(case=kombit, meeting="first", state=MeetingState.NOTICED, noticed_at=BEFORE)
    Material.objects.create(run=run, pack=pack, sent_at=BEFORE)
    return pack


def change(case: Case, key: str, **values: object) -> None:
    change_thing(case=case, key=key, version=None, values=values, meaning=False, although_closed=True, by=None, at=NOON)


def visit(case: Case, role: str = "board") -> Visit:
    return Visit(case, Person.objects.get(username=role), role)


@pytest.mark.usefixtures("sent")
def test_nothing_has_changed_when_nothing_was_written(kombit: Case, client_as: Signed):
    since = since_first_reading(visit(kombit))
    assert since
    assert since.all == ()
    assert "Intet er ændret siden 1. behandling" in client_as("board").get("/cases/kombit/board/").content.decode()


def test_changes_are_counted_from_late_material_where_the_first_reading_had_any(kombit: Case, sent: SealedPack):
    change(kombit, SUMMARY, text=Text(da="Eftersendt", en="Late"))
    now = Case.objects.get(pk=kombit.pk)
    late = seal_demonstration(case=now, documents={}, at=NOON)
    later = BEFORE + datetime.timedelta(days=1)
    Material.objects.create(run=MeetingRun.objects.get(), pack=late, late=True, why="Nyt resumé", sent_at=later)
    since = since_first_reading(visit(now))
    assert since
    assert (since.pack, since.all) == (late, ())
    change(now, SUMMARY, text=Text(da="Til anden behandling", en="For the second reading"))
    since = since_first_reading(visit(Case.objects.get(pk=kombit.pk)))
    assert since
    assert [each.key for each in since.sections] == [SUMMARY]
    assert sent.version < since.pack.version


@pytest.mark.usefixtures("sent")
def test_points_sections_and_what_they_rest_on_are_told_with_their_words(kombit: Case, client_as: Signed):
    told = {"case": kombit, "by": None, "at": NOON}
    change(
        kombit,
        "B6",
        text=Text(da="at bestyrelsen får aflæsninger hvert halvår", en="that the board is told half-yearly"),
    )
    change(kombit, SUMMARY, text=Text(da="Kort", en="Short"))
    change(kombit, "A1", aim=Text(da="Et andet mål", en="Another aim"))
    withdraw_thing(key="B3", **told)
    point = BoardPoint(
        ref="", question="Q0", because=("C0",), text=Text(da="at noget nyt sker", en="that a new thing happens")
    )
    add_thing(parent="approval/paper", slot="points", thing=point, **told)

    since = since_first_reading(visit(Case.objects.get(pk=kombit.pk)))

    assert since
    assert {each.key: each.kind for each in since.points} == {"B6": "changed", "B7": "new", "B3": "removed"}
    assert [each.key for each in since.sections] == [SUMMARY]
    assert [each.key for each in since.things] == ["A1"]
    page = client_as("board").get("/cases/kombit/board/").content.decode()
    assert "<ins>" in page
    assert "<del>" in page
    assert "Et andet mål" in page
    document = client_as("board").get("/cases/kombit/documents/board_paper/").content.decode()
    assert "Ændringer siden 1. behandling" in document
    assert "Ind: »" in document


@pytest.mark.usefixtures("sent")
def test_what_is_closed_is_not_told_to_others_as_changed(kombit: Case, client_as: Signed):
    secret = Text(da="Zyxwhemmelighed", en="Zyxwsecret")
    change(kombit, SUMMARY, text=secret, closed=Closed(ground=Text(da="Grund", en="Ground")))
    now = Case.objects.get(pk=kombit.pk)
    inside, outside = (since_first_reading(visit(now, role)) for role in ("board", "observer"))
    assert inside
    assert outside
    assert [each.key for each in inside.sections] == [SUMMARY]
    assert outside.sections == ()
    assert "Zyxw" not in client_as("observer").get("/cases/kombit/board/").content.decode()


def test_what_was_closed_at_the_first_reading_is_not_told_when_it_has_gone(kombit: Case):
    secret = Text(da="Zyxwhemmelighed", en="Zyxwsecret")
    change(kombit, "approval/paper", access=Access(level="internal"))
    change(kombit, SUMMARY, text=secret, closed=Closed(ground=Text(da="Grund", en="Ground")))
    pack = seal_demonstration(case=kombit, documents={}, at=NOON)
    assert pack.edition == Edition.INTERNAL
    run = MeetingRun.objects.create(case=kombit, meeting="first", state=MeetingState.NOTICED, noticed_at=BEFORE)
    Material.objects.create(run=run, pack=pack, sent_at=BEFORE)
    withdraw_thing(case=kombit, key=SUMMARY, by=None, at=NOON)
    now = Case.objects.get(pk=kombit.pk)
    assert [each.kind for each in since_first_reading(visit(now)).sections] == ["removed"]
    assert since_first_reading(visit(now, "observer")).sections == ()


def test_without_a_paper_sent_out_for_the_first_reading_nothing_is_compared(kombit: Case):
    change(kombit, "approval/paper", access=Access(level="internal"))
    assert since_first_reading(visit(kombit)) is None
    seal_demonstration(case=kombit, documents={}, at=NOON)  # sealed after the first reading
    assert since_first_reading(visit(kombit)) is None
    SealedPack.objects.update(sealed_at=BEFORE)
    assert since_first_reading(visit(kombit)) is not None
