"""`fremsyn cib` and `fremsyn cib-check`, as somebody types them: answers, exit codes, and a message for each bad input."""

from __future__ import annotations

import json

import pytest

from commands.conftest import YAML
from fremsyn.cli.cib import run as command
from fremsyn.methods.cib import core


def test_the_answer_for_programs_has_everything(run, hand):
    code, out, err = run("cib", hand, "--json")
    told = json.loads(out)
    assert (code, err) == (0, "") or not core.compiled()
    assert told["descriptors"] == [
        {"name": "Oil, price", "variants": ["low", "high=er"]},
        {"name": "Cars", "variants": ["few", "many"]},
    ]
    assert told["scenarios"] == [
        {"variants": ["low", "few"], "index": [0, 0], "total_impact_score": 3, "margin": 2},
        {"variants": ["high=er", "many"], "index": [1, 1], "total_impact_score": 4, "margin": 2},
    ]
    assert (told["configurations"], told["count"], told["complete"]) == (4, 2, True)
    assert told["nodes"] > 0
    assert told["seconds"] >= 0


def test_the_answer_in_words(run, hand):
    code, out, _err = run("cib", hand, "--explain", "1")
    assert code == 0
    assert "2 consistent scenarios of 4 configurations" in out
    assert "A number of consistent scenarios is no probability." in out
    assert "Cars: few with 2, many with -2, a lead of 4\n  +4 Oil, price" in out


def test_the_demonstration_case_has_its_fourteen(run, repo):
    folder = repo / "examples" / "kombit"
    _code, out, _err = run("cib", folder / "cross_impact.yaml", "--json")
    told = json.loads(out)
    assert (told["count"], told["configurations"], told["complete"]) == (14, 4_251_528, True)
    from methods.cross_impact import read_kombit

    expected = {tuple(x["keys"]): (x["score"], x["margin"]) for x in read_kombit(folder)[2]["consistent"]}
    assert {tuple(x["variants"]): (x["total_impact_score"], x["margin"]) for x in told["scenarios"]} == expected


@pytest.mark.parametrize(
    ("words", "count", "complete"),
    [
        (["--fix", "Oil, price=low"], 1, True),
        (["--fix", "Oil, price=high=er", "--fix", "Cars=few"], 0, True),
        (["--exclude", "Cars=few"], 1, True),
        (["--tolerance", "6"], 4, True),
        (["--top", "1"], 1, True),
        (["--limit", "1"], 1, False),
        (["--limit", "2"], 2, True),
        (["--limit", "0"], 0, False),
        (["--count"], 2, True),
        (["--count", "--limit", "1"], 1, False),
    ],
)
def test_questions(run, hand, words, count, complete):
    code, out, _err = run("cib", hand, "--json", *words)
    told = json.loads(out)
    assert (code, told["count"], told["complete"]) == (0, count, complete)
    assert len(told.get("scenarios", [])) == (0 if "--count" in words else count)


def test_without_the_core_the_answer_is_the_same_and_says_so(run, hand, monkeypatch):
    with_core = json.loads(run("cib", hand, "--json")[1])
    monkeypatch.setattr(core, "_core", lambda bits: None)
    code, out, err = run("cib", hand, "--json")
    assert (code, json.loads(out)["scenarios"]) == (0, with_core["scenarios"])
    assert "the plain one answers" in err
    assert run("cib", hand, "--certificate", "x")[0] == 1


def test_the_strongest_come_first(run, hand):
    told = json.loads(run("cib", hand, "--json", "--top", "5")[1])
    assert [each["total_impact_score"] for each in told["scenarios"]] == [4, 3]


def test_a_space_without_end_is_counted_limited_and_streamed(run, open_space, monkeypatch):
    assert json.loads(run("cib", open_space, "--json", "--count")[1])["count"] == 3**13
    few = json.loads(run("cib", open_space, "--json", "--limit", "5000")[1])
    assert (few["count"], few["complete"], len(few["scenarios"])) == (5000, False, 5000)
    soon = json.loads(run("cib", open_space, "--json", "--time-limit", "0")[1])
    assert not soon["complete"]
    assert len(soon["scenarios"]) == soon["count"]
    monkeypatch.setattr(command, "SORTED_UP_TO", 100)
    streamed = json.loads(run("cib", open_space, "--json", "--limit", "5000")[1])
    assert (streamed["count"], len({tuple(x["index"]) for x in streamed["scenarios"]})) == (5000, 5000)
    assert run("cib", open_space, "--limit", "5000")[1].startswith("         score")
    assert run("cib", open_space, "--limit", "5000", "--explain", "1")[0] == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--fix", "Cars"], "DESCRIPTOR=VARIANT"),
        (["--fix", "Boats=few"], "no such descriptor; there are: Oil, price, Cars"),
        (["--fix", "Cars=none"], "no such variant; there are: few, many"),
        (["--fix", "Cars=few", "--fix", "Cars=many"], "can't both be fixed"),
        (["--fix", "Cars=few", "--exclude", "Cars=few"], "a variant that is fixed can't be excluded"),
        (["--exclude", "Cars=few", "--exclude", "Cars=many"], "nothing is left of Cars"),
        (["--tolerance", "-1"], "tolerance must be 0 or more"),
        (["--tolerance", "nan"], "tolerance must be 0 or more"),
        (["--explain", "3"], "there are 2 scenarios in the list"),
        (["--certificate", "x", "--top", "3"], "leave out --top"),
    ],
)
def test_a_bad_question_is_refused(run, hand, words, says):
    code, out, err = run("cib", hand, *words)
    assert (code, out) == (1, "")
    assert says in err


@pytest.mark.parametrize(
    "words", [["--limit", "-1"], ["--top", "0"], ["--top", "1000001"], ["--limit", "x"], ["--to", "xml"]]
)
def test_a_wrong_option_is_wrong_use(run, hand, words):
    with pytest.raises(SystemExit) as ended:
        run("cib", hand, *words)
    assert ended.value.code == 2


def test_survival_and_basins_are_told_in_both_forms(run, hand):
    told = json.loads(run("cib", hand, "--json", "--survival", "50", "--basins")[1])
    assert all(0 < each["survival"] <= 1 for each in told["scenarios"])
    assert sum(each["starts"] for each in told["basins"]["attractors"]) == told["basins"]["starts"]
    code, out, _err = run("cib", hand, "--survival", "50", "--basins")
    assert code == 0
    assert "holds" in out
    assert "fixed point: low · few" in out


def test_a_variant_may_be_told_without_its_descriptor(run, tmp_path):
    file = tmp_path / "matrix.yaml"
    file.write_text(YAML, encoding="utf-8")
    whole, short = run("cib", file, "--fix", "A=A.y", "--count"), run("cib", file, "--fix", "A=y", "--count")
    assert short[0] == 0
    assert short[1].splitlines()[0] == whole[1].splitlines()[0]
    code, _out, err = run("cib", file, "--fix", "A=z")
    assert code != 0
    assert "no such variant" in err


def test_the_answer_says_its_order_and_what_survival_tries(run, hand):
    assert "listed by their variants" in run("cib", hand)[1]
    assert "listed the highest score first" in run("cib", hand, "--top", "2")[1]
    told = run("cib", hand, "--survival", "10")[1]
    assert "rougher than on the web" in told
    assert "rougher" not in run("cib", hand)[1]
