"""Inviting to a round: links are made, shown once, listed and withdrawn."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.rights import Right
from fremsyn.conversation.answers import in_order
from fremsyn.conversation.models import Invitation
from fremsyn.conversation.operations import withdraw_invitation
from fremsyn.conversation.rounds import links, queries
from fremsyn.conversation.rounds.forms import InviteForm
from fremsyn.conversation.wording import circle_name
from fremsyn.core.errors import RuleBroken


@require_http_methods(["GET", "HEAD", "POST"])
def round_invite(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation", Right.LEAD)
    led = queries.led(visit, ref)
    form = invite_form(request, visit, led)
    if form.is_valid():
        try:
            made = links.make(request, led.row, form.wanted(), form.cleaned_data["until"], visit.person)
        except RuleBroken as refused:
            form.add_error(None, str(refused))
        else:
            # shown at once and never again, so the page is the answer itself and no redirect
            return render(request, "conversation/rounds/round_links.html", queries.page(visit, led) | {"made": made})
    context = queries.page(visit, led) | {"form": form, "listed": links.listed(visit, led)}
    return render(request, "conversation/rounds/round_invite.html", context, status=422 if form.errors else 200)


def invite_form(request: HttpRequest, visit: Visit, led: queries.Led) -> InviteForm:
    circles = [(code, circle_name(visit.case, code)) for code in in_order(visit.case, led.asked)]
    sent = request.POST if request.method == "POST" else None
    return InviteForm(sent, circles=circles, initial=links.first_values(led, circles))


@require_POST
def invitation_withdraw(request: HttpRequest, case_slug: str, ref: str, ident: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation", Right.LEAD)
    led = queries.led(visit, ref)
    found = Invitation.objects.filter(round=led.row, pk=ident).first()
    if found is None:
        raise Http404
    withdraw_invitation(invitation=found, by=visit.person, at=timezone.now())
    messages.success(request, _("The link is withdrawn. Nobody else can come in by it."))
    return redirect("conversation:round_invite", case_slug, ref)
