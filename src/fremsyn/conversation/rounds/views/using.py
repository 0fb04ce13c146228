"""What came of a round: insights are written of its results, and everybody gets an answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fremsyn.cases.access import access_case
from fremsyn.cases.editing.added import say_added
from fremsyn.cases.editing.checks import NotKept
from fremsyn.cases.editing.fields import sheet_of
from fremsyn.cases.editing.operations import add_thing
from fremsyn.cases.rights import Right
from fremsyn.conversation.rounds import queries, used
from fremsyn.conversation.schema import Insight


@require_safe
def round_used(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation")
    led = queries.led(visit, ref)
    return render(request, "conversation/rounds/round_used.html", queries.page(visit, led) | used.page(visit, led))


@require_http_methods(["GET", "HEAD", "POST"])
def insight_write(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation", Right.EDIT)
    led = queries.led(visit, ref)
    sent = request.POST if request.method == "POST" else None
    form = used.insight_form(sent, visit, led, request.GET)
    if sent and not form.asks_for_rows and form.is_valid():
        try:
            item = add_thing(
                case=visit.case, parent="conversation", slot="insights", thing=form.made(), by=visit.person,
                at=timezone.now(),
            )  # fmt: skip
        except NotKept as refused:
            form.add_faults(refused)
        else:
            say_added(request, visit, item, app="conversation", again=request.path)
            return redirect("conversation:insight", case_slug, item.ref)
    context = queries.page(visit, led) | {"form": form, "sheet": sheet_of(Insight)}
    status = 422 if form.is_bound and form.errors and not form.asks_for_rows else 200
    return render(request, "conversation/rounds/insight_write.html", context, status=status)
