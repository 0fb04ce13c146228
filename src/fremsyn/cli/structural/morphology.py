"""`fremsyn morphology`: what is asked of a field, and the answer."""

import argparse
import json
from collections.abc import Iterator
from itertools import chain
from time import perf_counter
from typing import Any

from fremsyn.cli.structural.fields import NamedField, read_field
from fremsyn.methods import morphology
from fremsyn.methods.errors import MethodError
from fremsyn.methods.morphology.steps import Indices
from fremsyn.terminal import refuse, say

MOST_EXCLUSIONS = 10  # told in words
NO_PROBABILITY = "A number of configurations is no probability."


def find(given: argparse.Namespace) -> int:
    """Run `fremsyn morphology`."""
    try:
        _Asked(given).answer()
    except MethodError as error:
        return refuse(str(error))
    except MemoryError:
        return refuse(f"{given.file}: there is not enough memory; fix values, or ask for --count")
    return 0


class _Asked:
    """A field, what is asked of it, and the time it may take."""

    def __init__(self, given: argparse.Namespace) -> None:
        self.given, self.began = given, perf_counter()
        self.named = read_field(given.file, given.least)
        self.field = self.named.field()
        fixed = [self.named.place(told, "--fix") for told in given.fix]
        excluded = [self.named.place(told, "--exclude") for told in given.exclude]
        if len(dict(fixed)) < len(set(fixed)):
            raise MethodError("--fix: two values of the same parameter can't both be fixed; keep one of them.")
        if set(fixed) & set(excluded):
            raise MethodError("--exclude: a value that is fixed can't be excluded; drop one of the two.")
        for parameter, values in enumerate(self.named.values):
            if len({value for j, value in excluded if j == parameter}) == len(values):
                raise MethodError(f"--exclude: nothing is left of {self.named.parameters[parameter]}; exclude less.")
        self.how: dict[str, Any] = {"fixed": dict(fixed), "excluded": excluded}

    def late(self) -> bool:
        return self.given.time_limit is not None and perf_counter() - self.began > self.given.time_limit

    def answer(self) -> None:
        tally = morphology.tally(self.field, cancelled=self.late, **self.how)
        rulings = morphology.exclusions(self.field, cancelled=self.late, **self.how) if self.given.weigh else None
        writer = (_Json if self.given.json else _Words)(self.named, tally, rulings)
        if self.given.count:
            writer.end(None, complete=tally.complete)
            return
        rows = self._rows()
        listed, complete = 0, True
        writer.begin()
        for block, whole in rows:
            writer.rows(block)
            listed, complete = listed + len(block), whole
        writer.end(listed, complete=complete)

    def _rows(self) -> Iterator[tuple[Indices, bool]]:
        """Give what is listed a part at a time, and whether that is all so far."""
        number, limit = 0, self.given.limit
        for part in morphology.parts(self.field, **self.how):
            block = part.configurations
            over = limit is not None and number + len(block) > limit
            block = block[: limit - number] if over and limit is not None else block
            number += len(block)
            stopped = over or (not part.last and self.late())
            yield block, not stopped
            if stopped:
                return


class _Writer:
    """What there is to tell, and how much of the list has been told."""

    def __init__(
        self, named: NamedField, tally: morphology.Tally, rulings: tuple[morphology.Exclusion, ...] | None
    ) -> None:
        self.named, self.tally, self.exclusions, self.number = named, tally, rulings, 0


class _Json(_Writer):
    """One JSON object, the configurations as they come."""

    def begin(self) -> None:
        say('{"consistent": [', end="")

    def rows(self, rows: Indices) -> None:
        told = [
            json.dumps([values[v] for values, v in zip(self.named.values, row, strict=True)], ensure_ascii=False)
            for row in rows.tolist()
        ]
        if told:
            say((",\n" if self.number else "\n") + ",\n".join(told), end="")
        self.number += len(told)

    def end(self, listed: int | None, *, complete: bool) -> None:
        told = json.dumps(self._values(listed, complete), ensure_ascii=False)
        say(told if listed is None else "\n], " + told[1:])

    def _values(self, listed: int | None, complete: bool) -> dict[str, Any]:
        counts = iter(self.tally.values)
        values: dict[str, Any] = {
            "parameters": [
                {"name": name, "values": [{"name": value, "count": next(counts)} for value in own]}
                for name, own in zip(self.named.parameters, self.named.values, strict=True)
            ],
            "configurations": self.tally.configurations,
            "count": self.tally.number,
            "exact": self.tally.complete,
            "seconds": self.tally.seconds,
            "dead": [list(pair) for pair in dead(self.named, self.tally)],
            "complete": complete,
        }
        if listed is not None:
            values["listed"] = listed
        if self.exclusions is not None:
            values["exclusions"] = [ruling(self.named, each) for each in self.exclusions]
        return values


class _Words(_Writer):
    """The inference box, what rules out most, and a line for each configuration."""

    def begin(self) -> None:
        say(f"{'':>6}  " + " · ".join(self.named.parameters))

    def rows(self, rows: Indices) -> None:
        for row in rows.tolist():
            self.number += 1
            values = " · ".join(values[v] for values, v in zip(self.named.values, row, strict=True))
            say(f"{self.number:>6}  {values}")

    def end(self, listed: int | None, *, complete: bool) -> None:
        least = "" if self.tally.complete else "at least "
        say(f"{least}{self.tally.number:,} consistent of {self.tally.configurations:,} configurations")
        if listed is not None and not complete:
            say(f"{listed:,} listed: a limit was reached, and there may be more")
        counts = iter(self.tally.values)
        for name, own in zip(self.named.parameters, self.named.values, strict=True):
            say(f"\n{name}")
            for value in own:
                say(f"{next(counts):>12,}  {value}")
        gone = dead(self.named, self.tally)
        if gone:
            say("\nDead, in no consistent configuration: " + ", ".join("=".join(pair) for pair in gone))
        self._exclusions()
        say(f"\n{NO_PROBABILITY}")

    def _exclusions(self) -> None:
        if not self.exclusions:
            return
        say("\nPairs that alone rule out most (what comes back without the pair; all that hold it):")
        for each in self.exclusions[:MOST_EXCLUSIONS]:
            told = ruling(self.named, each)
            say(f"{told['only']:>12,} {told['alone']:>14,}  " + " with ".join(map("=".join, told["pair"])))
        if len(self.exclusions) > MOST_EXCLUSIONS:
            say(f"and {len(self.exclusions) - MOST_EXCLUSIONS:,} more")


def dead(named: NamedField, tally: morphology.Tally) -> list[tuple[str, str]]:
    """Return the names of the values that stand in no consistent configuration."""
    every = list(
        chain.from_iterable(((name, v) for v in own) for name, own in zip(named.parameters, named.values, strict=True))
    )
    return [every[at] for at in tally.dead]


def ruling(named: NamedField, each: morphology.Exclusion) -> dict[str, Any]:
    """Return what an excluded pair rules out, with names."""
    pair = [[named.parameters[j], named.values[j][v]] for j, v in (each.first, each.second)]
    return {"pair": pair, "alone": each.alone, "only": each.only}
