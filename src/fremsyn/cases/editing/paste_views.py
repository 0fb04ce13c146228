"""The page on which rows from a spreadsheet are pasted."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.editing import operations, pages
from fremsyn.cases.editing.copying import rows_of
from fremsyn.cases.editing.forms import ThingForm
from fremsyn.cases.editing.pasting import Pasted, PasteForm, columns, fits_a_row, header, look_through
from fremsyn.cases.editing.stored import stored
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken

WRONG = 422
MOST_SHOWN = 100


@require_http_methods(["GET", "POST"])
def item_paste(request: HttpRequest, case_slug: str, kind: str) -> HttpResponse:
    access_case(request, case_slug, "", Right.EDIT)
    visit, place = pages.place_for(request, case_slug, kind)
    if not fits_a_row(place.schema, visit):
        raise Http404
    form = PasteForm(request.POST if request.method == "POST" else None, _("The rows, headings first"))
    pasted = None
    if request.method == "POST" and form.is_valid():
        pasted = look_through(form.cleaned_data["rows"], place.schema, visit)
        if "keep" in request.POST and not pasted.faults and _kept(request, visit, place, pasted, form):
            return redirect(pages.page_of(visit, place))
    page = pages.pasting(visit, place, kind) | _told(visit, place, pasted) | {"form": form}
    wrong = form.errors or (pasted and pasted.faults)
    return render(request, "cases/editing/item_paste.html", page, status=WRONG if wrong else 200)


@require_safe
def item_rows(request: HttpRequest, case_slug: str, kind: str) -> HttpResponse:
    """Give the things of a kind as rows, in the columns that the page for pasted rows takes."""
    access_case(request, case_slug, "", Right.EDIT)
    visit, place = pages.place_for(request, case_slug, kind)
    if not fits_a_row(place.schema, visit):
        raise Http404
    things = getattr(stored(visit.case, place.parent).thing, place.slot)
    rows = rows_of(things, ThingForm(None, schema=place.schema, visit=visit))
    return HttpResponse(rows, content_type="text/tab-separated-values; charset=utf-8")


def _kept(request: HttpRequest, visit: Visit, place: pages.Place, pasted: Pasted, form: PasteForm) -> bool:
    try:
        added = operations.add_things(
            case=visit.case, parent=place.parent, slot=place.slot, things=pasted.things, by=visit.person,
            at=timezone.now(),
        )  # fmt: skip
    except RuleBroken as refused:
        form.add_error("rows", str(refused))
        return False
    said = ngettext("%(n)d row is kept.", "%(n)d rows are kept.", len(added)) % {"n": len(added)}
    messages.success(request, said)
    return True


def _told(visit: Visit, place: pages.Place, pasted: Pasted | None) -> dict[str, object]:
    asked = ThingForm(None, schema=place.schema, visit=visit)
    faults = pasted.faults if pasted else ()
    return {
        "header": header(asked),
        "columns": columns(asked),
        "pasted": pasted,
        "faults": faults[:MOST_SHOWN],
        "more_faults": max(0, len(faults) - MOST_SHOWN),
        "rows_wrong": len({fault.row for fault in faults}),
        "ready": len(pasted.things) if pasted and not faults else 0,
    }
