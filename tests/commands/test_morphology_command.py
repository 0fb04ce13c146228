"""`fremsyn morphology`, as somebody types it: answers, exit codes, and a message for each bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

FIELD = """\
parameters:
  A: [a=1, a2]
  B: [b1, b2, 3]
  C: [c1, c2]
exclude:
  - {A: a=1, B: [b1, b2]}
grades:
  0:
  - {B: b2, C: c1}
  2:
  - {A: a2, C: c2}
least: 1
"""
TABLE = """\
;;A;;B;;C;
;;a=1;a2;b1;b2;c1;c2
A;a=1;;;0;3;;
;a2;;;;;;
B;b1;;;;;;
;b2;;;;;1;
C;c1;;;;1;;
;c2;;;;;;
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "field.yaml").write_text(FIELD, encoding="utf-8")
    return tmp_path / "field.yaml"


def test_the_answer_for_programs_has_everything(run, file):
    code, out, err = run("morphology", file, "--json", "--weigh")
    told = json.loads(out)
    assert (code, err) == (0, "")
    rows = [["a=1", "3", "c1"], ["a=1", "3", "c2"], ["a2", "b1", "c1"], ["a2", "b1", "c2"]]
    assert told["consistent"] == [*rows, ["a2", "b2", "c2"], ["a2", "3", "c1"], ["a2", "3", "c2"]]
    assert (told["count"], told["listed"], told["configurations"]) == (7, 7, 12)
    assert (told["exact"], told["complete"], told["dead"]) == (True, True, [])
    assert told["parameters"][1] == {
        "name": "B",
        "values": [{"name": "b1", "count": 2}, {"name": "b2", "count": 1}, {"name": "3", "count": 4}],
    }
    assert told["exclusions"] == [
        {"pair": [["A", "a=1"], ["B", "b1"]], "alone": 2, "only": 2},
        {"pair": [["A", "a=1"], ["B", "b2"]], "alone": 2, "only": 1},
        {"pair": [["B", "b2"], ["C", "c1"]], "alone": 2, "only": 1},
    ]


@pytest.mark.parametrize(
    ("words", "count", "listed", "complete"),
    [
        (["--fix", "A=a=1"], 2, 2, True),
        (["--fix", "A=a=1", "--fix", "C=c2"], 1, 1, True),
        (["--exclude", "B=3"], 3, 3, True),
        (["--fix", "A=a=1", "--exclude", "B=3"], 0, 0, True),
        (["--least", "0"], 8, 8, True),
        (["--least", "3"], 4, 4, True),
        (["--limit", "2"], 7, 2, False),
        (["--limit", "7"], 7, 7, True),
        (["--count"], 7, None, True),
        (["--time-limit", "0", "--count"], 0, None, False),
    ],
)
def test_questions(run, file, words, count, listed, complete):
    code, out, _err = run("morphology", file, "--json", *words)
    told = json.loads(out)
    assert (code, told["count"], told.get("listed"), told["complete"]) == (0, count, listed, complete)
    assert len(told.get("consistent", [])) == (listed or 0)


def test_the_answer_in_words(run, file):
    code, out, _err = run("morphology", file, "--fix", "A=a=1", "--weigh", "--limit", "1")
    assert code == 0
    assert "     1  a=1 · 3 · c1\n2 consistent of 6 configurations\n1 listed: a limit was reached" in out
    assert "Dead, in no consistent configuration: B=b1, B=b2" in out
    assert "           2              2  A=a=1 with B=b1" in out
    assert "no probability" in out
    assert "at least 0 consistent" in run("morphology", file, "--time-limit", "0")[1]


def test_a_document_and_a_table_say_the_same(run, file, tmp_path):
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    told = json.loads(run("morphology", tmp_path / "t.csv", "--json", "--count", "--least", "2")[1])
    assert told["count"] == 4
    assert json.loads(run("morphology", tmp_path / "t.csv", "--json", "--count")[1])["count"] == 6
    tree = {"parameters": {"A": ["a=1", "a2"], "B": ["b1", "b2"]}, "grades": {"0": [{"A": "a=1", "B": "b1"}]}}
    (tmp_path / "t.json").write_text(json.dumps(tree), encoding="utf-8")
    assert json.loads(run("morphology", tmp_path / "t.json", "--json", "--count")[1])["count"] == 3


def test_the_example_is_as_the_page_says(run, repo):
    _code, out, _err = run("morphology", repo / "examples/methods/morphology.yaml", "--json", "--count")
    told = json.loads(out)
    assert (told["count"], told["configurations"], told["dead"]) == (94, 162, [])


def test_a_space_without_end_is_counted_limited_and_streamed(run, tmp_path):
    many = {"parameters": {f"P{j}": [f"v{k}" for k in range(10)] for j in range(40)}}
    (tmp_path / "m.json").write_text(json.dumps(many), encoding="utf-8")
    told = json.loads(run("morphology", tmp_path / "m.json", "--json", "--limit", "5000")[1])
    assert (told["count"], told["listed"], told["complete"]) == (10**40, 5000, False)
    assert len({tuple(row) for row in told["consistent"]}) == 5000


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.yaml", FIELD.replace("A: [a=1, a2]", "A: [a2, a2]"), "a.yaml:2: parameters.A: a2 stands twice"),
        ("a.yaml", FIELD.replace("A: [a=1, a2]", "A: []"), "parameters.A: there are 0 names"),
        ("a.yaml", FIELD.replace("A: [a=1, a2]", "A: a2"), "parameters.A: this is missing or of another kind"),
        ("a.yaml", FIELD.replace("A: [a=1, a2]", "A: [{}, a2]"), "parameters.A[1]: this is no name"),
        ("a.yaml", FIELD.replace("  B: [", "  A: ["), "a.yaml:3: parameters.A: the field stands twice"),
        ("a.yaml", FIELD.replace("B: b2, C", "B: b2, D"), "there is no parameter D; use A, B, C"),
        ("a.yaml", FIELD.replace("B: b2, C", "B: b5, C"), "a.yaml:9: grades.0[1].B: B has no value b5; use b1, b2, 3"),
        ("a.yaml", FIELD.replace("{B: b2, C: c1}", "{B: b2}"), "1 parameters stand here"),
        ("a.yaml", FIELD.replace("{B: b2, C: c1}", "three"), "write {PARAMETER: value, PARAMETER: value}"),
        ("a.yaml", FIELD.replace("{B: b2, C: c1}", "{A: a=1, B: b2}"), "the pair stands twice"),
        ("a.yaml", FIELD.replace("  2:\n", "  two:\n"), "grades.two: two is no number from 0 to 1000"),
        ("a.yaml", FIELD.replace("least: 1", "least: 0.5"), "least: 0.5 is no number"),
        ("a.yaml", FIELD.replace("least: 1", "lest: 1"), "a.yaml:12: lest: there is no such field"),
        ("a.yaml", FIELD.replace("exclude:", "grades:"), "the field stands twice"),
        ("a.yaml", FIELD[:40], "a.yaml:"),
        ("a.yaml", "exclude: []", "list values under each name"),
        ("a.yaml", "parameters: {}", "there are 0 values"),
        ("a.yaml", "- 3", "write the fields"),
        ("a.yaml", "", "the file is empty"),
        ("a.json", '{"parameters": {"A": ["a"', "a.json:1"),
        ("a.txt", FIELD, "no kind of file that is known"),
        ("a.csv", TABLE.replace("a2;;;;;;", "a2;;;;;"), "a.csv:4: file: the row has 7 columns, the first 8"),
        ("a.csv", TABLE.replace("0;3", "x;3"), "a.csv:3: column 5: x is no number from 0 to 1000"),
        ("a.csv", TABLE.replace("0;3", "-1;3"), "-1 is no number"),
        ("a.csv", TABLE.replace("c1;;;;1", "c1;;;;2"), "a.csv:7: column 6: 2 stands here, 1 in the other half"),
        ("a.csv", TABLE.replace("B;b1", "B;b3"), "a.csv:5: file: this row is of B: b3, the column of B: b1"),
        ("a.csv", TABLE.replace("b1;b2", "b1;b1"), "this row is of"),
        ("a.csv", TABLE.replace("a=1;a2", ";a2"), "a name is missing"),
        ("a.csv", TABLE.rpartition("C;c1")[0], "there are 4 rows and 6 columns"),
        ("a.csv", TABLE.replace(";B;;C", ";B;;A").replace("\nC;", "\nA;"), "A stands twice"),
        ("a.csv", ";;A\n;;x\n", "there is no field"),
        ("a.csv", 'a;b\n"c', "this is no table"),
        ("a.csv", "", "the table is empty"),
    ],
)
def test_a_bad_file_is_refused_with_a_place(run, tmp_path, name, content, says):
    (tmp_path / name).write_text(content, encoding="utf-8")
    code, out, err = run("morphology", tmp_path / name, "--json")
    assert (code, out) == (1, "")
    assert says in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--fix", "A"], "write it as PARAMETER=VALUE"),
        (["--fix", "D=a2"], "there is no such parameter; there are: A, B, C"),
        (["--exclude", "A=a3"], "there is no such value; there are: a=1, a2"),
        (["--fix", "A=a2", "--fix", "A=a=1"], "can't both be fixed"),
        (["--fix", "A=a2", "--exclude", "A=a2"], "a value that is fixed can't be excluded"),
        (["--exclude", "A=a2", "--exclude", "A=a=1"], "nothing is left of A"),
    ],
)
def test_questions_that_cant_be_answered(run, file, words, says):
    code, out, err = run("morphology", file, *words)
    assert (code, out) == (1, "")
    assert says in err


def test_files_that_cant_be_read(run, tmp_path):
    for name in ("none.yaml", "none.csv"):
        code, _out, err = run("morphology", tmp_path / name)
        assert code == 1
        assert "can't be read" in err
    (tmp_path / "b.csv").write_bytes(b"\xff\xfe;a\n")
    assert "not UTF-8" in run("morphology", tmp_path / "b.csv")[2]


def test_a_file_cut_anywhere_is_read_or_refused(run, tmp_path):
    for ending, whole in (("yaml", FIELD), ("csv", TABLE)):
        for cut in range(len(whole)):
            (tmp_path / f"cut.{ending}").write_text(whole[:cut], encoding="utf-8")
            code, out, err = run("morphology", tmp_path / f"cut.{ending}", "--count")
            assert (code, bool(out), bool(err)) in {(0, True, False), (1, False, True)}
