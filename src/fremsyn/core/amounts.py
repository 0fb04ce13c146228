"""Sums of amounts that people wrote as decimals."""

from collections.abc import Iterable

DECIMALS = 9  # what is left beyond these is the binary fractions' and nobody's amount


def total(amounts: Iterable[int | float]) -> int | float:
    """Return the sum as it would be worked out by hand; whole numbers give a whole number.

    >>> total([0.1, 2.7, 0.2]), total([1, 2])
    (3.0, 3)
    """
    return round(sum(amounts), DECIMALS)
