"""What each phase has that is worth reading before its session, told in a few lines with references."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.core.text import Text
from fremsyn.direction.handover import load as load_direction
from fremsyn.framing.handover import load as load_framing
from fremsyn.plans.handover import load as load_plans
from fremsyn.scanning.handover import load as load_scanning
from fremsyn.scenarios.handover import load as load_scenarios
from fremsyn.strategy.handover import load as load_strategy
from fremsyn.web.templatetags.say import say_plain

FEW = 3
GREAT = 4
UNSURE = 3
LONGEST = 130


def short(text: Text | str | None) -> str:
    """Return a text in the language in use, cut at a word where it is long."""
    words = say_plain(text)
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} …"


def listed(lead: str, said: Iterable[str]) -> Iterator[str]:
    """Yield a lead and what follows it as one paragraph, a line each; nothing where nothing follows."""
    lines = list(said)
    if lines:
        yield "\n".join((lead, *(f"– {line}" for line in lines)))


def framing(visit: Visit) -> Iterator[str]:
    """Yield the questions asked so far, and the assumptions that nobody has checked."""
    held = load_framing(visit.case).framing
    yield from listed(
        _("The questions as they stand:"), [f"{each.ref} {short(each.text)}" for each in held.questions[:FEW]]
    )
    unchecked = sorted(held.assumptions, key=lambda each: not each.unverified)
    yield from listed(
        _("What we take for granted, the unchecked first:"),
        [f"{each.ref} {short(each.text)}" for each in unchecked[:FEW]],
    )


def scanning(visit: Visit) -> Iterator[str]:
    """Yield the trends with the greatest impact of which we are least sure, those contested, and where it is thin."""
    held = load_scanning(visit.case).scanning
    unsure = [each for each in held.trends if each.impact >= GREAT and each.certainty <= UNSURE]
    unsure.sort(key=lambda each: (-each.impact, each.certainty))
    yield from listed(
        _("Great impact and little certainty:"),
        [
            _("%(trend)s (impact %(impact)d, certainty %(certainty)d)")
            % {"trend": f"{each.ref} {short(each.title)}", "impact": each.impact, "certainty": each.certainty}
            for each in unsure[:FEW]
        ],
    )
    contested = [each for each in held.trends if each.signals.against]
    yield from listed(
        _("Contested, with the signals that speak against them:"),
        [f"{each.ref} {short(each.title)}: {', '.join(each.signals.against)}" for each in contested[:FEW]],
    )
    yield from listed(
        _("Noticed last:"),
        [
            f"{each.ref} {short(each.title)}"
            for each in sorted(held.signals, key=lambda each: each.noted, reverse=True)[:FEW]
        ],
    )
    if held.coverage:
        yield short(held.coverage.says)


def scenarios(visit: Visit) -> Iterator[str]:
    """Yield the drivers that weigh most, and the futures of the working set."""
    held = load_scenarios(visit.case).scenarios
    heavy = sorted(held.drivers, key=lambda each: -each.impact * each.uncertainty)
    yield from listed(
        _("The drivers that weigh most and are least certain:"),
        [f"{each.ref} {short(each.name)}: {short(each.asks)}" for each in heavy[:FEW]],
    )
    working = [each for each in held.scenarios if each.use == "working"]
    yield from listed(
        _("The futures we work with:"),
        [f"{each.ref} {short(each.name)}: {short(each.summary)}" for each in working[:FEW]],
    )
    if held.scenarios:
        yield short(held.set.no_probability)


def direction(visit: Visit) -> Iterator[str]:
    """Yield the values with their price, and what stands against what we wish for."""
    held = load_direction(visit.case)
    yield from listed(
        _("The values, and what they cost:"),
        [f"{short(each.name)}: {short(each.costs)}" for each in held.values.principles[:FEW]],
    )
    if wished := held.desirable:
        what = f"{wished.ref} {short(wished.name)}. {short(wished.statement)}"
        yield _("What we wish for so far: %(scenario)s") % {"scenario": what}
        if wished.tension:
            yield _("What stands against it: %(tension)s") % {"tension": short(wished.tension)}
    yield from listed(
        _("The strategic agendas:"),
        [f"{each.ref} {short(each.name)}: {short(each.aim)}" for each in held.agendas[:FEW]],
    )


def strategy(visit: Visit) -> Iterator[str]:
    """Yield the possible roles and strategies, and what was left out."""
    held = load_strategy(visit.case)
    yield from listed(
        _("Possible roles:"), [f"{each.ref} {short(each.name)}: {short(each.text)}" for each in held.roles[:FEW]]
    )
    yield from listed(
        _("Possible strategies:"),
        [f"{each.ref} {short(each.name)}: {short(each.text)}" for each in held.possible_strategies[:FEW]],
    )
    yield from listed(_("Left out so far:"), [f"{each.option} {short(each.text)}" for each in held.deselected[:FEW]])


def plans(visit: Visit) -> Iterator[str]:
    """Yield what begins first, and the signposts that tell which future is coming."""
    held = load_plans(visit.case)
    first = sorted(held.initiatives, key=lambda each: each.start)
    yield from listed(
        _("Begins first:"),
        [f"{each.ref} {short(each.name)} ({each.start}, {say_plain(each.owner_role)})" for each in first[:FEW]],
    )
    yield from listed(
        _("Signposts to keep an eye on:"),
        [
            f"{each.ref} {short(each.name)} ({each.operator} {each.number} {say_plain(each.unit)})"
            for each in held.signposts[:FEW]
        ],
    )


MATERIAL: Mapping[str, Callable[[Visit], Iterator[str]]] = {
    "framing": framing,
    "scanning": scanning,
    "scenarios": scenarios,
    "direction": direction,
    "strategy": strategy,
    "plans": plans,
}
