from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation
from tests.conftest import NOON

from fremsyn.cases.access import Visit
from fremsyn.cases.models import Case, Membership
from fremsyn.direction import pages, pictures, queries
from fremsyn.direction.gate import conditions
from fremsyn.people.models import Person

ClientAs = Callable[[str], Client]


@pytest.fixture
def visit(kombit: Case) -> Visit:
    owner = Membership.objects.select_related("person").get(case=kombit, role="owner")
    return Visit(kombit, owner.person, owner.role)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_what_is_ours_what_resists_and_what_was_declined(kombit: Case, client_as: ClientAs) -> None:
    shown = page(client_as("owner"), "/cases/kombit/direction/")
    assert "Kun én af de 14 tilstande, vi ønsker os, afgør vi selv" in shown
    assert "2 af de 14 tilstande møder modstand; D10.c Borgerstyrede data har mest, 5 imod sig" in shown
    assert "Ledig kapacitet, som ser dyr ud i et godt år" in shown
    assert "Fra 2035 tilbage til i dag" in shown
    assert "ligger tættest på det konsistente C1 Pagten: forskel på 2 drivkræfter" in shown


def test_the_page_speaks_english_when_asked(kombit: Case, client_as: ClientAs) -> None:
    client = client_as("owner")
    client.post("/language", {"language": "en", "next": "/"})
    shown = page(client, "/cases/kombit/direction/")
    assert "Only one of the 14 states we wish for is ours to decide" in shown
    assert "Data follow the person because the person wants it." in shown


def test_the_desirable_scenario_tells_which_states_pull_against_it(kombit: Case, client_as: ClientAs) -> None:
    shown = page(client_as("member"), "/cases/kombit/direction/desirable/C0/")
    assert "4 tilstande trækker væk fra D10.c og mod D10.b" in shown
    assert "I alt −5: så meget er der imod D10.c Borgerstyrede data." in shown
    assert "ikke konsistent, med vilje" in shown


def test_an_agenda_lists_its_options_and_the_states_wished_for_because_of_it(kombit: Case, client_as: ClientAs) -> None:
    shown = page(client_as("owner"), "/cases/kombit/direction/agendas/A3/")
    assert all(f"/strategy/options/{ref}/" in shown for ref in ("O9", "O10", "O11", "O12"))
    assert "D10.c" in shown
    assert "lægger mest vægt på KOMBITs rolle her og nu: 40 procent" in shown


def test_the_computed_resistances_of_what_was_tried_are_shown(visit: Visit) -> None:
    held, *tried = queries.changes(visit)
    assert [(entry.ref, by) for entry, by in held.resists] == [("D10", 5), ("D5", 1)]
    assert [change.total for change in tried] == [9, 4, 6]
    assert all(change.verdict for change in tried)


def test_the_gate_finds_all_its_conditions_met(kombit: Case) -> None:
    found = conditions(kombit)
    assert len(found) > 7
    assert all(each.done for each in found)


def test_titles_of_pictures_tell_the_finding_in_both_languages(visit: Visit) -> None:
    with translation.override("en"):
        drawn = pages.figures(visit)
        assert drawn["balances"].title.startswith("2 of the 14 states meet resistance; D10.c")
        assert "in 2 drivers" in drawn["distances"].title
    with translation.override("da"):
        assert pages.figures(visit)["field"].title.startswith("De strategiske dagsordener lægger mest vægt på KOMBITs")


def test_a_picture_without_resistance_says_so(visit: Visit) -> None:
    calm = [state for state in queries.states(visit) if not state.balance.resistance]
    with translation.override("en"):
        assert pictures.balances(calm).title.startswith("Nothing resists")


def test_downloads_answer_with_drawing_and_table(kombit: Case, client_as: ClientAs) -> None:
    client = client_as("owner")
    drawing = client.get("/cases/kombit/direction/figures/balances.svg")
    assert drawing.headers["Content-Type"].startswith("image/svg+xml")
    rows = list(csv.reader(io.StringIO(client.get("/cases/kombit/direction/figures/balances.csv").content.decode())))
    assert len(rows) == 15
    assert rows[1][0].startswith("D10.c")
    assert rows[1][-1] == "5"
    assert client.get("/cases/kombit/direction/figures/nothing.svg").status_code == 404


@pytest.mark.parametrize("address", ["", "desirable/C0/", "agendas/A1/", "figures/balances.svg"])
def test_an_outsider_finds_nothing_and_a_stakeholder_is_refused(
    kombit: Case, client_as: ClientAs, address: str
) -> None:
    outsider = Client()
    outsider.force_login(Person.objects.create(username="outsider", name="Outsider", joined_at=NOON))
    assert outsider.get(f"/cases/kombit/direction/{address}").status_code == 404
    assert client_as("stakeholder").get(f"/cases/kombit/direction/{address}").status_code == 403


def test_an_item_that_is_not_there_is_not_found(kombit: Case, client_as: ClientAs) -> None:
    assert client_as("owner").get("/cases/kombit/direction/agendas/A99/").status_code == 404
    assert client_as("owner").get("/cases/kombit/direction/desirable/C1/").status_code == 404
