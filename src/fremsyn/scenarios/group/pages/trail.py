"""What every page of the group's work holds: where one is, and where one may go from here."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.pages import crumbs, guidance
from fremsyn.cases.phases import is_open
from fremsyn.cases.rights import Right


def shared(visit: Visit, *steps: tuple[str, str], guide: str = "group") -> dict[str, Any]:
    """Return what each page holds; `steps` lead to it from the page where the matrix is judged."""
    judging = reverse("scenarios:matrix_judge", args=[visit.case.slug])
    work = reverse("scenarios:group_work", args=[visit.case.slug])
    lead = ((_("The group"), work),) if visit.may(Right.LEAD) else ()
    return {
        "visit": visit,
        "workable": is_open(visit.case, "scenarios", "section"),
        "known": visit.entries,
        "crumbs": crumbs(visit, "scenarios", (_("Judge"), judging), *lead, *steps),
        "guidance": guidance("scenarios", guide),
    }
