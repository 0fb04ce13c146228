"""`fremsyn cib` and `fremsyn cib-check`, as somebody types them: answers, exit codes, and a message for each bad input."""

from __future__ import annotations

import json
import random
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from fremsyn.cli import main
from fremsyn.cli.cib import run as command
from fremsyn.cli.cib.files import read_matrix
from fremsyn.methods import cib
from fremsyn.methods.cib import core
from fremsyn.methods.cib.formats import WRITERS, Descriptor, NamedMatrix, named, read
from fremsyn.methods.errors import MethodError
from methods.cross_impact import random_matrices
from methods.test_cib_core import needs_core

Run = Callable[..., "tuple[int, str, str]"]

HAND = NamedMatrix(
    (Descriptor("Oil, price", ("low", "high=er")), Descriptor("Cars", ("few", "many"))),
    cib.matrix([2, 2], [[0, 0, 2, -2], [0, 0, -1, 1], [1, -1, 0, 0], [-3, 3, 0, 0]]),
)
YAML = """\
order: [A, B]
columns:
  A: [A.x, A.y]
  B: [B.x, B.y]
sections:
- source: A
  target: B
  rows:
    A.x: [2, -2]
    A.y: [-1, 1]
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def typed(*words: object) -> tuple[int, str, str]:
        code = main(list(map(str, words)))
        said = capsys.readouterr()
        return code, said.out, said.err

    return typed


@pytest.fixture
def hand(tmp_path: Path) -> Path:
    (tmp_path / "hand.json").write_text(WRITERS["json"](HAND), encoding="utf-8")
    return tmp_path / "hand.json"


@pytest.fixture
def open_space(tmp_path: Path) -> Path:
    """Nothing is judged: each of 3^13 combinations is consistent."""
    every = [Descriptor(f"D{j}", ("a", "b", "c")) for j in range(13)]
    file = tmp_path / "open.json"
    file.write_text(WRITERS["json"](NamedMatrix(tuple(every), cib.matrix([3] * 13, np.zeros((39, 39))))))
    return file


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


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_every_form_can_be_read_and_written(run, tmp_path, ending):
    for sizes, judgements in random_matrices(30, 2, most_configurations=10_000):
        sizes_ = [max(2, size) for size in sizes]
        judgements = np.resize(judgements, (sum(sizes_),) * 2)
        every = tuple(Descriptor(f"Æ {j}", tuple(f"v {k}" for k in range(size))) for j, size in enumerate(sizes_))
        again = read(f"x.{ending}", WRITERS[ending](NamedMatrix(every, cib.matrix(sizes_, judgements))).encode())
        assert again.descriptors == every
        assert again.matrix.judgements.tolist() == judgements.tolist()
    (tmp_path / "case.yaml").write_text(YAML, encoding="utf-8")
    code, out, _err = run("cib", tmp_path / "case.yaml", "--to", ending)
    assert code == 0
    (tmp_path / f"case.{ending}").write_text(out, encoding="utf-8")
    assert read_matrix(tmp_path / f"case.{ending}").matrix.judgements[0].tolist() == [0, 0, 2, -2]


def test_files_of_scenariowizard_are_those_of_the_json(shared):
    folder = shared / "data/cib"
    if not folder.exists():
        pytest.skip("the published matrices are not here")
    for file in folder.glob("scw/*.scw"):
        ours, theirs = read_matrix(file), read_matrix(folder / f"{file.stem}.json")
        assert ours.descriptors == theirs.descriptors
        assert ours.matrix.judgements.tolist() == theirs.matrix.judgements.tolist()


def test_a_project_cut_anywhere_is_refused(run, tmp_path):
    whole = WRITERS["scw"](HAND).encode()
    for cut in range(len(whole)):
        with pytest.raises(MethodError, match=r"x\.scw:\d+: .*; "):
            read("x.scw", whole[:cut])
    (tmp_path / "cut.scw").write_bytes(whole[:100])
    code, out, err = run("cib", tmp_path / "cut.scw")
    assert (code, out) == (1, "")
    assert "cut.scw:" in err
    assert read("x.scw", whole.replace(b"\n", b"\r\n")).descriptors == HAND.descriptors


FULL = 5 * 1024 * 1024  # as large as a file may be
SCW = "$\nx\n&a\n - b\n - c\n#\n#\n#\n#\n#\n"
NASTY = {
    "flat.yaml": ("order: [" + "0," * FULL, "more than 250,000 values"),
    "keys.yaml": ("".join(f"{n}: 0\n" for n in range(600_000)), "more than 250,000 values"),
    "sixty.yaml": ("order: 1" + ":59" * FULL, "no date or number that exists"),
    "deep.json": ("[" * FULL, "no JSON"),
    "nest.json": ('{"descriptors": [], "matrix": [' + "[[]]," * (FULL // 5 - 20) + "[]]}", "row 1, column 1 of matrix"),
    "rows.csv": ("a,b,c\n" * FULL, "more than 10,000 lines"),
    "blank.csv": ("\n" * FULL, "more than 10,000 lines"),
    "wide.csv": (("a," * (FULL // 8) + "\n") * 3, "a name is missing"),
    "rows.scw": (SCW + "0,0\n" * (FULL // 4 - 30) + "#\n#\n#\n", "more than 1,000 rows"),
    "cells.scw": (SCW + "0," * (FULL // 2 - 60) + "0\n#\n#\n#\n", "more than 1,000 columns"),
    "descriptors.scw": ("$\nx\n" + "&a\n" * (FULL // 3 - 30) + "#\n" * 7 + "#\n#\n", "more than 1,000 variants"),
}
BOUNDED = """
import resource, sys
from fremsyn.cli import main
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
sys.exit(sum(main(["cib", file]) for file in sys.argv[1:]))
"""


def test_no_file_takes_a_gigabyte(tmp_path):
    for name, (content, _says) in NASTY.items():
        (tmp_path / name).write_text(content[:FULL], encoding="utf-8")
    words = [sys.executable, "-c", BOUNDED, *(tmp_path / name for name in NASTY)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (len(NASTY), "")
    for line, (name, (_content, says)) in zip(done.stderr.splitlines(), NASTY.items(), strict=True):
        assert f"{name}:" in line
        assert says in line


def test_mutations_are_read_or_refused():
    rng = random.Random(3)
    seeds = {ending: write(HAND).encode() for ending, write in WRITERS.items()}
    for _ in range(1500):
        ending = rng.choice(list(seeds))
        text = bytearray(seeds[ending])
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(text) or 1)
            text[at : at + rng.randint(0, 9)] = rng.choice(
                [b"", b"\0", b"-", b"99999999999", b"\n", b"[", b'"', b"\xff"]
            )
        with suppress(MethodError):
            read(f"x.{ending}", bytes(text))


HEAD = '{"descriptors": [{"name": "A", "variants": ["x", "y"]}], "matrix": '


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.json", HEAD + "[[0, 0]]}", "the matrix has 1 rows and 2 columns; write 2 rows of 2 columns"),
        ("a.json", HEAD + "[[0, 0], [0]]}", "rows of different length"),
        ("a.json", HEAD + '[[0, "x"], [0, 0]]}', "row 1, column 2 of matrix is no whole number"),
        ("a.json", HEAD + "[[0, 0.5], [0, 0]]}", "row 1, column 2 of matrix is no whole number"),
        ("a.json", HEAD + "[[0, 0], 3]}", "row 2 of matrix is no list"),
        ("a.json", HEAD + "[[0, 0], [0, 1000000000]]}", "too large to add up"),
        ("a.json", HEAD, "no JSON"),
        ("a.json", "[" * 100_000, "no JSON"),
        ("a.json", HEAD + "9" * 5000 + "}", "no JSON"),
        ("a.json", "[]", "descriptors or matrix is missing"),
        ("a.json", '{"descriptors": [3], "matrix": []}', "descriptor 1 lacks a name"),
        ("a.json", '{"descriptors": [], "matrix": []}', "there is no descriptor"),
        ("a.json", HEAD.replace('"y"', '"x"') + "[]}", "A has the variant x twice"),
        ("a.json", HEAD.replace(', "y"', "") + "[]}", "A has one variant only"),
        ("a.json", HEAD.replace('"x", "y"', "") + "[]}", "A has no variant"),
        ("a.json", '{"descriptors": [%s, %s], "matrix": []}' % ((HEAD[17:54],) * 2), "A stands twice"),
        ("a.csv", "", "there is no matrix"),
        ("a.csv", ",,A,\n,,x,y\nA,x,0,1\n,y,one,0\n", "a.csv:4: 'one' in column 3 is no whole number"),
        ("a.csv", ",,A,\n,,x,y\nA,y,0,1\n,x,1,0\n", "a.csv:3: this row is of A: y, the column of A: x"),
        ("a.csv", ",,A,\n,,x,\nA,x,0,1\n,y,1,0\n", "a name is missing"),
        ("a.csv", "\0;;A\n;;x\nA;x;0\n", "a.csv:"),
        ("a.scw", "hello", "no ScenarioWizard project"),
        ("a.scw", "$\nx\n#\n#\n", "there is no matrix"),
        ("a.scw", "$\nx\nA\n#\n#\n#\n#\n#\n#\n#\n", "a.scw:3: this is neither a descriptor"),
        ("a.txt", "", "no kind of file that is known"),
        ("a.yaml", YAML.replace("[2, -2]", "[2, -4]"), "a.yaml:9: sections[1].rows.A.x[2]: -4 is no judgement"),
        ("a.yaml", YAML.replace("[2, -2]", "[2, two]"), "two is no judgement"),
        ("a.yaml", YAML.replace("[2, -2]", "[2]"), "the row is missing or of another length"),
        ("a.yaml", YAML.replace("A.y: [-1", "A.z: [-1"), "A.z is no state of A"),
        ("a.yaml", YAML.replace("target: B", "target: C"), "A or C is no driver's key"),
        ("a.yaml", YAML + YAML[YAML.index("- source") :], "A to B stands twice"),
        ("a.yaml", YAML.replace("A.x, A.y", "A.x"), "A has one variant only"),
        ("a.yaml", YAML.replace("A.x, A.y", "A.x, A.x"), "A has the variant A.x twice"),
        ("a.yaml", YAML.replace("  A: [A.x, A.y]\n", ""), "A has no list of states"),
        ("a.yaml", "order: 3", "list the drivers' keys"),
        ("a.yaml", "- 3", "write order, columns and sections"),
        ("a.yaml", "a: [", "a.yaml:1"),
    ],
)
def test_a_bad_file_is_refused_in_a_line(run, tmp_path, name, content, says):
    (tmp_path / name).write_text(content, encoding="utf-8")
    code, out, err = run("cib", tmp_path / name)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert says in err
    assert name in err or "smaller unit" in err


def test_a_file_that_is_not_there_or_too_large_is_refused(run, tmp_path):
    assert "it can't be read (No such file" in run("cib", tmp_path / "none.scw")[2]
    with pytest.raises(MethodError, match="larger than"):
        read("x.csv", b" " * (5 * 1024 * 1024 + 1))
    many = [Descriptor("A", tuple(map(str, range(1001))))]
    with pytest.raises(MethodError, match="leave at most"):
        named(many, [], lambda at, wrong, todo: (_ for _ in ()).throw(MethodError(f"{wrong}; {todo}")))
    old = WRITERS["scw"](HAND).replace("few", "få").encode("cp1252")
    assert read("x.scw", old).descriptors[1].variants[0] == "få"


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


@needs_core
def test_a_certificate_is_written_and_checked(run, hand, open_space, tmp_path):
    proof = tmp_path / "proof.txt"
    code, out, err = run("cib", hand, "--certificate", proof, "--json")
    assert (code, json.loads(out)["count"]) == (0, 2)
    size = f"{proof.read_bytes().count(10):,} lines, {len(proof.read_bytes()):,} bytes."
    assert err == f"{proof}: it will have {size}\n{proof}: written, {size}\n"
    assert run("cib-check", proof, hand) == (0, "It holds: 2 consistent scenarios, and no other.\n", "")
    code, out, err = run("cib-check", proof, open_space)
    assert (code, out) == (1, "")
    assert "another matrix" in err
    proof.write_bytes(proof.read_bytes()[:-1])
    assert run("cib-check", proof, hand)[0] == 1
    assert "proof.gone" in run("cib-check", tmp_path / "proof.gone", hand)[2]
    assert "can't be written" in run("cib", hand, "--certificate", tmp_path / "no" / "proof")[2]
    code, out, err = run("cib", open_space, "--certificate", tmp_path / "late", "--time-limit", "0", "--json")
    assert (code, json.loads(out)["complete"]) == (0, False)
    assert "not written, as the time ran out" in err
    assert sorted(each.name for each in tmp_path.iterdir()) == ["hand.json", "open.json", "proof.txt"]


@needs_core
def test_a_size_that_a_second_does_not_tell_is_said_as_far_as_it_is_known(run, open_space, tmp_path, monkeypatch):
    monkeypatch.setattr(command, "FORESEEING", 0)
    _code, _out, err = run("cib", open_space, "--certificate", tmp_path / "proof", "--time-limit", "0")
    assert "it will have more than 2 lines, " in err
    assert "how much more is not known." in err
    monkeypatch.setattr(command, "FORESEEING", 0.05)
    _code, _out, err = run("cib", open_space, "--certificate", tmp_path / "proof", "--time-limit", "0")
    assert re.search(r"more than [\d,]+ lines, [\d,]+ bytes; going by the \d+\.\d% of the space .* some [\d,]+\.", err)


@needs_core
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_whoever_stops_the_command_leaves_no_half_of_a_certificate(tmp_path, how):
    every = [Descriptor(f"D{j}", ("a", "b", "c")) for j in range(24)]
    file = tmp_path / "endless.json"
    file.write_text(WRITERS["json"](NamedMatrix(tuple(every), cib.matrix([3] * 24, np.zeros((72, 72))))))
    words = [sys.executable, "-m", "fremsyn.cli", "cib", file, "--certificate", tmp_path / "proof"]
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # a shell's background job is deaf to it
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=heard
    ) as running:
        assert running.stderr
        assert "it will have more than" in running.stderr.readline()
        running.send_signal(how)
        try:
            _out, err = running.communicate(timeout=60)
        finally:
            running.kill()
    assert (running.returncode, err) == (130, "Stopped.\n")
    assert [each.name for each in tmp_path.iterdir()] == ["endless.json"]


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
