"""The pages of the conversation."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.pages import crumbs, guidance, item_context
from fremsyn.cases.rights import Right
from fremsyn.conversation import pictures, queries
from fremsyn.conversation.judging import pictures as judged_pictures
from fremsyn.conversation.rounds import outcome
from fremsyn.conversation.rounds import pictures as round_pictures
from fremsyn.conversation.rounds import queries as rounds
from fremsyn.conversation.sessions import queries as sessions
from fremsyn.figures.figure import Figure
from fremsyn.web.downloads import figure_file


def result_of(visit: Visit, ref: str) -> Figure | None:
    """Return the picture of a statement's result, of whichever kind of round."""
    return pictures.result(visit, ref) or judged_pictures.statement(visit, ref)


PICTURES = {
    "results": ("round", pictures.results),
    "result": ("statement", result_of),
    "evidence": ("insight", pictures.evidence),
    "leadership": ("round", round_pictures.leadership),
    "ratings": ("round", round_pictures.rated),
    "important": ("round", round_pictures.weighed),
    "judged": ("round", judged_pictures.field),
    "divided": ("round", judged_pictures.divided),
    "apart": ("round", judged_pictures.apart),
}


def downloads(case_slug: str) -> str:
    """Return the address under which the figures can be fetched."""
    return f"{reverse('conversation:conversation', args=[case_slug])}figures/"


@require_safe
def conversation(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation")
    context = {
        "visit": visit,
        "crumbs": crumbs(visit, "conversation")[:1],
        "guidance": guidance("conversation", "conversation"),
        "differ": pictures.differ(visit),
        "leads": visit.may(Right.LEAD),
        "ahead": sessions.sessions_ahead(visit),
        "running": rounds.running(visit),
        "adds": (("insight", _("Add an insight")),),
        "downloads": downloads(case_slug),
        **queries.conversation_page(visit),
    }
    return render(request, "conversation/conversation.html", context)


@require_safe
def session(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation")
    context = item_context(visit, ref, "session") | queries.session_page(visit, ref)
    return render(request, "conversation/session.html", context | sessions.standing(visit, ref))


@require_safe
def round_(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation")
    context = item_context(visit, ref, "round") | queries.round_page(visit, ref)
    context |= outcome.page(visit, ref) | {"downloads": downloads(case_slug)}
    return render(request, "conversation/round.html", context)


@require_safe
def statement(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation")
    context = item_context(visit, ref, "statement") | queries.statement_page(visit, ref)
    figure = {"figure": result_of(visit, ref), "downloads": downloads(case_slug)}
    return render(request, "conversation/statement.html", context | figure)


@require_safe
def insight(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation")
    context = item_context(visit, ref, "insight") | queries.insight_page(visit, ref)
    figure = {"figure": pictures.evidence(visit, ref), "downloads": downloads(case_slug)}
    return render(request, "conversation/insight.html", context | figure)


@require_safe
def figure(request: HttpRequest, case_slug: str, key: str, kind: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation")
    name, _dash, ref = key.partition("-")
    if key == "differ":
        drawn = pictures.differ(visit)
    elif name in PICTURES:
        of_kind, draw = PICTURES[name]
        drawn = draw(visit, visit.entry(ref.upper(), of_kind).ref)
    else:
        raise Http404
    if drawn is None:
        raise Http404
    return figure_file(drawn, kind)
