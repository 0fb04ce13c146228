"""Confidential until decided: a point stays closed, everywhere alike, until that very point is adopted or rejected."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable

import pytest
from django.test import Client

from approval.minutes.conftest import Held, change
from conftest import NOON
from fremsyn.approval import verify
from fremsyn.approval.handover import load
from fremsyn.approval.minutes.content import content_of
from fremsyn.approval.minutes.operations import drafting
from fremsyn.approval.models import Edition, MeetingRun, Minutes, PointRun, SealedPack
from fremsyn.approval.paper.closing import withheld
from fremsyn.approval.schema import Access
from fremsyn.cases.models import Case
from fremsyn.chain.folder import read_folder, write_folder
from fremsyn.chain.operations import export_case, import_case
from fremsyn.chain.sealing import seal_demonstration
from fremsyn.reports.documents.catalogue import document

pytestmark = pytest.mark.django_db
Signed = Callable[[str], Client]
POINTS = ("B1", "B2", "B3", "B4", "B5", "B6")
# A section, a risk and an annex.
REST = ("Største fortrydelse", "Der er ikke folk nok", "Vindtunnel og fravalg")
KOMBIT = "/cases/kombit/"


def fresh() -> Case:
    return Case.objects.get(slug="kombit")


def words_of(case: Case) -> dict[str, str]:
    paper = load(case).paper
    assert paper
    return {each.ref: str(each.text.da) for each in paper.points}


def seen_by(observer: Client) -> dict[str, list[str]]:
    """Return the points that somebody outside the body can read, place by place."""
    case = fresh()
    said = words_of(case)
    seal_demonstration(case=case, documents={}, at=NOON)
    public = SealedPack.objects.filter(case=case, edition=Edition.PUBLIC).order_by("-version")[0]
    held = verify.unzipped(bytes(public.content))
    packed = json.loads(held["handovers/approval.json"])["paper"].get("points", ())
    page = observer.get(f"{KOMBIT}board/").content.decode()
    shown = repr(document(fresh(), "board_paper", "da", internal=False).blocks)
    texts = {each["text"].get("da") for each in packed if each["ref"] in POINTS}
    return {
        "page": [ref for ref in POINTS if f'data-phase="board" href="{KOMBIT}board/points/{ref}/"' in page],
        "point": [ref for ref in POINTS if observer.get(f"{KOMBIT}board/points/{ref}/").status_code == 200],
        "document": [ref for ref in POINTS if said[ref] in shown],
        "search": [ref for ref in POINTS if f"points/{ref}/" in _search(observer, ref)],
        "pack": [ref for ref in POINTS if said[ref] in texts],
        "whole pack": [ref for ref in POINTS if any(said[ref].encode() in each for each in held.values())],
    }


def rest_seen_by(observer: Client) -> set[tuple[str, ...]]:
    """Return what of the paper but its points somebody outside the body can read, on its page, in its document and in the pack."""
    public = SealedPack.objects.filter(case__slug="kombit", edition=Edition.PUBLIC).order_by("-version")[0]
    page = observer.get(f"{KOMBIT}board/").content.decode()
    shown = repr(document(fresh(), "board_paper", "da", internal=False).blocks)
    packed = verify.unzipped(bytes(public.content))["handovers/approval.json"].decode()
    return {tuple(words for words in REST if words in each) for each in (page, shown, packed)}


def _search(observer: Client, ref: str) -> str:
    return observer.get(f"{KOMBIT}search/?q={ref}").content.decode()


def in_public_minutes(held: Held) -> list[str]:
    content = content_of(held.minutes, whole=False)
    return [ref for ref, each in zip(POINTS, content.points, strict=True) if not each.hidden]


def test_nothing_is_open_before_the_meeting(board, client_as: Signed):
    assert {ref for refs in seen_by(client_as("observer")).values() for ref in refs} == set()


def test_what_fell_or_was_withdrawn_or_put_off_stays_closed_and_what_was_adopted_opens(held, client_as: Signed):
    held.draft()
    assert {ref for refs in seen_by(client_as("observer")).values() for ref in refs} == set()
    held.approve()
    decided = in_public_minutes(held)
    assert decided == ["B1", "B3", "B6"]
    shown = seen_by(client_as("observer"))
    assert shown == dict.fromkeys(shown, decided)
    assert rest_seen_by(client_as("observer")) == {()}
    body = client_as("board")
    assert "Lukket: Fortrolig, til beslutningen er truffet" in body.get(f"{KOMBIT}board/points/B2/").content.decode()


def test_a_point_opens_when_it_is_decided_at_a_later_meeting_and_the_rest_with_the_last(held, client_as: Signed):
    held.draft()
    held.approve()
    run = MeetingRun.objects.create(
        case=held.sitting.board.case, meeting="first", state="closed", noticed_at=NOON, opened_at=NOON,
        closed_at=NOON + datetime.timedelta(1),
    )  # fmt: skip
    for position, number, state in ((1, 2, "rejected"), (2, 4, "deferred"), (3, 5, "adopted")):
        again = held.sitting.points[number - 1]
        PointRun.objects.create(
            run=run, position=position, agenda_item=1, number=number, kind="decision", item=again.item, text=again.text,
            state=state,
        )  # fmt: skip
    Minutes.objects.create(
        run=run, state="approved", drafted_at=NOON, approved_at=NOON, pdf=b"%PDF", public_pdf=b"%PDF", sha256="ab" * 32
    )
    change(fresh(), "approval/paper", access=Access(level="confidential-until-decided"))
    assert seen_by(client_as("observer"))["point"] == ["B1", "B2", "B3", "B5", "B6"]
    assert rest_seen_by(client_as("observer")) == {()}
    PointRun.objects.filter(run=run, number=4).update(state="adopted")
    change(fresh(), "approval/paper", access=Access(level="confidential-until-decided"))
    page = client_as("observer").get(f"{KOMBIT}board/").content.decode()
    assert [words for words in REST if words in page] == list(REST)


def test_where_everything_fell_the_paper_stays_closed(held, client_as: Signed):
    PointRun.objects.filter(run=held.sitting.run).update(state="fell")
    held.draft()
    held.approve()
    assert in_public_minutes(held) == []
    shown = seen_by(client_as("observer"))
    assert {ref for refs in shown.values() for ref in refs} == set()


def test_what_the_minutes_close_is_closed_in_the_paper_too(held, client_as: Signed):
    held.draft()
    drafting.write_words(version=1, words={"closed.1": "Personsag"}, **held.of)
    held.approve()
    decided = in_public_minutes(held)
    assert decided == ["B3", "B6"]
    shown = seen_by(client_as("observer"))
    assert shown == dict.fromkeys(shown, decided)


def test_a_day_opens_what_was_not_decided(held, client_as: Signed):
    held.draft()
    held.approve()
    change(fresh(), "approval/paper", access=Access(level="confidential-until-decided", until=fresh().as_of))
    assert seen_by(client_as("observer"))["point"] == list(POINTS)


def test_a_case_that_is_moved_keeps_closed_what_was_not_decided(held, tmp_path):
    held.draft()
    held.approve()
    write_folder(export_case(fresh()), tmp_path / "case")
    content = read_folder(tmp_path / "case").content
    assert content
    moved = import_case(content=content, slug="moved", by=None, at=NOON)
    assert [ref for ref in POINTS if ref in withheld(moved)] == ["B2", "B4", "B5"]


def test_where_the_minutes_are_written_it_is_said_what_the_paper_closes_already(held):
    held.draft()
    page = held.sitting.board.client("secretary").get(f"{KOMBIT}board/meetings/second/minutes/words/").content.decode()
    assert page.count("Sagen lukker punktet i forvejen: Fortrolig, til beslutningen er truffet") == 3
    closed = page.partition('id="field-closed_2"')[2].partition("</div>")[0]
    assert "Sagen lukker punktet i forvejen" in closed
