"""A case goes from files to rows and back without losing a word; an import is whole or not at all."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chain.small import Sheets, small, t, write
from conftest import NOON
from fremsyn.audit.models import Entry
from fremsyn.audit.verification import verify
from fremsyn.cases.models import Case, Item, Link
from fremsyn.cases.trace import Chain, chain_of
from fremsyn.chain.check import check_folder
from fremsyn.chain.content import CaseContent, without_claims
from fremsyn.chain.folder import read_folder, write_folder
from fremsyn.chain.operations import export_case, import_case, remove_case
from fremsyn.chain.references import find
from fremsyn.core.errors import RuleBroken
from fremsyn.strategy.schema import Computed

pytestmark = pytest.mark.django_db
LOG = {"audit.Entry", "audit.Head"}


def content_of(folder: Path) -> CaseContent:
    reading = read_folder(folder)
    assert reading.content, [str(fault) for fault in reading.faults]
    return reading.content


@pytest.fixture
def content(folder: Path) -> CaseContent:
    return content_of(folder)


def bring(content: CaseContent, slug: str = "lille") -> Case:
    return import_case(content=content, slug=slug, by=None, at=NOON)


def rows() -> dict[str, int]:
    """Return how many rows each table holds, the log apart."""
    counts = {model._meta.label: model._default_manager.count() for model in apps.get_models()}
    return {label: count for label, count in counts.items() if label not in LOG}


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.postgres
def test_an_imported_case_is_the_one_in_the_files(content):
    assert export_case(bring(content)) == content


@pytest.mark.postgres
@pytest.mark.parametrize("example", ["kombit", "skole"])
def test_an_example_is_the_same_after_import_and_after_files(repo, tmp_path, example):
    folder = repo / "examples" / example
    if not (folder / "approval.yaml").exists():
        pytest.skip(f"examples/{example} is not here")
    content = content_of(folder)

    first = export_case(bring(content, "first"))
    assert dataclasses.replace(first, case=dataclasses.replace(first.case, slug=content.case.slug)) == content

    write_folder(first, tmp_path / "first")
    second = export_case(bring(content_of(tmp_path / "first"), "second"))
    write_folder(second, tmp_path / "second")

    one, two = files(tmp_path / "first"), files(tmp_path / "second")
    assert one.pop("case.yaml").replace(b"slug: first", b"slug: second") == two.pop("case.yaml")
    assert one == two
    assert set(one) | {"case.yaml"} == {name for name in files(folder) if "__pycache__" not in name}
    assert not check_folder(tmp_path / "second", both=True).faults


@pytest.mark.parametrize("exported", [False, pytest.param(True, marks=pytest.mark.long)])
def test_kombit_passes_the_check_that_came_with_it(repo, shared, tmp_path, exported):
    folder = repo / "examples" / "kombit"
    if exported:
        write_folder(export_case(bring(content_of(folder), "kombit-2035")), tmp_path / "kombit")
        folder = tmp_path / "kombit"

    command = [sys.executable, str(shared / "case" / "check.py"), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def test_the_chain_is_the_same_from_files_and_from_rows(repo, folder):
    for name, place in (("lille", folder), ("kombit-2", repo / "examples" / "kombit")):
        reading = read_folder(place)
        assert reading.content
        from_files, from_rows = find(reading).chain, chain_of(bring(reading.content, name))
        assert sorted_chain(from_rows) == sorted_chain(from_files)
        assert from_rows.grounded == from_files.grounded


def sorted_chain(chain: Chain) -> dict[str, list[str]]:
    return {key: sorted(below) for key, below in chain.grounds.items() if below}


def test_links_keep_their_order(tmp_path, sheets):
    sheets["direction"]["agendas"][0]["because"] = ["N1", "T1", "C0", "Q0", "S1"]
    case = bring(content_of(write(tmp_path, sheets)))
    assert export_case(case).direction.agendas[0].because == ("N1", "T1", "C0", "Q0", "S1")


def test_every_item_is_there_once_with_its_title_and_mark(content):
    case = bring(content)

    assert Item.objects.filter(case=case, ref="T1").get().title == t("Færre børn")
    assert Item.objects.filter(case=case, ref="K1").get().unverified
    part = Item.objects.get(case=case, path="direction/values/principles/near")
    assert (part.ref, part.title) == ("", t("Nær"))
    assert Link.objects.filter(from_item=part, to_item__ref="N1", kind="because").exists()


# --- refused, whole or not at all


@pytest.mark.parametrize("slug", ["lille", "Stor", "to ord", "", "../op", "a--b", "x" * 81, "æ"])
def test_a_name_that_is_taken_or_cant_stand_in_an_address_is_refused(content, slug):
    bring(content)
    before = rows()
    with pytest.raises(RuleBroken):
        bring(content, slug)
    assert rows() == before
    assert verify().ok


class Failed(DatabaseError):
    pass


@contextmanager
def failing_at(call: int) -> Iterator[Callable[[], int]]:
    """Let the nth call of the database fail; yield how many calls there were."""
    made = 0

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal made
        made += 1
        if made == call:
            raise Failed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield lambda: made


def whole_or_not_at_all(operation: Callable[[], object]) -> int:
    """Fail an operation at its first, second, third … call of the database until it passes; return how many there were."""
    before, logged = rows(), Entry.objects.count()
    call = 1
    while True:
        try:
            with transaction.atomic(), failing_at(call):
                operation()
        except Failed:
            assert (rows(), Entry.objects.count()) == (before, logged), f"call {call} left something behind"
            call += 1
            continue
        assert Entry.objects.count() == logged + 1
        return call - 1


@pytest.mark.postgres
def test_an_import_that_fails_anywhere_leaves_nothing(content):
    assert whole_or_not_at_all(lambda: bring(content)) > 20
    assert export_case(Case.objects.get(slug="lille")) == content
    assert verify().ok


def test_a_removal_that_fails_anywhere_leaves_everything(content):
    before = rows()
    case = bring(content)
    assert whole_or_not_at_all(lambda: remove_case(case=Case.objects.get(pk=case.pk), by=None, at=NOON)) > 10
    assert rows() == before


@pytest.mark.postgres
def test_a_removed_case_is_gone_and_the_log_keeps_that_it_was_there(content, kombit):
    before = rows()
    case = bring(content)
    identity = str(case.pk)
    remove_case(case=case, by=None, at=NOON)

    assert rows() == before
    assert Case.objects.filter(pk=kombit.pk).exists()
    entries = Entry.objects.filter(case=identity).order_by("sequence")
    assert [entry.event for entry in entries] == ["chain.case_imported", "chain.case_removed"]
    assert entries[0].facts()["slug"] == "lille"
    assert verify().ok
    assert export_case(bring(content)) == content


# --- whatever a case holds

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=30).filter(
    lambda text: (
        text.strip()
        and not re.search(r"[A-Z]\d", text, re.ASCII | re.IGNORECASE)
        and not re.search(r"[^\W\d_]\d", text)
    )
)
TEXTS = st.one_of(
    st.fixed_dictionaries({"da": WORDS, "en": WORDS}), WORDS.map(lambda w: {"da": w}), WORDS.map(lambda w: {"en": w})
)
AMOUNTS = st.integers(0, 100) | st.floats(0, 100, allow_nan=False).map(lambda x: round(x, 3))
SOURCES = st.lists(st.sampled_from([f"F{n}" for n in range(1, 6)]), unique=True)


def spread(value: Any, draw: Callable[[Any], Any]) -> None:
    """Write other words into some of the texts of a file."""
    named = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in named:
        if isinstance(inner, dict) and set(inner) == {"da", "en"} and isinstance(inner["da"], str):
            if key != "story" and draw(st.integers(0, 9)) == 0:
                words = draw(TEXTS)
                inner.clear()
                inner.update(words)
        else:
            spread(inner, draw)


@st.composite
def cases(draw: Any) -> Sheets:
    """The small case with other words, numbers, links and orders, and with more or fewer of what may vary."""
    sheets = small()
    first = sheets["sources"]["sources"][0]
    sheets["sources"]["sources"] = draw(st.permutations([{**first, "ref": f"F{n}"} for n in range(1, 6)]))
    for trend in (trends := [copied(sheets["scanning"]["trends"][0], f"T{n}") for n in range(1, 5)]):
        trend["impact"], trend["unverified"] = draw(st.integers(1, 5)), draw(st.booleans())
        trend["sources"] = draw(SOURCES)
        trend["because"] = [
            "S1",
            *(other["ref"] for other in trends if other["ref"] > trend["ref"] and draw(st.booleans())),
        ]
        trend["signals"] = draw(
            st.sampled_from([{}, {"for": ["S1"]}, {"against": ["S1"]}, {"for": ["S1"], "against": ["S1"]}])
        )
    sheets["scanning"]["trends"] = draw(st.permutations(trends))
    sheets["scanning"]["signals"][0]["sources"] = draw(SOURCES)
    sheets["direction"]["vision"]["because"] = draw(st.permutations(["C0", "A1", "T1", "Q0", "T2"]))
    sheets["direction"]["backcast"] = [
        {"year": draw(st.integers(1900, 2200)), "text": t("Trin"), "because": draw(SOURCES)}
        for _n in range(draw(st.integers(0, 3)))
    ]
    sheets["framing"]["success_criteria"][0]["target"]["number"] = draw(AMOUNTS)
    sheets["plans"]["signposts"][0]["number"] = draw(AMOUNTS)
    sheets["plans"]["initiatives"][0]["budget"][2027] = draw(AMOUNTS)
    sheets["strategy"]["budget_mdkk"] = draw(AMOUNTS)
    sheets["scenarios"]["scenarios"] = draw(st.permutations(sheets["scenarios"]["scenarios"]))
    for name in draw(st.sets(st.sampled_from(["success_criteria", "history", "assumptions", "interviews"]))):
        sheets["framing"].pop(name, None)
    for sheet in sheets.values():
        spread(sheet, draw)
    return sheets


def copied(thing: Any, ref: str) -> Any:
    return {**thing, "ref": ref, "title": dict(thing["title"])}


@pytest.mark.postgres
@given(sheets=cases())
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_case_is_the_same_after_import_and_after_files(tmp_path_factory, sheets):
    folder = tmp_path_factory.mktemp("case")
    content = content_of(write(folder / "one", sheets))
    with transaction.atomic():
        again = export_case(bring(content))
        assert again == content
        write_folder(again, folder / "two")
        assert content_of(folder / "two") == content
        assert sorted_chain(chain_of(Case.objects.get(slug="lille"))) == sorted_chain(
            find(read_folder(folder / "one")).chain
        )
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_case_without_its_stated_figures_computes_the_same_and_says_the_rest(kombit_content):
    bare = without_claims(kombit_content)
    assert bare.direction.desirable.score is None
    assert bare.strategy.computed == Computed(says=kombit_content.strategy.computed.says)
    assert [each.name for each in bare.strategy.options] == [each.name for each in kombit_content.strategy.options]
    assert without_claims(bare) == bare
