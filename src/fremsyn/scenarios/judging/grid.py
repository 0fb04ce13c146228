"""A section as a grid to be judged in, and the whole matrix as what is judged, thin and still to do."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from fremsyn.cases.models import Case
from fremsyn.cases.shape import Number, Text
from fremsyn.scenarios.handover import HandOver, load
from fremsyn.scenarios.schema import Driver, Section, Variant
from fremsyn.scenarios.words import said
from fremsyn.web.templatetags.say import listed

SCALE = (-3, -2, -1, 0, 1, 2, 3)


@dataclass(frozen=True)
class Pair:
    """Two drivers, of which the first may act on the second, and what is judged between them (by key)."""

    source: Driver
    target: Driver
    section: Section | None

    @property
    def key(self) -> tuple[str, str]:
        """Return the references of the two drivers."""
        return self.source.ref, self.target.ref

    @property
    def number(self) -> str:
        """Return the id under which the pair stands on a page."""
        return f"{self.source.ref}-{self.target.ref}"

    @property
    def reason(self) -> Text | None:
        """Return why it is judged so."""
        return self.section.reason if self.section else None

    @cached_property
    def rows(self) -> tuple[tuple[Variant, tuple[Number, ...]], ...]:
        """Return a row of judgements for each state of the source."""
        nothing = (0,) * len(self.target.variants)
        given = self.section.rows if self.section else {}
        return tuple((variant, given.get(variant.key, nothing)) for variant in self.source.variants)

    @property
    def strength(self) -> Number:
        """Return the largest judgement, without its sign."""
        return max((abs(value) for _variant, values in self.rows for value in values), default=0)

    @property
    def state(self) -> str:
        """Return `open` where nothing is judged, `none` where no direct effect is, else `judged`."""
        if self.section is None:
            return "open"
        return "judged" if self.strength else "none"

    @property
    def without_reason(self) -> bool:
        """Return whether there is an effect and nobody has said why."""
        return self.state == "judged" and self.reason is None

    @property
    def thin(self) -> str:
        """Say why a judged section says little; empty where it doesn't."""
        if self.state != "judged":
            return ""
        if len({values for _variant, values in self.rows}) == 1:
            return _("every state does the same, so it decides nothing")
        if sum(value != 0 for _variant, values in self.rows for value in values) == 1:
            return _("a single judgement; what does the opposite state do?")
        return ""

    @property
    def marks(self) -> tuple[str, ...]:
        """Return what is to be seen to in the section, in words."""
        return tuple(each for each in (_("without a reason") if self.without_reason else "", self.thin) if each)


@dataclass(frozen=True)
class Board:
    """The whole matrix: every ordered pair of drivers, in the order of the matrix."""

    handover: HandOver

    @cached_property
    def drivers(self) -> tuple[Driver, ...]:
        """Return the drivers that have states, in the order of the matrix."""
        return tuple(each for each in self.handover.judgements.drivers if each.variants)

    @cached_property
    def pairs(self) -> Mapping[tuple[str, str], Pair]:
        """Return every pair by the references of its drivers, row by row."""
        sections = {(each.source, each.target): each for each in self.handover.cross_impact.sections}
        return {
            (one.ref, other.ref): Pair(one, other, sections.get((one.key, other.key)))
            for one in self.drivers
            for other in self.drivers
            if one is not other
        }

    @cached_property
    def judged(self) -> tuple[Pair, ...]:
        """Return the pairs that somebody has judged, those with no direct effect too."""
        return tuple(each for each in self.pairs.values() if each.state != "open")

    @cached_property
    def open(self) -> tuple[Pair, ...]:
        """Return the pairs that nobody has judged."""
        return tuple(each for each in self.pairs.values() if each.state == "open")

    @cached_property
    def marked(self) -> tuple[Pair, ...]:
        """Return the judged pairs that lack a reason or say little."""
        return tuple(each for each in self.pairs.values() if each.marks)

    def around(self, pair: Pair) -> tuple[Pair | None, Pair | None]:
        """Return the pair before and the pair after, row by row."""
        before, after = self._sides(pair)
        return (before[-1] if before else None), (after[0] if after else None)

    def next_open(self, pair: Pair, without: Collection[tuple[str, str]]) -> Pair | None:
        """Return the next pair that nobody has judged, from here on and then from the beginning, without some."""
        before, after = self._sides(pair)
        return next((each for each in (*after, *before) if each.state == "open" and each.key not in without), None)

    def _sides(self, pair: Pair) -> tuple[list[Pair], list[Pair]]:
        every = list(self.pairs.values())
        at = next((i for i, each in enumerate(every) if each.number == pair.number), 0)
        return every[:at], every[at + 1 :]


def board(case: Case) -> Board:
    """Return the matrix of a case."""
    return Board(load(case))


def reading(pair: Pair) -> tuple[str, ...]:
    """Say the judgements in words, a sentence for each state of the source."""
    return tuple(_sentence(pair, variant, values) for variant, values in pair.rows)


def changed_words(was: Pair, pair: Pair) -> tuple[str, ...]:
    """Say in words the rows of a section that are judged otherwise than they were."""
    before = dict(was.rows)
    return tuple(_sentence(pair, variant, values) for variant, values in pair.rows if before.get(variant) != values)


def _sentence(pair: Pair, variant: Variant, values: tuple[Number, ...]) -> str:
    by_value: dict[Number, list[str]] = {}
    for other, value in zip(pair.target.variants, values, strict=True):
        by_value.setdefault(value, []).append(_("“%(state)s”") % {"state": said(other.name)})
    told = {"state": said(variant.name), "driver": said(pair.source.name)}
    if set(by_value) == {0}:
        return _("If “%(state)s” holds, it has no direct effect on any of them.") % told
    parts = [_effect(value) % {"states": listed(by_value[value])} for value in sorted(by_value, reverse=True) if value]
    sentence = _("If “%(state)s” holds, it %(effects)s") % {**told, "effects": listed(parts)}
    if 0 in by_value:
        return sentence + _("; it has no direct effect on %(states)s.") % {"states": listed(by_value[0])}
    return sentence + "."


def _effect(value: Number) -> str:
    """Return how strongly a judgement promotes or restricts, with a place for what it acts on."""
    words = {
        3: _("promotes %(states)s strongly"),
        2: _("promotes %(states)s clearly"),
        1: _("promotes %(states)s a little"),
        -1: _("restricts %(states)s a little"),
        -2: _("restricts %(states)s clearly"),
        -3: _("restricts %(states)s strongly"),
    }
    return words[max(-3, min(3, round(value) or (1 if value > 0 else -1)))]
