"""Walk all pages of a case by their links, as somebody who follows each."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urlsplit

from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from security.rows import FEW, FORMS, MOST_QUERIES, READ_BY


class Page(HTMLParser):
    """What a page links to, loads, and must not hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.faults: list[str] = []
        self.headings = 0
        self.language = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        places = ("href", "src", "action") if given.get("method", "get") == "get" else ()
        self.links += [given[name] or "" for name in places if name in given and tag != "use"]
        self.ids += [given["id"] or ""] if "id" in given else []
        self.headings += tag == "h1"
        self.language = self.language or (given.get("lang") or "" if tag == "html" else "")
        self.faults += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        self.faults += [tag] * (tag == "style" or (tag == "script" and "src" not in given))
        self.faults += ["img without alt"] * (tag == "img" and "alt" not in given)
        self.faults += [f"{tag} javascript:"] * (given.get("href") or "").strip().lower().startswith("javascript:")


def warm(client: Client, address: str) -> tuple[Any, int]:
    """Return the answer and how often the database was asked, once what is kept for the case has been computed."""
    for _try in range(2):
        reset_queries()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address, follow=True)
        if len(queries) <= MOST_QUERIES:
            break
    return response, len(queries)


def crawl(client: Client, start: str, *, within: str) -> dict[str, str]:
    """Follow every link from `start` and return each page's text by its address; every one must answer."""
    seen: dict[str, str] = {}
    written: Counter[str] = Counter()
    queue = [start]
    while queue:
        address = queue.pop(0)
        if address in seen:
            continue
        name = resolve(urlsplit(address).path).view_name
        written[name] += 1
        if name in {*FORMS, *READ_BY} and written[name] > FEW:
            continue
        response, asked = warm(client, address)
        assert response.status_code == 200, f"{address} answers {response.status_code}"
        kind = response.headers["Content-Type"].partition(";")[0]
        text = response.content.decode() if kind.startswith(("text/", "image/svg")) else ""
        seen[address] = text
        if kind != "text/html":
            continue
        assert asked <= MOST_QUERIES, f"{address} asks the database {asked} times"
        for link in Page(text).links:
            parts = urlsplit(link)
            assert not parts.netloc or parts.scheme in ("http", "https"), f"{address} links to {link}"
            path = urldefrag(link).url
            if (
                not parts.netloc
                and path.startswith("/")
                and not path.startswith("/static/")
                and within_case(path, within)
            ):
                queue.append(path)
    return seen


def within_case(path: str, slug: str) -> bool:
    return not path.startswith("/cases/") or path.startswith(f"/cases/{slug}/")
