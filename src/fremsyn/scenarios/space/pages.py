"""What the pages of the space hold."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.cases.pages import crumbs, guidance
from fremsyn.scenarios.pages import common, heading
from fremsyn.scenarios.pictures.likeness import scenario_map
from fremsyn.scenarios.queries import ground
from fremsyn.scenarios.space import words
from fremsyn.scenarios.space.changing import WishForm, wished
from fremsyn.scenarios.space.filters import SpaceForm
from fremsyn.scenarios.space.people import of_people
from fremsyn.scenarios.space.standing import standing
from fremsyn.scenarios.space.tables import across, tableau_table
from fremsyn.scenarios.words import said
from fremsyn.web.templatetags.say import listed

ON_A_PAGE = 30


def space_page(visit: Visit, query: QueryDict) -> dict[str, Any]:
    """Return the space: what is asked for as map and tableau, and what each driver does across all of it."""
    base = ground(visit.case)
    page = common(visit) | {
        "crumbs": crumbs(visit, "scenarios", (_("The scenario space"), "")),
        "heading": heading(base),
        "guidance": guidance("scenarios", "space"),
    }
    if not base.space.found:
        return page
    stand, people = standing(visit.case), of_people(visit.case, base)
    form = SpaceForm(base, query, people)
    numbers = form.remaining(stand).tolist()
    pages = max(1, -(-len(numbers) // ON_A_PAGE))
    at = min(max(1, _whole(query.get("page", ""))), pages)
    return page | {
        "form": form,
        "standing": stand,
        "people": people,
        "off": words.off(stand),
        "cycling": words.per_cent(stand.cycling / max(1, stand.starts)),
        "n": len(numbers),
        "told": _told(form, len(numbers), len(base.rows)),
        "map": scenario_map(visit, base, numbers if form.anything else None),
        "table": tableau_table(visit, base, stand, people, numbers[(at - 1) * ON_A_PAGE : at * ON_A_PAGE]),
        "first": (at - 1) * ON_A_PAGE + 1,
        "last": min(at * ON_A_PAGE, len(numbers)),
        "pager": _pager(visit, query, at, pages),
        "across": across(visit, base),
    }


def wish_page(visit: Visit, query: QueryDict) -> dict[str, Any]:
    """Return the form for a wished-for combination, and what it would take; it begins with the scenario of `from`."""
    base = ground(visit.case)
    begin = _whole(query.get("from", ""), 0)
    from_ = base.space.found[begin - 1].variants if 1 <= begin <= len(base.rows) else ()
    initial: dict[str, Any] = {base.driver_of[ref].ref: ref for ref in from_}
    sent = any(driver.ref in query for driver in base.drivers)
    form = WishForm(base.drivers, query if sent else None, initial)
    found = wished(base, form.variants) if sent and form.is_valid() else None
    near = found.nearest if found else None
    return common(visit) | {
        "crumbs": crumbs(
            visit, "scenarios", (_("The scenario space"), reverse("scenarios:space", args=[visit.case.slug])), (_("A wished-for future"), "")
        ),
        "heading": _("What would it take?"),
        "guidance": guidance("scenarios", "wish"),
        "form": form,
        "wished": found,
        "nearest": (base.number[frozenset(near.variants)], near) if near and frozenset(near.variants) in base.number else None,
        "resists": [(base.driver[e.driver], base.variant[e.variant], e.resistance) for e in found.resists] if found else [],
    }  # fmt: skip


def _whole(given: str, otherwise: int = 1) -> int:
    return int(given) if given.isdecimal() and len(given) < 8 else otherwise


def _pager(visit: Visit, query: QueryDict, at: int, pages: int) -> dict[str, Any]:
    def address(page: int) -> str:
        told = query.copy()
        told["page"] = str(page)
        return f"{reverse('scenarios:space', args=[visit.case.slug])}?{told.urlencode()}#tableau"

    return {
        "at": at,
        "pages": pages,
        "before": address(at - 1) if at > 1 else "",
        "after": address(at + 1) if at < pages else "",
    }


def _told(form: SpaceForm, n: int, total: int) -> str:
    """Say how many remain, and with which states."""
    if not form.anything:
        return ngettext("%(n)d consistent scenario", "%(n)d consistent scenarios", n) % {"n": n}
    states = listed([_(" or ").join(said(each.name) for each in states) for _driver, states in form.chosen])
    told = {"n": n, "all": total, "states": states}
    if states and form.only_states:
        return ngettext("%(n)d of %(all)d futures has %(states)s", "%(n)d of %(all)d futures have %(states)s", n) % told
    return ngettext("%(n)d of %(all)d futures remains", "%(n)d of %(all)d futures remain", n) % told
