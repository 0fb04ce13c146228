"""Refusals become pages, and no page is kept or misread by anybody on the way."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from fremsyn.core.errors import DomainError, NotAllowed

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


# Somebody tried to change what they may not: kept in the process's log, by number and without a word of what was sent.
REFUSALS = logging.getLogger("fremsyn.refusals")


class RefusalMiddleware:
    """Show a broken rule as 422 and a missing right as 403, in the product's own words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        status = 403 if isinstance(exception, NotAllowed) else 422
        if status == 403 and request.method == "POST":
            at = request.resolver_match.view_name if request.resolver_match else ""
            REFUSALS.warning("403 %s %s by %s", at, request.path, request.user.pk)
        back = _came_from(request)
        page = {"reason": str(exception), "back": back, "stays": back or "/"}
        return render(request, f"{status}.html", page, status=status)


def _came_from(request: HttpRequest) -> str:
    """Return the page of ours from which something was sent; empty when that is not known."""
    came = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came, {request.get_host()}, require_https=request.is_secure())
    return came if ours and request.method == "POST" else ""


class HeadersMiddleware:
    """Set the headers that every answer of ours carries unless a view said otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
