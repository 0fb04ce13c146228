"""Reading what participants wrote before the others do."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fremsyn.cases.access import access_case
from fremsyn.cases.rights import Right
from fremsyn.conversation.rounds import deciding, moderation, queries


@require_http_methods(["GET", "HEAD", "POST"])
def round_moderate(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation", Right.LEAD)
    led = queries.led(visit, ref)
    refused = deciding.decide(request.POST, visit, led) if request.method == "POST" else ""
    if request.method == "POST" and not refused:
        messages.success(request, _("Saved."))
        return redirect("conversation:round_moderate", case_slug, ref)
    context = queries.page(visit, led) | moderation.page(visit, led, request.POST.dict(), refused)
    return render(request, "conversation/rounds/round_moderate.html", context, status=422 if refused else 200)
