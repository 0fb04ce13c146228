"""What is asked of a matrix on the command line, with numbers in place of names."""

import argparse
from collections.abc import Sequence
from time import perf_counter
from typing import Any

from fremsyn.methods.cib.formats import NamedMatrix
from fremsyn.methods.errors import MethodError


class Question:
    """A matrix and what is asked of it, with numbers in place of names."""

    def __init__(self, named: NamedMatrix, given: argparse.Namespace) -> None:
        self.named, self.matrix, self.seconds = named, named.matrix, given.time_limit
        fixed, excluded = self._pairs("--fix", given.fix), self._pairs("--exclude", given.exclude)
        if len(dict(fixed)) < len(set(fixed)):
            raise MethodError("--fix: two variants of the same descriptor can't both be fixed; keep one of them.")
        if set(fixed) & set(excluded):
            raise MethodError("--exclude: a variant that is fixed can't be excluded; drop one of the two.")
        self.how: dict[str, Any] = {"tolerance": given.tolerance, "fixed": dict(fixed), "excluded": excluded}
        for j, size in enumerate(self.matrix.sizes):
            if len({v for i, v in excluded if i == j}) == size:
                raise MethodError(f"--exclude: nothing is left of {named.descriptors[j].name}; exclude less.")
        self.began = perf_counter()

    def _pairs(self, option: str, told: list[str]) -> list[tuple[int, int]]:
        return [self._pair(option, each) for each in told]

    def _pair(self, option: str, told: str) -> tuple[int, int]:
        if "=" not in told:
            raise MethodError(f"{option} {told}: write it as DESCRIPTOR=VARIANT.")
        names = [each.name for each in self.named.descriptors]
        cuts = [at for at, letter in enumerate(told) if letter == "=" and told[:at] in names]
        if not cuts:
            raise MethodError(f"{option} {told}: there is no such descriptor; there are: {', '.join(names)}.")
        j = names.index(told[: cuts[0]])
        variants = self.named.descriptors[j].variants
        found = _matching(told[cuts[0] + 1 :], names[j], variants)
        if len(found) != 1:
            what = "more than one such variant" if found else "no such variant"
            raise MethodError(f"{option} {told}: there is {what}; there are: {', '.join(variants)}.")
        return j, found[0]

    def late(self) -> bool:
        return self.seconds is not None and perf_counter() - self.began > self.seconds

    @property
    def configurations(self) -> int:
        """Return how many there are after fixing and excluding."""
        product = 1
        for j, size in enumerate(self.matrix.sizes):
            without = {v for i, v in self.how["excluded"] if i == j}
            product *= 1 if j in self.how["fixed"] else size - len(without)
        return product


def _matching(told: str, descriptor: str, variants: Sequence[str]) -> list[int]:
    """Return which variants are meant: the one of that name, else those of that name without the descriptor's."""
    if told in variants:
        return [variants.index(told)]
    short = [each.removeprefix(f"{descriptor}.").casefold() for each in variants]
    return [v for v, each in enumerate(short) if each == told.casefold()]
