"""The way to a meeting's page and back."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fremsyn.approval.handover import load
from fremsyn.cases.access import Visit
from fremsyn.cases.pages import crumbs


def meeting_crumbs(visit: Visit, ident: str) -> list[dict[str, Any]]:
    """Return the breadcrumb of a page that lies beneath a meeting's: the case, the board, the meetings, the meeting."""
    slug = visit.case.slug
    title: Any = next((each.title for each in load(visit.case).meetings if each.id == ident), ident)
    return crumbs(
        visit, "approval",
        (_("Meetings"), reverse("approval:meetings", args=[slug])),
        (title, reverse("approval:meeting", args=[slug, ident])),
    )  # fmt: skip
