"""A YAML file is read to plain values with their lines, or refused with the place and what to do."""

from __future__ import annotations

import datetime
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.cases.yaml_tree import LARGEST, Fault, FileRefused, Tree, read_text, read_yaml

NAME = "framing.yaml"


def read(folder: Path, content: bytes | str) -> Tree:
    path = folder / NAME
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_yaml(path, NAME)


@pytest.mark.parametrize(
    ("content", "line", "wrong"),
    [
        ("", 1, "empty"),
        (" \n\n", 1, "empty"),
        ("# only a remark\n", 1, "holds nothing"),
        ("---\n", 1, "holds nothing"),
        ("a: 1\n\tb: 2\n", 2, "a tab stands"),
        ("a:\n- {b: 1, c: [1, 2\n", 2, "not YAML"),
        ('a: 1\nb: "cut off', 2, "not YAML"),
        ("a: &x 1\nb: *x\n", 2, "*x is an alias"),
        ("a: 1\nb: !!python/object:os.system 1\n", 2, "tag"),
        ("a: 1\nb: !own {c: 1}\n", 2, "tag !own"),
        ("a: 1\nb: ! [1]\n", 2, "tag"),
        ("a: 1\nb: !!binary aGVq\n", 2, "tag"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("a: 1\n<<: {b: 1}\n", 2, "meaning of its own"),
        ("a: 1\n? [b]\n: 1\n", 2, "field's name"),
        ("a: 1\n? {b: 1}\n: 1\n", 2, "field's name"),
        ("a: 1\nb: 2026-02-30\n", 2, "no date or number"),
        ("a: 1\nb: " + "9" * 5000, 2, "no date or number"),
        ("a: 1\nb: 0x" + "f" * 5000, 2, "larger than"),
        ("a: 1\nb: 1.0e+300\n", 2, "larger than"),
        ("a: 1\nb: 1" + ":59" * 5000, 2, "no date or number"),
        ("a: 1\nb: 1." + "0" * 10_000 + "1\n", 2, "no date or number"),
        ("- 1\n" * 250_000, 250_000, "more than 250,000 values"),
        (b"a: 1\nb: \xff\n", 2, "not UTF-8"),
        ("a: 1\n".encode("utf-16"), 1, "not UTF-8"),
        ("a: 1\nb: x\x00y\n", 2, "does not allow"),
        ("a: 1\nb: x\x1by\n", 2, "does not allow"),
        ("a: 1\nb: [" + "[" * 40 + "\n", 2, "nested deeper"),
    ],
)
def test_a_file_that_cant_be_read_is_refused_with_its_line_and_what_to_do(tmp_path, content, line, wrong):
    with pytest.raises(FileRefused) as refused:
        read(tmp_path, content)

    fault = refused.value.fault
    assert (fault.file, fault.line) == (NAME, line)
    assert wrong in fault.wrong
    assert fault.todo
    assert str(fault).count("\n") == 0


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused_at_once(tmp_path, opening):
    begun = time.monotonic()
    with pytest.raises(FileRefused):
        read(tmp_path, opening * 100_000)
    assert time.monotonic() - begun < 5


def test_billion_laughs_is_refused_at_its_first_alias(tmp_path):
    laughs = 'a: &a ["ha", "ha"]\n' + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)
    )
    with pytest.raises(FileRefused, match="alias"):
        read(tmp_path, laughs)


def test_a_file_over_five_megabytes_is_not_read(tmp_path):
    (tmp_path / NAME).write_bytes(b"a: " + b"x" * LARGEST)
    with pytest.raises(FileRefused, match="larger than 5 MB"):
        read_yaml(tmp_path / NAME, NAME)
    (tmp_path / NAME).write_bytes(b"x" * LARGEST)
    assert len(read_text(tmp_path / NAME, NAME)) == LARGEST


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path):
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(FileRefused, match="can't be read"):
            read_yaml(path, path.name)


def test_a_doubled_field_is_a_fault_with_its_line(tmp_path):
    tree = read(tmp_path, "trends:\n- ref: T1\n  impact: 2\n  impact: 3\n")

    [fault] = tree.faults
    assert (fault.line, fault.field) == (4, "trends[1].impact")
    assert "twice" in fault.wrong


def test_values_keep_their_types_and_lines(tmp_path):
    tree = read(tmp_path, "\ufeffa: 2026-11-27\nb:\n- {c: 1.5, d: 'yes'}\n- yes\n2027: null\n")

    assert tree.value == {"a": datetime.date(2026, 11, 27), "b": [{"c": 1.5, "d": "yes"}, True], 2027: None}
    assert (tree.line(("a",)), tree.line(("b", 0, "c")), tree.line(("b", 1)), tree.line((2027,))) == (1, 3, 4, 5)
    assert tree.line(("b", 0, "missing")) == 3


def test_a_year_that_is_a_key_is_not_counted_as_a_place_in_a_list(tmp_path):
    tree = read(tmp_path, "initiatives:\n- budget:\n    2027: x\n")

    assert tree.fault_at(("initiatives", 0, "budget", 2027), "wrong", "mend").field == "initiatives[1].budget.2027"


@given(st.text(), st.text(), st.text(), st.text())
def test_a_fault_is_one_line_of_printable_words(file, where, wrong, todo):
    line = str(Fault(file, 3, where, wrong, todo))

    assert len(line.splitlines()) == 1
    assert line.isprintable()
    assert line.encode()
    assert len(line) < 1000


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(max_size=20) | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(min_size=1, max_size=8), inner, max_size=4),
    max_leaves=20,
)


@given(value=st.dictionaries(st.text(min_size=1, max_size=8), PLAIN, min_size=1, max_size=5))
def test_what_yaml_writes_is_read_the_same(tmp_path, value):
    class Plainly(yaml.CSafeDumper):
        def ignore_aliases(self, data: object) -> bool:
            return True

    tree = read(tmp_path, yaml.dump(value, Dumper=Plainly, allow_unicode=True))

    assert tree.value == value
    assert not tree.faults


@given(junk=st.binary(max_size=200) | st.text(alphabet="abc:-[]{}'\"&*!|>#%@ \n\t\x00é", max_size=120).map(str.encode))
def test_junk_is_read_or_refused_and_never_anything_else(tmp_path, junk):
    try:
        fault = None
        read(tmp_path, junk)
    except FileRefused as refused:
        fault = refused.fault
    assert fault is None or fault.line >= 1
