"""The record of the board's meetings as plain values: who took part in what, what was put, who voted how, what came of it.

It is read from the rows as they stand and depends on nothing else, so the same rows make the same record.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Prefetch

from fremsyn.approval.handover import load
from fremsyn.approval.models import (
    Ballot,
    Disqualification,
    MeetingRun,
    MeetingState,
    PointRun,
    Presence,
    Ruling,
    Signature,
    Voting,
)
from fremsyn.approval.schema import Approval, Body
from fremsyn.audit.leaves import stamp
from fremsyn.cases.models import Case
from fremsyn.cases.plain import to_plain

FORMAT = "fremsyn/board@1"


def board_record(case: Case) -> dict[str, Any] | None:
    """Return the record of every meeting of a case that has been called; None when none has.

    Members stand by the id that they have in the body. Where the body tells ballots by number alone, the votings hold
    their count and no ballots.
    """
    approval = load(case)
    runs = list(_runs(case))
    if approval.body is None or not runs:
        return None
    return {
        "schema": FORMAT,
        "body": _body(approval.body),
        "meetings": [_meeting(run, approval, approval.body) for run in runs],
    }


def _runs(case: Case) -> Iterator[MeetingRun]:
    votings = Voting.objects.prefetch_related(Prefetch("ballots", Ballot.objects.order_by("entry")))
    points = PointRun.objects.select_related("item").prefetch_related(
        Prefetch("presences", Presence.objects.order_by("member")),
        Prefetch("disqualifications", Disqualification.objects.order_by("member")),
        Prefetch("votings", votings),
        "amendments",
        "dissents",
    )
    called = MeetingRun.objects.filter(case=case).exclude(state=MeetingState.PLANNED)
    yield from called.prefetch_related(Prefetch("points", points), "material__pack").order_by("noticed_at", "pk")


def _body(body: Body) -> dict[str, Any]:
    rules: dict[str, Any] = to_plain(body)
    return {name: value for name, value in rules.items() if name != "sources"}


def _meeting(run: MeetingRun, approval: Approval, body: Body) -> dict[str, Any]:
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
        "points": [_point(each, body) for each in run.points.all()],
        "minutes": _minutes(run),
    }


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
        "disqualified": [each.member for each in barred],
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


def _minutes(run: MeetingRun) -> dict[str, Any] | None:
    minutes = getattr(run, "minutes", None)
    if minutes is None or not minutes.sha256:
        return None
    signatures = Signature.objects.filter(minutes=minutes).defer("pdf").order_by("signed_at", "pk")
    return {
        "sha256": minutes.sha256,
        "approved_at": stamp(minutes.approved_at) if minutes.approved_at else "",
        "signers": list(minutes.signers),
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


def decided(record: Mapping[str, Any] | None) -> bool:
    """Tell whether a record holds a decision whose minutes are approved."""
    return record is not None and any(
        meeting["minutes"] and any(point["state"] in ("adopted", "rejected") for point in meeting["points"])
        for meeting in record["meetings"]
    )
