"""The record of the board's meetings as plain values: who took part in what, what was put, who voted how, what came of it.

It is read from the rows as they stand and depends on nothing else, so the same rows make the same record.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Prefetch

from fremsyn.approval.handover import load
from fremsyn.approval.minutes.points import closed_because
from fremsyn.approval.models import (
    Ballot,
    Disqualification,
    MeetingRun,
    MeetingState,
    Minutes,
    PointRun,
    Presence,
    Ruling,
    Signature,
    Voting,
)
from fremsyn.approval.paper.closing import decided_points, withheld
from fremsyn.approval.schema import Approval, Body
from fremsyn.audit.leaves import stamp
from fremsyn.cases.models import Case
from fremsyn.cases.plain import to_plain
from fremsyn.core.text import Text

FORMAT = "fremsyn/board@1"


def board_record(case: Case, *, public: bool = False) -> dict[str, Any] | None:
    """Return the record of every meeting of a case that has been called; None when none has.

    Members stand by the id that they have in the body. Where the body tells ballots by number alone, the votings hold
    their count and no ballots.

    :param public: the record of meetings whose minutes are approved, without what they close, and without names
    """
    approval = load(case)
    runs = [each for each in _runs(case) if not public or _approved(each)]
    if approval.body is None or not runs:
        return None
    return {
        "schema": FORMAT,
        "body": _body(approval.body),
        "meetings": [
            {
                **_meeting(run, approval),
                "points": list(_points(run, approval, approval.body, public=public)),
                "minutes": _minutes(run, f"board/minutes-{number}.pdf", public=public),
            }
            for number, run in enumerate(runs, start=1)
        ],
    }


def minutes_files(case: Case, record: Mapping[str, Any], *, public: bool = False) -> dict[str, bytes]:
    """Return the approved minutes that a record tells of, by the name that it gives them."""
    found = {}
    for meeting in record["meetings"]:
        if meeting["minutes"]:
            held = Minutes.objects.get(run__case=case, run__meeting=meeting["id"])
            found[meeting["minutes"]["file"]] = bytes((held.public_pdf if public else held.pdf) or b"")
    return found


def minutes_titles(record: Mapping[str, Any] | None) -> dict[str, Text]:
    """Return what the meetings are called whose approved minutes a record tells of, by the name that it gives the minutes."""
    meetings = record["meetings"] if record else ()
    return {each["minutes"]["file"]: Text(**each["title"]) for each in meetings if each["minutes"]}


def _runs(case: Case) -> Iterator[MeetingRun]:
    votings = Voting.objects.prefetch_related(Prefetch("ballots", Ballot.objects.order_by("entry")))
    points = PointRun.objects.select_related("item").prefetch_related(
        Prefetch("presences", Presence.objects.order_by("member")),
        Prefetch("disqualifications", Disqualification.objects.order_by("member", "pk")),
        Prefetch("votings", votings),
        "amendments",
        "dissents",
    )
    called = MeetingRun.objects.filter(case=case).exclude(state=MeetingState.PLANNED)
    yield from called.prefetch_related(Prefetch("points", points), "material__pack").order_by("noticed_at", "pk")


def _body(body: Body) -> dict[str, Any]:
    rules: dict[str, Any] = to_plain(body)
    return {name: value for name, value in rules.items() if name != "sources"}


def _meeting(run: MeetingRun, approval: Approval) -> dict[str, Any]:
    planned = next((each for each in approval.meetings if each.id == run.meeting), None)
    times = {"noticed_at": run.noticed_at, "opened_at": run.opened_at, "closed_at": run.closed_at}
    return {
        "id": run.meeting,
        "title": to_plain(planned.title) if planned else {},
        "date": planned.date.isoformat() if planned else "",
        "reading": planned.reading if planned else 0,
        "kind": run.kind,
        "state": run.state,
        **{name: stamp(at) if at else "" for name, at in times.items()},
        "material": [
            {
                "pack_sha256": each.pack.sha256,
                "version": each.pack.version,
                "sent_at": stamp(each.sent_at),
                "late": each.late,
            }
            for each in sorted(run.material.all(), key=lambda one: (one.sent_at, one.pk))
        ],
    }


def _approved(run: MeetingRun) -> Minutes | None:
    minutes: Minutes | None = getattr(run, "minutes", None)
    return minutes if minutes and minutes.sha256 else None


def _points(run: MeetingRun, approval: Approval, body: Body, *, public: bool) -> Iterator[dict[str, Any]]:
    """Yield the points; in the public record one that is closed has its number and the ground alone."""
    minutes, shut = _approved(run), withheld(run.case)
    decided = decided_points(run.case) if public else frozenset()
    for each in run.points.all():
        each.run = run
        ground = closed_because(each, approval, minutes.words if minutes else {}, decided) if public else ""
        if ground or (public and each.item and each.item.ref in shut):
            yield {"label": each.label, "position": each.position, "closed": ground, "votings": []}
        else:
            yield _point(each, body)


def _point(point: PointRun, body: Body) -> dict[str, Any]:
    barred = [each for each in point.disqualifications.all() if each.ruling == Ruling.BARRED]
    return {
        "label": point.label,
        "position": point.position,
        "ref": point.item.ref if point.item else "",
        "kind": point.kind,
        "text": point.text,
        "state": point.state,
        "attendance": {each.member: each.state for each in point.presences.all()},
        "disqualified": [each.member for each in barred if not each.alternate],
        "disqualified_alternates": [each.member for each in barred if each.alternate],
        "amendments": [
            {"number": each.number, "member": each.member, "text": each.text, "state": each.state}
            for each in sorted(point.amendments.all(), key=lambda one: one.number)
        ],
        "votings": [_voting(each, point, by_name=body.ballots == "by_name") for each in point.votings.all()],
        "dissents": [
            {"member": each.member, "text": each.text}
            for each in sorted(point.dissents.all(), key=lambda one: one.member)
        ],
    }


def _voting(voting: Voting, point: PointRun, *, by_name: bool) -> dict[str, Any]:
    """Return a voting; its ballots say what the log says of them, and in which entry."""
    place = {"meeting": point.run.meeting, "point": point.position, "voting": voting.number}
    return {
        "place": f"{point.run.meeting}, {point.label}, {voting.number}",
        "number": voting.number,
        "amendment": voting.amendment.number if voting.amendment else 0,
        "text": voting.text,
        "outcome": voting.outcome,
        "count": voting.count,
        "override": voting.override,
        "why": voting.why,
        "ballots": [
            {**place, "member": each.member, "value": each.value, "receipt": each.receipt, "entry": each.entry}
            for each in (voting.ballots.all() if by_name else ())
        ],
    }


def _minutes(run: MeetingRun, file: str, *, public: bool) -> dict[str, Any] | None:
    """Return the approved minutes: their file and its hash, who was to sign, and in the body's own record who signed."""
    minutes = _approved(run)
    if minutes is None:
        return None
    said = {
        "file": file,
        "approved_at": stamp(minutes.approved_at) if minutes.approved_at else "",
        "signers": list(minutes.signers),
    }
    if public:
        return {**said, "sha256": hashlib.sha256(bytes(minutes.public_pdf or b"")).hexdigest()}
    signatures = Signature.objects.filter(minutes=minutes).defer("pdf").order_by("signed_at", "pk")
    return {
        **said,
        "sha256": minutes.sha256,
        "signatures": [
            {
                "name": each.name,
                "signed_at": stamp(each.signed_at) if each.signed_at else "",
                "certificate_sha256": each.certificate_sha256,
                "trusted": each.trusted,
            }
            for each in signatures
        ],
    }


def entries_in(record: Mapping[str, Any]) -> list[int]:
    """Return the numbers of the log's entries that tell of the ballots in a record."""
    points = (point for meeting in record["meetings"] for point in meeting["points"])
    return [each["entry"] for point in points for voting in point["votings"] for each in voting["ballots"]]


def decided(record: Mapping[str, Any] | None) -> bool:
    """Tell whether a record holds a decision whose minutes are approved."""
    return record is not None and any(
        meeting["minutes"] and any(point.get("state") in ("adopted", "rejected") for point in meeting["points"])
        for meeting in record["meetings"]
    )
