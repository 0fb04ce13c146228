"""The conversation's pages, on the demonstration case."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import html
import io
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fremsyn.cases.models import Case, Membership
from fremsyn.chain.content import CaseContent
from fremsyn.chain.operations import import_case
from fremsyn.conversation.schema import Vote
from fremsyn.people.models import Person
from fremsyn.people.roles import Role

ClientAs = Callable[[str], Client]
ComeIn = Callable[[CaseContent], Client]
AT, OTHER = "/cases/kombit/conversation/", "/cases/other/conversation/"
NOON = datetime.datetime(2026, 11, 27, 12, tzinfo=datetime.UTC)


def read(client: Client, address: str = "", at: str = AT) -> str:
    answer = client.get(at + address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def words(page: str) -> str:
    """Return what a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.fixture
def come_in(db: None) -> ComeIn:
    """Import a case as it is given, and sign its owner in."""

    def owner_of(content: CaseContent) -> Client:
        case = import_case(content=content, slug="other", by=None, at=NOON)
        person = Person.objects.create(username="other", name="Other", joined_at=NOON)
        Membership.objects.create(case=case, person=person, role=Role.OWNER)
        client = Client()
        client.force_login(person)
        return client

    return owner_of


@pytest.fixture
def few(kombit_content: CaseContent) -> CaseContent:
    """The demonstration case with four of the organisation answering U1, and all of them agreeing."""
    talk = kombit_content.conversation
    votes = [vote for vote in talk.votes["R1"] if (vote.circle, vote.statement) != ("organisation", "U1")]
    votes += [Vote(f"syn-few{n}", "organisation", "U1", 1) for n in range(4)]
    conversation = dataclasses.replace(talk, votes={**talk.votes, "R1": tuple(votes)})
    return dataclasses.replace(kombit_content, conversation=conversation)


def test_the_conversation_says_who_answered_and_where_circles_differ(kombit: Case, client_as: ClientAs) -> None:
    page = words(read(client_as("owner")))
    assert "6 samtaler, 4 runder, 11.871 svar: 10 indsigter." in page
    assert "På 15 af 46 udsagn er der 25 point eller mere mellem to kredse" in page
    assert re.search(r"R1 Fælles eller lokalt\? 10\. august–21\. august 2026 9 60 320 389 28", page)
    assert "13 udsagn er læst, men ikke brugt" in page
    assert "syntetiske svar" in page


def test_every_item_has_a_page_within_budget(kombit: Case, client_as: ClientAs) -> None:
    owner = client_as("owner")
    owner.get(AT)
    for address in ("", "sessions/E1/", "rounds/R1/", "statements/U44/", "insights/N9/"):
        with CaptureQueriesContext(connection) as asked:
            read(owner, address)
        assert len(asked) <= 30, address


def test_a_session_shows_what_came_of_it_and_its_run_sheet(kombit: Case, client_as: ClientAs) -> None:
    page = words(read(client_as("leadership"), "sessions/E3/"))
    for said in ("Det overraskede os", "Her er vi uenige", "Det holder vi nu fast i", "Det spørger vi kredsen om"):
        assert said in page
    assert "6 timer" in page
    assert "30 min. Tirsdag i 2035" in page
    assert "Læs før mødet" in page
    assert "N2 Brudfladen går inde i kredsen" in page


def test_a_round_opens_with_its_perspective_and_tells_its_finding(kombit: Case, client_as: ClientAs) -> None:
    page = words(read(client_as("owner"), "rounds/R1/"))
    assert "389 deltagere har givet 8.721 svar på 28 udsagn." in page
    assert "Klokken er 6.40." in page
    assert "Mindst 79 procent i hver kreds er enige i U27; kredsene er længst fra hinanden på U4: 43 point" in page
    assert "skjult, når færre end 5" in page


def test_a_statement_tells_its_result_by_circle(kombit: Case, client_as: ClientAs) -> None:
    page = words(read(client_as("owner"), "statements/U44/"))
    assert "Enige: Topledelsen 56 %, Organisationen 3 %, Interessentkredsen 30 %" in page
    assert "Organisationen 1 25 3 29 3 %" in page
    assert "Her er det brugt N9" in page


def test_an_insight_shows_computed_figures_and_not_the_stated_ones(
    kombit_content: CaseContent, come_in: ComeIn
) -> None:
    talk = kombit_content.conversation.conversation
    wrong = [
        dataclasses.replace(
            each, evidence=tuple(dataclasses.replace(proof, agree_per_cent=99) for proof in each.evidence)
        )
        for each in talk.insights
    ]
    conversation = dataclasses.replace(
        kombit_content.conversation, conversation=dataclasses.replace(talk, insights=tuple(wrong))
    )
    owner = come_in(dataclasses.replace(kombit_content, conversation=conversation))
    page = words(read(owner, "insights/N9/", OTHER))
    assert "99 %" not in page
    assert "Topledelsen 56 % 9" in page


def test_a_small_group_is_hidden_and_so_is_the_total(few: CaseContent, come_in: ComeIn) -> None:
    owner = come_in(few)
    page = words(read(owner, "statements/U1/", OTHER))
    assert "Organisationen – – – – skjult: færre end fem" in page
    assert "Alle – – – – skjult: færre end fem" in page
    assert "Organisationen 100 %" not in page
    table = list(csv.reader(io.StringIO(owner.get(f"{OTHER}figures/results-r1.csv").content.decode())))
    line = next(row for row in table if row[0].startswith("U1 "))
    assert line[3:5] == ["skjult: færre end fem", "–"]
    assert line[7:9] == ["skjult: færre end fem", "–"]
    told = words(read(owner, "rounds/R1/", OTHER))
    assert "393 deltagere har svaret på 28 udsagn." in told
    assert not re.search(r"[\d.]+ svar på 28 udsagn", told), "with the answers in all the hidden ones could be had"
    assert re.search(r"R1 Fælles eller lokalt\? .{0,40} 9 64 320 393 28 skjult", words(read(owner, at=OTHER)))


def test_a_circle_that_is_hidden_everywhere_is_named_and_left_out(few: CaseContent, come_in: ComeIn) -> None:
    talk = few.conversation
    votes = tuple(vote for vote in talk.votes["R1"] if vote.circle != "organisation")
    votes += tuple(Vote(f"syn-few{n}", "organisation", "U1", 1) for n in range(4))
    owner = come_in(dataclasses.replace(few, conversation=dataclasses.replace(talk, votes={**talk.votes, "R1": votes})))
    page = words(read(owner, "rounds/R1/", OTHER))
    assert "Organisationen (skjult: færre end fem)" in page
    assert "De viste kredse er længst fra hinanden om U" in page
    assert "Ikke vist: Organisationen." in page
    heads = owner.get(f"{OTHER}figures/results-r1.csv").content.decode().splitlines()[0]
    assert heads == "Udsagn,enige,svar,enige,svar,enige,svar,Afstand"


def test_a_round_says_nothing_of_a_circle_that_it_did_not_ask(kombit_content: CaseContent, come_in: ComeIn) -> None:
    talk = kombit_content.conversation
    asked = tuple(
        dataclasses.replace(each, circles=("organisation", "wide")) if each.ref == "R1" else each
        for each in talk.conversation.rounds
    )
    votes = {**talk.votes, "R1": tuple(vote for vote in talk.votes["R1"] if vote.circle != "leadership")}
    sheet = dataclasses.replace(talk.conversation, rounds=asked)
    owner = come_in(
        dataclasses.replace(kombit_content, conversation=dataclasses.replace(talk, conversation=sheet, votes=votes))
    )
    assert re.search(r"R1 Fælles eller lokalt\? .{0,40} – 60 320 380 28", words(read(owner, at=OTHER)))


def test_a_round_that_runs_tells_no_result(kombit_content: CaseContent, come_in: ComeIn) -> None:
    own = dataclasses.replace(kombit_content.case, as_of=datetime.date(2026, 8, 15))
    owner = come_in(dataclasses.replace(kombit_content, case=own))
    assert "Runden er ikke lukket." in words(read(owner, "rounds/R1/", OTHER))
    assert " %" not in words(read(owner, "statements/U1/", OTHER))
    assert owner.get(f"{OTHER}figures/results-r1.csv").status_code == 404


def test_a_stakeholder_sees_rounds_and_no_session(kombit: Case, client_as: ClientAs) -> None:
    stakeholder = client_as("stakeholder")
    page = read(stakeholder)
    assert "sessions/" not in page
    assert "/strategy/" not in page
    assert stakeholder.get(f"{AT}sessions/E1/").status_code == 404
    assert stakeholder.get(f"{AT}rounds/R1/").status_code == 200


def test_figures_can_be_fetched(kombit: Case, client_as: ClientAs) -> None:
    owner = client_as("owner")
    for key in ("differ", "results-r1", "result-u44", "evidence-n9"):
        assert owner.get(f"{AT}figures/{key}.svg")["Content-Type"].startswith("image/svg+xml")
        assert list(csv.reader(io.StringIO(owner.get(f"{AT}figures/{key}.csv").content.decode())))
    assert owner.get(f"{AT}figures/result-u99.svg").status_code == 404
    assert owner.get(f"{AT}figures/nothing.svg").status_code == 404
    assert owner.get(f"{AT}figures/differ.exe").status_code == 404


def test_an_outsider_is_told_nothing(kombit: Case) -> None:
    for address in ("", "rounds/R1/", "figures/differ.csv"):
        assert Client().get(AT + address).status_code == 404
