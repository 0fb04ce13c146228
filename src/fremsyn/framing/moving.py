"""The page on which the stakeholder map is edited: a table that does it all, and points that can be moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.directory import Entry
from fremsyn.cases.editing.versions import Conflict
from fremsyn.cases.models import Item
from fremsyn.cases.pages import crumbs
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken
from fremsyn.framing.handover import load
from fremsyn.framing.operations import move_stakeholders

WRONG, MET = 422, 409
STEPS = ("1", "2", "3", "4", "5")


@dataclass(frozen=True)
class Line:
    """A stakeholder in the table: where it stands or shall stand, and on which version that was written."""

    entry: Entry
    influence: str
    interest: str
    version: str
    wrong: bool = False


@require_http_methods(["GET", "POST"])
def stakeholders_edit(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "framing", Right.EDIT)
    lines = _lines(visit, request.POST if request.method == "POST" else QueryDict())
    fault, status = "", 200
    if request.method == "POST":
        fault, status = _keep(request, visit, lines)
        if not fault:
            return redirect("framing:stakeholders", visit.case.slug)
    page = _page(visit) | {"lines": lines, "fault": fault, "steps": STEPS}
    return render(request, "framing/stakeholders_edit.html", page, status=status)


def _lines(visit: Visit, sent: Mapping[str, Any]) -> list[Line]:
    versions = dict(Item.objects.filter(case=visit.case, kind="stakeholder").values_list("ref", "version"))
    made = []
    for each in load(visit.case).stakeholders.stakeholders:
        influence = sent.get(f"{each.ref}-influence", str(each.influence))
        interest = sent.get(f"{each.ref}-interest", str(each.interest))
        version = sent.get(f"{each.ref}-version", str(versions[each.ref]))
        wrong = influence not in STEPS or interest not in STEPS or not version.isdigit()
        made.append(Line(visit.entries[each.ref], influence, interest, version, wrong))
    return made


def _keep(request: HttpRequest, visit: Visit, lines: list[Line]) -> tuple[str, int]:
    """Keep what was moved; return what is wrong, empty for nothing, and the answer's status."""
    if any(line.wrong for line in lines):
        return _("Influence and interest are whole numbers from 1 to 5."), WRONG
    now = {each.ref: (each.influence, each.interest) for each in load(visit.case).stakeholders.stakeholders}
    wanted = {line.entry.ref: (int(line.influence), int(line.interest), int(line.version)) for line in lines}
    moved = {ref: place for ref, place in wanted.items() if place[:2] != now[ref]}
    try:
        kept = move_stakeholders(case=visit.case, places=moved, by=visit.person, at=timezone.now())
    except Conflict as met:
        told = _("Nothing was moved. %(what)s Load the page again to see where it stands now.") % {"what": met}
        return told, MET
    except RuleBroken as refused:
        return str(refused), WRONG
    said = ngettext("%(n)d stakeholder was moved.", "%(n)d stakeholders were moved.", len(kept)) % {"n": len(kept)}
    messages.success(request, said if kept else _("Nothing was moved."))
    return "", 302


def _page(visit: Visit) -> dict[str, Any]:
    sheet = load(visit.case).stakeholders
    page = reverse("framing:stakeholders", args=[visit.case.slug])
    return {
        "visit": visit,
        "phase": "framing",
        "heading": _("Move stakeholders on the map"),
        "crumbs": crumbs(visit, "framing", (_("Stakeholders"), page), (_("Move"), "")),
        "sheet": sheet,
    }
