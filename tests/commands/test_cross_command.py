"""`fremsyn cross`, as somebody types it: a case's own drivers, other files, and a message for each bad input."""

from __future__ import annotations

import json

import pytest

from fremsyn.cli import main

MATRIX = """\
order: [A, B, C]
columns:
  A: [A.x, A.y, A.z]
  B: [B.x, B.y]
  C: [C.x, C.y]
sections:
- source: A
  target: B
  rows:
    A.x: [2, -2]
    A.y: [0, 0]
    A.z: [-2, 2]
"""
DRIVERS = """\
drivers:
- {key: A, impact: 5, uncertainty: 5, name: {da: Penge, en: Money}, variants: [{key: A.x, name: none}, {key: A.z, name: plenty}]}
- {key: B, impact: 4, uncertainty: 5}
- {key: C, impact: 3, uncertainty: 3}
"""
TABLE = "driver;impact;uncertainty\nA;5;5\nB;4;5\nC;3;3\n"


@pytest.fixture
def run(run, tmp_path):
    (tmp_path / "cross_impact.yaml").write_text(MATRIX, encoding="utf-8")

    def typed(*words: str, name: str = "d.yaml", content: str = DRIVERS) -> tuple[int, str, str]:
        (tmp_path / name).write_text(content, encoding="utf-8")
        return run("cross", tmp_path / name, *words)

    return typed


def test_the_best_independent_pair_is_the_cross(run):
    code, out, err = run("--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told["chosen"] == {"first": "A", "second": "C", "weight": 34, "tie": 0, "independent": True}
    assert [(each["first"], each["second"], each["independent"]) for each in told["pairs"]] == [
        ("A", "C", True),
        ("B", "C", True),
        ("A", "B", False),
    ]
    assert [each["name"] for each in told["corners"]] == [
        "none · C.x",
        "none · C.y",
        "plenty · C.x",
        "plenty · C.y",
    ]
    assert told["corners"][0]["scenarios"] == [["A.x", "B.x", "C.x"]]
    assert [each["count"] for each in (*told["corners"], told["between"])] == [1, 1, 1, 1, 4]
    assert (told["count"], told["complete"]) == (8, True)


def test_axes_and_ends_can_be_given(run):
    words = ["--axis", "B", "--axis", "A", "--low", "A=A.x", "--low", "A=A.y", "--high", "A=A.z"]
    told = json.loads(run("--json", *words)[1])
    assert not told["chosen"]["independent"]
    assert told["axes"][0] == {"driver": "A", "called": "Money", "low": ["A.x", "A.y"], "high": ["A.z"]}
    assert [each["count"] for each in (*told["corners"], told["between"])] == [4, 2, 0, 2, 0]
    assert json.loads(run("--json", "--axis", "B")[1])["chosen"]["second"] == "C"
    assert json.loads(run("--json", "--weak", "2")[1])["chosen"]["second"] == "B"
    few = json.loads(run("--json", "--limit", "3")[1])
    assert (few["count"], few["complete"]) == (3, False)


def test_the_answer_in_words(run):
    code, out, _err = run("--axis", "A", "--axis", "B")
    assert code == 0
    assert "The cross: Money by B\nThese two are tied with 2.0" in out
    assert "none · B.y (0): no consistent scenario" in out
    assert "8 consistent scenarios. A number of consistent scenarios is no probability." in out
    assert "at least 3 consistent" in run("--limit", "3")[1]


def test_a_table_and_a_matrix_from_elsewhere(run, tmp_path):
    (tmp_path / "cross_impact.yaml").rename(tmp_path / "m.yaml")
    code, out, _err = run("--json", "--matrix", str(tmp_path / "m.yaml"), name="d.csv", content=TABLE)
    assert (code, json.loads(out)["chosen"]["weight"]) == (0, 34)
    code, _out, err = run(name="d.csv", content=TABLE)
    assert code == 1
    assert "cross_impact.yaml" in err


@pytest.mark.parametrize(("case", "count", "axes"), [("skole", 4, ["ELE", "AI"]), ("kombit", 14, ["AI", "HAL"])])
def test_the_example_cases_have_a_cross(run, repo, capsys, case, count, axes):
    assert main(["cross", str(repo / "examples" / case / "scenarios.yaml"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["count"], [each["driver"] for each in told["axes"]]) == (count, axes)
    assert sum(each["count"] for each in (*told["corners"], told["between"])) == count


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        (
            "d.yaml",
            DRIVERS.replace("impact: 4", "impact: 6"),
            "d.yaml:3: drivers[2].impact: 6 is no number from 1 to 5",
        ),
        ("d.yaml", DRIVERS.replace("impact: 4", "impact: four"), "drivers[2].impact: four is no number"),
        ("d.yaml", DRIVERS.replace("key: B", "key: A"), "drivers[2].key: A stands twice"),
        ("d.yaml", DRIVERS.replace("key: B", "key: D"), "D is no driver of the matrix; use A, B, C"),
        ("d.yaml", DRIVERS.rpartition("- {key: C")[0], "C of the matrix has no impact and uncertainty"),
        ("d.yaml", DRIVERS.replace("{key: B, impact: 4", "{impact: 4"), "drivers[2].key: this is no name"),
        ("d.yaml", "drivers: 3", "list the drivers"),
        ("d.yaml", "drivers: [3]", "write key, impact and uncertainty"),
        ("d.csv", TABLE.replace("impact;", "weight;"), "name them driver, impact, uncertainty"),
        ("d.csv", TABLE.replace("B;4", "B;9"), "d.csv:3: column 2: 9 is no number from 1 to 5"),
        ("d.csv", TABLE.replace("B;4", "A;4"), "A stands twice"),
        ("d.csv", TABLE.replace("B;4", ";4"), "the row has no name"),
        ("d.txt", TABLE, "no kind of file that is known"),
    ],
)
def test_a_bad_file_is_refused_with_a_place(run, name, content, says):
    code, out, err = run("--json", name=name, content=content)
    assert (code, out) == (1, "")
    assert says in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--axis", "D"], "there is no such driver; there are: A, B, C"),
        (["--axis", "A", "--axis", "A"], "two different drivers"),
        (["--axis", "A", "--axis", "B", "--axis", "C"], "two different drivers"),
        (["--low", "B=B.x"], "the axes are A, C"),
        (["--low", "A"], "write it as DRIVER=VARIANT"),
        (["--low", "A=A.w"], "there is no such variant; there are: A.x, A.y, A.z"),
        (["--low", "A=A.x"], "give A variants at both ends"),
        (["--low", "A=A.x", "--high", "A=A.x"], "none of them at both"),
    ],
)
def test_questions_that_cant_be_answered(run, words, says):
    code, out, err = run(*words)
    assert (code, out) == (1, "")
    assert says in err


def test_a_file_cut_anywhere_is_read_or_refused(run):
    for name, whole in (("d.yaml", DRIVERS), ("d.csv", TABLE)):
        for cut in range(len(whole)):
            code, out, err = run(name=name, content=whole[:cut])
            assert (code, bool(out), bool(err)) in {(0, True, False), (1, False, True)}
