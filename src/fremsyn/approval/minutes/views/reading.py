"""The page of a meeting's minutes, and their files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fremsyn.approval.meeting.ruling import closed_file
from fremsyn.approval.minutes import queries
from fremsyn.approval.minutes.signing import file_name, service
from fremsyn.approval.models import Minutes, Signature
from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.rights import Right
from fremsyn.core.errors import NotAllowed

EDITIONS = ("whole", "public")


@require_safe
def minutes(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval")
    return render(request, "approval/minutes.html", queries.minutes_page(visit, meeting))


@require_safe
def minutes_pdf(request: HttpRequest, case_slug: str, meeting: str, edition: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval")
    found = queries.opened(visit, meeting)
    if edition not in EDITIONS or found.approved_at is None:
        raise Http404
    refuse_closed(visit, found, whole=edition == "whole")
    held = bytes((found.pdf if edition == "whole" else found.public_pdf) or b"")
    return sent(held, "application/pdf", file_name(found, public=edition == "public"))


def refuse_closed(visit: Visit, minutes: Minutes, *, whole: bool) -> None:
    """Refuse an edition to those who may not read it.

    :raises NotAllowed: the whole to all but the body, those who serve it and top management; and to a member who is
        disqualified on a point in it, who reads the public one as everybody does
    """
    if whole and queries.barred_from(visit, minutes):
        raise NotAllowed(closed_file(visit))
    if whole and not queries.reads_whole(visit):
        raise NotAllowed(_("This edition is for the board. The public one stands on the page of the minutes."))


@require_safe
def minutes_package(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.SERVE)
    found = queries.opened(visit, meeting)
    if found.approved_at is None:
        raise Http404
    name = file_name(found).removesuffix(".pdf")
    return sent(service().package(found), "application/zip", f"{name}-to-sign.zip")


@require_safe
def minutes_signed_pdf(request: HttpRequest, case_slug: str, meeting: str, sha256: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval")
    found = queries.opened(visit, meeting)
    refuse_closed(visit, found, whole=True)
    signature = Signature.objects.filter(minutes=found, pdf_sha256=sha256).first()
    if signature is None:
        raise Http404
    name = file_name(found).removesuffix(".pdf")
    return sent(bytes(signature.pdf), "application/pdf", f"{name}-signed-{sha256[:8]}.pdf")


def sent(content: bytes, kind: str, name: str) -> HttpResponse:
    """Return a file to be kept."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
