"""The leadership's brief and the trace, on the demonstration case."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from itertools import pairwise

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fremsyn.cases.access import Visit
from fremsyn.cases.models import Case
from fremsyn.chain.trace_queries import trace_of
from fremsyn.people.models import Person

ClientAs = Callable[[str], Client]
AT = "/cases/kombit/"


def read(client: Client, address: str = "") -> str:
    answer = client.get(AT + address)
    assert answer.status_code == 200, address
    page = html.unescape(answer.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def visit_as(case: Case, role: str) -> Visit:
    return Visit(case, Person.objects.get(username=role), role)


def test_the_brief_tells_what_was_found_and_what_must_be_decided(kombit: Case, client_as: ClientAs) -> None:
    page = read(client_as("owner"))
    for said in ("14 af 4.251.528", "5.224", "208 mio. kr.", "15 af 46", "2 af 14"):
        assert said in page
    assert "Den valgte taber højst 8 point, uanset hvilket scenarie der kommer." in page
    assert "Det mindst mulige er 8, og det når 3 porteføljer." in page
    assert "6 punkter venter på bestyrelsen." in page
    assert "Hvorfor B6?" in page
    assert page.count("Afleverer:") == 6


def test_a_member_sees_the_brief_without_the_points_of_the_board(kombit: Case, client_as: ClientAs) -> None:
    page = read(client_as("member"))
    assert "14 af 4.251.528" in page
    assert "Det skal besluttes" not in page
    assert "Hvorfor B" not in page


def test_a_stakeholder_sees_the_question_and_the_rounds(kombit: Case, client_as: ClientAs) -> None:
    stakeholder = client_as("stakeholder")
    page = read(stakeholder)
    assert "Hvordan ser fremtidens kommunale og danske digitale fællesskab ud" in page
    assert "R1 Fælles eller lokalt?" in page
    assert "4.251.528" not in page
    assert stakeholder.get(f"{AT}trace/").status_code == 403
    assert stakeholder.get(f"{AT}trace/B4/").status_code == 404
    assert "Din rolle åbner kun en del af sporet" in read(stakeholder, "trace/U44/")


def test_every_point_of_the_board_reaches_a_source_in_four_steps(kombit: Case, client_as: ClientAs) -> None:
    visit = visit_as(kombit, "owner")
    for point in visit.of_kind("board_point"):
        way = trace_of(visit, point, up=False).way
        assert 2 <= len(way) <= 5
        assert visit.entries[way[-1]].kind == "source"
        assert all(below in visit.chain.grounds[above] for above, below in pairwise(way))
    assert "Hvert punkt til bestyrelsen når en kilde i højst 4 led" in read(client_as("owner"), "trace/")


def test_the_list_holds_everything_under_an_item_once(kombit: Case, client_as: ClientAs) -> None:
    visit = visit_as(kombit, "owner")
    trace = trace_of(visit, visit.entries["B4"], up=False)
    keys = [twig.entry.key for twig in trace.twigs()]
    assert len(keys) == len(set(keys))
    assert set(keys) == {"B4", *trace.steps}
    assert sum(len(twig.closes) for twig in trace.twigs()) == sum(twig.holds > 0 for twig in trace.twigs())
    page = read(client_as("owner"), "trace/B4/")
    assert "B4 når en kilde i 3 led" in page
    assert "B4 → O1 → T23 → F14" in page


def test_a_source_is_read_upwards_and_an_item_both_ways(kombit: Case, client_as: ClientAs) -> None:
    owner = client_as("owner")
    assert re.search(r"F38 bærer \d+ andre elementer", read(owner, "trace/F38/"))
    assert "F38 er en kilde: Her ender sporet" in read(owner, "trace/F38/?up=0")
    assert "Hvad bruger N9?" in read(owner, "trace/N9/?up=1")
    assert "Intet hviler på F2" in read(owner, "trace/F2/")


def test_a_gap_says_whether_it_is_marked(kombit: Case, client_as: ClientAs) -> None:
    owner = client_as("owner")
    assert "H8 når ingen kilde og siger det selv" in read(owner, "trace/H8/")
    page = read(owner, "trace/")
    assert "Ingen. Alt når en kilde eller siger, at det er uefterprøvet." in page
    assert "H8" in page


def test_disagreement_follows_a_point_to_the_board(kombit: Case, client_as: ClientAs) -> None:
    page = read(client_as("board"), "trace/B5/")
    assert "Uenighed, der følger med" in page
    assert "Topledelsen 56 %, Organisationen 3 %" in page
    assert "Det holder øje med det" in page


def test_pages_keep_to_their_budget_of_queries(kombit: Case, client_as: ClientAs) -> None:
    owner = client_as("owner")
    for address in ("", "trace/", "trace/B5/"):
        owner.get(AT + address)
        with CaptureQueriesContext(connection) as asked:
            owner.get(AT + address)
        assert len(asked) <= 30, address


def test_the_figures_of_the_chain_can_be_fetched(kombit: Case, client_as: ClientAs) -> None:
    owner = client_as("owner")
    for address in ("trace/figures/whole-chain", "trace/B4/down/figures/trace", "trace/F38/up/figures/trace"):
        assert owner.get(f"{AT}{address}.svg")["Content-Type"].startswith("image/svg+xml")
        assert owner.get(f"{AT}{address}.csv")["Content-Type"].startswith("text/csv")
        assert owner.get(f"{AT}{address}.exe").status_code == 404
    assert owner.get(f"{AT}trace/B99/").status_code == 404


def test_an_outsider_is_told_nothing(kombit: Case) -> None:
    for address in ("", "trace/", "trace/B4/", "trace/B4/down/figures/trace.svg"):
        assert Client().get(AT + address).status_code == 404
