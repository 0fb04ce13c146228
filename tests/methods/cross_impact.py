"""Cross-impact matrices for the tests, and the method itself done slowly."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from pathlib import Path

import numpy as np
import yaml

Rows = Sequence[Sequence[object]]


def exact(number: object) -> int | Fraction:
    fraction = Fraction(str(number))
    return int(fraction) if fraction.denominator == 1 else fraction


def brute_force(
    sizes: Sequence[int],
    judgements: Rows,
    *,
    tolerance: object = 0,
    fixed: dict[int, int] | None = None,
    excluded: Sequence[tuple[int, int]] = (),
) -> list[list[int]]:
    """Every consistent scenario by trying every configuration, in exact fractions."""
    cells = [[exact(cell) for cell in row] for row in judgements]
    starts = [sum(sizes[:j]) for j in range(len(sizes))]
    found = []
    for scenario in product(*(range(size) for size in sizes)):
        if any(scenario[j] != v for j, v in (fixed or {}).items()) or any(scenario[j] == v for j, v in excluded):
            continue
        balance = [sum(cells[starts[i] + v][t] for i, v in enumerate(scenario)) for t in range(sum(sizes))]
        sections = [balance[start : start + size] for start, size in zip(starts, sizes, strict=True)]
        if all(s[v] >= max(s) - exact(tolerance) for s, v in zip(sections, scenario, strict=True)):
            found.append(list(scenario))
    return found


def random_matrices(count: int, seed: int, *, most_configurations: int) -> Iterator[tuple[list[int], np.ndarray]]:
    """Matrices of 2-7 descriptors with 1-4 variants, some thin (many ties), some with a diagonal."""
    rng = np.random.default_rng(seed)
    while count:
        sizes = rng.integers(1, 5, rng.integers(2, 8)).tolist()
        if np.prod(sizes) > most_configurations:
            continue
        owner = np.repeat(np.arange(len(sizes)), sizes)
        top = int(rng.integers(1, 4))
        judgements = rng.integers(-top, top + 1, (len(owner), len(owner)))
        judgements *= rng.random((len(sizes), len(sizes)))[owner][:, owner] < rng.choice([0.3, 0.6, 1.0])
        if rng.random() < 0.6:
            judgements[owner[:, None] == owner] = 0
        count -= 1
        yield sizes, judgements


def read_kombit(folder: Path) -> tuple[list[int], list[list[int]], dict[str, object], list[list[str]]]:
    """The KOMBIT case's sizes, matrix, expected figures, and keys per descriptor."""
    with (folder / "cross_impact.yaml").open(encoding="utf-8") as file:
        data = yaml.load(file, yaml.CSafeLoader)
    order, columns = data["order"], [data["columns"][name] for name in data["order"]]
    starts = {name: sum(map(len, columns[:j])) for j, name in enumerate(order)}
    n = sum(map(len, columns))
    judgements = [[0] * n for _ in range(n)]
    for section in data["sections"]:
        target = starts[section["target"]]
        for k, key in enumerate(data["columns"][section["source"]]):
            row = section["rows"][key]
            judgements[starts[section["source"]] + k][target : target + len(row)] = row
    return list(map(len, columns)), judgements, data["expected"], columns
