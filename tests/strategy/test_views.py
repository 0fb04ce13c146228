from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from tests.conftest import NOON

from fremsyn.cases.access import Visit
from fremsyn.cases.models import Case, Membership
from fremsyn.people.models import Person
from fremsyn.strategy import pages, queries
from fremsyn.strategy.gate import conditions

ClientAs = Callable[[str], Client]


@pytest.fixture
def visit(kombit: Case) -> Visit:
    owner = Membership.objects.select_related("person").get(case=kombit, role="owner")
    return Visit(kombit, owner.person, owner.role)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_answers_the_role_question_and_shows_the_computed_choice(kombit: Case, client_as: ClientAs) -> None:
    shown = page(client_as("owner"), "/cases/kombit/strategy/")
    assert (
        "Grund og værn taber højst 8 point, uanset hvilken af de 4 fremtider der kommer; ingen af de 5.224 mulige porteføljer taber mindre"
        in shown
    )
    assert "KOMBIT er fællesskabets grund og værn" in shown
    assert "Registerfører mellem klynger" in shown
    assert "5 valgmuligheder skader i C2 Hjemmebanen, 2 i C3 Platformen" in shown
    assert "5.224 af 262.144 kombinationer holder rammen og reglerne" in shown
    assert "Lige vægt på scenarierne er en regneregel og ingen sandsynlighed." in shown
    assert "KOMBIT bliver ikke kommerciel leverandør uden for kommunerne." in shown


def test_the_page_speaks_english_when_asked(kombit: Case, client_as: ClientAs) -> None:
    client = client_as("owner")
    client.post("/language", {"language": "en", "next": "/"})
    shown = page(client, "/cases/kombit/strategy/")
    assert (
        "Ground and guard loses at most 8 points, whichever of the 4 futures comes; none of 5,224 portfolios loses less"
        in shown
    )
    assert "Equal weight on the scenarios is a rule for sums and no probability." in shown


def test_every_tie_stands_with_the_core_index(visit: Visit) -> None:
    everywhere, somewhere, nowhere = queries.held_by(visit)
    assert [row.option.ref for row in somewhere] == ["O8", "O11", "O12", "O15"]
    assert [row.option.ref for row in nowhere] == ["O2", "O3", "O4", "O9", "O16"]
    assert len(everywhere) == 9
    with translation.override("da"):
        drawn = pages.figures(visit)["ties"]
    assert [column.text for column in drawn.table.columns] == ["Valgmulighed", "a", "b", "P5", "c", "Kerneindeks"]
    assert drawn.title == "9 valgmuligheder er i alle porteføljer med mindst fortrydelse, 4 i nogle og 5 i ingen"


def test_pictures_say_the_finding_and_the_counter_finding(visit: Visit) -> None:
    with translation.override("en"):
        drawn = pages.figures(visit)
    assert drawn["values"].title == "P5 Ground and guard gives as much as any other in 3 of 4 scenarios"
    assert drawn["values"].note.startswith("In C2 ")
    assert drawn["costs"].title.startswith(
        "… but P5 Ground and guard is also the dearest: up to 355 of the frame's DKK 360"
    )
    assert drawn["regrets"].title == "P5 Ground and guard loses at most 8; the nearest of the others, P3, at most 20"
    assert "+10 in C1, −5 in C2, +5 in C3 and +10 in C4" in drawn["left_out"].title


def test_what_is_left_out_says_what_it_would_have_given_and_what_it_would_take(visit: Visit) -> None:
    left = {each.row.option.ref: each for each in queries.deselected(visit)}
    assert list(left) == ["O2", "O3", "O4", "O8", "O9", "O12", "O16"]
    assert dict(left["O2"].row.tested.value) == {"C1": 8, "C2": -4, "C3": 4, "C4": 0}
    assert left["O12"].beyond == 15
    assert all(each.text for each in left.values())


def test_an_option_shows_score_and_reason_and_what_it_can_not_be_had_with(kombit: Case, client_as: ClientAs) -> None:
    shown = page(client_as("owner"), "/cases/kombit/strategy/options/O9/")
    assert "Taber sin plads, når data bliver hjemme." in shown
    assert "Gavner og skader" in shown
    assert "nye moduler kræver snitflader i ro" in shown
    assert "/strategy/options/O10/" in shown
    assert "Datachefen er uenig" in shown
    other = page(client_as("owner"), "/cases/kombit/strategy/options/O8/")
    assert "Den samme købsvolumen kan ikke bindes" in other


def test_a_role_shows_every_scenario_and_a_strategy_its_sums(kombit: Case, client_as: ClientAs) -> None:
    role = page(client_as("observer"), "/cases/kombit/strategy/roles/L4/")
    assert "Certificering og bro mellem klynger" in role
    assert "/strategy/strategies/P5/" in role
    held = page(client_as("observer"), "/cases/kombit/strategy/strategies/P5/")
    assert "P5 Grund og værn giver +54 i C1, +22 i C2, +35 i C3 og +34 i C4" in held
    assert "133–355 mio. kr. af en ramme på 360" in held


def test_the_gate_finds_all_its_conditions_met(kombit: Case) -> None:
    found = conditions(kombit)
    assert len(found) > 8
    assert all(each.done for each in found)


def test_downloads_answer_with_drawing_and_table(kombit: Case, client_as: ClientAs) -> None:
    client = client_as("owner")
    for key in ("wind_tunnel", "values", "costs", "regrets", "ties", "left_out"):
        drawing = client.get(f"/cases/kombit/strategy/figures/{key}.svg")
        assert drawing.headers["Content-Type"].startswith("image/svg+xml")
    rows = list(csv.reader(io.StringIO(client.get("/cases/kombit/strategy/figures/regrets.csv").content.decode())))
    assert rows[-1][1:6] == ["6", "6", "6", "8", "8"]
    assert client.get("/cases/kombit/strategy/figures/nothing.csv").status_code == 404


@pytest.mark.parametrize("address", ["", "roles/L1/", "options/O1/", "strategies/P1/", "figures/ties.csv"])
def test_an_outsider_finds_nothing_and_a_stakeholder_is_refused(
    kombit: Case, client_as: ClientAs, address: str
) -> None:
    outsider = Client()
    outsider.force_login(Person.objects.create(username="outsider", name="Outsider", joined_at=NOON))
    assert outsider.get(f"/cases/kombit/strategy/{address}").status_code == 404
    assert client_as("stakeholder").get(f"/cases/kombit/strategy/{address}").status_code == 403


@pytest.mark.parametrize("address", ["strategy/", "strategy/options/O9/", "direction/", "direction/desirable/C0/"])
def test_a_page_that_was_shown_before_asks_little_of_the_database(
    kombit: Case, client_as: ClientAs, address: str
) -> None:
    client = client_as("owner")
    page(client, f"/cases/kombit/{address}")
    with CaptureQueriesContext(connection) as asked:
        page(client, f"/cases/kombit/{address}")
    assert len(asked) <= 30
