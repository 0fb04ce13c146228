"""A certificate proves that a list is complete, and nothing but itself."""

from __future__ import annotations

import ast
import io
import json
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fremsyn.methods import cib
from fremsyn.methods.cib import checker, core
from fremsyn.methods.cib.checker import Checker
from fremsyn.methods.errors import MethodError

from .cross_impact import random_matrices
from .test_cib_core import a_question, needs_core


def check(text: bytes, sizes: list[int], judgements: np.ndarray) -> int:
    return Checker(io.BytesIO(text), sizes, judgements.tolist()).check()


def proof(tmp_path, sizes, judgements, **how) -> bytes:
    file = tmp_path / "proof.txt"
    assert cib.certify(cib.matrix(sizes, judgements), file, **how)
    assert [each.name for each in tmp_path.iterdir()] == ["proof.txt"]
    return file.read_bytes()


@needs_core
def test_every_certificate_holds_and_counts_what_the_search_finds(tmp_path):
    rng = np.random.default_rng(4)
    for sizes, judgements in random_matrices(150, seed=21, most_configurations=800):
        how = a_question(sizes, rng)
        matrix = cib.matrix(sizes, judgements)
        certificate = cib.certify(matrix, tmp_path / "proof.txt", **how)
        text = (tmp_path / "proof.txt").read_bytes()
        assert (len(text), text.count(b"\n")) == (certificate.size, certificate.lines)
        found = cib.search(matrix, **how).scenarios + np.array(matrix.starts)
        assert check(text, sizes, judgements) == certificate.scenarios == len(found)
        told = sorted(list(map(int, line.split()[1:])) for line in text.splitlines() if line.startswith(b"="))
        assert told == found.tolist()


@needs_core
def test_a_larger_tree_is_written_in_pieces_and_holds(tmp_path, monkeypatch):
    monkeypatch.setattr("fremsyn.methods.cib.certificate.LEAST_ROOM", 1)
    sizes, judgements = [3] * 10, np.random.default_rng(2).integers(-3, 4, (30, 30)) * 1000
    text = proof(tmp_path, sizes, judgements)
    assert check(text, sizes, judgements) == len(cib.search(cib.matrix(sizes, judgements)).scenarios)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    if not core.compiled() and os.environ.get("CI") != "true":
        pytest.skip("the core was not compiled here")
    sizes, judgements = [3, 2, 3, 2, 3], np.random.default_rng(5).integers(-3, 4, (13, 13))
    return sizes, judgements, proof(tmp_path_factory.mktemp("proof"), sizes, judgements, tolerance=1)


@settings(max_examples=300)
@given(data=st.data())
def test_any_line_altered_dropped_doubled_or_swapped_is_refused(written, data):
    sizes, judgements, text = written
    lines = text.splitlines(keepends=True)
    at = data.draw(st.integers(0, len(lines) - 1))
    kind = data.draw(st.sampled_from(["alter", "drop", "double", "swap", "cut", "add"]))
    if kind == "alter":
        spot = data.draw(st.integers(0, len(lines[at]) - 1))
        other = data.draw(st.integers(0, 255).filter(lambda byte: byte != lines[at][spot]))
        lines[at] = lines[at][:spot] + bytes([other]) + lines[at][spot + 1 :]
    elif kind == "drop":
        del lines[at]
    elif kind in ("double", "add"):
        lines.insert(data.draw(st.integers(0, len(lines))) if kind == "add" else at, lines[at])
    elif kind == "swap":
        to = data.draw(st.integers(0, len(lines) - 1).filter(lambda to: lines[to] != lines[at]))
        lines[at], lines[to] = lines[to], lines[at]
    else:
        lines = [text[: data.draw(st.integers(0, len(text) - 1))]]
    with pytest.raises(ValueError, match="line "):
        check(b"".join(lines), sizes, judgements)


@settings(max_examples=300)
@given(data=st.data())
def test_with_the_first_line_made_anew_a_changed_proof_never_proves_another_number(written, data):
    """What hangs on the replay alone: a removal, a branch or a scenario that is not so is found without digests."""
    sizes, judgements, text = written
    lines = text.splitlines(keepends=True)[1:]
    at = data.draw(st.integers(1, len(lines) - 1))
    numbers = lines[at].split()
    change = data.draw(st.sampled_from(["drop", "double", "number", "kind"]))
    if change == "drop":
        del lines[at]
    elif change == "double":
        lines.insert(at, lines[at])
    elif change == "number" and len(numbers) > 1:
        numbers[data.draw(st.integers(1, len(numbers) - 1))] = b"%d" % data.draw(st.integers(0, 13))
        lines[at] = b" ".join(numbers) + b"\n"
    else:
        numbers[0] = data.draw(st.sampled_from([b"!", b"?", b"-", b"=", b"given"]))
        lines[at] = b" ".join(numbers) + b"\n"
    try:
        number = check(headed(text, lines), sizes, judgements)
    except ValueError:
        return
    assert number == check(text, sizes, judgements)


def headed(text: bytes, lines: list[bytes]) -> bytes:
    from hashlib import sha256

    matrix, body = text.split()[5], b"".join(lines)
    digest = sha256(body).hexdigest().encode()
    return b"fremsyn cib certificate 1 matrix %s lines %020d sha256 %s\n" % (matrix, len(lines), digest) + body


def test_another_matrix_is_refused(written):
    sizes, judgements, text = written
    other = judgements.copy()
    other[0, 5] += 1
    with pytest.raises(ValueError, match="another matrix"):
        check(text, sizes, other)


def test_the_checker_is_short_and_stands_alone(repo, written, tmp_path):
    source = (repo / "src/fremsyn/methods/cib/checker.py").read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 100
    imported = [node for node in ast.walk(ast.parse(source)) if isinstance(node, (ast.Import, ast.ImportFrom))]
    names = {alias.name for node in imported if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in imported if isinstance(node, ast.ImportFrom)}
    assert names <= set(sys.stdlib_module_names)
    sizes, judgements, text = written
    (tmp_path / "proof.txt").write_bytes(text)
    descriptors = [{"name": str(j), "variants": ["x"] * size} for j, size in enumerate(sizes)]
    told = {"descriptors": descriptors, "matrix": judgements.tolist()}
    (tmp_path / "matrix.json").write_text(json.dumps(told), encoding="utf-8")
    command = [sys.executable, "-I", checker.__file__, tmp_path / "proof.txt", tmp_path / "matrix.json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("It holds: ")


@needs_core
def test_a_cancelled_or_failed_certificate_leaves_nothing(tmp_path):
    matrix = cib.matrix([3] * 8, np.zeros((24, 24)))
    assert cib.certify(matrix, tmp_path / "proof.txt", cancelled=lambda: True) is None
    with pytest.raises(OSError, match="No such file"):
        cib.certify(matrix, tmp_path / "nowhere" / "proof.txt")
    with pytest.raises(MethodError, match="whole judgements"):
        cib.certify(cib.matrix([2], [[0.5, 0], [0, 0]]), tmp_path / "proof.txt")
    assert not list(tmp_path.iterdir())
