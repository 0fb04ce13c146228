"""The quick page on which a signpost is read."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.editing.checks import NotKept
from fremsyn.cases.models import Told
from fremsyn.cases.pages import crumbs
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken
from fremsyn.plans import operations, queries
from fremsyn.plans.reading.forms import ReadingForm
from fremsyn.plans.reading.mail import mail_crossing
from fremsyn.plans.reading.series import all_readings
from fremsyn.plans.reading.words import series, side
from fremsyn.web.templatetags.say import number, say_plain

WRONG = 422


@require_http_methods(["GET", "POST"])
def signpost_read(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "plans", Right.JUDGE)
    visit.entry(ref, "signpost")
    form = ReadingForm(request.POST if request.method == "POST" else None, operations.bounds(visit.case).now)
    if request.method == "POST" and form.is_valid():
        before = _held(visit, ref, form)
        marked = _add(visit, ref, form)
        if marked is not None:
            messages.success(request, " ".join(filter(None, (before, _said(visit, ref, form, marked)))))
            return redirect("plans:signpost", case_slug, ref)
    return render(request, "plans/signpost_read.html", _page(visit, ref, form), status=WRONG if form.errors else 200)


def _page(visit: Visit, ref: str, form: ReadingForm) -> dict[str, Any]:
    row, entry = queries.signpost_of(visit, ref), visit.entries[ref]
    return {
        "visit": visit,
        "phase": "plans",
        "item": entry,
        "row": row,
        "side": side(visit, row.thing),
        "series": series(row.thing),
        "form": form,
        "known": visit.entries,
        "heading": _("Take a reading: %(what)s") % {"what": say_plain(entry.title)},
        "crumbs": crumbs(visit, "plans", (f"{ref} {say_plain(entry.title)}", entry.url), (_("Take a reading"), "")),
    }


def _add(visit: Visit, ref: str, form: ReadingForm) -> tuple[str, ...] | None:
    try:
        reading, at = form.reading(), timezone.now()
        marked = operations.add_reading(case=visit.case, ref=ref, reading=reading, by=visit.person, at=at)
        if marked:
            mail_crossing(visit, ref, reading.at, marked, at)
        return marked
    except NotKept as refused:
        form.add_faults(refused)
    except RuleBroken as refused:
        form.add_error(None, str(refused))
    return None


def _held(visit: Visit, ref: str, form: ReadingForm) -> str:
    """Say what the reading replaces; empty where the quarter had none."""
    thing = queries.signpost_of(visit, ref).thing
    held = next((each for each in all_readings(thing) if each.at == form.cleaned_data["at"]), None)
    return (
        _("It replaces the reading of the same quarter, %(number)s.") % {"number": number(held.number)} if held else ""
    )


def _said(visit: Visit, ref: str, form: ReadingForm, marked: tuple[str, ...]) -> str:
    if not marked:
        return _("Saved.")
    told = Told.objects.filter(case=visit.case, event=operations.CROSSED, about=f"{ref}@{form.cleaned_data['at']}")
    names = ", ".join(told.order_by("person__name").values_list("person__name", flat=True))
    return f"{_marked(marked)} {_('Told: %(names)s.') % {'names': names}}"


def _marked(marked: tuple[str, ...]) -> str:
    return ngettext(
        "Saved. It has changed sides, and %(refs)s is marked to be looked at again.",
        "Saved. It has changed sides, and %(refs)s are marked to be looked at again.",
        len(marked),
    ) % {"refs": ", ".join(marked)}
