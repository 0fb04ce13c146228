"""The list of one's cases, the search within a case, and the short way to an item."""

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fremsyn.cases.access import access_case
from fremsyn.cases.models import Case, in_force
from fremsyn.cases.search import found
from fremsyn.people.models import Demonstration, Person

LONGEST_QUERY = 100


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    person = request.user if isinstance(request.user, Person) else None
    held = Q(memberships__person=person) & in_force(timezone.localdate(), "memberships__")
    cases = Case.objects.filter(held).order_by("slug") if person else Case.objects.none()
    demonstration = Demonstration.objects.exists()
    return render(request, "cases/case_list.html", {"cases": cases, "demonstration": demonstration})


@require_safe
def search(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug)
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    return render(request, "cases/search.html", {"visit": visit, "query": query, "found": found(visit, query)})


@require_safe
def item(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug)
    if ref not in visit.entries or not visit.entries[ref].ref:
        raise Http404
    return redirect(visit.entries[ref].url)
