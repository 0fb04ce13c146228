"""Morphology: how many configurations are consistent, against every one tried with numpy and OR-tools CP-SAT.

Times are the processor's, so that a busy machine does not decide; of ours the least of seven runs. CP-SAT enumerates all
solutions with one worker. It is left out where it isn't installed (bench/requirements.txt), and where there are too many
solutions to wait for; so is trying every one where the space doesn't fit.
"""

import os
import time
from importlib.util import find_spec
from itertools import combinations
from math import prod

import numpy as np

from fremsyn.methods import morphology

FIELDS = {  # name → parameters, values of each, share of pairs that can't be together
    "8 × 5, 20 %": (8, 5, 0.20),
    "10 × 6, 5 %": (10, 6, 0.05),
    "10 × 6, 10 %": (10, 6, 0.10),
    "10 × 6, 20 %": (10, 6, 0.20),
    "12 × 6, 20 %": (12, 6, 0.20),
    "20 × 5, 10 %": (20, 5, 0.10),
}
MOST_TRIED = 70_000_000
MOST_ENUMERATED = 20_000
AT_ONCE = 2_000_000


def drawn(parameters: int, values: int, share: float) -> morphology.Field:
    rng = np.random.default_rng(1)
    grades = np.triu((rng.random((parameters * values,) * 2) >= share).astype(int), 1)
    return morphology.graded([values] * parameters, grades + grades.T, 1)


def every_one(field: morphology.Field) -> tuple[float, int]:
    """Write down every configuration, a stretch at a time, and drop pair by pair what can't be together."""
    began, number = time.process_time(), 0
    starts = np.array(field.starts, np.int16)
    for first in range(0, prod(field.sizes), AT_ONCE):
        last = min(first + AT_ONCE, prod(field.sizes))
        left = np.stack(np.unravel_index(np.arange(first, last), field.sizes), axis=1).astype(np.int16) + starts
        for i, j in combinations(range(len(field.sizes)), 2):
            left = left[field.together[left[:, i], left[:, j]]]
        number += len(left)
    return time.process_time() - began, number


def cp_sat(field: morphology.Field) -> tuple[float, int]:
    from ortools.sat.python import cp_model

    class Count(cp_model.CpSolverSolutionCallback):
        def __init__(self) -> None:
            super().__init__()
            self.number = 0

        def on_solution_callback(self) -> None:
            self.number += 1

    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in range(sum(field.sizes))]
    for start, size in zip(field.starts, field.sizes, strict=True):
        model.add_exactly_one(chosen[start : start + size])
    for v, w in np.argwhere(np.triu(~field.together)).tolist():
        if field.owners[v] != field.owners[w]:
            model.add_at_most_one([chosen[v], chosen[w]])
    solver, count = cp_model.CpSolver(), Count()
    solver.parameters.num_workers, solver.parameters.enumerate_all_solutions = 1, True
    began = time.process_time()
    solver.solve(model, count)
    return time.process_time() - began, count.number


def ours(field: morphology.Field) -> tuple[float, int]:
    times = []
    for _ in range(7):
        began = time.process_time()
        number = morphology.tally(field).number
        times.append(time.process_time() - began)
    return min(times), number


def main() -> None:
    print(f"load {os.getloadavg()[0]:.1f}")
    print("| field | space | consistent | ours | every one | CP-SAT |")
    print("|---|---|---|---|---|---|")
    for name, how in FIELDS.items():
        field = drawn(*how)
        mine, number = ours(field)
        cells = [name, f"{prod(field.sizes):,}", f"{number:,}", f"{mine * 1000:,.1f} ms"]
        peers = (
            (every_one, prod(field.sizes) <= MOST_TRIED),
            (cp_sat, number <= MOST_ENUMERATED and find_spec("ortools") is not None),
        )
        for peer, able in peers:
            seconds, other = peer(field) if able else (0.0, number)
            assert other == number, f"{name}: {peer.__name__} counts {other}"
            cells.append(f"{seconds * 1000:,.0f} ms ({seconds / mine:,.0f} ×)" if able else "")
        print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
