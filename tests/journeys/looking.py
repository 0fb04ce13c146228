"""Pages held against the accessibility rules, in both languages, in light and dark, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from typing import Literal

from playwright.sync_api import Page

# How a page is seen: each in both languages, with all the rules in both; page by page the colours and widths change places.
Turn = tuple[str, Literal["light", "dark"], int]
TURNS: tuple[tuple[Turn, Turn], ...] = (
    (("da", "light", 1440), ("en", "dark", 390)),
    (("da", "dark", 390), ("en", "light", 1440)),
    (("da", "light", 390), ("en", "dark", 1440)),
    (("da", "dark", 1440), ("en", "light", 390)),
)
NARROWEST = 320


class Looking:
    """Looks at pages of a site in one reader's browser, and keeps the faults, one line each."""

    def __init__(self, page: Page, site: str, axe_of: Callable[..., list[str]]) -> None:
        self.page, self.site, self.axe_of = page, site, axe_of
        self.turns = cycle(TURNS)
        self.faults: list[str] = []

    def at(self, *addresses: str, state: str = "", status: int = 200) -> None:
        """Open each address in both languages and look at it."""
        for address in addresses:
            for turn in next(self.turns):
                self._at(address, state, status, turn)

    def at_alike(self, *addresses: str) -> None:
        """Open pages that are made alike, each in one of the languages, and look at it."""
        for address, at in zip(addresses, cycle((0, 1))):
            self._at(address, "", 200, next(self.turns)[at])

    def _at(self, address: str, state: str, status: int, turn: Turn) -> None:
        language, scheme, width = turn
        self.speak(language)
        self.page.emulate_media(color_scheme=scheme)
        self.page.set_viewport_size({"width": width, "height": 900})
        answer = self.page.goto(f"{self.site}{address}")
        got = answer.status if answer else None
        found = [] if got == status else [f"answers {got}"]
        told = f"{state} {address} ({language}, {scheme}, {width})".strip()
        self.faults += [f"{told}: {fault}" for fault in [*found, *self.seen()]]

    def speak(self, language: str) -> None:
        self.page.context.add_cookies([{"name": "fremsyn_language", "value": language, "url": self.site}])

    def seen(self) -> list[str]:
        """Return the faults of the page as it is shown now; on a phone it is made narrower for a moment."""
        width = self.page.viewport_size["width"]
        found = []
        for narrow in [NARROWEST, width] if width < 400 else [width]:
            self.page.set_viewport_size({"width": narrow, "height": 900})
            if self.page.evaluate("document.documentElement.scrollWidth") > narrow:
                found.append(f"scrolls sideways at {narrow}")
        return found + self.axe_of(self.page)
