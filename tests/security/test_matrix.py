"""Every address of the product for every role: who gets in, who is refused, and that nothing shows what it hides.

The addresses come from the URL configuration. A new one needs a row in `rows.py`, else the first test fails.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

import pytest
from django.test import Client
from django.urls import resolve, reverse

from chain.small import small, write
from conftest import NOON
from fremsyn.approval.handover import load
from fremsyn.approval.meeting.agenda import make_points
from fremsyn.approval.models import MeetingRun, MeetingState, Minutes, MinutesState, SealedPack, Signature
from fremsyn.cases.access import AREAS, SEES, STAKEHOLDER_KINDS, Visit
from fremsyn.cases.directory import directory
from fremsyn.cases.kinds import KINDS
from fremsyn.cases.models import Case, Deliverable, Membership
from fremsyn.cases.rights import RIGHTS, Right
from fremsyn.chain.folder import read_folder
from fremsyn.chain.operations import import_case
from fremsyn.conversation.sessions.operations.ending import end_session
from fremsyn.conversation.sessions.operations.preparing import prepare_session
from fremsyn.conversation.sessions.operations.running import start_session
from fremsyn.people.models import Person
from fremsyn.people.roles import Role
from fremsyn.scenarios.models import GroupSection, JudgeTask
from security.crawling import Page, crawl, warm
from security.rows import (
    CASE_PAGES,
    CHANGES,
    FOR_ALL_INSIDE,
    FORMS,
    FRAGMENTS,
    LINKED,
    MADE_OF,
    MOST_QUERIES,
    OPEN,
    OPEN_PAGES,
    OPEN_WITH,
    READ_BY,
    ROWS,
    UNLINKED,
    may,
)

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]


@pytest.fixture
def case(kombit: Case, tmp_path: Path) -> Case:
    """The small case, with the same people in the same roles; the demonstration case stands beside it."""
    content = read_folder(write(tmp_path / "lille", small())).content
    assert content
    made = import_case(content=content, slug="lille", by=None, at=NOON)
    for membership in Membership.objects.filter(case=kombit):
        Membership.objects.create(case=made, person=membership.person, role=membership.role)
    told = {"fingerprint": "0" * 79, "content_sha256": "0" * 64, "demonstration": True, "votes": False}
    SealedPack.objects.create(case=made, version=1, sha256="0" * 64, sealed_at=NOON, content=b"PK", **told)
    run = MeetingRun.objects.create(case=made, meeting="second", state=MeetingState.NOTICED, noticed_at=NOON)
    make_points(run, load(made), load(made).meetings[0])
    by_letter = {"state": "noticed", "noticed_at": NOON, "kind": "written", "deadline": NOON}
    MeetingRun.objects.create(case=made, meeting="by-letter", **by_letter)
    minuted(run)
    of_scanning = {"phase": "scanning", "number": 1, "content": "{}", "sha256": "0" * 64}
    Deliverable.objects.create(case=made, at=NOON, **of_scanning)
    sessions(made)
    judged_in_a_group(made)
    return made


def judged_in_a_group(case: Case) -> None:
    """Hand one section out to all who may judge, and settle it; let another be disputed."""
    judges = Person.objects.filter(username__in=may(Right.JUDGE))
    for at, person in enumerate(judges):
        told = {"person": person, "asked_at": NOON, "given_at": NOON, "version": 1, "reason": {"da": "Fordi"}}
        for source, target in (("D1", "D2"), ("D2", "D1")):
            rows = {f"{source}.a": [at, 0], f"{source}.b": [0, 0]}
            JudgeTask.objects.create(case=case, source=source, target=target, rows=rows, **told)
    GroupSection.objects.create(case=case, source="D1", target="D2", settled_at=NOON, why="Fordi")


def minuted(run: MeetingRun) -> None:
    """Give a meeting minutes that are approved and signed."""
    held = {
        "state": MinutesState.SIGNED,
        "approved_at": NOON,
        "pdf": b"%PDF",
        "public_pdf": b"%PDF",
        "sha256": "0" * 64,
    }
    minutes = Minutes.objects.create(run=run, drafted_at=NOON, signers=["chair"], **held)
    of = {"certificate_sha256": "0" * 64, "trusted": True, "pdf": b"%PDF", "pdf_sha256": "0" * 64, "uploaded_at": NOON}
    Signature.objects.create(minutes=minutes, name="Formand", member="chair", signed_at=NOON, **of)


def sessions(case: Case) -> None:
    """Plan one more session, and hold another, so that pages lead to all that can be done with them."""
    given: dict[str, Any] = {"case": case, "by": None, "at": NOON}
    for _planned_and_held in range(2):
        item = prepare_session(model="scanning_twelve", held=NOON.date(), question="Q0", **given)
    start_session(ref=item.ref, language="da", **given)
    end_session(ref=item.ref, **given)


@pytest.fixture
def outsider(case: Case) -> Client:
    """A person who is signed in, and in another case, but not in these."""
    person = Person.objects.create(username="outsider", name="Outsider", joined_at=NOON)
    other = Case.objects.create(slug="another", title={"da": "En anden"}, shown_as_of=NOON.date(), created_at=NOON)
    Membership.objects.create(case=other, person=person, role=Role.OWNER)
    client = Client()
    client.force_login(person)
    return client


def addresses(case: Case, linked: dict[str, list[str]]) -> dict[str, str]:
    """Return an address for each name in the configuration that lies in a case."""
    first = {entry.kind: entry.ref for entry in reversed(list(directory(case).entries.values())) if entry.ref}
    found = {}
    for name in CASE_PAGES:
        if name in FORMS:
            continue
        row = ROWS.get(name, {"ref": first[name.partition(":")[2]]} if name.partition(":")[2] in KINDS else LINKED)
        if not isinstance(row, str):
            found[name] = reverse(name, kwargs={"case_slug": case.slug, **row})
        elif name in linked:
            found[name] = linked[name][0]
    return found


@pytest.fixture(scope="module")
def crawled() -> dict[str, list[str]]:
    return {}


@pytest.fixture
def linked(case: Case, client_as: Callable[[str], Client], crawled: dict[str, list[str]]) -> dict[str, list[str]]:
    """The addresses that an owner's pages link to, by name; the same for every import of the small case."""
    found = crawled
    if found:
        return found
    for address in crawl(client_as(Role.OWNER), "/", within=case.slug):
        found.setdefault(resolve(urlsplit(address).path).view_name, []).append(address)
    return found


def expected(role: str, name: str, case: Case, address: str) -> int:
    """Return what a role is answered, as `SEES` and `STAKEHOLDER_KINDS` say it."""
    match = resolve(urlsplit(address).path)
    area = MADE_OF.get(name, name.partition(":")[0])
    visit = Visit(case, Person(), role)
    if name in READ_BY:
        readers = READ_BY[name]
        return 200 if role in (RIGHTS[readers] if isinstance(readers, Right) else readers) else 403
    asked_of_all = role == Role.STAKEHOLDER and name.partition(":")[2] in STAKEHOLDER_KINDS
    if name not in FOR_ALL_INSIDE and area not in SEES.get(role, AREAS) and not asked_of_all:
        return 403
    if "ref" in match.kwargs and match.kwargs["ref"] not in visit.entries:
        return 404
    return 302 if name == "cases:item" else 200


# --- the configuration


def test_every_address_has_a_row():
    known = {*ROWS, *CHANGES, *FORMS}
    assert not [name for name in CASE_PAGES if name not in known and name.partition(":")[2] not in KINDS]
    assert not set(FORMS) - set(CASE_PAGES)
    assert not set(CHANGES) - set(CASE_PAGES)
    assert [name for name in OPEN_PAGES if name not in OPEN] == []
    assert not set(ROWS) - set(CASE_PAGES)
    assert not set(OPEN) - set(OPEN_PAGES)


def test_every_address_in_a_case_is_linked_to(linked):
    assert [name for name in CASE_PAGES if name not in linked and name not in {*CHANGES, *UNLINKED}] == []


def test_the_tables_of_access_name_what_there_is():
    assert set(SEES) <= set(Role.values)
    assert all(areas <= AREAS for areas in SEES.values())
    assert set(KINDS) >= STAKEHOLDER_KINDS


# --- who gets in


def test_nobody_outside_gets_in_and_the_answer_offers_the_way_in(case, linked, outsider):
    for name, address in addresses(case, linked).items():
        for client in (Client(), outsider):
            response = client.get(address)
            assert response.status_code == 404, name
            assert case.slug not in response.content.decode().replace(address, "")
        assert reverse("people:sign_in") in Client().get(address).content.decode(), name
        nowhere = address.replace("/lille/", "/no-such-case/")
        there, not_there = (plain(outsider.get(each), each) for each in (address, nowhere))
        assert there == not_there, name


def plain(response: Any, address: str) -> str:
    """Return a page without what differs from one request to the next."""
    text = re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]+"', r"\1", response.content.decode())
    return text.replace(address, "").replace(html.escape(address), "")


@pytest.mark.parametrize("role", list(Role.values))
def test_those_inside_get_what_the_table_says(case, linked, client_as, role):
    client = client_as(role)
    came = {
        name: (client.get(a).status_code, expected(role, name, case, a)) for name, a in addresses(case, linked).items()
    }
    assert {name: pair for name, pair in came.items() if pair[0] != pair[1]} == {}


def test_a_role_in_one_case_is_none_in_another(case, linked, client_as):
    Membership.objects.filter(case=case).delete()
    for name, address in addresses(case, linked).items():
        assert client_as(Role.OWNER).get(address).status_code == 404, name


def test_no_page_of_a_case_takes_a_post(case, linked, client_as):
    client = client_as(Role.OWNER)
    for name, address in addresses(case, linked).items():
        assert client.post(address).status_code == 405, name


def test_what_changes_something_is_done_by_post_by_those_who_may(case, client_as, outsider):
    for name, (row, allowed) in CHANGES.items():
        address = reverse(name, kwargs={"case_slug": case.slug, **row})
        assert client_as(Role.OWNER).get(address).status_code == 405, name
        assert [client.post(address).status_code for client in (Client(), outsider)] == [404, 404], name
        for role in set(Role.values) - allowed:
            assert client_as(role).post(address).status_code == 403, (name, role)
        signed_in = Client(enforce_csrf_checks=True)
        signed_in.force_login(Person.objects.get(username=min(allowed)))
        assert signed_in.post(address).status_code == 403, name
    assert SealedPack.objects.filter(case=case).count() == 1


def test_a_form_opens_to_those_who_may_and_takes_no_post_without_its_token(case, client_as, outsider):
    for name, (row, allowed) in FORMS.items():
        address = reverse(name, kwargs={"case_slug": case.slug, **row})
        assert [client.get(address).status_code for client in (Client(), outsider)] == [404, 404], name
        assert [client.post(address).status_code for client in (Client(), outsider)] == [404, 404], name
        for role in Role.values:
            answer = 200 if role in allowed else 403
            assert client_as(role).get(address).status_code == answer, (name, role)
        for role in set(Role.values) - allowed:
            assert client_as(role).post(address).status_code == 403, (name, role)
        signed_in = Client(enforce_csrf_checks=True)
        signed_in.force_login(Person.objects.get(username=min(allowed)))
        assert signed_in.post(address).status_code == 403, name


def test_open_addresses_answer_as_the_table_says(case):
    for name, (get, post) in OPEN.items():
        address = reverse(name, args=OPEN_WITH.get(name, []))
        assert (Client().get(address).status_code, Client().post(address).status_code) == (get, post), name


def test_a_post_without_its_token_is_refused(case, client_as):
    client = Client(enforce_csrf_checks=True)
    for name, (_get, post) in OPEN.items():
        if post not in (405, 404):
            assert client.post(reverse(name, args=OPEN_WITH.get(name, []))).status_code == 403, name
    sign_in = reverse("people:sign_in")
    client.get(sign_in)
    sent = {"csrfmiddlewaretoken": client.cookies["fremsyn_csrf"].value}
    assert client.post(sign_in, sent).status_code == 200
    assert client.post(sign_in, sent, headers={"Origin": "https://evil.example"}).status_code == 403


# --- what the pages hold


@pytest.mark.parametrize("role", list(Role.values))
def test_every_link_answers_and_no_page_shows_what_it_hides(case, client_as, role):
    client = client_as(role)
    pages = crawl(client, "/", within=case.slug)
    for query in ("e", "a", "(en)", "at", "T1", "B1", "K1", "O2"):
        pages[f"?q={query}"] = client.get(reverse("cases:search", args=[case.slug]), {"q": query}).content.decode()

    assert len(pages) > 10
    assert leaks(case, role, pages) == []


def leaks(case: Case, role: str, pages: dict[str, str]) -> list[tuple[str, str]]:
    """Return the titles and links on a role's pages of what the role may not see, each with the page's address."""
    visit = Visit(case, Person(), role)
    # The process bar names the phases to everybody; a word that something visible is called as well tells nothing.
    hidden = [e for k, e in directory(case).entries.items() if k not in visit.entries and e.kind != "phase_plan"]
    told = [w for e in visit.entries.values() for w in (e.title.da, e.title.en) if w] + list(case.title.values())
    words = {
        w
        for e in hidden
        if e.ref
        for w in (e.title.da, e.title.en)
        if w and len(w) > 8 and not any(w in t for t in told)
    }
    refs = {e.ref for e in hidden if e.ref}
    found = []
    for address, text in pages.items():
        shown = html.unescape(re.sub(r"\s+", " ", text))
        linked = set(re.findall(r'href="[^"]*/([A-Z][0-9]+(?:\.[a-z])?)/"', text))
        found += [(address, word) for word in words if word in shown] + [(address, ref) for ref in refs & linked]
    return found


@pytest.mark.parametrize("role", [Role.STAKEHOLDER, Role.MEMBER])
def test_search_counts_only_what_may_be_seen(kombit, client_as, role):
    visit = Visit(kombit, Person(), role)
    for query in ("kommune", "data", "at", "B1", "strategi"):
        page = client_as(role).get(reverse("cases:search", args=[kombit.slug]), {"q": query}).content.decode()
        found = set(
            re.findall(rf'href="/cases/{kombit.slug}/[a-z]+/[a-z]+/([A-Z][0-9.a-z]+)/"', page.partition("<main")[2])
        )
        assert found <= set(visit.entries)
        count = re.search(r'id="found">(\d+|[^\d<]+)', page)
        assert count
        assert not count[1].isdigit() or int(count[1]) <= len(visit.entries)


@pytest.mark.parametrize(
    "query",
    ["'", '"', "%", "_", "\\", "'; select pg_sleep(9) --", "<svg onload=alert(1)>", "\x00", "\u202e", "x" * 10_000],
)
def test_search_takes_whatever_is_written(kombit, client_as, query):
    response = client_as(Role.OWNER).get(reverse("cases:search", args=[kombit.slug]), {"q": query})
    assert response.status_code == 200
    assert b"<svg onload" not in response.content


def test_pages_are_sound_and_carry_their_headers(case, linked, client_as, outsider):
    client = client_as(Role.OWNER)
    inside = [(client, a) for a in addresses(case, linked).values()]
    outside = [(Client(), reverse(name)) for name, (get, _post) in OPEN.items() if get == 200 and name != "healthz"]
    for one, address in [*inside, *outside, (outsider, "/cases/lille/"), (Client(), "/none/")]:
        response = one.get(address, follow=True)
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["X-Frame-Options"] == "DENY"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert "no-store" in response.headers["Cache-Control"]
        if response.headers["Content-Type"].startswith("text/html"):
            page = Page(response.content.decode())
            assert page.faults == [], address
            if address.endswith(FRAGMENTS):
                continue
            assert page.headings == 1, address
            assert page.language == "da", address
            assert len(set(page.ids)) == len(page.ids), address


def test_kombit_keeps_its_pages_within_their_queries(kombit, client_as):
    client = client_as(Role.OWNER)
    seen = set()
    for entry in directory(kombit).entries.values():
        address = urldefrag(entry.url).url
        name = resolve(address).view_name
        if name not in seen:
            seen.add(name)
            response, asked = warm(client, address)
            assert response.status_code == 200, address
            assert asked <= MOST_QUERIES, address
    assert len(seen) >= len(KINDS)


@pytest.mark.long
@pytest.mark.parametrize("role", list(Role.values))
def test_every_link_of_kombit_answers_and_shows_nothing_hidden(kombit, client_as, role):
    pages = crawl(client_as(role), "/", within=kombit.slug)

    assert len(pages) > 50
    assert leaks(kombit, role, pages) == []
