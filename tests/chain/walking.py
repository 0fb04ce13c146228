"""Open a case's pages by their links."""

from __future__ import annotations

import html
import re
from collections import Counter
from urllib.parse import urlsplit

from django.test import Client
from django.urls import resolve

LINKED = re.compile(r'href="(/cases/[^"#]*)')
# Every item has one of each: of these, a few are opened.
ALIKE, FEW = {"chain:trace", "chain:trace_figure"}, 5


def walked(client: Client, start: str) -> dict[str, str]:
    """Return what each page says that can be come to from one, by address; every link must lead somewhere.

    Documents are not opened here: `documents_of` sets them all.
    """
    seen, todo, opened, said = {start}, [start], Counter[str](), {}
    while todo:
        address = todo.pop()
        name = resolve(urlsplit(address).path).view_name
        opened[name] += 1
        if name == "reports:document_pdf" or (name in ALIKE and opened[name] > FEW):
            continue
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        if response.get("Content-Type", "").startswith("text/html"):
            said[address] = response.content.decode()
            found = set(map(html.unescape, LINKED.findall(said[address]))) - seen
            seen |= found
            todo.extend(sorted(found))
    return said
