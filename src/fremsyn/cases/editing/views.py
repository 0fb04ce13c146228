"""The pages on which things of a case are written, whatever they are."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.editing import operations, pages, writers
from fremsyn.cases.editing.added import say_added
from fremsyn.cases.editing.checks import NotKept
from fremsyn.cases.editing.forms import ChangeForm, ThingForm, WhyForm
from fremsyn.cases.editing.prefill import prefilled
from fremsyn.cases.editing.stored import stored
from fremsyn.cases.editing.versions import Conflict, own_values
from fremsyn.cases.kinds import is_of_kind
from fremsyn.cases.models import Item
from fremsyn.cases.rights import Right
from fremsyn.cases.search import found
from fremsyn.cases.sheets import schema_of

WRONG, MET = 422, 409
# Asked what the board's members hold when something of their paper was changed; named, not imported: the board lies above.
SENT = "fremsyn.approval.handover.sent_before"


@require_http_methods(["GET", "POST"])
def item_add(request: HttpRequest, case_slug: str, kind: str) -> HttpResponse:
    visit, place = pages.place_for(request, case_slug, kind)
    form = ThingForm(
        _sent(request), schema=place.schema, visit=visit, prefilled=prefilled(place.schema, visit, request.GET)
    )
    if request.method == "POST" and not form.asks_for_rows and form.is_valid():
        try:
            item = operations.add_thing(
                case=visit.case, parent=place.parent, slot=place.slot, thing=form.made(), by=visit.person,
                at=timezone.now(),
            )  # fmt: skip
        except NotKept as refused:
            form.add_faults(refused)
        else:
            again = pages.address_to_add(visit, place, kind, request.GET)
            say_added(request, visit, item, app=place.app, again=again)
            return _shown(visit, item)
    page = pages.adding(visit, place, kind)
    return render(request, "cases/editing/item_add.html", page | {"form": form}, status=_status(form))


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _status(form: ThingForm) -> int:
    return WRONG if form.is_bound and form.errors and not form.asks_for_rows else 200


def _kept(request: HttpRequest, visit: Visit, item: Item, said: str) -> HttpResponse:
    messages.success(request, said)
    return _shown(visit, item)


def _shown(visit: Visit, item: Item) -> HttpResponse:
    entry = Visit(visit.case, visit.person, visit.role).entries.get(item.ref or item.path)
    return redirect(entry.url if entry else pages.address(visit, "item_history", item.ref or item.path))


@require_http_methods(["GET", "POST"])
def item_change(request: HttpRequest, case_slug: str, key: str) -> HttpResponse:
    visit, item = pages.changeable_row(request, case_slug, key)
    thing = stored(visit.case, key).thing
    only = frozenset(filter(None, request.GET.get("only", "").split(",")))
    form = ThingForm(_sent(request), schema=schema_of(item), visit=visit, thing=thing, only=only)
    page = pages.changing(visit, item) | {"others": writers.opened(item, visit.person, timezone.now())}
    asked = ChangeForm(_sent(request), initial=page["usual"])
    if request.method == "POST" and not form.asks_for_rows and form.is_valid() & asked.is_valid():
        answer = _change(request, visit, key, form, asked)
        if isinstance(answer, HttpResponse):
            return answer
        if isinstance(answer, Conflict):
            page |= {"meetings": pages.meetings_in_words(answer.found, answer.meetings)}
            asked = ChangeForm({**request.POST.dict(), "version": answer.found.item.version})
    status = MET if page.get("meetings") else _status(form) if not asked.errors else WRONG
    return render(request, "cases/editing/item_change.html", page | {"form": form, "asked": asked}, status=status)


def _change(
    request: HttpRequest, visit: Visit, key: str, form: ThingForm, asked: ChangeForm
) -> HttpResponse | Conflict | None:
    told = asked.cleaned_data
    try:
        item = operations.change_thing(
            case=visit.case, key=key, version=told["version"], values=form.values(), meaning=asked.of_meaning,
            why=told["why"], by=visit.person, at=timezone.now(),
        )  # fmt: skip
    except NotKept as refused:
        form.add_faults(refused)
    except Conflict as met:
        return met
    else:
        writers.left(item, visit.person)
        return _kept(request, visit, item, " ".join(filter(None, (_("Saved."), import_string(SENT)(item)))))
    return None


@require_POST
def item_open(request: HttpRequest, case_slug: str, key: str) -> HttpResponse:
    """Hear from a form that is still open, and answer with who else has it open."""
    visit, item = pages.changeable_row(request, case_slug, key)
    others = writers.opened(item, visit.person, timezone.now())
    return render(request, "cases/editing/_others.html", {"others": others})


@require_http_methods(["GET", "POST"])
def item_withdraw(request: HttpRequest, case_slug: str, key: str) -> HttpResponse:
    visit, item = pages.open_row(request, case_slug, key)
    form = WhyForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        operations.withdraw_thing(case=visit.case, key=key, why=why, by=visit.person, at=timezone.now())
        messages.success(request, _("%(key)s is withdrawn. It can be brought back here.") % {"key": key})
        return redirect("cases:item_withdrawn", visit.case.slug)
    page = pages.head(visit, item, (_("Withdraw"), "")) | {"form": form, "dependents": pages.dependents(visit, key)}
    page |= {"in_the_way": pages.stands_in_the_way(visit, item)}
    return render(request, "cases/editing/item_withdraw.html", page, status=_status_of(form))


def _status_of(form: WhyForm) -> int:
    return WRONG if form.is_bound and form.errors else 200


@require_POST
def item_restore(request: HttpRequest, case_slug: str, key: str) -> HttpResponse:
    visit, item = pages.open_row(request, case_slug, key)
    operations.restore_thing(case=visit.case, key=key, by=visit.person, at=timezone.now())
    return _kept(request, visit, item, _("%(key)s is back.") % {"key": key})


@require_safe
def item_withdrawn(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "", Right.EDIT)
    rows = pages.withdrawn_in(visit.case)
    return render(
        request,
        "cases/editing/item_withdrawn.html",
        {"visit": visit, "rows": rows, "heading": _("Withdrawn"), "phase": ""},
    )


@require_http_methods(["GET", "POST"])
def item_holds(request: HttpRequest, case_slug: str, key: str) -> HttpResponse:
    visit, item = pages.open_row(request, case_slug, key)
    form = WhyForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        item = operations.still_holds(case=visit.case, key=key, why=why, by=visit.person, at=timezone.now())
        return _kept(request, visit, item, _("%(key)s still holds. That is kept in its history.") % {"key": key})
    page = pages.head(visit, item, (_("Look again"), "")) | {"form": form}
    page |= {"causes": visit.shown(pages.causes(item))}
    return render(request, "cases/editing/item_holds.html", page, status=_status_of(form))


@require_safe
def item_history(request: HttpRequest, case_slug: str, key: str) -> HttpResponse:
    visit, item = pages.open_row(request, case_slug, key)
    page = pages.head(visit, item, (_("History"), "")) | {"past": pages.history(item)}
    return render(request, "cases/editing/item_history.html", page)


@require_POST
def item_revert(request: HttpRequest, case_slug: str, key: str, number: int) -> HttpResponse:
    visit, item = pages.open_row(request, case_slug, key)
    version = pages.version_of(item, number)
    values = own_values(schema_of(item), version.content)
    why = _("Back to version %(number)d.") % {"number": number}
    item = operations.change_thing(
        case=visit.case, key=key, version=None, values=values, meaning=True, why=why, by=visit.person, at=timezone.now()
    )
    return _kept(request, visit, item, why)


@require_safe
def item_find(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "", Right.CONTRIBUTE)
    letter = request.GET.get("letter", "")[:2]
    words = request.GET.get("q", "").strip()[:100]
    hits = [each for each in found(visit, words) if is_of_kind(each.ref, letter)][: pages.MOST_FOUND]
    page = {"found": hits, "name": request.GET.get("name", "")[:80], "words": words}
    return render(request, "cases/editing/_found.html", page)
