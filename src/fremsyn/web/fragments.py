"""What a page that asks again and again is answered: nothing new, or the fragment that has changed."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render

FRAGMENT = "X-Fragment"


def unchanged(request: HttpRequest, tag: str) -> HttpResponse | None:
    """Return the answer to a page that has this state already."""
    if FRAGMENT in request.headers and request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    return None


def whole_or_fragment(
    request: HttpRequest, whole: str, fragment: str, context: dict[str, Any], tag: str
) -> HttpResponse:
    """Return a page, or the part of it that a script asked for."""
    template = fragment if FRAGMENT in request.headers else whole
    response = render(request, template, context)
    response.headers["ETag"] = tag
    return response
