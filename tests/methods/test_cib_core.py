"""The compiled core against the plain search and against trying every configuration."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fremsyn.methods import cib
from fremsyn.methods.cib import core
from fremsyn.methods.cib.searching import total_scores
from fremsyn.methods.errors import MethodError

from .cross_impact import brute_force, random_matrices

REAL = [
    "somewhereland",
    "CIB_global",
    "CIB_natl_regional",
    "CIB_nested_simplified_nonstandard",
    "jucib_bench_medium",
    "jucib_bench_xlarge",
    "jucib_bench_50x50",
]


needs_core = pytest.mark.skipif(
    not core.compiled() and os.environ.get("CI") != "true", reason="the core was not compiled here"
)


def a_question(sizes, rng):
    j, k = (int(rng.integers(len(sizes))) for _ in range(2))
    fixed = {j: int(rng.integers(sizes[j]))} if rng.random() < 0.4 else {}
    excluded = [(k, int(rng.integers(sizes[k])))] if rng.random() < 0.4 else []
    return {"tolerance": int(rng.integers(0, 4)), "fixed": fixed, "excluded": excluded}


@needs_core
def test_the_core_agrees_with_trying_everything_on_two_thousand_matrices():
    rng = np.random.default_rng(11)
    for sizes, judgements in random_matrices(2_000, seed=12, most_configurations=120):
        how = a_question(sizes, rng)
        expected = brute_force(sizes, judgements.tolist(), **how)
        matrix = cib.matrix(sizes, judgements)
        assert core.suits(matrix, 0)
        assert cib.search(matrix, **how).scenarios.tolist() == expected
        assert cib.count(matrix, **how)[:2] == (len(expected), True)


@needs_core
@pytest.mark.parametrize("scale", [1, 100, 100_000])
def test_lanes_of_either_width_agree_with_the_plain_search(scale, request):
    matrices = [cib.matrix(s, j * scale) for s, j in random_matrices(150, seed=8, most_configurations=3_000)]
    matrices += [cib.matrix(*wide(seed, scale)) for seed in range(4)]
    found = [cib.search(matrix, tolerance=scale).scenarios.tolist() for matrix in matrices]
    request.getfixturevalue("without_core")
    assert not core.suits(matrices[0], 0)
    assert [cib.search(matrix, tolerance=scale).scenarios.tolist() for matrix in matrices] == found


def wide(seed: int, scale: int) -> tuple[list[int], np.ndarray]:
    """A matrix whose descriptors fill chunks unevenly, some with a single variant and one with 32."""
    sizes = [[32, 3, 2], [20, 13, 2], [1, 1, 9, 8, 2], [5] * 5][seed]
    return sizes, np.random.default_rng(seed).integers(-3, 4, (sum(sizes), sum(sizes))) * scale


def test_more_than_32_variants_are_left_to_the_plain_search():
    judgements = np.random.default_rng(1).integers(-3, 4, (35, 35))
    matrix = cib.matrix([33, 2], judgements)
    assert not core.suits(matrix, 0)
    assert cib.search(matrix).scenarios.tolist() == brute_force([33, 2], judgements.tolist())


@pytest.mark.parametrize("name", REAL)
def test_matrices_of_others_have_the_scenarios_that_others_found(shared, name):
    file = shared / f"data/cib/{name}.json"
    if not file.exists():
        pytest.skip("the published matrix is not here")
    data = json.loads(file.read_text(encoding="utf-8"))
    sizes, expected = [len(d["variants"]) for d in data["descriptors"]], data["expected"]
    if name == "jucib_bench_50x50" and not core.compiled():
        pytest.skip("too large for the plain search")
    result = cib.search(cib.matrix(sizes, data["matrix"]))
    assert result.complete
    assert result.configurations == expected.get("configurations", result.configurations)
    assert len(result.scenarios) == expected.get("n_consistent", len(result.scenarios))
    for key in ("consistent", "sw_solutions"):
        if key in expected:
            assert result.scenarios.tolist() == sorted(expected[key])
    if "signatures" in expected:
        place = np.cumprod([1, *sizes[:-1]])
        assert sorted((result.scenarios @ place).tolist()) == expected["signatures"]


@settings(max_examples=40)
@given(seed=st.integers(0, 10_000), tolerance=st.integers(0, 5))
def test_questions_of_a_matrix_go_together(seed, tolerance):
    ((sizes, judgements),) = random_matrices(1, seed, most_configurations=600)
    matrix, rng = cib.matrix(sizes, judgements), np.random.default_rng(seed)
    how = {**a_question(sizes, rng), "tolerance": tolerance}
    every = cib.search(matrix, tolerance=tolerance).scenarios.tolist()
    wanted = [
        row
        for row in every
        if all(row[j] == v for j, v in how["fixed"].items()) and all(row[j] != v for j, v in how["excluded"])
    ]
    assert cib.search(matrix, **how).scenarios.tolist() == wanted
    more = cib.search(matrix, tolerance=tolerance + 1).scenarios.tolist()
    assert {tuple(row) for row in every} <= {tuple(row) for row in more}


@settings(max_examples=60)
@given(seed=st.integers(0, 10_000), k=st.integers(1, 6))
def test_the_strongest_are_the_strongest_of_all(seed, k):
    ((sizes, judgements),) = random_matrices(1, seed, most_configurations=600)
    matrix = cib.matrix(sizes, judgements)
    every = cib.search(matrix, tolerance=2).scenarios
    best = cib.top(matrix, k, tolerance=2)
    assert best.complete
    assert {tuple(row) for row in best.scenarios} <= {tuple(row) for row in every}
    scores = total_scores(matrix, best.scenarios).tolist()
    assert scores == sorted(total_scores(matrix, every).tolist(), reverse=True)[:k]
    assert scores == [cib.balances(matrix, row).score for row in best.scenarios]


def test_the_strongest_can_be_stopped_and_asked_wrongly():
    matrix = cib.matrix([3] * 7, np.zeros((21, 21)))
    answers = iter([False, True])
    assert not cib.top(matrix, 5000, cancelled=lambda: next(answers)).complete
    assert cib.top(matrix, 2, fixed={0: 1}, excluded=[(0, 1)]).scenarios.shape == (0, 7)
    with pytest.raises(MethodError):
        cib.top(matrix, 0)


def test_parts_add_up_and_can_be_left():
    matrix = cib.matrix([3] * 9, np.zeros((27, 27)))
    told = list(cib.parts(matrix))
    assert sum(len(each.scenarios) for each in told) == 3**9
    assert [each.last for each in told] == [False] * (len(told) - 1) + [True]
    assert [each.share for each in told] == sorted(each.share for each in told)
    assert told[-1].share == 1
    assert not next(cib.parts(matrix)).last


def test_a_count_can_run_out_of_time():
    matrix = cib.matrix([3] * 14, np.triu(np.ones((42, 42))))
    number, exact, nodes, _seconds = cib.count(matrix, seconds=0)
    assert (number, exact) <= (3**14, False)
    assert nodes
    assert cib.count(matrix, fixed={0: 1}, excluded=[(0, 1)])[:2] == (0, True)


def test_the_rows_under_a_limit_are_the_same_with_and_without_the_core(request):
    matrix = cib.matrix([3] * 8, np.zeros((24, 24)))
    few = cib.search(matrix, limit=100)
    request.getfixturevalue("without_core")
    assert cib.search(matrix, limit=100).scenarios.tolist() == few.scenarios.tolist()
    assert not few.complete


def test_a_walk_without_a_core_is_refused(without_core):
    matrix = cib.matrix([2], [[0, 0], [0, 0]])
    with pytest.raises(RuntimeError, match="suits"):
        core.Walk(matrix, np.ones(2, bool), 0)


def test_a_compiler_that_fails_is_told_of_and_stops_nothing(repo, tmp_path):
    (tmp_path / "ziglang.py").write_text("raise SystemExit('no compiler')", encoding="utf-8")
    program = (
        "import runpy, sys; from pathlib import Path; from fremsyn.methods.cib import library;"
        f"library.BUILT = Path({str(tmp_path / 'built')!r});"
        f"runpy.run_path({str(repo / 'scripts' / 'compile_core.py')!r}, run_name='__main__')"
    )
    paths = os.pathsep.join([str(tmp_path), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": paths},
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert "the slower one is used: no compiler" in done.stderr
    assert not list((tmp_path / "built").iterdir())
