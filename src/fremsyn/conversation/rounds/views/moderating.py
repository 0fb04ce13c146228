"""Reading what participants wrote before the others do."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.rights import Right
from fremsyn.conversation.models import Answer
from fremsyn.conversation.operations import accept_answer, accept_proposal, decline_answer
from fremsyn.conversation.rounds import moderation, queries
from fremsyn.conversation.rounds.forms import DecideForm
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import LANGUAGES, Text


@require_http_methods(["GET", "HEAD", "POST"])
def round_moderate(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation", Right.LEAD)
    led = queries.led(visit, ref)
    refused = decide(request, visit, led) if request.method == "POST" else ""
    if request.method == "POST" and not refused:
        messages.success(request, _("Saved."))
        return redirect("conversation:round_moderate", case_slug, ref)
    context = queries.page(visit, led) | moderation.page(visit, led, request.POST.dict(), refused)
    return render(request, "conversation/rounds/round_moderate.html", context, status=422 if refused else 200)


def decide(request: HttpRequest, visit: Visit, led: queries.Led) -> str:
    """Do what was decided; return why it can't be done, or nothing."""
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _("The page was not read as it should. Load it again; copy what you wrote first.")
    said = form.cleaned_data
    answer = Answer.objects.filter(round=led.row, pk=said["answer"]).first()
    if answer is None:
        raise Http404
    common = {"answer": answer, "seen": said["seen"], "by": visit.person, "at": timezone.now()}
    try:
        if said["action"] == "accept":
            accept_answer(**common)
        elif said["action"] == "decline":
            decline_answer(reason=said["reason"], **common)
        else:
            words = {code: text for code in LANGUAGES if (text := request.POST.get(f"text_{code}", "").strip())}
            if not words:
                return _("Write the statement.")
            accept_proposal(text=Text(**words), theme=said["theme"], note=said["reason"], **common)
    except RuleBroken as broken:
        return str(broken)
    return ""
