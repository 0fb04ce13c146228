"""The documents' pages and files: who may open them, and that the page says what the file says."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from fremsyn.cases.models import Case
from fremsyn.people.models import Person
from fremsyn.reports.documents.catalogue import KINDS


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_the_list_holds_what_the_role_may_open(kombit: Case, client_as):
    address = f"/cases/{kombit.slug}/documents/"
    assert all(f"{address}{key}/" in page(client_as("board"), address) for key in KINDS)
    assert f"{address}board_paper/" not in page(client_as("member"), address)
    assert f"{address}strategy" not in page(client_as("stakeholder"), address)


@pytest.mark.parametrize("key", KINDS)
def test_a_document_has_a_page_with_one_heading_and_its_contents(kombit: Case, client_as, key):
    shown = page(client_as("owner"), f"/cases/{kombit.slug}/documents/{key}/")
    assert shown.count("<h1") == 1
    anchors = re.findall(r'href="#(section-\d+)"', shown)
    assert anchors
    assert all(f'id="{anchor}"' in shown for anchor in anchors)


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_file_is_saved_under_its_name(kombit: Case, client_as, language):
    answer = client_as("member").get(f"/cases/{kombit.slug}/documents/action_plan.{language}.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{kombit.slug}-action_plan.{language}.pdf"'
    assert answer.content.startswith(b"%PDF")


def test_the_public_edition_of_the_paper_is_saved_under_a_name_of_its_own(kombit: Case, client_as):
    names = {
        (role, query): client_as(role)
        .get(f"/cases/kombit/documents/board_paper.da.pdf{query}")
        .headers["Content-Disposition"]
        for role, query in (("board", ""), ("board", "?edition=public"), ("observer", ""))
    }
    assert names["board", ""].endswith('"kombit-board_paper.da.pdf"')
    assert names["board", "?edition=public"] == names["observer", ""]
    assert names["observer", ""].endswith('"kombit-board_paper-public.da.pdf"')


@pytest.mark.parametrize(
    ("role", "address", "status"),
    [
        ("member", "board_paper/", 403),
        ("member", "board_paper.da.pdf", 403),
        ("stakeholder", "strategy/", 403),
        ("stakeholder", "strategy.en.pdf", 403),
        ("owner", "no_such_paper/", 404),
        ("owner", "no_such_paper.da.pdf", 404),
        ("owner", "strategy.de.pdf", 404),
    ],
)
def test_what_may_not_be_opened_is_refused(kombit: Case, client_as, role, address, status):
    assert client_as(role).get(f"/cases/{kombit.slug}/documents/{address}").status_code == status


def test_outsiders_find_nothing(kombit: Case):
    outsider = Person.objects.create(username="outside", name="Outside", joined_at=kombit.created_at)
    client = Client()
    for address in ("", "strategy/", "strategy.da.pdf"):
        assert client.get(f"/cases/{kombit.slug}/documents/{address}").status_code == 404
    client.force_login(outsider)
    assert client.get(f"/cases/{kombit.slug}/documents/strategy/").status_code == 404


def test_references_on_the_page_are_links(kombit: Case, client_as):
    shown = page(client_as("board"), f"/cases/{kombit.slug}/documents/board_paper/")
    assert f'href="/cases/{kombit.slug}/strategy/strategies/P5/"' in shown
