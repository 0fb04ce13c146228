"""Preparing a round: from a model, and its statements as a table."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, cast

from django.contrib import messages
from django.forms import ChoiceField
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.editing.checks import NotKept
from fremsyn.cases.editing.forms import ThingForm
from fremsyn.cases.models import Item
from fremsyn.cases.pages import crumbs, guidance
from fremsyn.cases.rights import Right
from fremsyn.conversation.fields import ROUND
from fremsyn.conversation.judging import asking
from fremsyn.conversation.judging.scales import NO_PROBABILITY
from fremsyn.conversation.models import Round as RoundRow
from fremsyn.conversation.operations import add_statements, open_round, prepare_round
from fremsyn.conversation.rounds import beginning, choosing, queries
from fremsyn.conversation.rounds.forms import StatementTable
from fremsyn.conversation.schema import Round
from fremsyn.core.errors import RuleBroken

ASKED = frozenset(ROUND) - {"statements", "tellings"}
JUDGED = frozenset(ROUND) - {"statements", "perspective", "lowest", "highest", "proposals"}


@require_http_methods(["GET", "HEAD", "POST"])
def round_prepare(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation", Right.LEAD)
    sent = request.POST if request.method == "POST" else None
    chosen = bool(sent or request.GET.get("model"))
    form = round_form(sent, visit, request.GET)
    table = StatementTable(sent, visit, beginning.plain_statements(visit, request.GET))
    if sent and not (table.asks_for_rows or form.asks_for_rows) and form.is_valid() & table.is_valid():
        item = prepare(request, visit, form, table)
        if item:
            return redirect("conversation:round_invite" if "invite" in sent else "conversation:round_run", case_slug, item.ref)  # fmt: skip
    judged = "tellings" in {block.name for block in form.blocks}
    context = page_of_preparing(visit, request) | {"form": form, "table": table, "chosen": chosen, "judged": judged}
    context["left_out"] = form.empty_rows("tellings")
    return render(request, "conversation/rounds/round_prepare.html", context, status=status_of(form, table))


def round_form(sent: QueryDict | None, visit: Visit, query: QueryDict) -> ThingForm:
    """Return the form of a new round; scenarios to be judged are told in one of that kind, and in no other."""
    begun = beginning.plain_round(visit, query)
    judged = begun["kind"] == "scenarios"
    form = ThingForm(sent, schema=Round, visit=visit, prefilled=begun, only=JUDGED if judged else asked_of(begun))
    kind = cast("ChoiceField", form.fields["kind"])
    offered = cast("Iterable[tuple[str, Any]]", kind.choices)
    kind.choices = [(code, words) for code, words in offered if (code == "scenarios") == judged]
    return form


def asked_of(begun: Mapping[str, Any]) -> frozenset[str]:
    """Return the fields that a new round asks for: a perspective where one was chosen, ends of a scale where it rates."""
    rating, told = begun["kind"] == "rating", "perspective" in begun
    return ASKED - (frozenset() if rating else {"lowest", "highest"}) - (frozenset() if told else {"perspective"})


def prepare(request: HttpRequest, visit: Visit, form: ThingForm, table: StatementTable) -> Item | None:
    at = timezone.now()
    try:
        item = prepare_round(case=visit.case, **round_of(visit, form, table), by=visit.person, at=at)
        if "invite" in request.POST:
            row = RoundRow.objects.select_related("item__case").get(pk=item.pk)
            open_round(round_=row, by=visit.person, at=at)
    except NotKept as refused:
        form.add_faults(refused)
    except RuleBroken as refused:
        form.add_error(None, str(refused))
    else:
        messages.success(request, _("Saved."))
        return item
    return None


def round_of(visit: Visit, form: ThingForm, table: StatementTable) -> dict[str, Any]:
    """Return what was written as a round and its statements; it rests on what it tells and opens with.

    :raises NotKept: when it makes no round
    """
    made = form.made()
    made = replace(made, because=(*(made.tellings or ()), *beginning.grounds(visit, made)))
    statements = asking.statements(visit.case, made) if made.tellings else table.statements(made.question)
    return {"round_": made, "statements": statements}


def status_of(form: ThingForm | None, table: StatementTable) -> int:
    asks = table.asks_for_rows or (form is not None and form.asks_for_rows)
    wrong = bool(form is not None and form.errors) or not table.is_valid()
    return 422 if table.bound and (bool(table.faults) or (wrong and not asks)) else 200


def page_of_preparing(visit: Visit, request: HttpRequest) -> dict[str, object]:
    return {
        "visit": visit,
        "crumbs": crumbs(visit, "conversation"),
        "guidance": guidance("conversation", "round_prepare"),
        "groups": choosing.groups(visit),
        "model": request.GET.get("model") or choosing.suggested(visit, request.GET.get("phase", "")),
        "scenarios": beginning.scenarios(visit),
        "sources": choosing.sources_of_statements(visit),
        "asked": beginning.asked(visit),
        "no_probability": NO_PROBABILITY,
        "query": request.GET,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def round_statements(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation", Right.LEAD)
    led = queries.led(visit, ref)
    if led.asked.kind == "scenarios":  # what is asked of a scenario is given
        raise Http404
    sent = request.POST if request.method == "POST" else None
    table = StatementTable(sent, visit, beginning.plain_statements(visit, request.GET))
    if sent and not table.asks_for_rows and table.is_valid():
        made = table.statements(led.asked.question)
        add_statements(case=visit.case, ref=ref, statements=made, by=visit.person, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("conversation:round_run", case_slug, ref)
    sources = choosing.sources_of_statements(visit)
    context = queries.page(visit, led) | {"table": table, "sources": sources, "query": request.GET}
    return render(request, "conversation/rounds/round_statements.html", context, status=status_of(None, table))
