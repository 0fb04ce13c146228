"""The board's paper as one page that is read without a network: nothing in it is fetched from anywhere."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from fremsyn.cases.models import Case
from fremsyn.core.text import LANGUAGES, Text
from fremsyn.reports.documents.catalogue import KINDS, document, marks_of_case
from fremsyn.reports.pages import parts_of
from fremsyn.web import __file__ as web
from fremsyn.web.templatetags.say import say_plain

STYLE = Path(web).parent / "static" / "web" / "fremsyn.css"
# Links into the application lead nowhere from a file; their words stay.
INWARD = re.compile(r'<a\b[^>]*\bhref="[/?][^"]*"[^>]*>(.*?)</a>', re.DOTALL)


def reading_pages(
    case: Case, names: Iterable[str], minutes: Mapping[str, Text] | None = None, *, internal: bool = True
) -> dict[str, bytes]:
    """Return the paper as a page in each language, by file name, with links to the documents that lie beside it.

    :param names: the documents' file names, such as `strategy.da.pdf`
    :param minutes: what the meetings are called whose minutes lie in the pack, by the minutes' place in it
    :param internal: with what is closed; without it, the public edition
    """
    held = set(names)
    return {
        f"read.{language}.html": _page(case, language, held, minutes or {}, internal=internal) for language in LANGUAGES
    }


def _page(case: Case, language: str, names: set[str], minutes: Mapping[str, Text], *, internal: bool) -> bytes:
    with translation.override(language):
        made = document(case, "board_paper", language, internal=internal)
        beside = [(str(kind.name), name) for kind in KINDS.values() if (name := f"{kind.key}.{language}.pdf") in names]
        beside += [
            (_("Minutes: %(meeting)s") % {"meeting": say_plain(title)}, f"../{place}")
            for place, title in minutes.items()
        ]
        context = {
            "language": language,
            "document": made,
            "front": parts_of(made.front),
            "parts": parts_of(made.blocks),
            "marks": made.marks[len(marks_of_case(case)) :],
            "case_marks": marks_of_case(case),
            "files": beside,
            "other": next(code for code in LANGUAGES if code != language),
            "known": {},
        }
        html = render_to_string("reports/reading.html", context)
    # A file has no stylesheet beside it and no policy over it: its look stands in it.
    look = f"<style>{STYLE.read_text('utf-8')}</style></head>"
    return INWARD.sub(r"<span>\1</span>", html).replace("</head>", look, 1).encode()
