"""`fremsyn micmac` and `fremsyn mactor`, as somebody types them: answers, and a message for each bad input."""

from __future__ import annotations

import json

import pytest

SYSTEM = """\
variables: [Age, Pay, Trust]
influence:
  Age: [0, 3, P]
  Pay: [1, 0, 2]
  Trust: [0, 1, 0]
"""
SYSTEM_TABLE = ",Age,Pay,Trust\nAge,,3,p\nPay,1,0,2\nTrust,0,1,0\n"
GAME = """\
actors: [A, B, C]
objectives: [Keep, Open]
influence:
  A: [0, 3, 0]
  B: [0, 0, 2]
  C: [1, 0, 0]
positions:
  A: [3, -1]
  B: [2, 2]
  C: [-2, 0]
"""
GAME_TABLE = ";A;B;C;Keep;Open\nA;;3;0;3;-1\nB;0;;2;2;2\nC;1;0;;-2;0\n"


@pytest.fixture
def run(run, tmp_path):
    def typed(command: str, file: object, *words: str, content: str | None = None) -> tuple[int, str, str]:
        if content is not None:
            (tmp_path / str(file)).write_text(content, encoding="utf-8")
            file = tmp_path / str(file)
        return run(command, file, *words)

    return typed


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("s.yaml", SYSTEM),
        ("s.csv", SYSTEM_TABLE),
        (
            "s.json",
            '{"variables": ["Age", "Pay", "Trust"], "influence": {"Age": [0, 3, "P"], "Pay": [1, 0, 2], "Trust": [0, 1, 0]}}',
        ),
    ],
)
def test_the_system_for_programs(run, name, content):
    code, out, err = run("micmac", name, "--json", "--order", "2", content=content)
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told["variables"] == ["Age", "Pay", "Trust"]
    age = told["actual"]["variables"][0]
    assert (age["name"], age["direct"]["influence"], age["direct"]["dependence"]) == ("Age", 3, 1)
    assert age["indirect"]["influence"] == 3 * 1 + 3 * 2
    assert told["potential"]["variables"][0]["direct"]["influence"] == 6
    assert told["actual"]["order"] == 2


def test_the_system_in_words(run, repo):
    code, out, _err = run("micmac", repo / "examples/methods/micmac.csv", "--potential", "1")
    assert code == 0
    assert "School choice" in out
    assert "With the 2 potential influences, each counted as 1:" in out
    assert "the ranks stay as they are" in out
    assert "come again every 2 orders" in run("micmac", "r.csv", content=",a,b\na,0,3\nb,1,0\n")[1]
    chain = run("micmac", "c.csv", content=",a,b\na,0,3\nb,0,0\n")
    assert "After order 1 no path is left" in chain[1]
    assert run("micmac", "c.csv", "--json", content=",a,b\na,0,3\nb,0,0\n")[1].count('"potential": null') == 1


@pytest.mark.parametrize(("name", "content"), [("g.yaml", GAME), ("g.csv", GAME_TABLE)])
def test_the_game_for_programs(run, name, content):
    code, out, err = run("mactor", name, "--json", content=content)
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told["reach"] == [[0, 3, 2], [1, 0, 2], [1, 1, 0]]
    assert told["competitiveness"] == pytest.approx([225 / 116, 81 / 116, 42 / 116])
    assert [order["positions"][2] for order in told["orders"][:2]] == [[-1, 0], [-2, 0]]
    assert told["orders"][1]["closeness"] == [[0, 1, -2.5], [1, 0, -2], [-2.5, -2, 0]]


def test_an_actor_with_whom_nobody_has_to_do(run):
    alone = GAME.replace("C: [-2, 0]", "C: [0, 0]")
    assert json.loads(run("mactor", "g.yaml", "--json", content=alone)[1])["orders"][0]["ambivalence"][2] is None
    assert run("mactor", "g.yaml", content=alone)[0] == 0


def test_the_game_in_words(run, repo):
    code, out, _err = run("mactor", repo / "examples/methods/mactor.yaml")
    assert code == 0
    assert "    -7.7  Council and Parents" in out
    assert "Keep the small schools             8.6       -3.1       11.7" in out


@pytest.mark.parametrize(
    ("command", "name", "content", "says"),
    [
        ("micmac", "a.yaml", SYSTEM.replace("3, P", "4, P"), "a.yaml:3: influence.Age[2]: 4 is no influence"),
        ("micmac", "a.yaml", SYSTEM.replace("3, P", "3, Q"), "influence.Age[3]: Q is no influence"),
        ("micmac", "a.yaml", SYSTEM.replace("3, P", "true, P"), "True is no influence"),
        ("micmac", "a.yaml", SYSTEM.replace("[0, 3, P]", "[0, 3]"), "influence.Age: the row has 2 values; write 3"),
        ("micmac", "a.yaml", SYSTEM.replace("[0, 3, P]", "[2, 3, P]"), "Age acts on itself"),
        ("micmac", "a.yaml", SYSTEM.replace("Trust: [", "Trusts: ["), "Trusts is no known name; use Age, Pay, Trust"),
        ("micmac", "a.yaml", SYSTEM.replace("  Trust: [0, 1, 0]\n", ""), "influence.Trust: the row is missing"),
        ("micmac", "a.yaml", SYSTEM.replace("  Trust: [", "  Pay: ["), "influence.Pay: the field stands twice"),
        ("micmac", "a.yaml", SYSTEM.replace("Pay, Trust]", "Pay, Pay]"), "Pay stands twice"),
        ("micmac", "a.yaml", SYSTEM.replace("[Age, Pay, Trust]", "[Age]"), "there are 1 names; give at least 2"),
        ("micmac", "a.yaml", SYSTEM + "more: 1\n", "more: there is no such field; use variables, influence"),
        ("micmac", "a.yaml", f"variables: [{', '.join(f'v{j}' for j in range(201))}]", "leave at most 200"),
        ("micmac", "a.yaml", "variables: [a, b]\ninfluence: 3", "write a row for each name"),
        ("micmac", "a.csv", SYSTEM_TABLE.replace(",3,", ",x,"), "a.csv:2: column 3: x is no influence"),
        ("micmac", "a.csv", SYSTEM_TABLE.replace("Pay,1,0", "Pay,1,1"), "a.csv:3: column 3: Pay acts on itself"),
        ("micmac", "a.csv", SYSTEM_TABLE.replace("\nPay", "\nPays"), "the same order across and down"),
        ("micmac", "a.csv", SYSTEM_TABLE.replace("Age,Pay,T", "Age,Age,T"), "Age stands twice"),
        ("micmac", "a.csv", SYSTEM_TABLE.replace("Age,Pay,T", "Age,,T"), "column 3: the column has no name"),
        ("micmac", "a.csv", SYSTEM_TABLE.replace("\nPay", "\n"), "a.csv:3: column 1: the row has no name"),
        ("micmac", "a.csv", SYSTEM_TABLE.replace("2\n", "2,1\n"), "the row has 5 columns, the first 4"),
        ("micmac", "a.pdf", "", "no kind of file that is known"),
        ("mactor", "a.yaml", GAME.replace("[0, 3, 0]", "[0, 5, 0]"), "influence.A[2]: 5 is no number from 0 to 4"),
        ("mactor", "a.yaml", GAME.replace("[3, -1]", "[3, -5]"), "a.yaml:8: positions.A[2]: -5 is no number"),
        ("mactor", "a.yaml", GAME.replace("[3, -1]", "[3, no]"), "positions.A[2]: False is no number"),
        ("mactor", "a.yaml", GAME.replace("[0, 3, 0]", "[1, 3, 0]"), "A acts on itself"),
        ("mactor", "a.yaml", GAME.replace("[2, 2]", "[2]"), "positions.B: the row has 1 values; write 2"),
        ("mactor", "a.yaml", GAME.replace("objectives: [Keep, Open]\n", ""), "objectives: this is missing"),
        ("mactor", "a.csv", GAME_TABLE.replace(";3;0;3;-1", ";3;0;3;"), "column 6: an empty cell is no number from -4"),
        ("mactor", "a.csv", GAME_TABLE.replace("A;;3", "A;1;3"), "A acts on itself"),
        ("mactor", "a.csv", GAME_TABLE.replace("A;B;C", "B;A;C"), "a column for each objective"),
        ("mactor", "a.csv", ";A;B\nA;;1\nB;1;\n", "after them a column for each objective"),
    ],
)
def test_a_bad_file_is_refused_with_a_place(run, command, name, content, says):
    code, out, err = run(command, name, "--json", content=content)
    assert (code, out) == (1, "")
    assert says in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("command", "ending", "whole"),
    [
        ("micmac", "yaml", SYSTEM),
        ("micmac", "csv", SYSTEM_TABLE),
        ("mactor", "yaml", GAME),
        ("mactor", "csv", GAME_TABLE),
    ],
)
def test_a_file_cut_anywhere_is_read_or_refused(run, command, ending, whole):
    for cut in range(len(whole)):
        code, out, err = run(command, f"cut.{ending}", content=whole[:cut])
        assert (code, bool(out), bool(err)) in {(0, True, False), (1, False, True)}


@pytest.mark.parametrize(("words", "says"), [(["--order", "101"], "The order"), (["--potential", "4"], "from 1 to 3")])
def test_options_out_of_range(run, words, says):
    code, _out, err = run("micmac", "s.yaml", *words, content=SYSTEM)
    assert code == 1
    assert says in err
