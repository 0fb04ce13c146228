"""The pages on which the paper is drafted and put in order."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fremsyn.approval.paper import operations
from fremsyn.approval.paper.drafting.draft import draft_of
from fremsyn.cases.access import access_case
from fremsyn.cases.directory import anchor
from fremsyn.cases.pages import crumbs, guidance
from fremsyn.cases.rights import Right


@require_http_methods(["GET", "POST"])
def paper_draft(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.EDIT)
    if request.method == "POST":
        made = operations.draft_paper(case=visit.case, by=visit.person, at=timezone.now())
        said = _(
            "Drafted: %(points)d points, %(sections)d sections and %(risks)d risks. Read each of them, and change it."
        )
        counts = {"points": len(made.points), "sections": len(made.sections), "risks": len(made.risks)}
        messages.success(request, said % counts)
        return redirect("approval:paper", case_slug)
    context = {
        "visit": visit,
        "draft": draft_of(visit.case),
        "known": visit.entries,
        "crumbs": crumbs(visit, "approval", (_("Draft"), "")),
        "guidance": guidance("approval", "drafting"),
    }
    return render(request, "approval/paper_draft.html", context)


@require_POST
def paper_move(request: HttpRequest, case_slug: str, key: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.EDIT)
    item = operations.move_part(
        case=visit.case, key=key, up=request.POST.get("to") == "up", by=visit.person, at=timezone.now()
    )
    page = reverse("approval:paper", args=[case_slug])
    return redirect(f"{page}#{item.ref or anchor(item.path)}")
