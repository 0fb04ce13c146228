"""What is answered to a judgement: the whole form, or one cell that the script sent."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.editing.one_language import in_page_language, written
from fremsyn.cases.shape import Number
from fremsyn.core.errors import RuleBroken
from fremsyn.scenarios.judging import operations, pages
from fremsyn.scenarios.judging.forms import CellForm, SectionForm
from fremsyn.scenarios.judging.grid import Pair
from fremsyn.web.templatetags.say import signed

FRAGMENT = "scenarios/_section_answer.html"


def number(text: str) -> int | None:
    """Read a version's number as an address or a form bears it; None where it is none."""
    return int(text) if text.isdecimal() and len(text) < 9 else None


def save_form(request: HttpRequest, visit: Visit, pair: Pair) -> tuple[str, dict[str, Any] | None]:
    """Keep a whole section as it was sent, or do what its button said.

    :returns: where to go, and None; or the page to show again, where something was refused
    """
    given: dict[str, Any] = {
        "case": visit.case, "source": pair.source.ref, "target": pair.target.ref, "by": visit.person, "at": timezone.now()
    }  # fmt: skip
    act, here = request.POST.get("act", ""), pages.address(visit, pair)
    since = number(request.POST.get("since", ""))
    form = SectionForm(pair, 0, request.POST)
    try:
        version = _acted(act, form, given)
    except operations.JudgedMeanwhile as met:
        again = request.POST.copy()
        again["version"] = str(met.version)
        form = SectionForm(pair, met.version, again)
        form.add_error(None, str(met))
        return here, pages.section_page(visit, pair, since=since, form=form, met=met)
    except RuleBroken as refused:
        form.add_error(None, str(refused))
        version = None
    if version is None:
        return here, pages.section_page(visit, pair, since=since, form=form)
    after = pages.find(visit, pair.source.ref, pair.target.ref)[0].around(pair)[1]
    if act == "next" and after:
        return pages.address(visit, after), None
    opened = f"&since={since}" if since is not None else ""
    return f"{here}?saved={version}{opened}#answer", None


def _acted(act: str, form: SectionForm, given: dict[str, Any]) -> int | None:
    """Do what the form's button said, and return the version that stands; None where the form is wrong."""
    valid = form.is_valid()
    if act == "undo":
        return operations.undo(**given)
    if act == "clear":
        return operations.take_away(**given)
    if not valid:
        return None
    cells = dict.fromkeys(form.cells, 0) if act == "none" else form.cells
    return operations.judge(**given, cells=cells, reason=form.said, based_on=form.cleaned_data["version"])


def answer_cell(request: HttpRequest, visit: Visit, pair: Pair) -> HttpResponse:
    """Keep one judgement, or the reason, and answer with what changed on the page."""
    form = CellForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("That is no judgement. Choose a whole number from −3 to 3."), status=422)
    try:
        version, note = _kept(visit, pair, request.POST.get("act", ""), form.cleaned_data)
    except RuleBroken as refused:
        return HttpResponse(str(refused), status=422)
    _board, now = pages.find(visit, pair.source.ref, pair.target.ref)
    since = number(request.POST.get("since", ""))
    context = pages.section_fragment(visit, now or pair, saved=version, since=since, note=note, was=pair)
    context |= {
        "fragment": True,
        "grid": pages.grid_of(context["pair"]),
        "reason": in_page_language(context["pair"].reason),
    }
    return HttpResponse(render_to_string(FRAGMENT, context))


def _kept(visit: Visit, pair: Pair, act: str, given: dict[str, Any]) -> tuple[int, str]:
    who: dict[str, Any] = {"case": visit.case, "by": visit.person, "at": timezone.now()}
    at: dict[str, Any] = {"source": pair.source.ref, "target": pair.target.ref}
    if act == "undo":
        return operations.undo(**who, **at), ""
    if act == "reason":
        reason = written(given["reason"].strip(), pair.reason)
        return operations.judge(**who, **at, cells={}, reason=reason), ""
    one, _colon, other = given["cell"].partition(":")
    if not one or given["value"] is None:
        raise RuleBroken(_("That is no judgement. Choose a whole number from −3 to 3."))
    stood = _stands_at(pair, one, other)
    version = operations.judge(**who, **at, cells={(one, other): given["value"]})
    met = given["was"] is not None and stood not in (given["was"], given["value"])
    return version, _met(stood) if met else ""


def _met(stood: Number) -> str:
    said = _(
        "Somebody else had judged this %(theirs)s while you had the page open. Yours stands now; Undo brings theirs back."
    )
    return said % {"theirs": signed(stood)}


def _stands_at(pair: Pair, one: str, other: str) -> Number:
    for variant, values in pair.rows:
        for column, value in zip(pair.target.variants, values, strict=True):
            if (variant.ref, column.ref) == (one, other):
                return value
    raise RuleBroken(_("One of the states has been withdrawn meanwhile. Open the section again."))
