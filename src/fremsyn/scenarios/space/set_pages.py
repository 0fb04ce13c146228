"""What the page of the working set holds."""

from collections.abc import Collection
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.editing.pages import shut
from fremsyn.cases.pages import crumbs, guidance
from fremsyn.cases.rights import Right
from fremsyn.figures.figure import Cell, Column, Row, Table
from fremsyn.scenarios.pages import common
from fremsyn.scenarios.pictures.likeness import scenario_map
from fremsyn.scenarios.queries import Ground, ground
from fremsyn.scenarios.space import words
from fremsyn.scenarios.space.changed import changed_since
from fremsyn.scenarios.space.forms import ProposeForm, TakeForm, WhyForm
from fremsyn.scenarios.space.standing import Standing, standing
from fremsyn.scenarios.space.working import Member, Proposal, Spread, present, propose
from fremsyn.scenarios.words import said
from fremsyn.web.templatetags.say import listed, number

KEPT_ASKING = ("size", "must", "must_not")


def working_page(
    visit: Visit, query: QueryDict, take: TakeForm | None = None, use: tuple[str, WhyForm] | None = None
) -> dict[str, Any]:
    """Return the working set as it stands, and a proposal where one is asked for.

    :param take: what was sent to take a proposal, where it was refused
    :param use: what was sent to take one scenario in or out, where it was refused, with the scenario's reference
    """
    base = ground(visit.case)
    form = ProposeForm(base, query if "size" in query else None)
    page = common(visit) | {
        "crumbs": crumbs(visit, "scenarios", (_("The scenario space"), reverse("scenarios:space", args=[visit.case.slug])), (_("The working set"), "")),
        "heading": _("The working set"),
        "guidance": guidance("scenarios", "set"),
        "shut": shut(visit, "scenarios", "scenario", "") if visit.may(Right.EDIT) else {},
        "changed": changed_since(visit.case),
        "form": form,
        "map": scenario_map(visit, base),
        "named": [
            (each, use[1] if use and use[0] == each.ref else WhyForm(auto_id=f"{each.ref}-%s"))
            for each in base.scenario.values()
        ],
    }  # fmt: skip
    if not base.space.found:
        return page
    stand = standing(visit.case)
    now = present(base, form.weights)
    proposal = _asked(base, form)
    return page | {
        "standing": stand,
        "off": words.off(stand),
        "cycling": words.per_cent(stand.cycling / max(1, stand.starts)),
        "now": now,
        "now_table": _members(visit, base, stand, now, _("The working set as it stands")),
        "proposal": proposal,
        "farthest": farthest(base, form, proposal) if proposal else "",
        "proposal_table": _members(visit, base, stand, proposal.spread, _("The proposal")) if proposal else None,
        "compared": _compared(now, proposal.spread if proposal else None),
        "weighted": form.weighted,
        "missing": missing(now),
        "missing_then": missing(proposal.spread) if proposal else [],
        "asking": asking(query),
        "take": take or (TakeForm(base, [each.variants for each in proposal.spread.members]) if proposal else None),
    }


def _asked(base: Ground, form: ProposeForm) -> Proposal | None:
    if not (form.is_bound and form.is_valid()):
        return None
    given = form.cleaned_data
    return propose(base, given["size"], form.weights, given["must"], given["must_not"])


def _members(visit: Visit, base: Ground, stand: Standing, spread: Spread, caption: str) -> Table:
    """Set the scenarios of a set in rows: how firmly each stands, and how many drivers set it apart from the nearest."""
    heads = (
        Column(_("Scenario")), Column(_("Strength"), "end"), Column(_("Holds"), "end"), Column(_("Starts"), "end"),
        Column(_("Differs from the nearest in"), "end"),
    )  # fmt: skip
    return Table(caption, heads, tuple(_member(visit, base, stand, spread, each) for each in spread.members))


def _member(visit: Visit, base: Ground, stand: Standing, spread: Spread, each: Member) -> Row:
    others = [other for other in spread.members if other is not each]
    near = min((len(set(each.variants) - set(other.variants)) for other in others), default=None)
    page = reverse("scenarios:consistent", args=[visit.case.slug, each.number]) if each.number else ""
    name = Cell(_("No. %(number)d") % {"number": each.number}, phase="scenarios", href=page)
    if each.scenario:
        entry = visit.entries[each.scenario.ref]
        name = Cell(said(each.scenario.name), ref=each.scenario.ref, phase="scenarios", href=entry.url)
    at = each.number - 1
    told = (base.space.found[at].score, words.held(stand, at), words.drawn(stand, at)) if each.number else None
    measured = [Cell(value, align="end") for value in told or (_("not consistent"), "–", "–")]
    return Row((name, *measured, Cell("–" if near is None else near, align="end")))


def _compared(now: Spread, then: Spread | None) -> Table:
    """Hold the set as it stands beside the proposal."""
    sets = [now, then] if then else [now]
    heads = [Column(_("As it stands"), "end"), Column(_("The proposal"), "end")][: len(sets)]
    lines = (
        (_("The two nearest differ in"), [_drivers(each.least) for each in sets]),
        (_("On the average two differ in"), [_drivers(each.mean) for each in sets]),
        (_("States that stand in the set, of those that are possible"), [_("%(n)d of %(all)d") % {"n": each.covered, "all": each.possible} for each in sets]),
    )  # fmt: skip
    rows = (Row((Cell(head), *(Cell(value, align="end") for value in values))) for head, values in lines)
    return Table(_("How far apart the set lies"), (Column(_("Measure")), *heads), tuple(rows))


def _drivers(apart: float | None) -> str:
    return "–" if apart is None else number(round(apart, 1))


def missing(spread: Spread) -> list[tuple[str, str]]:
    """Return each driver's reference with the states that no scenario of the set has."""
    return [(driver.ref, listed([said(each.name) for each in states])) for driver, states in spread.missing]


def asking(query: QueryDict) -> list[tuple[str, str]]:
    """Return what was asked for, to be sent along when the proposal is taken."""
    return [
        (name, str(value))
        for name, value in query.items()
        if (name in KEPT_ASKING or name.startswith("weight-")) and value
    ]


def farthest(base: Ground, form: ProposeForm, proposal: Proposal) -> str:
    """Say what is known of a proposal, with the conditions under which it was made."""
    if not proposal.complete:
        return _("The best set that was found in the time")
    given = form.cleaned_data
    told = {
        "n": given["size"],
        "must": _called(base, given["must"]),
        "must_not": _called(base, given["must_not"]),
    }
    if told["must"] and told["must_not"]:
        which = _("set of %(n)d with %(must)s and without %(must_not)s") % told
    elif told["must"]:
        which = _("set of %(n)d with %(must)s") % told
    elif told["must_not"]:
        which = _("set of %(n)d without %(must_not)s") % told
    else:
        which = _("set of %(n)d") % told
    of_all = proposal.compared == len(base.rows)
    if form.weighted:
        said_ = _("No other %(set)s lies farther apart by the weights chosen")
    else:
        said_ = _("No other %(set)s lies farther apart")
    within = "" if of_all else " " + _("among the %(n)s strongest") % {"n": number(proposal.compared)}
    return said_ % {"set": which} + within


def _called(base: Ground, numbers: Collection[int]) -> str:
    """Call scenarios by their reference, or their number where they have no name."""
    found = ((n, base.space.found[n - 1].ref) for n in sorted(numbers))
    return listed([ref or _("no. %(number)d") % {"number": n} for n, ref in found])
