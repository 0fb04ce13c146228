"""Who acts on whom, of a case: what is drawn, what is left out and said to be, and where the written reasons stand."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from chain.small import small, write
from conftest import NOON
from fremsyn.cases.models import Case
from fremsyn.chain.folder import read_folder
from fremsyn.chain.operations import import_case
from fremsyn.figures.figure import Figure
from fremsyn.reports.documents.catalogue import reader_of
from fremsyn.scenarios.pictures.influence import influences_of, strongest, surplus, way
from fremsyn.scenarios.queries import ground

PAGE = "/cases/kombit/scenarios/matrix/"


@pytest.fixture
def figure(kombit: Case) -> Figure:
    found = influences_of(reader_of(kombit, "scenarios"), ground(kombit))
    assert found
    return found


def test_the_strong_ones_are_drawn_and_how_many_are_left_out_is_said(figure: Figure, kombit: Case):
    strong = [each for each in ground(kombit).sections if each.strength >= 2]
    assert len(figure.table.rows) == len(strong) == 26
    assert "De 26 af 75 direkte påvirkninger, som har en vurdering på 2 eller mere" in figure.subtitle
    assert all(f"{each.source.ref}→{each.target.ref}" in figure.alt for each in strong)


def test_every_arrow_and_its_row_lead_to_the_reasons(figure: Figure, client_as):
    page = client_as("owner").get(PAGE).content.decode()
    addresses = [row.cells[2].href for row in figure.table.rows]
    assert all(f'data-href="{address}"' in figure.svg and f'href="{address}"' in page for address in addresses)
    assert all(f'id="{address.partition("#")[2]}"' in page for address in addresses)
    assert all(row.cells[3].plain for row in figure.table.rows)


def test_drivers_stand_by_how_much_more_they_move_than_they_are_moved(figure: Figure, kombit: Case):
    base = ground(kombit)
    order = re.findall(r'class="small strong"[^>]*>(D\d+)<', figure.svg)
    assert len(order) == len(base.drivers)
    # the two of a row may change sides, so they are compared from row to row
    moved = [surplus(base, base.driver[ref]) for ref in order]
    assert all(one >= other for one, other in pairwise(moved))
    assert figure.title.startswith("D1 Styring af den kommunale digitalisering")


def test_what_a_section_does_is_read_off_its_strongest_judgements(kombit: Case):
    base = ground(kombit)
    extremes = {
        key: (max(v for _s, row in each.rows for v in row), min(v for _s, row in each.rows for v in row))
        for key, each in base.section.items()
    }
    said = {key: way(base.section[key]) for key in extremes}
    assert {said[key] for key, (high, low) in extremes.items() if high > -low} == {"favours"}
    assert {said[key] for key, (high, low) in extremes.items() if high < -low} == {"hinders"}
    assert {said[key] for key, (high, low) in extremes.items() if high == -low} == {"both"}


def test_no_more_are_drawn_than_can_be_read_unless_all_are_as_strong(kombit: Case):
    sections = ground(kombit).sections
    assert len(strongest(sections, most=75)) == 75
    assert len(strongest(sections, most=74)) == 26
    assert len(strongest(sections, most=1)) == 26
    assert strongest([]) == ()


def test_two_drivers_that_move_each_other_alike_are_said_to(tmp_path: Path, db: None):
    write(tmp_path / "case", small())
    case = import_case(content=read_folder(tmp_path / "case").content, slug="small", by=None, at=NOON)
    found = influences_of(reader_of(case, "scenarios"), ground(case))
    assert found
    assert found.title == "Drivkræfterne påvirker hinanden omtrent lige meget"
    assert found.subtitle.startswith("Alle 2 direkte påvirkninger")
    assert len(found.table.rows) == 2
