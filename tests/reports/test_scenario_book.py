"""The scenario book: its order, what stands with each story, and what it is while a case has little of it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from chain.small import small, write
from conftest import NOON
from fremsyn.cases.models import Case
from fremsyn.chain.beginning import Beginning
from fremsyn.chain.folder import read_folder
from fremsyn.chain.operations import create_case, import_case
from fremsyn.core.text import LANGUAGES, Text
from fremsyn.people.models import Person
from fremsyn.reports.blocks import Block, Callout, Document, Facts, Heading, Paragraph, Picture, Quote, Story, said
from fremsyn.reports.documents.catalogue import document, document_pdf
from fremsyn.reports.source import Setter
from fremsyn.scenarios.queries import ground


@pytest.fixture
def begun(db: None) -> Case:
    """A case of which nothing but the question has been said."""
    maker = Person.objects.create(username="maker", name="Maker", joined_at=NOON)
    told = Beginning(
        title=Text(da="Biblioteket 2036"),
        organisation=Text(da="Byens bibliotek"),
        focal_question=Text(da="Hvad skal biblioteket være for byen i 2036?"),
        base_year=2026,
        horizon=2036,
        starts=datetime.date(2026, 11, 30),
        languages=("da", "en"),
    )
    return create_case(told=told, slug="biblioteket-2036", by=maker, at=NOON)


def chapters(made: Document) -> dict[str, tuple[Block, ...]]:
    """Return the blocks under each heading of the first level, by its words."""
    found: dict[str, list[Block]] = {}
    for block in made.blocks:
        if isinstance(block, Heading) and block.level == 1:
            found[said(block.text, made.language)[0]] = []
        else:
            next(reversed(found.values())).append(block)
    return {name: tuple(blocks) for name, blocks in found.items()}


def kinds(blocks: tuple[Block, ...]) -> list[type[Block]]:
    return [type(block) for block in blocks]


def test_stories_come_first_each_on_a_page_of_its_own(kombit: Case):
    made, base = document(kombit, "scenario_book", "da"), ground(kombit)
    opened = [block.item for block in made.blocks if isinstance(block, Heading) and block.new_page]
    assert opened == [each.ref for each in base.working]
    assert list(chapters(made))[: len(opened) + 3] == [
        "4 fremtider at tænke med",
        *(each.name.da for each in base.working),
        "I reserve",
        f"{len(base.space.found)} fremtider hænger sammen",
    ]


def test_the_opening_says_the_question_and_that_a_number_is_no_probability(kombit: Case):
    opening = next(iter(chapters(document(kombit, "scenario_book", "en")).values()))
    asked = next(block for block in opening if isinstance(block, Quote))
    assert said(asked.text, "en")[0].startswith("What will the future municipal and Danish digital community look like")
    assert any(isinstance(block, Callout) and block.label == "No probability." for block in opening)


def test_what_a_story_leaves_out_stands_after_it(kombit: Case):
    told = chapters(document(kombit, "scenario_book", "da"))["Pagten"]
    assert kinds(told)[:4] == [Paragraph, Story, Heading, Facts]
    facts = next(block for block in told if isinstance(block, Facts))
    assert [name for name, _words in facts.pairs] == [
        "Det, man længes efter",
        "Det, man frygter",
        "Hvem vinder",
        "Hvem taber",
        "Tilstande",
        "Hviler på",
    ]
    assert all(ref in str(facts.pairs[-2][1]) for ref in ground(kombit).scenario["C1"].variants)


def test_the_space_comes_as_pictures_each_with_a_table_and_an_alternative(kombit: Case):
    made = document(kombit, "scenario_book", "en")
    space = chapters(made)["14 futures hang together"]
    pictures = [block.figure for block in space if isinstance(block, Picture)]
    assert [each.key for each in pictures] == ["distances", "tableau", "map", "influence", "overview"]
    assert all(each.alt and each.table.rows for each in pictures)
    assert any(isinstance(block, Callout) for block in space)


def test_the_tableau_in_print_marks_the_working_set_and_leads_nowhere(kombit: Case):
    made = document(kombit, "scenario_book", "da")
    found = next(
        each.figure
        for each in chapters(made)["14 fremtider hænger sammen"]
        if isinstance(each, Picture) and each.figure.key == "tableau"
    )
    heads = [column.text for column in found.table.columns]
    assert heads[:4] == ["Scenarie", "Styrke", "Forspring", "D1"]
    set_ = Setter(made).table(found.table)
    assert set_.count("marked[") == 4
    shares = [float(each.strip("fr ")) for each in set_.split("((")[1].split(",)")[0].split(",")]
    assert shares[2] >= len("Forspring")  # so much room that the heading stays in its column


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_with_nothing_but_its_question_has_a_book_all_the_same(begun: Case, language: str):
    made = document(begun, "scenario_book", language)
    assert next(iter(chapters(made))) in ("Fremtiderne er ikke valgt endnu", "The futures are yet to be chosen")
    assert not any(isinstance(block, Story | Picture) for block in made.blocks)
    assert document_pdf(begun, "scenario_book", language).startswith(b"%PDF")


def test_a_future_without_a_story_says_so_and_keeps_its_facts(tmp_path: Path, db: None):
    write(tmp_path / "case", small())
    case = import_case(content=read_folder(tmp_path / "case").content, slug="small", by=None, at=NOON)
    made = chapters(document(case, "scenario_book", "en"))
    scenarios = {each.ref: each for each in ground(case).working}
    assert Story in kinds(made[scenarios["C1"].name.en])
    untold = made[scenarios["C2"].name.en]
    assert Story not in kinds(untold)
    assert any(isinstance(block, Paragraph) and "not been written" in str(block.text) for block in untold)
    assert Facts in kinds(untold)


def test_one_future_is_told_as_one(tmp_path: Path, db: None):
    sheets = small()
    sheets["scenarios"]["scenarios"][1]["use"] = "reserve"
    write(tmp_path / "case", sheets)
    case = import_case(content=read_folder(tmp_path / "case").content, slug="small", by=None, at=NOON)
    made = document(case, "scenario_book", "en")
    opening = chapters(made)["1 future to think with"]
    assert any(isinstance(block, Paragraph) and "The story shows a future" in str(block.text) for block in opening)
    assert sum(isinstance(block, Story) for block in made.blocks) == 1


def test_drivers_that_nobody_has_judged_have_a_book_without_arrows(tmp_path: Path, db: None):
    sheets = small()
    sheets["cross_impact"] |= {"sections": []}
    sheets["cross_impact"].pop("expected")
    write(tmp_path / "case", sheets)
    content = read_folder(tmp_path / "case").content
    assert content
    case = import_case(content=content, slug="small", by=None, at=NOON)
    made = document(case, "scenario_book", "en")
    keys = [block.figure.key for block in made.blocks if isinstance(block, Picture)]
    assert "influence" not in keys
    assert "tableau" in keys
    assert document_pdf(case, "scenario_book", "en").startswith(b"%PDF")
