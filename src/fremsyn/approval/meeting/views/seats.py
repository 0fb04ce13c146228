"""Seats and terms."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fremsyn.approval.meeting import queries
from fremsyn.approval.meeting.forms import EndForm, SeatForm, UndoForm
from fremsyn.approval.meeting.operations.seats import end_term, seat_member, undo_seat
from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken


@require_http_methods(["GET", "HEAD", "POST"])
def seats(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.SERVE)
    form = SeatForm(request.POST if request.method == "POST" else None, **queries.seat_choices(visit))
    if form.is_valid():
        try:
            _seat(visit, form)
            messages.success(request, _("The seat is given."))
            return redirect("approval:seats", case_slug)
        except RuleBroken as error:
            form.add_error(None, str(error))
    page = queries.seats_page(visit) | {"form": form}
    return render(request, "approval/seats.html", page, status=422 if form.errors else 200)


def _seat(visit: Visit, form: SeatForm) -> None:
    said = form.cleaned_data
    seat_member(
        case=visit.case,
        member=said["member"],
        alternate=said["seated_as"] == "alternate",
        person=UUID(said["person"]),
        since=said["since"],
        until=said["until"],
        by=visit.person,
        at=timezone.now(),
    )


@require_POST
def seat_end(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.SERVE)
    sent = _sent(EndForm(request.POST))
    seat = end_term(case=visit.case, by=visit.person, at=timezone.now(), **sent)
    said = {"name": seat.person.name, "day": date_format(sent["until"])}
    messages.success(request, _("The term of %(name)s ends with %(day)s.") % said)
    return redirect("approval:seats", case_slug)


@require_POST
def seat_undo(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.SERVE)
    seat = undo_seat(case=visit.case, by=visit.person, at=timezone.now(), **_sent(UndoForm(request.POST)))
    messages.success(request, _("The term of %(name)s is undone.") % {"name": seat.person.name})
    return redirect("approval:seats", case_slug)


def _sent(form: EndForm | UndoForm) -> dict[str, Any]:
    if not form.is_valid():
        raise RuleBroken(" ".join(str(each) for errors in form.errors.values() for each in errors))
    return form.cleaned_data
