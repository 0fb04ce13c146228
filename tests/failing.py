"""Operations in which a call of the database fails: the first, the second, and so on until none is left to fail."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from django.db import OperationalError, connection


class Failing(OperationalError):
    """The call that was made to fail."""


class FailAt:
    """Lets the calls of the database through until one of them, which fails before it reaches the database."""

    def __init__(self, number: int) -> None:
        self.number, self.made = number, 0

    def __call__(self, execute: Callable[..., Any], *given: Any) -> Any:
        self.made += 1
        if self.made == self.number:
            raise Failing(f"call {self.number}")
        return execute(*given)


def fail_at_each_call(operation: Callable[[], object], state: Callable[[], object], *, step: int = 1) -> int:
    """Run an operation again and again, each time with a later call failing, until it passes; return how many failed.

    :param step: how many calls later each time; more than one where the operation makes very many

    The test must commit (`django_db(transaction=True)`).

    :param state: what the operation changes; it must be the same after each failure, and another in the end
    """
    before = state()
    for tried, number in enumerate(count(1, step)):
        try:
            with connection.execute_wrapper(FailAt(number)):
                operation()
        except Failing:
            assert state() == before, f"something was left behind when call {number} failed"
            continue
        assert state() != before
        return tried
    raise AssertionError
