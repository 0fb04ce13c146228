"""The pages of a voting: the member's, the words that members add, and what whoever leads the meeting does."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fremsyn.approval.ballots import operations, queries
from fremsyn.approval.ballots.forms import AmendForm, DissentForm, LeadForm
from fremsyn.approval.meeting.seats import leads, seat_of
from fremsyn.approval.meeting.views.calling import told
from fremsyn.approval.models import MeetingRun, PointRun
from fremsyn.approval.schema import Member
from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.file import languages_of
from fremsyn.cases.rights import Right
from fremsyn.core.errors import NotAllowed, RuleBroken
from fremsyn.core.text import LANGUAGES
from fremsyn.people.confirming import is_confirmed
from fremsyn.web.fragments import FRAGMENT, unchanged

GET_AND_POST = ["GET", "HEAD", "POST"]


def inside(request: HttpRequest, case_slug: str) -> Visit:
    """Return the visit of somebody of the body or who serves it.

    :raises NotAllowed: to all others
    """
    visit = access_case(request, case_slug, "approval")
    if not (visit.may(Right.VOTE) or visit.may(Right.SERVE)):
        raise NotAllowed(_("Votings are for the board's members and its secretariat."))
    return visit


@require_http_methods(GET_AND_POST)
def point_vote(request: HttpRequest, case_slug: str, meeting: str, position: int) -> HttpResponse:
    visit = inside(request, case_slug)
    point, refused, at = queries.found(visit, meeting, position), "", timezone.now()
    if request.method == "POST":
        value = request.POST.get("value", "")
        if not is_confirmed(request, at):
            return redirect(again(request, value))
        try:
            cast(visit, point, value)
            return redirect(request.path)
        except RuleBroken as error:
            refused = str(error)
    page = queries.point_page(visit, point) | {"refused": refused, "chosen": chosen(request)}
    page |= {"confirmed": is_confirmed(request, at), "again": again(request, ""), "leads": leads(visit)}
    page |= {"tags": tags(request, page)}
    return part(request, page) or render(request, "approval/point_vote.html", page, status=422 if refused else 200)


def cast(visit: Visit, point: PointRun, value: str) -> None:
    """Cast the ballot of the member for whom somebody acts at a point.

    :raises NotAllowed: when they act for nobody
    :raises RuleBroken: when nothing is being voted on, or the ballot is refused
    """
    page = queries.point_page(visit, point)
    if page["mine"].member is None:
        raise NotAllowed(
            _("You don't hold this seat. An alternate votes only where the member is represented at the point.")
        )
    shown = page["table"].open
    if shown is None:
        raise RuleBroken(_("The voting is over. Your ballot was not counted."))
    operations.cast_ballot(
        voting=shown.voting, member=page["mine"].member.id, value=value, by=visit.person, at=timezone.now()
    )


def chosen(request: HttpRequest) -> str:
    """Return what was chosen before the way led over signing in again."""
    return request.POST.get("value", "") or request.GET.get("value", "")


def again(request: HttpRequest, value: str) -> str:
    """Return the address for signing in again that leads back here, with what was chosen."""
    back = f"{request.path}?{urlencode({'value': value})}" if value else request.path
    return f"{reverse('people:confirm')}?{urlencode({'next': back})}"


def part(request: HttpRequest, page: dict[str, Any]) -> HttpResponse | None:
    """Return the part of the page that a script asked for, or that it has it; None where the whole page was asked for.

    What one votes with is replaced only when there is something else to do, so that a choice stays until it is sent.
    """
    if FRAGMENT not in request.headers:
        return None
    seats = request.GET.get("part") == "seats"
    tag = page["tags"]["seats" if seats else "ballot"]
    same = unchanged(request, tag)
    if same:
        return same
    response = render(request, "approval/_seats.html" if seats else "approval/_ballot.html", page)
    response.headers["ETag"] = tag
    return response


def tags(request: HttpRequest, page: dict[str, Any]) -> dict[str, str]:
    """Return what names the state of each part of the page."""
    known = {"seats": page["run"].version, "ballot": stage(page)}
    reader = f"{page['run'].state}-{get_language()}-{request.user.pk}"
    return {name: f'"{state}-{reader}"' for name, state in known.items()}


def stage(page: dict[str, Any]) -> str:
    """Return what names that which somebody can do at a point: vote, wait, read their receipt."""
    latest, me = page["table"].latest, page["mine"]
    voting = f"{latest.voting.pk}.{latest.voting.outcome}" if latest else ""
    ballot = me.ballot.pk if me.ballot else 0
    late = page["table"].late.version if page["table"].late else 0
    return f"{voting}.{page['point'].state}.{me.may_vote:d}.{ballot}.{page['closed']:d}.{page['confirmed']:d}.{late}"


@require_http_methods(GET_AND_POST)
def point_amend(request: HttpRequest, case_slug: str, meeting: str, position: int) -> HttpResponse:
    visit = inside(request, case_slug)
    point = queries.found(visit, meeting, position)
    page = queries.point_page(visit, point)
    sent = request.method == "POST"
    shown = page["table"]
    late = shown.late if request.GET.get("words") == "late" else None
    words = dict(late.words if late else shown.text)
    languages = {*languages_of(visit.case), *shown.text, *words}
    form = AmendForm(request.POST if sent else None, initial=words, languages=languages)
    if form.is_valid():
        try:
            amend(visit, page, form.cleaned_data)
            return redirect("approval:point_vote", case_slug, meeting, position)
        except RuleBroken as error:
            form.add_error(None, str(error))
    return render(request, "approval/point_amend.html", page | {"form": form}, status=422 if form.errors else 200)


def amend(visit: Visit, page: dict[str, Any], said: dict[str, Any]) -> None:
    """Propose an amendment, or withdraw one of one's own."""
    of: dict[str, Any] = {"by": visit.person, "at": timezone.now()}
    member = page["mine"].member
    if member is None:
        raise NotAllowed(_("You hold no seat that takes part in this point."))
    if said["withdraw"]:
        own = get_object_or_404(page["point"].amendments, number=said["withdraw"], member=member.id)
        operations.withdraw_amendment(amendment=own, **of)
    else:
        text = {code: said.get(code, "") for code in LANGUAGES}
        operations.propose_amendment(point=page["point"], member=member.id, text=text, **of)


@require_http_methods(GET_AND_POST)
def point_words(request: HttpRequest, case_slug: str, meeting: str, position: int) -> HttpResponse:
    visit = inside(request, case_slug)
    page = queries.point_page(visit, queries.found(visit, meeting, position))
    member = page["mine"].member
    own = next((words.text for each, words in page["dissents"] if member and each.id == member.id), "")
    form = DissentForm(request.POST if request.method == "POST" else None, initial={"text": own})
    if form.is_valid():
        if member is None:
            raise NotAllowed(_("You hold no seat that takes part in this point."))
        given = {"text": form.cleaned_data["text"], "by": visit.person, "at": timezone.now()}
        try:
            operations.write_dissent(point=page["point"], member=member.id, **given)
            messages.success(request, _("Your words are kept for the minutes."))
            return redirect("approval:point_vote", case_slug, meeting, position)
        except RuleBroken as error:
            form.add_error(None, str(error))
    return render(request, "approval/point_words.html", page | {"form": form}, status=422 if form.errors else 200)


@require_POST
def point_lead(request: HttpRequest, case_slug: str, meeting: str, position: int) -> HttpResponse:
    visit = inside(request, case_slug)
    if not leads(visit):
        raise NotAllowed(_("The board's votings are led by its secretariat and the member in the chair."))
    point, form = queries.found(visit, meeting, position), LeadForm(request.POST)
    if not form.is_valid():
        raise RuleBroken(" ".join(str(each) for errors in form.errors.values() for each in errors))
    said, page = form.cleaned_data, queries.point_page(visit, point)
    shown = page["table"]
    if said["action"] == "count" and shown.unruled:
        messages.error(request, shown.unruled)
        return redirect(f"{reverse('approval:meeting_run', args=[case_slug, meeting])}?point={point.pk}#ruling")
    missing = left_out(shown, said)
    if missing:
        here = reverse("approval:point_vote", args=[case_slug, meeting, position])
        sent = {"sent": said, "missing": missing, "back": request.POST.get("next", ""), "stays": whence(request, here)}
        return render(request, "approval/point_count.html", page | sent)
    lead(visit, point, said)
    return redirect(whence(request, reverse("approval:point_vote", args=[case_slug, meeting, position])))


def whence(request: HttpRequest, otherwise: str) -> str:
    """Return the address that the form says to go back to, where it is one of ours."""
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if ours else otherwise


def left_out(table: queries.Table, said: dict[str, Any]) -> tuple[Member, ...]:
    """Return who has not voted, where a count would end the voting without them and nobody has said yes to that yet."""
    shown = table.open
    if said["action"] != "count" or said["sure"] or shown is None or shown.voting.number != said["voting"]:
        return ()
    return tuple(seat.member for seat in shown.seats if seat.mark == "none")


def lead(visit: Visit, point: PointRun, said: dict[str, Any]) -> None:
    """Put a point or an amendment to the vote, count the voting that was seen, or have it held again."""
    of: dict[str, Any] = {"by": visit.person, "at": timezone.now()}
    match said["action"]:
        case "put":
            amendment = point.amendments.filter(number=said["amendment"]).first() if said["amendment"] else None
            operations.put_to_vote(point=point, amendment=amendment, **of)
        case "count":
            voting = get_object_or_404(point.votings, number=said["voting"])
            operations.count_voting(voting=voting, override=said["why"], **of)
        case _:
            operations.vote_again(point=point, why=said["why"], **of)


@require_http_methods(GET_AND_POST)
def written(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit, refused = inside(request, case_slug), ""
    run = get_object_or_404(MeetingRun.objects.select_related("case"), case=visit.case, meeting=meeting, kind="written")
    if request.method == "POST":
        try:
            proceed(visit, run, request.POST.get("action", ""))
            if request.POST.get("action") == "demand":
                told(request, visit, meeting)
            return redirect(request.path)
        except RuleBroken as error:
            refused = str(error)
    page = queries.written_page(visit, run) | {"refused": refused, "leads": leads(visit)}
    return render(request, "approval/written.html", page, status=422 if refused else 200)


def proceed(visit: Visit, run: MeetingRun, action: str) -> None:
    """End a written procedure, as whoever leads it, or stop it, as any member."""
    of: dict[str, Any] = {"run": run, "by": visit.person, "at": timezone.now()}
    if action == "demand":
        seat = seat_of(visit.case, visit.person, visit.case.as_of)
        if seat is None or seat.alternate:
            raise NotAllowed(_("Only a member of the board can ask for a meeting."))
        operations.demand_meeting(member=seat.member, **of)
    elif not leads(visit):
        raise NotAllowed(_("The board's votings are led by its secretariat and the member in the chair."))
    else:
        operations.end_written(**of)
