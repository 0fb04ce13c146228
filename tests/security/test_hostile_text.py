"""What somebody writes is shown as text, wherever it is shown: pages, fragments, pictures and documents."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from chain.small import small, write
from conftest import NOON
from fremsyn.cases.directory import directory
from fremsyn.cases.models import Case, CaseInvitation, Membership, SideFile
from fremsyn.cases.phases import PHASES
from fremsyn.chain.folder import read_folder
from fremsyn.chain.operations import import_case
from fremsyn.core.text import LANGUAGES
from fremsyn.people.models import Person
from fremsyn.people.roles import Role
from fremsyn.reports.documents.catalogue import KINDS, document_pdf
from security.hostile import CALL, HOSTILE, hostile, wrong_in

pytestmark = pytest.mark.django_db
NAME = f"<svg onload={CALL}>"


def hostile_case(folder: Path) -> Case:
    """Import a small case with every text replaced, with people who call themselves so."""
    texts = itertools.cycle(HOSTILE)
    sheets = {name: sheet if isinstance(sheet, str) else hostile(sheet, texts) for name, sheet in small().items()}
    read = read_folder(write(folder, sheets))
    assert read.content, read.faults
    made = import_case(content=read.content, slug="lille", by=None, at=NOON)
    for membership in Membership.objects.filter(case__slug="kombit"):
        Membership.objects.create(case=made, person=membership.person, role=membership.role)
    Person.objects.update(name=NAME)
    return made


@pytest.fixture(scope="module")
def written(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Case]:
    """The case, made once: it is in the database while these tests run, and taken back after them."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around._from_testcase = True  # each test's own transaction lies within
        with around:
            yield hostile_case(tmp_path_factory.mktemp("hostile") / "lille")
            transaction.set_rollback(True)


@pytest.fixture
def case(db: None, written: Case) -> Case:
    return Case.objects.get(pk=written.pk)


def pages(case: Case) -> list[str]:
    """Return the addresses of everything in the case that has a page, and the pages of the whole."""
    own = {entry.url.partition("#")[0] for entry in directory(case).entries.values()}
    one = [reverse("cases:search", args=[case.slug]) + "?q=zqx", reverse("reports:documents", args=[case.slug])]
    one += [reverse("reports:document", args=[case.slug, key]) for key in KINDS]
    one += [reverse("cases:item_history", args=[case.slug, "T1"]), reverse("cases:case_people", args=[case.slug])]
    one += [reverse("cases:case_list"), reverse("framing:interviews", args=[case.slug])]
    one += [reverse("cases:item_change", args=[case.slug, key]) for key in ("T1", "S1", "D1", "A1")]
    session = reverse("conversation:session", args=[case.slug, "E1"])
    one += [
        session + part for part in ("run/", "run/show/", "minutes/", "keep/", "minutes/reopen/", "pre-read/", "cards/")
    ]
    one += [reverse(f"conversation:{name}_prepare", args=[case.slug]) for name in ("session", "round")]
    one += [reverse("chain:trace", args=[case.slug, key]) for key in ("B1", "T1")]
    one += [reverse("chain:gate", args=[case.slug, phase]) for phase in PHASES]
    one += [reverse("approval:paper", args=[case.slug]), reverse("approval:meetings", args=[case.slug])]
    one += [reverse("chain:whole_chain", args=[case.slug]), reverse("scenarios:matrix", args=[case.slug])]
    return sorted(own) + one


def test_there_are_enough_ways_to_try():
    assert len(set(HOSTILE)) >= 60


def wrong_in_file(address: str, text: str) -> list[str]:
    """Return the markup of a picture, or the cells of a table that a spreadsheet would compute."""
    if address.endswith(".svg"):  # it has one style of its own
        return wrong_in(text.replace("<style>", "", 1))
    cells = (cell for row in csv.reader(io.StringIO(text)) for cell in row)
    return [cell for cell in cells if cell[:1] in ("=", "+", "-", "@") and cell.strip("-–") and "zqx" in cell]


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_page_picture_or_table_lets_text_become_markup_or_a_formula(case, client_as, language):
    client: Client = client_as(Role.OWNER)
    client.cookies["fremsyn_language"] = language
    wrong, files = {}, set()
    for address in pages(case):
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        files |= set(re.findall(r'href="(/cases/[^"?]+\.(?:svg|csv))"', page))
        wrong[address] = wrong_in(page)
    assert len(files) >= 20
    for address in files:
        wrong[address] = wrong_in_file(address, client.get(address).content.decode())
    assert {address: found for address, found in wrong.items() if found} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KINDS)
def test_a_document_is_set_whatever_stands_in_it_and_leads_nowhere_else(case, key, language):
    with pikepdf.open(io.BytesIO(document_pdf(case, key, language))) as file:
        actions = [each for each in file.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
        led = [str(each.URI) for each in actions if each.get("/S") == "/URI"]
        assert not [each for each in actions if each.get("/S") in ("/JavaScript", "/Launch", "/SubmitForm", "/GoToR")]
        assert not [each for each in led if "evil" in each or "zqx" in each or not each.startswith("http")]
        assert "/JavaScript" not in file.Root.get("/Names", {})
        sizes = {tuple(round(float(side)) for side in page.mediabox) for page in file.pages}
        assert all(min(box[2:]) > 500 for box in sizes)  # no text has set the page


def test_the_names_of_people_and_links_are_text_to_others(case, client_as):
    CaseInvitation.objects.create(
        case=case, role=Role.MEMBER, note=NAME, token_sha256="0" * 64, cap=1, made_at=NOON, expires_at=NOON
    )
    for role in (Role.OWNER, Role.ADMINISTRATOR, Role.MEMBER, Role.STAKEHOLDER):
        client = client_as(role)
        for address in (
            reverse("cases:case_list"),
            f"/cases/{case.slug}/",
            reverse("cases:case_people", args=[case.slug]),
        ):
            answer = client.get(address)
            if answer.status_code == 200:
                assert wrong_in(answer.content.decode()) == [], (role, address)
    assert NAME.replace("<", "&lt;").replace(">", "&gt;") in client_as(Role.OWNER).get(
        reverse("cases:case_people", args=[case.slug])
    ).content.decode()  # fmt: skip


@pytest.mark.parametrize(
    "name", [f"{NAME}.opml", "\x1b[31mzqx.yaml", "\u202ezqx.md", "zqx\r\nSet-Cookie: a=b.txt", "zqx%0d%0a.csv"]
)
def test_the_name_of_a_file_is_told_in_one_line_without_control_characters(tmp_path, name):
    folder = write(tmp_path / "lille", small())
    (folder / name).write_text("zqx", encoding="utf-8")
    read = read_folder(folder)
    assert read.content is None
    for fault in map(str, read.faults):
        assert not re.search(r"[\x00-\x1f\x7f\u202e]", fault)
    assert not SideFile.objects.filter(path=name).exists()


def test_what_is_saved_is_called_by_its_address_and_by_no_text(case, client_as):
    client = client_as(Role.OWNER)
    for address in ("documents/board_paper.da.pdf", "framing/figures/stakeholders.csv", "scanning/figures/radar.csv"):
        found = client.get(f"/cases/{case.slug}/{address}").headers["Content-Disposition"]
        assert re.fullmatch(r'attachment; filename="[a-z_.-]+"', found), found


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
