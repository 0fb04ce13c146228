"""The scenarios' pages: what a reader finds on each of them."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fremsyn.people.models import Person
from fremsyn.scenarios.queries import ground, reasons

HOME = "/cases/kombit/scenarios/"
NO_PROBABILITY = "Et antal konsistente scenarier er ikke en sandsynlighed"


@pytest.fixture
def read(kombit, client_as):
    """Return a page's text as the case's owner reads it."""
    client = client_as("owner")

    def page(path: str = "", **headers: str) -> str:
        response = client.get(HOME + path, headers=headers)
        assert response.status_code == 200, path
        return response.content.decode()

    return page


def rows_of(csv_text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_text)))


def test_scenarios_shows_the_whole_space_and_says_that_it_is_no_probability(read):
    page = read()
    assert "14 fremtider hænger sammen" in page
    assert "4.251.528 kombinationer af tilstande er dækket, og ingen er udeladt." in " ".join(page.split())
    assert "Statslig styring står i 9 af 14 fremtider, Forpligtende fællesskab kun i 1" in page
    assert NO_PROBABILITY in page
    assert "Forfatterens skævhed" in page
    assert page.count("Hvorfor?") == 14
    assert page.count("<h1>") == 1


def test_scenarios_marks_the_working_set_and_keeps_the_reserve_apart(read):
    page = read()
    tableau = page.split('id="tableau"')[1].split("</figure>")[0]
    marked = re.findall(r"<tr data-marked>.*?</tr>", tableau, re.DOTALL)
    assert [re.search(r">(C\d)<", row)[1] for row in marked] == ["C2", "C4", "C3", "C1"]
    assert "Klyngerne (i reserve)" in page


def test_scenarios_names_the_important_and_open_drivers(read):
    assert "7 af 14 drivkræfter er både vigtige og åbne" in read()


def test_scenarios_says_how_far_apart_the_named_scenarios_lie(read):
    page = read()
    assert "Pagten og Hjemmebanen er forskellige på alle 14 drivkræfter" in page
    assert "Intet konsistent scenarie er forskelligt fra det nærmeste i arbejdssættet på mere end" in page


@pytest.mark.parametrize(
    ("query", "finding"),
    [
        ("D1=D1.a&D9=D9.b", "4 af 14 fremtider har Statslig styring og Polariseret"),
        ("D1=D1.b&D14=D14.a", "Ingen af de 14 fremtider har Forpligtende fællesskab og Snævert mandat"),
        ("D1=nonsense&D99=D1.a", "Statslig styring står i 9 af 14 fremtider"),
        ("set=working", "Statslig styring står i 2 af 4 fremtider"),
    ],
)
def test_scenarios_asks_what_if(read, query, finding):
    assert finding in read("?" + query)


def test_scenarios_tells_what_follows_from_a_choice(read):
    page = " ".join(read("?D1=D1.b").split())
    assert "1 af 14 fremtider har Forpligtende fællesskab" in page
    assert "følger disse tilstande" in page
    assert "Udvidet mandat" in page.split("følger disse tilstande")[1].split("</p>")[0]


def test_scenarios_counts_a_state_under_the_other_choices(read):
    page = read("?D1=D1.a")
    options = dict(re.findall(r'<option value="(D3\.\w)"[^>]*>[^<]*\((\d+)\)', page))
    assert options == {"D3.a": "3", "D3.b": "4", "D3.c": "2"}


def test_scenarios_groups_by_the_driver_asked_for(read):
    assert "Bred assistent-AI · 8 scenarier" in read("?by=D3")


def test_scenarios_gate_is_met(read):
    gate = read().split('id="gate"')[1]
    assert "Mangler:" not in gate
    assert gate.count("Tyndt:") == 1
    assert "14 af 4.251.528 kombinationer" in gate


def test_matrix_holds_every_section_with_its_reason(read, kombit):
    page = read("matrix/")
    base = ground(kombit)
    assert len(base.sections) == 75
    for section in base.sections:
        assert f'id="{section.anchor}"' in page
    assert "Trusler samler styringen" in page
    assert "Styring af den kommunale digitalisering påvirker flest" in page
    assert "Forfatterens skævhed" in page


def test_every_section_has_a_place_on_the_phase_page(read):
    assert len(set(re.findall(r'id="(part-sections-\d+)"', read()))) == 75


@pytest.mark.parametrize("number", range(1, 15))
def test_consistent_shows_why_each_state_holds(read, kombit, number):
    page = read(f"space/{number}/")
    found = ground(kombit).space.found[number - 1]
    assert NO_PROBABILITY in page
    assert page.count('id="why-D') == 14
    assert "Alle 14 tilstande" in page
    for variant in found.variants:
        assert variant in page


def test_consistent_counts_the_states_that_lead_by_least(read):
    assert "Alle 14 tilstande er det stærkeste valg; 4 fører kun med 1" in read("space/1/")


def test_consistent_adds_up_for_and_against_to_the_lead(kombit):
    base = ground(kombit)
    for found in base.space.found:
        weighed = base.handover.judgements.weigh(found.variants)
        for reason in reasons(base, found.variants, weighed):
            given = sum(each.difference for each in (*reason.speaks_for, *reason.speaks_against))
            assert given == reason.state.margin >= 0


@pytest.mark.parametrize("number", [0, 15, 99])
def test_consistent_answers_404_outside_the_list(kombit, client_as, number):
    assert client_as("owner").get(f"{HOME}space/{number}/").status_code == 404


def test_driver_shows_trends_states_and_judgements_both_ways(read):
    page = " ".join(read("drivers/D1/").split())
    assert ">T11<" in page
    assert "Den påvirker 9 drivkræfter" in page
    assert "Den påvirkes af 5 drivkræfter" in page
    assert 'value="9" aria-label="Statslig styring: 9"' in page
    assert NO_PROBABILITY in page


def test_driver_partly_ours_says_why(read):
    page = read("drivers/D2/")
    assert "delvis i vores hænder" in page
    assert "Fælles udbud flytter markedet lidt." in page


def test_variant_shows_where_it_stands_and_what_moves_it(read):
    page = " ".join(read("states/D1.a/").split())
    assert "Den står i 9 af 14 konsistente scenarier" in page
    assert "Trusler samler styringen" in page
    assert NO_PROBABILITY in page


def test_variant_that_stands_in_none_says_so(read):
    page = " ".join(read("states/D14.a/").split())
    assert "Den står i 0 af 14 konsistente scenarier" in page
    assert "I hvert konsistent scenarie er en anden af drivkraftens tilstande stærkere." in page


def test_scenario_is_a_story_to_read(read):
    page = read("futures/C1/")
    story = page.split('class="story"')[1].split("</article>")[0]
    assert "Færgen er aflyst igen" in story
    assert "<h1>" not in story
    assert page.count("<h1>") == 1
    assert "Teknologi og marked på it-området" in page
    assert "tech_market" not in page
    assert "Fællesskabets sekretariat for udbud" in page
    assert "Den udelader med vilje" in page


def test_scenario_story_follows_the_language(kombit, client_as):
    client = client_as("owner")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(HOME + "futures/C1/").content.decode()
    assert 'class="story" lang="en"' in page
    assert "The Pact" in page
    assert "The story shows" in page


def test_scenario_without_a_story_says_so(read):
    page = read("futures/C5/")
    assert "Der er ingen fortælling endnu" in page
    assert "i reserve" in page


def test_every_named_scenario_is_consistent(kombit):
    base = ground(kombit)
    assert [each.ref for each in base.space.found if each.ref] == ["C1", "C2", "C3", "C4", "C5"]


@pytest.mark.parametrize(
    "key", ["drivers", "tableau", "map", "distances", "influence", "overview", "matrix", "why-1", "why-14", "why-c3"]
)
def test_figure_downloads_answer(kombit, client_as, key):
    client = client_as("owner")
    drawn = client.get(f"{HOME}figures/{key}.svg")
    table = client.get(f"{HOME}figures/{key}.csv")
    assert drawn.status_code == table.status_code == 200
    assert drawn["Content-Type"].startswith("image/svg+xml")
    assert len(rows_of(table.content.decode())) > 4


def test_map_marks_the_working_set_and_names_what_separates_the_futures(read):
    page = read("space/")
    shown = page.split('id="map"')[1].split("</figure>")[0]
    assert "fremtiderne mest ad, lodret" in shown
    assert "Kortet viser 58 % af alle forskelle mellem de 14 scenarier" in shown
    assert shown.count('class="mark hit"') == 4
    assert shown.count('class="open"') == 1
    assert ">Klyngerne (i reserve)<" in shown
    assert shown.count('class="k3"') == 9


def test_map_as_a_file_tells_how_far_each_scenario_is_from_the_working_set(kombit, client_as):
    rows = rows_of(client_as("owner").get(f"{HOME}figures/map.csv").content.decode())
    assert len(rows) == 15
    assert [row[5] for row in rows[1:] if row[1] == "i arbejdssættet"] == ["0"] * 4


def test_figure_of_the_tableau_gives_full_names(kombit, client_as):
    table = client_as("owner").get(f"{HOME}figures/tableau.csv").content.decode()
    rows = rows_of(table)
    assert len(rows) == 15
    assert "Forpligtende fællesskab" in rows[-1]
    assert "\N{SOFT HYPHEN}" not in table


def test_figure_of_the_matrix_holds_every_judgement(kombit, client_as):
    rows = rows_of(client_as("owner").get(f"{HOME}figures/matrix.csv").content.decode())
    judgements = ground(kombit).handover.judgements.matrix.judgements
    assert len(rows) == len(judgements) + 1
    assert rows[1][1:] == [str(value) for value in judgements[0]]


@pytest.mark.parametrize("key", ["why-0", "why-15", "why-c9", "nothing"])
def test_figure_answers_404_where_there_is_none(kombit, client_as, key):
    assert client_as("owner").get(f"{HOME}figures/{key}.svg").status_code == 404


PAGES = ["", "matrix/", "space/", "space/1/", "drivers/D1/", "states/D1.a/", "futures/C1/", "figures/drivers.svg"]


@pytest.mark.parametrize("path", PAGES)
def test_outsiders_get_404(kombit, client, path):
    assert client.get(HOME + path).status_code == 404
    stranger = Person.objects.create(username="stranger", name="Stranger", joined_at=timezone.now())
    client.force_login(stranger)
    assert client.get(HOME + path).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_stakeholders_are_refused(kombit, client_as, path):
    assert client_as("stakeholder").get(HOME + path).status_code == 403


@pytest.mark.parametrize("path", PAGES)
def test_pages_ask_few_questions_of_the_database(kombit, client_as, path):
    client = client_as("owner")
    client.get(HOME + path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(HOME + path)
    assert len(asked) <= 30
