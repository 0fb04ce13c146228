"""What `fremsyn cib` reads: every form, and files that are cut, changed, heavy or wrong."""

from __future__ import annotations

import random
import subprocess
import sys
from contextlib import suppress

import numpy as np
import pytest

from commands.conftest import HAND, YAML
from fremsyn.cli.cib.files import read_matrix
from fremsyn.methods import cib
from fremsyn.methods.cib.formats import WRITERS, Descriptor, NamedMatrix, named, read
from fremsyn.methods.errors import MethodError
from methods.cross_impact import random_matrices


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
