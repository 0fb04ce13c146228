"""Open a case's pages by their links."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from django.test import Client
from django.urls import resolve

LINKED = re.compile(r'href="(/cases/[^"#]*)')
# Every item has one of each: of these, one is opened of each kind of item.
ALIKE = {"chain:trace", "chain:trace_figure", *(f"cases:item_{name}" for name in ("change", "withdraw", "history"))}
REFERENCE = re.compile(r"/([A-Z]+)\d[^/]*/")


def walked(client: Client, start: str, *, editing: bool = True) -> dict[str, str]:
    """Return what each page says that can be come to from one, by address; every link must lead somewhere.

    Documents are not opened here: `documents_of` sets them all. Without `editing` the forms of items are left out.
    """
    seen, todo, said = {start}, [start], {}
    opened = set[tuple[str, str]]()
    while todo:
        address = todo.pop()
        name = resolve(urlsplit(address).path).view_name
        kind = REFERENCE.search(address)
        alike = name, kind[1] if kind else address
        if name == "reports:document_pdf" or (name in ALIKE and alike in opened):
            continue
        if not editing and "/edit/" in address:
            continue
        opened.add(alike)
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        if response.get("Content-Type", "").startswith("text/html"):
            said[address] = response.content.decode()
            found = set(map(html.unescape, LINKED.findall(said[address]))) - seen
            seen |= found
            todo.extend(sorted(found))
    return said
