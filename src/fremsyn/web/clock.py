"""Times of the day, as people write them and as a page writes them."""

import re

from django.utils.translation import get_language

SAID = re.compile(r"(?:kl\.?|at)?\s*(\d{1,2})(?:[.:](\d{2}))?", re.IGNORECASE)


def read_clock(said: str) -> str:
    """Return a time as it is kept, 13:00; what is no time is returned as it was.

    >>> [read_clock(said) for said in ("10.00", "9:30", "12", "kl. 10", "noon")]
    ['10:00', '09:30', '12:00', '10:00', 'noon']
    """
    found = SAID.fullmatch(said.strip())
    return f"{int(found[1]):02d}:{found[2] or '00'}" if found else said


def write_clock(kept: str) -> str:
    """Return a time as the page's language writes it: in Danish 13.00."""
    return kept.replace(":", ".") if (get_language() or "da").startswith("da") else kept
