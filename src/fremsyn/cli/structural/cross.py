"""`fremsyn cross`: two axes from a case's drivers, and its consistent scenarios in the four corners."""

import argparse
import json
from dataclasses import asdict
from time import perf_counter
from typing import Any

from fremsyn.cli.structural.drivers import read_drivers
from fremsyn.methods import cib, cross
from fremsyn.methods.cross import Indices
from fremsyn.methods.errors import MethodError
from fremsyn.terminal import refuse, say

MOST_PAIRS, MOST_SHOWN = 5, 20  # told in words
CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))
NO_PROBABILITY = "A number of consistent scenarios is no probability."

Told = dict[str, Any]


def find(given: argparse.Namespace) -> int:
    """Run `fremsyn cross`."""
    try:
        told = _Asked(given).answer()
    except MethodError as error:
        return refuse(str(error))
    except MemoryError:
        return refuse(f"{given.file}: there is not enough memory; give a lower --limit")
    if given.json:
        say(json.dumps(told, ensure_ascii=False))
    else:
        _tell(told)
    return 0


class _Asked:
    """Drivers, their matrix, and what is asked of them."""

    def __init__(self, given: argparse.Namespace) -> None:
        self.given = given
        self.named, self.drivers = read_drivers(given.file, given.matrix)
        self.names = [each.name for each in self.named.descriptors]
        if len(self.names) < 2:
            raise MethodError(f"{given.file}: a cross needs two drivers; there is one")
        self.weights = cross.weights(*([each[name] for name in self.names] for each in self._scales()))

    def _scales(self) -> tuple[dict[str, int], dict[str, int]]:
        return self.drivers.impact, self.drivers.uncertainty

    def answer(self) -> Told:
        pairs = cross.pairs(self.weights, cross.ties(self.named.matrix), weak=self.given.weak)
        pair = self._chosen(pairs)
        ends = {option: self._variants(option, (pair.first, pair.second)) for option in ("low", "high")}
        first, second = (self._axis(driver, ends) for driver in (pair.first, pair.second))
        began = perf_counter()
        limit = self.given.time_limit
        found = cib.search(
            self.named.matrix,
            limit=self.given.limit,
            cancelled=lambda: limit is not None and perf_counter() - began > limit,
        )
        where = cross.corners(found.scenarios, first, second)
        return {
            "drivers": [
                {"name": name, "called": self.drivers.call(name), "weight": weight}
                | {key: each[name] for key, each in zip(("impact", "uncertainty"), self._scales(), strict=True)}
                for name, weight in zip(self.names, self.weights.tolist(), strict=True)
            ],
            "pairs": [self._pair(each) for each in pairs],
            "chosen": self._pair(pair),
            "axes": [self._ends(each) for each in (first, second)],
            "count": len(found.scenarios),
            "complete": found.complete,
            "corners": [
                {"name": self._corner(first, second, ends)} | self._placed(found.scenarios[where == at])
                for at, ends in enumerate(CORNERS)
            ],
            "between": self._placed(found.scenarios[where == cross.BETWEEN]),
        }

    def _chosen(self, pairs: tuple[cross.Pair, ...]) -> cross.Pair:
        """Return the best pair that has the axes that were asked for."""
        wanted = {self._driver("--axis", name) for name in self.given.axis}
        if len(wanted) < len(self.given.axis) or len(wanted) > 2:
            raise MethodError("--axis: give two different drivers at most.")
        return next(each for each in pairs if wanted <= {each.first, each.second})

    def _driver(self, option: str, told: str) -> int:
        if told not in self.names:
            raise MethodError(f"{option} {told}: there is no such driver; there are: {', '.join(self.names)}.")
        return self.names.index(told)

    def _axis(self, driver: int, ends: dict[str, list[tuple[int, int]]]) -> cross.Axis:
        size = len(self.named.descriptors[driver].variants)
        low, high = ([variant for at, variant in ends[option] if at == driver] for option in ("low", "high"))
        try:
            return cross.axis(driver, size, low, high)
        except MethodError as error:
            name = self.names[driver]
            raise MethodError(f"--low, --high: give {name} variants at both ends, and none of them at both.") from error

    def _variants(self, option: str, axes: tuple[int, int]) -> list[tuple[int, int]]:
        """Return drivers and variants that an option names, D=V; names may hold an = themselves."""
        found = []
        for told in getattr(self.given, option):
            at = next((j for j in axes if told.startswith(f"{self.names[j]}=")), None)
            if at is None:
                names = ", ".join(self.names[j] for j in axes)
                raise MethodError(f"--{option} {told}: write it as DRIVER=VARIANT; the axes are {names}.")
            variants = self.named.descriptors[at].variants
            variant = told[len(self.names[at]) + 1 :]
            if variant not in variants:
                raise MethodError(f"--{option} {told}: there is no such variant; there are: {', '.join(variants)}.")
            found.append((at, variants.index(variant)))
        return found

    def _pair(self, pair: cross.Pair) -> Told:
        return asdict(pair) | {"first": self.names[pair.first], "second": self.names[pair.second]}

    def _ends(self, axis: cross.Axis) -> Told:
        called = self.drivers.call(self.names[axis.driver])
        ends = {key: self._end(axis, at) for at, key in enumerate(("low", "high"))}
        return {"driver": self.names[axis.driver], "called": called} | ends

    def _end(self, axis: cross.Axis, at: int) -> list[str]:
        variants = self.named.descriptors[axis.driver].variants
        return [variants[v] for v in sorted((axis.low, axis.high)[at])]

    def _corner(self, first: cross.Axis, second: cross.Axis, ends: tuple[int, int]) -> str:
        sides = (self._end(axis, at) for axis, at in zip((first, second), ends, strict=True))
        return " · ".join(" / ".join(map(self.drivers.call, side)) for side in sides)

    def _placed(self, rows: Indices) -> Told:
        variants = [each.variants for each in self.named.descriptors]
        told = [[own[v] for own, v in zip(variants, row, strict=True)] for row in rows.tolist()]
        return {"count": len(told), "scenarios": told}


def _tell(told: Told) -> None:
    wide = max(len(each["name"]) for each in told["drivers"])
    say(f"{'':{wide}}  impact  uncertainty  product")
    for each in sorted(told["drivers"], key=lambda each: -float(each["weight"])):
        amounts = f"{each['impact']:>6}  {each['uncertainty']:>11}  {each['weight']:>7.0f}"
        say(f"{each['name']:{wide}}  {amounts}  {each['called'] if each['called'] != each['name'] else ''}".rstrip())
    say("\nAxes, the best first (weight; how strongly the two are tied):")
    for pair in told["pairs"][:MOST_PAIRS]:
        kind = "" if pair["independent"] else ", not independent"
        say(f"{pair['weight']:>6.0f}  {pair['tie']:>4.1f}  {pair['first']} and {pair['second']}{kind}")
    one, other = told["axes"]
    say(f"\nThe cross: {one['called']} by {other['called']}")
    chosen = told["chosen"]
    if not chosen["independent"]:
        say(f"These two are tied with {chosen['tie']:.1f}: a corner may be empty because one pulls the other along.")
    for corner in told["corners"]:
        _corner(corner["name"], corner)
    if told["between"]["count"]:
        _corner("Between, at neither end of an axis", told["between"])
    least = "" if told["complete"] else "at least "
    say(f"\n{least}{told['count']:,} consistent scenarios. {NO_PROBABILITY}")


def _corner(name: str, corner: Told) -> None:
    empty = "" if corner["count"] else ": no consistent scenario"
    say(f"\n{name} ({corner['count']:,}){empty}")
    for scenario in corner["scenarios"][:MOST_SHOWN]:
        say("  " + " · ".join(scenario))
    if corner["count"] > MOST_SHOWN:
        say(f"  and {corner['count'] - MOST_SHOWN:,} more")
