"""Quarters as they are written in case files, and as numbers that can be counted with."""

import datetime

from fremsyn.methods import schedule


def quarter_number(written: str) -> int:
    """Return a quarter such as 2027K1 as a number that can be counted with."""
    return schedule.quarter(int(written[:4]), int(written[5]))


def quarter_written(number: int) -> str:
    """Return a quarter's number as it is written in the case's files: 2027K1."""
    return f"{schedule.year_of(number)}K{number % 4 + 1}"


def quarter_of(day: datetime.date) -> int:
    """Return the number of the quarter that a day lies in."""
    return schedule.quarter(day.year, (day.month + 2) // 3)
