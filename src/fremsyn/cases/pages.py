"""What every item's page and every phase's page hold, gathered in one place."""

from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.kinds import KINDS, PAGE_OF_APP, app_name
from fremsyn.cases.margin import margin
from fremsyn.cases.phases import is_open, may_change
from fremsyn.cases.shape import LinkKind
from fremsyn.web.prose import prose

APPS = Path(__file__).parents[1]


def guidance(app: str, page: str) -> SafeString:
    """Return the guidance of a page in the language in use, from `<app>/guidance/<page>.<language>.md`."""
    language = (get_language() or "da")[:2]
    return prose((APPS / app / "guidance" / f"{page}.{language}.md").read_text(encoding="utf-8"))


def question_of(visit: Visit, key: str) -> Entry | None:
    """Return the question that an item serves, if it may be seen."""
    return next((visit.entries[tie.end] for tie in visit.ties_from(key) if tie.kind == LinkKind.SERVES), None)


def crumbs(visit: Visit, app: str, *steps: tuple[str, str]) -> list[dict[str, Any]]:
    """Return the breadcrumb: the case, the phase, then `(text, url)` for each further step."""
    trail: list[dict[str, Any]] = [{"text": _("The case"), "url": reverse("chain:case", args=[visit.case.slug])}]
    if visit.may_enter(app):
        url = reverse(PAGE_OF_APP[app], args=[visit.case.slug])
        trail.append({"text": app_name(app), "url": url, "phase": app})
    return trail + [{"text": text, "url": url} for text, url in steps]


def item_context(visit: Visit, ref: str, kind: str) -> dict[str, Any]:
    """Return what every item's page holds; the phase adds `thing`, its own content.

    :raises Http404: when there is no such item, or it may not be seen
    """
    entry = visit.entry(ref, kind)
    return {
        "visit": visit,
        "item": entry,
        "kind": KINDS[kind],
        "crumbs": crumbs(visit, KINDS[kind].app),
        "question": question_of(visit, entry.key),
        "margin": margin(visit, entry.key),
        "known": visit.entries,
        "workable": is_open(visit.case, entry.app, entry.kind, entry.key),
        "changeable": may_change(visit, entry.app, entry.kind, entry.key),
    }
