"""Succession and basins, ensembles, and the judgements that a scenario hangs on, each against doing it by hand."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from fremsyn.methods import cib
from fremsyn.methods.cib import succession
from fremsyn.methods.errors import MethodError

from .cross_impact import random_matrices

RULES = list(product(("global", "local", "incremental"), ("stay", "lowest", "highest")))


@pytest.fixture
def without_followers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(succession, "_compiled", lambda: None)


def moved_by_hand(sizes, judgements, scenario, rule, ties):
    starts = [sum(sizes[:j]) for j in range(len(sizes))]
    balance = [sum(judgements[starts[i] + v][t] for i, v in enumerate(scenario)) for t in range(sum(sizes))]
    parts = [balance[start : start + size] for start, size in zip(starts, sizes, strict=True)]
    wanted, lacks = [], []
    for part, now in zip(parts, scenario, strict=True):
        best = [v for v in range(len(part)) if part[v] == max(part)]
        stays = now in best and (ties == "stay" or rule == "local")
        wanted.append(now if stays else best[-1] if ties == "highest" else best[0])
        lacks.append(max(part) - part[now])
    if rule == "local":
        worst = lacks.index(max(lacks))
        return [wanted[j] if j == worst else v for j, v in enumerate(scenario)]
    if rule == "incremental":
        return [v + (w > v) - (w < v) for v, w in zip(scenario, wanted, strict=True)]
    return wanted


def ends_by_hand(sizes, judgements, rule, ties):
    counted: dict[tuple[tuple[int, ...], ...], int] = {}
    for start in product(*map(range, sizes)):
        way, now = [], tuple(start)
        while now not in way:
            way.append(now)
            now = tuple(moved_by_hand(sizes, judgements, now, rule, ties))
        cycle = way[way.index(now) :]
        lowest = cycle.index(min(cycle))
        key = tuple(cycle[lowest:] + cycle[:lowest])
        counted[key] = counted.get(key, 0) + 1
    return counted


@pytest.mark.parametrize(("rule", "ties"), RULES)
def test_basins_are_those_of_following_every_start(rule, ties):
    for sizes, judgements in random_matrices(12, 31, most_configurations=150):
        expected = ends_by_hand(sizes, judgements.tolist(), rule, ties)
        found = cib.basins(cib.matrix(sizes, judgements), rule=rule, ties=ties, workers=2)
        assert {tuple(map(tuple, each.cycle.tolist())): each.starts for each in found.attractors} == expected or (
            not found.exact
        )
        assert sum(each.starts for each in found.attractors) == found.starts


def test_the_fixed_points_are_the_consistent_scenarios():
    for sizes, judgements in random_matrices(60, 32, most_configurations=700):
        matrix = cib.matrix(sizes, judgements)
        found = cib.basins(matrix)
        fixed = sorted(each.cycle[0].tolist() for each in found.attractors if len(each.cycle) == 1)
        consistent = cib.search(matrix).scenarios.tolist()
        assert fixed == consistent if found.exact else all(row in consistent for row in fixed)


@pytest.mark.parametrize(("rule", "ties"), RULES)
def test_a_sample_gives_the_same_ends_with_an_interval(rule, ties, without_followers):
    for sizes, judgements in random_matrices(6, 33, most_configurations=100):
        expected = ends_by_hand(sizes, judgements.tolist(), rule, ties)
        found = cib.basins(cib.matrix(sizes, judgements), rule=rule, ties=ties, sample=3000, seed=1)
        assert not found.exact
        told = {tuple(map(tuple, each.cycle.tolist())): each for each in found.attractors}
        assert set(told) <= set(expected)
        for key, each in told.items():
            true = expected[key] / np.prod(sizes)
            assert each.low <= each.share <= each.high
            assert each.low - 0.05 < true < each.high + 0.05


def test_fractions_are_sampled_and_move_as_whole_judgements_do():
    ((sizes, judgements),) = random_matrices(1, 34, most_configurations=200)
    found = cib.basins(cib.matrix(sizes, judgements / 10), sample=500)
    assert not found.exact
    starts = np.array(list(product(*map(range, sizes))))
    tenths = cib.succeed(cib.matrix(sizes, judgements / 10), starts)
    assert tenths.tolist() == cib.succeed(cib.matrix(sizes, judgements), starts).tolist()


def test_bad_succession_is_refused():
    matrix = cib.matrix([2, 2], np.zeros((4, 4)))
    with pytest.raises(MethodError, match="no rule"):
        cib.basins(matrix, rule="sideways")
    with pytest.raises(MethodError, match="1 or more"):
        cib.basins(matrix, sample=0)


def test_an_ensemble_counts_how_often_each_scenario_holds():
    ((sizes, judgements),) = random_matrices(1, 41, most_configurations=300)
    matrix = cib.matrix(sizes, judgements)
    low, high = cib.around(matrix)
    assert ((high - low)[judgements != 0] >= 1).all()
    one, same = (cib.perturbed(matrix, 150, low=low, high=high, seed=7) for _ in range(2))
    many = cib.perturbed(matrix, 150, low=low, high=high, seed=7, workers=2)
    for other in (same, many):
        assert other.scenarios.tolist() == one.scenarios.tolist()
        assert other.times.tolist() == one.times.tolist()
    assert one.times.tolist() == sorted(one.times.tolist(), reverse=True)
    sure = cib.perturbed(matrix, 20, low=low, high=high, confidence=1.0)
    assert sure.scenarios.tolist() == cib.search(matrix).scenarios.tolist()
    assert set(sure.times.tolist()) <= {20}


def test_several_experts():
    matrices = [cib.matrix([2, 2], rows) for rows in (np.zeros((4, 4)), np.kron([[0, 1], [1, 0]], np.eye(2)))]
    found = cib.experts(matrices)
    assert found.scenarios.tolist() == [[0, 0], [1, 1], [0, 1], [1, 0]]
    assert found.times.tolist() == [2, 2, 1, 1]
    assert found.matrices == 2


def test_bad_ensembles_are_refused():
    matrix = cib.matrix([2, 2], np.zeros((4, 4)))
    zeros = np.zeros((4, 4), np.int64)
    for call in (
        lambda: cib.around(matrix, by=-1),
        lambda: cib.around(cib.matrix([2], [[0.5, 0], [0, 0]])),
        lambda: cib.experts([]),
        lambda: cib.perturbed(matrix, 0, low=zeros, high=zeros),
        lambda: cib.perturbed(matrix, 1, low=zeros + 1, high=zeros),
        lambda: cib.perturbed(
            cib.matrix([3] * 11, np.zeros((33, 33))), 1, low=np.zeros((33, 33), int), high=np.zeros((33, 33), int)
        ),
    ):
        with pytest.raises(MethodError):
            call()


def changed(judgements, changes):
    other = judgements.copy()
    for each in changes:
        assert other[each.source, each.target] == each.given
        other[each.source, each.target] = each.wanted
    return other


def test_the_smallest_change_breaks_and_nothing_smaller_does():
    for sizes, judgements in random_matrices(40, 51, most_configurations=80):
        matrix = cib.matrix(sizes, judgements)
        for scenario in cib.search(matrix).scenarios[:2]:
            found = cib.breaking(matrix, scenario)
            for change in found.changes:
                assert not cib.balances(cib.matrix(sizes, changed(judgements, [change])), scenario).consistent
            flat = scenario + np.array(matrix.starts)
            owner = np.repeat(np.arange(len(sizes)), sizes)
            breaks = {}
            for source, target, wanted in product(flat, range(sum(sizes)), range(-3, 4)):
                if owner[source] != owner[target]:
                    other = judgements.copy()
                    other[source, target] = wanted
                    if not cib.balances(cib.matrix(sizes, other), scenario).consistent:
                        by = abs(wanted - judgements[source, target])
                        breaks.setdefault(by, set()).add((source, target, wanted))
            assert found.by == min(breaks, default=0)
            assert {(c.source, c.target, c.wanted) for c in found.changes} == breaks.get(found.by, set())


def test_the_fewest_changes_make_a_wish_consistent_and_fewer_do_not():
    rng = np.random.default_rng(6)
    for sizes, judgements in random_matrices(40, 52, most_configurations=30):
        if sum(sizes) > 9:
            continue
        matrix = cib.matrix(sizes, judgements)
        wish = rng.integers(0, sizes)
        found = cib.lacking(matrix, wish)
        owner = np.repeat(np.arange(len(sizes)), sizes)
        cells = [
            (source, target)
            for source in wish + np.array(matrix.starts)
            for target in range(sum(sizes))
            if owner[source] != owner[target]
        ]
        fewest = None
        for number in range(len(found) if found is not None else len(cells) + 1):
            for chosen in combinations(cells, number):
                other = judgements.copy()
                for source, target in chosen:
                    other[source, target] = 3 if target in wish + np.array(matrix.starts) else -3
                if cib.balances(cib.matrix(sizes, other), wish).consistent:
                    fewest = number
        assert fewest is None
        if found is not None:
            assert cib.balances(cib.matrix(sizes, changed(judgements, found)), wish).consistent


def test_what_can_not_be_changed_is_refused():
    matrix = cib.matrix([2, 2], [[0, 0, 2, -2], [0, 0, -1, 1], [1, -1, 0, 0], [-3, 3, 0, 0]])
    assert cib.lacking(matrix, [0, 0]) == ()
    with pytest.raises(MethodError, match="not consistent already"):
        cib.breaking(matrix, [0, 1])
    with pytest.raises(MethodError, match="fractions"):
        cib.lacking(cib.matrix([2], [[0.5, 0], [0, 0]]), [0])
