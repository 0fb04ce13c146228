"""Markdown as HTML that can do nothing."""

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from nh3 import clean

READER = MarkdownIt("commonmark", {"html": False}).enable("table")


def prose(markdown: str) -> SafeString:
    """Return Markdown as HTML without anything that could act; raw HTML in it is shown as text."""
    # Sanitised: nothing that could act is left, so that a template may set it as it is.
    return SafeString(clean(READER.render(markdown)))
