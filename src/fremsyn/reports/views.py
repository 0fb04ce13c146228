"""The pages of the documents."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.rights import Right
from fremsyn.core.errors import NotAllowed
from fremsyn.core.text import LANGUAGES
from fremsyn.reports import pages
from fremsyn.reports.documents.catalogue import KINDS
from fremsyn.reports.documents.catalogue import document_pdf as made_pdf


@require_safe
def documents(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug)
    return render(request, "reports/documents.html", pages.documents_page(visit))


def opened(request: HttpRequest, case_slug: str, key: str) -> Visit:
    """Return the visit of whoever may open a document.

    :raises NotAllowed: where the role may not, or the document holds what is closed to this person
    """
    visit = access_case(request, case_slug, KINDS[key].area if key in KINDS else "")
    if key in KINDS and not pages.may_open(visit, KINDS[key]):
        raise NotAllowed(_("The document holds a point that you are disqualified on, so it is closed to you."))
    return visit


@require_safe
def document(request: HttpRequest, case_slug: str, key: str) -> HttpResponse:
    visit = opened(request, case_slug, key)
    return render(request, "reports/document.html", pages.document_page(visit, key))


@require_safe
def document_pdf(request: HttpRequest, case_slug: str, key: str, language: str) -> HttpResponse:
    visit = opened(request, case_slug, key)
    if language not in LANGUAGES:
        raise Http404
    internal = visit.may(Right.CONFIDE) and request.GET.get("edition") != "public"
    content = made_pdf(visit.case, pages.kind_of(key).key, language, internal=internal)
    response = HttpResponse(content, content_type="application/pdf")
    edition = "" if internal or KINDS[key].area != "approval" else "-public"
    response.headers["Content-Disposition"] = f'attachment; filename="{case_slug}-{key}{edition}.{language}.pdf"'
    return response
