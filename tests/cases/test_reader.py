"""Plain values become a schema's dataclass, or faults that say where, what and what to do."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chain.small import dumped, small
from fremsyn.cases.plain import to_plain
from fremsyn.cases.reader import from_plain, read, value_from_plain
from fremsyn.cases.shape import Text
from fremsyn.cases.yaml_tree import Fault, Tree, read_yaml
from fremsyn.chain.content import SHEETS, CaseContent

Change = Callable[[Any], object]


def faults_in(folder: Path, sheet: str, plain: Any) -> tuple[Any, list[Fault], str]:
    text = dumped(plain)
    path = folder / f"{sheet}.yaml"
    path.write_text(text, encoding="utf-8")
    tree = read_yaml(path, path.name)
    return read(tree, SHEETS[sheet]), tree.faults, text


FAULTY: list[tuple[str, Change, str, str, str]] = [
    ("case", lambda c: c.update(colour=1), "colour", "unknown", "the fields here are"),
    ("case", lambda c: c.update({1: 1}), "1", "unknown", "the fields here are"),
    ("case", lambda c: c.pop("organisation"), "organisation", "missing", "add `organisation:`"),
    ("case", lambda c: c.update(base_year="2026"), "base_year", "not a whole number", "write a whole number"),
    ("case", lambda c: c.update(base_year=True), "base_year", "not a whole number", "write a whole number"),
    ("case", lambda c: c.update(base_year=2026.0), "base_year", "not a whole number", "write a whole number"),
    ("case", lambda c: c.update(base_year=None), "base_year", "nothing", "write a whole number"),
    ("case", lambda c: c.update(base_year=1066), "base_year", "outside 1900–2200", "from 1900 to 2200"),
    ("case", lambda c: c.update(slug="Stor Sag"), "slug", "form", "small letters"),
    ("case", lambda c: c.update(slug="x" * 81), "slug", "form", "at most 80"),
    ("case", lambda c: c.update(slug=7), "slug", "not text", "quotes"),
    ("case", lambda c: c.update(as_of="i går"), "as_of", "no date", "2026-11-27"),
    ("case", lambda c: c.update(as_of=datetime.datetime(2026, 1, 1, 3, tzinfo=datetime.UTC)), "as_of", "not a date", "write a date"),
    ("case", lambda c: c.update(language="de"), "language", "not one of the words", "use da, en"),
    ("case", lambda c: c.update(languages="da"), "languages", "where a list belongs", "write a list"),
    ("case", lambda c: c.update(languages=["da", "de"]), "languages[2]", "not one of the words", "use da, en"),
    ("case", lambda c: c.update(title="Lille"), "title", "where fields belong", "{da: …, en: …}"),
    ("case", lambda c: c.update(title={"da": "a", "de": "b"}), "title.de", "language is unknown", "`da` and `en`"),
    ("case", lambda c: c.update(title={"da": " ", "en": None}), "title.da", "empty", "write it"),
    ("case", lambda c: c.update(title={}), "title", "the text is empty", "{da: …, en: …}"),
    ("case", lambda c: c.update(title={"da": "a\x00b"}), "title.da", "can't be kept", "delete it"),
    ("case", lambda c: c.update(title={"da": 7}), "title.da", "not text", "quotes"),
    ("case", lambda c: c["records"].update(retention_years=-1), "records.retention_years", "outside", "from 0"),
    ("framing", lambda f: f["questions"].__setitem__(0, "Q0"), "questions[1]", "where fields belong", "ref"),
    ("framing", lambda f: f["questions"][0].update(ref="Z1"), "questions[1].ref", "no reference", "T12 or D3.b"),
    ("framing", lambda f: f["questions"][0].update(ref="Q１"), "questions[1].ref", "no reference", "T12 or D3.b"),
    ("framing", lambda f: f["questions"][0].update(ref="Q1\n"), "questions[1].ref", "no reference", "T12 or D3.b"),
    ("framing", lambda f: f["questions"][0].update(because="H1"), "questions[1].because", "list belongs", "[ … ]"),
    ("framing", lambda f: f["scope"].pop("in"), "scope.in", "missing", "add `in:`"),
    ("framing", lambda f: f["success_criteria"][0]["target"].update(number="et"), "success_criteria[1].target.number", "not a number", "write a number"),
    ("framing", lambda f: f["success_criteria"][0]["target"].update(number=float("nan")), "success_criteria[1].target.number", "reckoned", "finite"),
    ("framing", lambda f: f["success_criteria"][0]["target"].update(number=float("inf")), "success_criteria[1].target.number", "reckoned", "finite"),
    ("stakeholders", lambda s: s["stakeholders"][0]["channels"].update(en=["One"]), "stakeholders[1].channels", "different lengths", "as many"),
    ("stakeholders", lambda s: s["circles"].append(s["circles"][0]), "circles[2].id", "twice", "id of its own"),
    ("stakeholders", lambda s: s["circles"][0].update(id="a b"), "circles[1].id", "no id", "letters"),
    ("direction", lambda d: d["values"]["principles"].append(d["values"]["principles"][0]), "values.principles[2].id", "twice", "of its own"),
    ("conversation", lambda c: c["rounds"][0].update(votes="../R1.csv"), "rounds[1].votes", "form", "votes/R1.csv"),
    ("conversation", lambda c: c["rounds"][0].update(min_group=1), "rounds[1].min_group", "outside", "from 5"),
    ("scanning", lambda s: s["coverage"].update(themes=[1]), "coverage.themes", "mapping belongs", "name: value"),
    ("cross_impact", lambda x: x["sections"][0]["rows"].update(A=1), "sections[1].rows.A", "list belongs", "[ … ]"),
    ("plans", lambda p: p["initiatives"][0].update(start="2027Q1"), "initiatives[1].start", "form", "2027K1"),
    ("plans", lambda p: p["initiatives"][0].update(start="２０２７K1"), "initiatives[1].start", "form", "2027K1"),
    ("plans", lambda p: p["initiatives"][0]["budget"].update({2027: "to"}), "initiatives[1].budget.2027", "not a number", "write a number"),
    ("plans", lambda p: p["initiatives"][0].update(budget={"2027": 2}), "initiatives[1].budget.2027", "not a whole number", "whole number"),
    ("approval", lambda a: a["meetings"][0].update(reading=3), "meetings[1].reading", "not one of", "use 1, 2"),
    ("approval", lambda a: a["meetings"][0].update(reading=True), "meetings[1].reading", "not one of", "use 1, 2"),
    ("approval", lambda a: a["paper"].update(id="a/b"), "paper.id", "form", "letters"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "change", "field", "wrong", "todo"), FAULTY)
def test_a_wrong_field_is_named_with_its_line(tmp_path, sheet, change, field, wrong, todo):
    plain = small()[sheet]
    change(plain)
    made, faults, text = faults_in(tmp_path, sheet, copy.deepcopy(plain))

    assert made is None
    fault = next(each for each in faults if each.field == field)
    assert fault.file == f"{sheet}.yaml"
    assert wrong in fault.wrong
    assert todo in fault.todo
    assert 1 <= fault.line <= len(text.splitlines())


def test_every_fault_of_a_file_is_named_at_once(tmp_path):
    plain = small()["plans"]
    plain["initiatives"][0]["start"] = "snart"
    plain["initiatives"][1].pop("name")
    plain["signposts"][0]["operator"] = "="
    _made, faults, text = faults_in(tmp_path, "plans", plain)

    fields = [each.field for each in faults]
    assert fields == ["initiatives[1].start", "initiatives[2].name", "signposts[1].operator"]
    lines = text.splitlines()
    assert "snart" in lines[faults[0].line - 1]
    assert "operator" in lines[faults[2].line - 1]


@pytest.mark.parametrize("sheet", sorted(SHEETS))
def test_a_file_without_faults_becomes_its_schema(tmp_path, sheet):
    made, faults, _text = faults_in(tmp_path, sheet, small()[sheet])

    assert not faults
    assert isinstance(made, SHEETS[sheet])


@pytest.mark.parametrize("sheet", sorted(SHEETS))
@pytest.mark.parametrize("instead", [None, 7, "text", [], [1], True])
def test_a_file_that_is_no_mapping_is_refused(sheet, instead):
    tree = Tree(f"{sheet}.yaml", instead)

    assert read(tree, SHEETS[sheet]) is None
    assert tree.faults


def test_a_stored_value_that_is_none_of_its_kind_is_refused():
    with pytest.raises(ValueError, match="where fields belong"):
        from_plain("x", Text)
    with pytest.raises(ValueError, match="not a whole number"):
        value_from_plain("x", int)


def test_kombit_goes_to_plain_values_and_back(kombit_content: CaseContent):
    for sheet, thing in kombit_content.sheets():
        assert from_plain(to_plain(thing), SHEETS[sheet]) == thing
        assert from_plain(to_plain(thing, dates=True), SHEETS[sheet]) == thing


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1).filter(str.strip)


@given(da=st.none() | TEXTS, en=st.none() | TEXTS)
def test_a_text_survives_in_whatever_languages_it_has(da, en):
    text = Text(da=da, en=en)
    if da or en:
        assert from_plain(to_plain(text), Text) == text
    else:
        with pytest.raises(ValueError, match="empty"):
            from_plain(to_plain(text), Text)


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10) | st.dates()
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LEAVES.filter(lambda v: v == v), inner, max_size=3),
    max_leaves=8,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, child in inner for found in places(child, (*path, key)))]


PLACES = {sheet: places(plain)[1:] for sheet, plain in small().items()}


@given(data=st.data(), sheet=st.sampled_from(sorted(SHEETS)), other=ANYTHING)
def test_whatever_stands_in_a_place_is_taken_or_named(data, sheet, other):
    plain = small()[sheet]
    *way, last = data.draw(st.sampled_from(PLACES[sheet]))
    around = plain
    for step in way:
        around = around[step]
    around[last] = other
    tree = Tree(f"{sheet}.yaml", plain)

    made = read(tree, SHEETS[sheet])

    assert (made is None) == bool(tree.faults)
    assert all(str(fault).isprintable() for fault in tree.faults)
    if made is not None:
        assert from_plain(to_plain(made), SHEETS[sheet]) == made
