"""A form as a browser would send it back unchanged, read from its HTML."""

from __future__ import annotations

from html.parser import HTMLParser

from django.http import QueryDict


class Filled(HTMLParser):
    """Gathers what a page's controls hold: inputs, text areas and chosen options."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self._area: tuple[str, list[str]] | None = None
        self._select = ""
        self._first: str | None = None
        self._chosen = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "textarea":
            self._area = (name, [])
        elif tag == "select":
            self._select, self._first, self._chosen = name, None, False
        elif tag == "option" and self._select:
            value = given.get("value") or ""
            self._first = value if self._first is None else self._first
            if "selected" in given:
                self._chosen = True
                self.sent.append((self._select, value))
        elif tag == "input" and name:
            ticks = given.get("type") in ("checkbox", "radio")
            if not ticks or "checked" in given:
                self.sent.append((name, given.get("value") or ("on" if ticks else "")))

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            name, text = self._area
            self.sent.append((name, "".join(text).removeprefix("\r\n").removeprefix("\n")))
            self._area = None
        elif tag == "select":
            if not self._chosen and self._first is not None:
                self.sent.append((self._select, self._first))
            self._select = ""


def filled_in(page: str) -> QueryDict:
    """Return what a browser sends when the form on a page is sent back as it is."""
    made = QueryDict(mutable=True)
    for name, value in Filled(page).sent:
        made.appendlist(name, value)
    return made
