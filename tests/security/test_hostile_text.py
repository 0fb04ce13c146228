"""What somebody writes is shown as text, wherever it is shown: pages, fragments, pictures and documents."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from chain.small import small, write
from conftest import NOON
from fremsyn.cases.directory import directory
from fremsyn.cases.models import Case, Membership
from fremsyn.chain.folder import read_folder
from fremsyn.chain.operations import import_case
from fremsyn.people.models import Person
from fremsyn.people.roles import Role

pytestmark = pytest.mark.django_db

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


@pytest.fixture
def case(kombit: Case, tmp_path: Path) -> Case:
    texts = itertools.cycle(HOSTILE)
    sheets = {name: sheet if isinstance(sheet, str) else hostile(sheet, texts) for name, sheet in small().items()}
    read = read_folder(write(tmp_path / "lille", sheets))
    assert read.content, read.faults
    made = import_case(content=read.content, slug="lille", by=None, at=NOON)
    for membership in Membership.objects.filter(case=kombit):
        Membership.objects.create(case=made, person=membership.person, role=membership.role)
    Person.objects.filter(username="owner").update(name=f"<svg onload={CALL}>")
    return made


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


def pages(case: Case) -> list[str]:
    """Return the addresses of everything in the case that has a page, and the pages of the whole."""
    own = {entry.url.partition("#")[0] for entry in directory(case).entries.values()}
    one = [reverse("cases:search", args=[case.slug]) + "?q=zqx", reverse("reports:documents", args=[case.slug])]
    one += [
        reverse("reports:document", args=[case.slug, key]) for key in ("board_paper", "scan_report", "scenario_book")
    ]
    one += [reverse("cases:item_change", args=[case.slug, key]) for key in ("T1", "S1", "D1", "A1")]
    one += [reverse("chain:whole_chain", args=[case.slug]), reverse("scenarios:matrix", args=[case.slug])]
    return sorted(own) + one


def test_there_are_enough_ways_to_try():
    assert len(set(HOSTILE)) >= 60


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_page_lets_text_become_markup(case, client_as, language):
    client: Client = client_as(Role.OWNER)
    client.cookies["fremsyn_language"] = language
    wrong = {}
    for address in pages(case):
        answer = client.get(address)
        assert answer.status_code == 200, address
        found = Shown(answer.content.decode()).wrong
        if found:
            wrong[address] = found
    assert wrong == {}


def test_pictures_and_tables_to_save_hold_it_as_text(case, client_as):
    client = client_as(Role.OWNER)
    for address, kinds in (
        ("framing/figures/stakeholders", ("svg", "csv")),
        ("scanning/figures/radar", ("svg", "csv")),
    ):
        for kind in kinds:
            answer = client.get(f"/cases/lille/{address}.{kind}")
            text = answer.content.decode()
            assert "<script" not in text
            assert not [line for line in text.splitlines() if kind == "csv" and line.startswith(("=", "+", "-", "@"))]


def test_a_document_is_set_whatever_stands_in_it(case, client_as):
    answer = client_as(Role.OWNER).get(reverse("reports:document_pdf", args=["lille", "board_paper", "da"]))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content if answer.streaming else [answer.content]).startswith(b"%PDF")


@pytest.mark.parametrize(
    "leave",
    [
        "javascript:zqx()",
        "//evil.example",
        "https:evil.example",
        "https://evil.example/",
        "\\\\evil.example",
        "http:///evil.example",
    ],
)
def test_signing_in_leads_nowhere_else(kombit, leave):
    Person.objects.filter(username="owner").first().set_password("x")
    answer = Client().post(reverse("set_language"), {"language": "en", "next": leave})
    assert "evil" not in answer.headers.get("Location", "")
    assert "javascript" not in answer.headers.get("Location", "")


@pytest.mark.parametrize(
    "query",
    [
        "order=user__email",
        "sort=password",
        "order=-created_at;drop",
        "kind=person__password",
        "theme=__class__",
        "by=' or 1=1 --",
        "filter=membership__person",
    ],
)
def test_nothing_is_sorted_or_filtered_by_a_field_of_the_tables(kombit, client_as, query):
    client = client_as(Role.MEMBER)
    for address in ("scanning/", "scanning/sources/", "scenarios/", "strategy/", "conversation/"):
        answer = client.get(f"/cases/kombit/{address}?{query}")
        assert answer.status_code in (200, 400), address
        assert "pbkdf2" not in answer.content.decode()
        assert "argon2" not in answer.content.decode()


@pytest.mark.parametrize(
    "words", ["'", '"', "pg_sleep(9)", "%", "_", "\\", "a" * 5000, "'); select 1; --", ". . .", "\u202e", "T1'"]
)
def test_a_search_answers_whatever_is_asked(kombit, client_as, words):
    answer = client_as(Role.MEMBER).get(reverse("cases:search", args=["kombit"]), {"q": words})
    assert answer.status_code == 200


def test_a_document_s_address_is_worth_nothing_without_the_right_to_it(kombit, client_as):
    address = reverse("reports:document_pdf", args=["kombit", "board_paper", "da"])
    assert client_as(Role.BOARD).get(address).status_code == 200
    assert Client().get(address).status_code == 404
    assert client_as(Role.STAKEHOLDER).get(address).status_code == 403
    Membership.objects.filter(case=kombit, role=Role.BOARD).delete()
    assert client_as(Role.BOARD).get(address).status_code == 404
    for guessed in ("cases/kombit/documents/board_paper.print", "cases/kombit/documents/draft/", "cases/kombit/embed/"):
        assert client_as(Role.MEMBER).get(f"/{guessed}").status_code == 404
