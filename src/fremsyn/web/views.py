"""The pages that the footer leads to."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fremsyn.web.prose import prose

TEXTS = Path(__file__).parent / "texts"


def _told(request: HttpRequest, name: str, heading: str) -> HttpResponse:
    language = (get_language() or "da")[:2]
    text = (TEXTS / f"{name}.{language}.md").read_text(encoding="utf-8")
    return render(request, "web/told.html", {"heading": heading, "text": prose(text)})


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    return _told(request, "glossary", _("Glossary"))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _told(request, "privacy", _("How we handle data"))


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    if settings.ACCESSIBILITY_STATEMENT:
        return redirect(settings.ACCESSIBILITY_STATEMENT)
    return _told(request, "accessibility", _("Accessibility statement"))
