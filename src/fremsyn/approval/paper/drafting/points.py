"""The points of a draft: each has a theme, by which it is known whether somebody has written it already."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.approval.paper.drafting.material import Material, first, listed, strung
from fremsyn.approval.schema import BoardPoint
from fremsyn.cases.kinds import natural
from fremsyn.core.text import Text
from fremsyn.web.templatetags.say import number, say_plain

MOST_NAMED = 8


@dataclass(frozen=True)
class Theme:
    """A point that a paper has: what it is about, and the references by which it is known once it is written."""

    name: str
    known_by: frozenset[str]
    point: BoardPoint


def written(languages: Sequence[str], write: Callable[[], str]) -> Text:
    """Return what `write` says, in each of the languages."""
    found = {}
    for code in languages:
        with translation.override(code):
            found[code] = write()
    return Text(**found)


def themes(given: Material, languages: Sequence[str]) -> tuple[Theme, ...]:
    """Return the points of a paper over what was handed over."""
    focal = given.focal
    made = (*_direction(given), *_strategy(given), *_plans(given)) if focal else ()
    return tuple(
        Theme(
            name,
            frozenset(known),
            BoardPoint(
                ref="",
                question=focal.ref if focal else "",
                because=tuple(dict.fromkeys(because)),
                text=written(languages, say),
            ),
        )
        for name, known, because, say in made
    )


Made = tuple[str, Iterable[str], Iterable[str], Callable[[], str]]


def _direction(given: Material) -> Iterator[Made]:
    desirable, role, chosen = given.direction.desirable, given.role, given.chosen
    if desirable and role and chosen:
        grounds = (role.ref, chosen.ref, desirable.ref, *(each.ref for each in given.insights(agreed=True)))
        yield "answer", (role.ref,), grounds, lambda: _answer(given)
        yield "desirable", (desirable.ref,), (desirable.ref,), lambda: _desirable(given)
    agendas = [each for each in given.direction.agendas if each.chosen]
    if agendas:
        refs = [each.ref for each in agendas]
        others = [ref for each in given.strategy.non_choices for ref in each.because]
        yield "agendas", refs, (*refs, *others), lambda: _agendas(given)


def _answer(given: Material) -> str:
    """Answer the focal question in three sentences: the future, the role, and what carries it."""
    desirable, role, chosen, focal = given.direction.desirable, given.role, given.chosen, given.focal
    if not (desirable and role and chosen and focal):
        return ""
    said = {
        "question": say_plain(focal.text),
        "future": first(given.direction.vision.text if given.direction.vision else desirable.statement),
        "whose": say_plain(given.own.organisation.name),
        "role": say_plain(role.name),
        "role_ref": role.ref,
        "means": first(given.strategy.role_answer.text if given.strategy.role_answer else role.text),
        "strategy": say_plain(chosen.name),
        "strategy_ref": chosen.ref,
        "desirable": say_plain(desirable.name),
        "desirable_ref": desirable.ref,
        "year": given.own.horizon,
    }
    return (
        _(
            "that the question “%(question)s” is answered like this: %(future)s. The role of %(whose)s in %(year)d is %(role)s "
            "(%(role_ref)s): %(means)s. The way there is the strategy %(strategy)s (%(strategy_ref)s), held against the "
            "desirable scenario %(desirable)s (%(desirable_ref)s)"
        )
        % said
    )


def _desirable(given: Material) -> str:
    desirable = given.direction.desirable
    said = {"name": say_plain(desirable.name) if desirable else "", "ref": desirable.ref if desirable else ""}
    if not given.resists:
        return _("that the desirable scenario %(name)s (%(ref)s) is approved as the point of aim") % said
    against = [_("%(driver)s (by %(by)s)") % {"driver": d, "by": number(by)} for d, by in given.resists.items()]
    return _(
        "that the desirable scenario %(name)s (%(ref)s) is approved as the point of aim, knowing the resistance on %(against)s"
    ) % {**said, "against": listed(against)}


def _agendas(given: Material) -> str:
    agendas = sorted((each for each in given.direction.agendas if each.chosen), key=lambda each: natural(each.ref))
    names = listed(f"{say_plain(each.name)} ({each.ref})" for each in agendas)
    says = ngettext(
        "that the strategic agenda %(names)s is approved",
        "that the strategic agendas %(names)s are approved",
        len(agendas),
    ) % {"names": names}
    left = [first(each.text) for each in given.strategy.non_choices]
    against = _(", and that this is chosen against: %(left)s") % {"left": "; ".join(left)}
    return says + against if left else says


def _strategy(given: Material) -> Iterator[Made]:
    chosen = given.chosen
    if chosen:
        yield "strategy", chosen.options, (chosen.ref, *sorted(chosen.options, key=natural)), lambda: _options(given)


def _options(given: Material) -> str:
    chosen = given.chosen
    refs = chosen.options if chosen else ()
    said = {
        "name": say_plain(chosen.name) if chosen else "",
        "ref": chosen.ref if chosen else "",
        "n": len(refs),
        "refs": strung(refs),
    }
    says = (
        ngettext(
            "that the strategy %(name)s (%(ref)s) is approved with the option %(refs)s",
            "that the strategy %(name)s (%(ref)s) is approved with its %(n)d options, %(refs)s",
            len(refs),
        )
        % said
    )
    left = [each.ref for each in given.strategy.options if each.ref not in refs]
    deselected = _(", and that %(left)s are deselected") % {"left": strung(left)}
    return says + deselected if left else says


def _plans(given: Material) -> Iterator[Made]:
    initiatives = sorted((each.ref for each in given.plans.initiatives), key=natural)
    chosen = (given.chosen.ref,) if given.chosen else ()
    if initiatives:
        yield "initiatives", initiatives, (*chosen, *initiatives), lambda: _released(given, initiatives)
    signposts = sorted((each.ref for each in given.plans.signposts), key=natural)
    if signposts:
        yield "signposts", signposts, signposts, lambda: _readings(signposts)


def _released(given: Material, initiatives: Sequence[str]) -> str:
    money = given.money
    years = [str(year) for year in money.by_year]
    said = {
        "refs": strung(initiatives),
        "released": number(money.released),
        "years": f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(years),
        "left": number(money.not_released),
    }
    says = _("that management is authorised to start %(refs)s within DKK %(released)s million in %(years)s") % said
    held_back = _(", and that DKK %(left)s million are not released yet") % said
    return says + held_back if money.not_released > 0 else says


def _readings(signposts: Sequence[str]) -> str:
    return _(
        "that the board is told each quarter how %(refs)s stand, that a signpost that has crossed its threshold is on the "
        "agenda of the next meeting, and that the strategy is gone through once a year"
    ) % {"refs": strung(signposts)}
