"""The board of a demonstration: an invented person in each seat, and its next meeting called, so that its pages are alive."""

from datetime import datetime, timedelta

from fremsyn.approval.handover import load
from fremsyn.approval.meeting.agenda import with_paper
from fremsyn.approval.meeting.operations.seats import seat_member
from fremsyn.approval.schema import Approval, Body, Meeting, Member
from fremsyn.audit.keys import demonstration_key
from fremsyn.cases.models import Case
from fremsyn.cases.operations import add_member
from fremsyn.cases.plain import to_plain
from fremsyn.chain.meetings.operations import call_meeting
from fremsyn.conversation.handover import load as load_talk
from fremsyn.people.models import Person
from fremsyn.people.operations import offer_seat, register_person, rename_person
from fremsyn.people.roles import Role

SINCE = timedelta(days=365)


def seat_board(*, case: Case, member: Person, by: Person, at: datetime) -> None:
    """Give each of the body's seats a person, and call the meeting that the paper is put to, if there is time for it.

    Nothing is done in a case without a body. The material is sealed without the documents as files, which takes time.

    :param member: who tries the case out as a member of the body, and gets the first seat beside the chair's
    :param by: who serves the body
    """
    approval = load(case)
    if approval.body is None:
        return
    _seat(case, approval.body, member, by, at)
    meeting = _next(case, approval, approval.body)
    if meeting:
        call_meeting(
            case=case, meeting=meeting.id, documents={}, votes=load_talk(case).conversation.status.synthetic,
            demonstration=True, key=demonstration_key(), by=by, at=at,
        )  # fmt: skip


def _seat(case: Case, body: Body, member: Person, by: Person, at: datetime) -> None:
    own = next((each for each in body.members if each.votes and each.id != body.leader), body.members[0])
    rename_person(person=member, name=_name(own))
    for each in body.members:
        person = member if each == own else _invented(each, at)
        if person != member:
            add_member(slug=case.slug, person=person, role=Role.BOARD, by=None, at=at)
        offer_seat(person=person, title=to_plain(each.role))
        seat_member(
            case=case, member=each.id, alternate=False, person=person.pk, since=case.as_of - SINCE, by=by, at=at
        )


def _invented(member: Member, at: datetime) -> Person:
    """Return who stands for a member: named by the role, in Danish as the demonstration's other people are."""
    username = f"demo-board-{member.id}"
    known = Person.objects.filter(username=username).first()
    return known or register_person(username=username, name=_name(member), password=None, at=at)


def _name(member: Member) -> str:
    return f"{member.role} (demonstration)"


def _next(case: Case, approval: Approval, body: Body) -> Meeting | None:
    """Return the meeting that the paper is put to, where its notice is not short."""
    soonest = case.as_of + timedelta(days=body.notice_days)
    ahead = (each for each in approval.meetings if each.date >= soonest and with_paper(approval, each) is not None)
    return min(ahead, key=lambda each: each.date, default=None)
