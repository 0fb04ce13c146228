"""What the documents' pages hold: the same blocks as in print, each with the template that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.pages import crumbs
from fremsyn.cases.rights import Right
from fremsyn.core.text import LANGUAGES
from fremsyn.reports.blocks import Block, Heading, Kept, Story
from fremsyn.reports.documents.catalogue import KINDS, Kind, document, marks_of_case
from fremsyn.web.prose import prose

STORY_HEADING = re.compile(r"^#+ ", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """A block as the page shows it; `anchor` is the id of a heading, `html` a story."""

    block: Block
    template: str
    anchor: str = ""
    html: SafeString | None = None


@dataclass(frozen=True)
class Listed:
    """A document in the list, with its page and its files by language."""

    kind: Kind
    url: str
    files: tuple[tuple[str, str], ...]


def kind_of(key: str) -> Kind:
    """Return a kind of document by its key.

    :raises Http404: when there is none
    """
    if key not in KINDS:
        raise Http404
    return KINDS[key]


def may_open(visit: Visit, kind: Kind) -> bool:
    """Tell whether somebody may open a document; one of the board's papers holds all points, those closed included."""
    return visit.may_enter(kind.area) and not (kind.area == "approval" and visit.closed)


def documents_page(visit: Visit) -> dict[str, Any]:
    """Return the list of the documents that may be opened."""
    return {
        "visit": visit,
        "heading": _("Documents"),
        "crumbs": _crumbs(visit),
        "documents": [listed(visit, kind) for kind in KINDS.values() if may_open(visit, kind)],
    }


def listed(visit: Visit, kind: Kind) -> Listed:
    """Return a document as it stands in the list."""
    slug = visit.case.slug
    files = tuple((code, reverse("reports:document_pdf", args=[slug, kind.key, code])) for code in LANGUAGES)
    return Listed(kind, reverse("reports:document", args=[slug, kind.key]), files)


def document_page(visit: Visit, key: str) -> dict[str, Any]:
    """Return a document's page, in the page's language."""
    kind = kind_of(key)
    language = "en" if (get_language() or "da").startswith("en") else "da"
    made = document(visit.case, key, language, internal=visit.may(Right.CONFIDE))
    parts = parts_of(made.blocks)
    return {
        "visit": visit,
        "kind": kind,
        "document": made,
        "crumbs": [*_crumbs(visit), {"text": kind.name, "url": ""}],
        "known": visit.entries,
        "front": parts_of(made.front),
        "parts": parts,
        "contents": [part for part in parts if isinstance(part.block, Heading) and part.block.level == 1],
        "marks": made.marks[len(marks_of_case(visit.case)) :],
        "synthetic": True,  # where the case's answers are, a document that tells of them says so on its page, too
        "listed": listed(visit, kind),
    }


def _crumbs(visit: Visit) -> list[dict[str, Any]]:
    page = reverse("reports:documents", args=[visit.case.slug])
    return [*crumbs(visit, "")[:1], {"text": _("Documents"), "url": page}]


def parts_of(blocks: Iterable[Block]) -> list[Part]:
    """Return blocks, each with the template that shows it."""
    return [_part(block, at) for at, block in enumerate(_loose(blocks))]


def _loose(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks one by one; a page on the screen has no end that something must be kept from."""
    for block in blocks:
        if isinstance(block, Kept):
            yield from _loose(block.blocks)
        else:
            yield block


def _part(block: Block, at: int) -> Part:
    return Part(
        block,
        f"reports/blocks/_{type(block).__name__.lower()}.html",
        anchor=f"section-{at}" if isinstance(block, Heading) else "",
        html=prose(STORY_HEADING.sub("### ", block.markdown)) if isinstance(block, Story) else None,
    )
