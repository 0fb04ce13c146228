"""The pages of the phase."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from fremsyn.approval import queries
from fremsyn.approval.meeting.ruling import closed_file, closed_point
from fremsyn.approval.models import Edition
from fremsyn.approval.paper.readiness import readiness
from fremsyn.approval.paper.readings import since_first_reading
from fremsyn.cases.access import access_case
from fremsyn.cases.pages import crumbs, guidance, item_context, question_of
from fremsyn.core.errors import NotAllowed


@require_safe
def paper(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval")
    shown = queries.paper_context(visit)
    context = {
        "visit": visit,
        "crumbs": crumbs(visit, "approval"),
        "guidance": guidance("approval", "paper"),
        "known": visit.entries,
        "question": question_of(visit, shown["points"][0].thing.ref) if shown["points"] else None,
        "gate": readiness(visit, shown["points"]),
        "since": since_first_reading(visit),
        "synthetic": queries.talk_is_synthetic(visit),  # its words tell what was answered
    }
    return render(request, "approval/paper.html", {**context, **shown, **queries.packs_context(visit)})


@require_safe
def pack(request: HttpRequest, case_slug: str, sha256: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval")
    sealed = get_object_or_404(queries.packs_for(visit).select_related("case"), sha256=sha256)
    if visit.closed and sealed.edition != Edition.PUBLIC:
        raise NotAllowed(closed_file(visit))
    response = HttpResponse(bytes(sealed.content), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{sealed.file_name}"'
    return response


@require_safe
def board_point(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval")
    if ref in visit.closed:
        raise NotAllowed(closed_point(visit))
    context = item_context(visit, ref, "board_point")
    return render(request, "approval/board_point.html", context | queries.point_context(visit, ref))
