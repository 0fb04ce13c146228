"""Personal numbers in what people write."""

import datetime
import re

# ddmmyy-xxxx, with or without its hyphen, standing by itself.
CPR = re.compile(r"(?<![\d-])(\d{2})(\d{2})(\d{2})\s?[-\u2010-\u2015]?\s?\d{4}(?!\d)")


def holds_cpr(text: str) -> bool:
    """Tell whether a text holds what looks like a Danish personal number: a date and four digits.

    >>> holds_cpr("Min mor, 010180-1234, ventede"), holds_cpr("Ring 45 20 30 40 50"), holds_cpr("321399-1234")
    (True, False, False)
    """
    return any(_is_date(*map(int, found.groups())) for found in CPR.finditer(text))


def _is_date(day: int, month: int, year: int) -> bool:
    try:
        datetime.date(2000 + year, month, day)  # 29 February 1900 was none, but nobody of that day answers
    except ValueError:
        return False
    return True
