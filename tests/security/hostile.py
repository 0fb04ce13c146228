"""Strings that become markup, formulas, templates or commands wherever they are not shown as text, and where to find them."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

CALL = "zqx()"  # found nowhere else
TAGS = (
    "svg onload",
    "img src=x onerror",
    "body onload",
    "details open ontoggle",
    "input autofocus onfocus",
    "video onerror",
)
HOSTILE = (
    *(f"<{tag}={CALL}>" for tag in TAGS),
    *(f'"><{tag}={CALL}>' for tag in TAGS),
    *(f"'><{tag}={CALL}>" for tag in TAGS),
    *(f"</{tag}><script>{CALL}</script>" for tag in ("title", "style", "script", "textarea", "svg", "noscript", "template")),
    f"<script>{CALL}</script>", f"<ScRiPt src=//evil.example>{CALL}</sCrIpT>", f"<scr\u0131pt>{CALL}</scr\u0131pt>",
    f"<iframe srcdoc='<script>{CALL}</script>'></iframe>", f"<object data=javascript:{CALL}>", "<base href=//evil.example>",
    "<form action=//evil.example><button>zqx", '<meta http-equiv=refresh content="0;url=//evil.example">',
    "<link rel=stylesheet href=//evil.example>", f"<style>@import '//evil.example/{CALL}'</style>",
    f"javascript:{CALL}", f"[zqx](javascript:{CALL})", f"[zqx](data:text/html,<script>{CALL}</script>)", f"![zqx](x onerror={CALL})",
    f"<a href='javascript:{CALL}'>zqx</a>", f"<a href=//evil.example>{CALL}</a>",
    "{{ settings.SECRET_KEY }} zqx", "{% debug %} zqx", "${7*7} zqx", "#{7*7} zqx", "%(by)s %s zqx", "{0.__class__} zqx",
    f"--><script>{CALL}</script><!--", f"]]><script>{CALL}</script>", f"&lt;script&gt;{CALL}&lt;/script&gt;", f"&#60;script&#62;{CALL}",
    f"\\u003cscript\\u003e{CALL}", f"`;{CALL}//", f"';{CALL}//", f'";{CALL}//', "=cmd|'/c zqx'!A1", "+zqx", "-zqx", "@SUM(zqx)",
    "#set page(width: 1pt) zqx", "*zqx* _zqx_ $ zqx $ #zqx", "\u202ezqx\u202c", "zqx \u0000".replace("\u0000", ""), "👩🏽‍🚀 zqx", "zqx " + "å" * 300,
)  # fmt: skip
KEPT = {"ref", "id", "key", "schema", "kind", "slug", "url", "date", "noticed_by", "story", "votes"}
# Attributes that our own markup has and that somebody's text must never come to.
FOREIGN = ("iframe", "object", "base", "style", "embed", "template", "video", "noscript")


def hostile(node: Any, texts: Iterator[str]) -> Any:
    """Return a case's sheet with every text that a person writes replaced."""
    if isinstance(node, dict):
        if node and set(node) <= {"da", "en"} and all(isinstance(each, str) for each in node.values()):
            return {code: next(texts) for code in node}
        return {name: each if name in KEPT else hostile(each, texts) for name, each in node.items()}
    if isinstance(node, list):
        return [hostile(each, texts) for each in node]
    return node


class Shown(HTMLParser):
    """The tags of a page that carry something somebody wrote as markup."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in FOREIGN:
            self.wrong.append(tag)
        for name, value in attributes:
            told = (value or "").strip().lower()
            if name.startswith("on") or (
                name in ("href", "src", "action", "data-href") and told.startswith(("javascript:", "data:", "//"))
            ):
                self.wrong.append(f"{tag} {name}={value}")
        if tag == "script" and not dict(attributes).get("src", "").startswith("/static/"):
            self.wrong.append("script")


def wrong_in(text: str) -> list[str]:
    """Return the tags and attributes of a page that are nobody's but a text's."""
    return Shown(text).wrong
