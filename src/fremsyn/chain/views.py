"""The case's first page, and its chain of evidence."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fremsyn.approval.queries import may_seal
from fremsyn.audit.keys import demonstration_key, seal_key
from fremsyn.cases import file
from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.directory import Entry
from fremsyn.cases.margin import used_by_nothing
from fremsyn.cases.pages import crumbs, guidance
from fremsyn.cases.rights import Right
from fremsyn.chain import pictures, queries, trace_queries
from fremsyn.chain.documents import documents_of
from fremsyn.chain.forms import NewCaseForm, SettingsForm
from fremsyn.chain.next_step import next_step
from fremsyn.chain.operations import change_settings, create_case
from fremsyn.chain.sealing import seal_case
from fremsyn.conversation import pictures as talk_pictures
from fremsyn.conversation.rounds.queries import running as running_rounds
from fremsyn.core.errors import NotAllowed
from fremsyn.people.models import Demonstration, Person
from fremsyn.web.downloads import figure_file


@require_safe
def case(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug)
    downloads = f"{reverse('conversation:conversation', args=[case_slug])}figures/"
    context = {"visit": visit, "differ": talk_pictures.differ(visit), "downloads": downloads, **queries.brief(visit)}
    context |= {"step": next_step(visit), "may_edit": visit.may(Right.EDIT)}
    context |= {"running": running_rounds(visit)}
    return render(request, "chain/case.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def case_new(request: HttpRequest) -> HttpResponse:
    form = NewCaseForm(request.POST or None, initial={"starts": timezone.localdate()})
    if form.is_valid() and isinstance(request.user, Person):
        slug = form.cleaned_data["slug"]
        create_case(
            told=form.told("en" if (get_language() or "da").startswith("en") else "da"),
            slug=slug,
            by=request.user,
            at=timezone.now(),
        )
        return redirect("chain:case", case_slug=slug)
    status = 422 if form.errors else 200
    return render(
        request, "chain/case_new.html", {"form": form, "guidance": guidance("chain", "case_new")}, status=status
    )


@require_http_methods(["GET", "POST"])
def case_settings(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, right=Right.EDIT)
    own = file.load(visit.case)
    form = SettingsForm(request.POST or None, own, visit.case.shown_as_of)
    if form.is_valid():
        change_settings(case=visit.case, settings=form.settings, by=visit.person, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("chain:case_settings", case_slug=case_slug)
    context = {"visit": visit, "form": form, "crumbs": crumbs(visit, "conversation")[:1]}
    return render(request, "chain/case_settings.html", context, status=422 if form.errors else 200)


@require_POST
def paper_seal(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval")
    if not may_seal(visit):
        raise NotAllowed(_("Only the process owner and the facilitator seal the paper."))
    demonstration = Demonstration.objects.exists()
    seal_case(
        case=visit.case,
        documents=documents_of(visit.case),
        votes="votes" in request.POST,
        demonstration=demonstration,
        key=demonstration_key() if demonstration else seal_key(),
        by=visit.person,
        at=timezone.now(),
    )
    return redirect(f"{reverse('approval:paper', args=[case_slug])}#packs")


@require_safe
def whole_chain(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "chain")
    whole = trace_queries.whole_chain(visit)
    context = {
        "visit": visit,
        "whole": whole,
        "figure": pictures.whole_figure(visit, whole),
        "crumbs": crumbs(visit, "conversation")[:1],
        "guidance": guidance("chain", "trace"),
        "downloads": f"{reverse('chain:whole_chain', args=[case_slug])}figures/",
    }
    return render(request, "chain/whole_chain.html", context)


@require_safe
def trace(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug)
    found = asked_for(request, visit, ref)
    address = reverse("chain:trace", args=[case_slug, ref])
    context = {
        "visit": visit,
        "item": found.entry,
        "trace": found,
        "whole_open": visit.may_enter("chain"),
        "figure": pictures.trace_figure(found),
        "used_by_nothing": used_by_nothing(visit),
        "crumbs": trail(visit, found.entry),
        "guidance": guidance("chain", "trace"),
        "synthetic": found.is_synthetic(),
        "downloads": f"{address}{'up' if found.up else 'down'}/figures/",
    }
    return render(request, "chain/trace.html", context)


@require_safe
def whole_chain_figure(request: HttpRequest, case_slug: str, kind: str) -> HttpResponse:
    visit = access_case(request, case_slug, "chain")
    return figure_file(pictures.whole_figure(visit, trace_queries.whole_chain(visit)), kind)


@require_safe
def trace_figure(request: HttpRequest, case_slug: str, ref: str, way: str, kind: str) -> HttpResponse:
    visit = access_case(request, case_slug)
    found = trace_queries.trace_of(visit, asked_entry(visit, ref), up=way == "up")
    return figure_file(pictures.trace_figure(found), kind)


def asked_entry(visit: Visit, ref: str) -> Entry:
    """Return the item whose trace is asked for.

    :raises Http404: when there is none with that reference, or it may not be seen
    """
    entry = visit.entries.get(ref)
    if entry is None or not entry.ref:
        raise Http404
    return entry


def asked_for(request: HttpRequest, visit: Visit, ref: str) -> trace_queries.Trace:
    """Return the trace in the direction asked for; a source is read upwards unless told otherwise."""
    entry = asked_entry(visit, ref)
    up = request.GET.get("up", "1" if entry.kind == "source" else "0") == "1"
    return trace_queries.trace_of(visit, entry, up=up)


def trail(visit: Visit, entry: Entry) -> list[dict[str, object]]:
    """Return the breadcrumb of a trace: the case, the phase, the item."""
    steps: list[dict[str, object]] = list(crumbs(visit, entry.app))
    return [*steps, {"text": entry.ref, "url": entry.url}]
