"""All consistent scenarios, exactly: the search against OR-tools CP-SAT, every configuration tried, and prophesy-cib.

A busy machine must not decide, so that all times are the processor's; of ours the least of 21 runs, with its setting up.
Peers that are not installed (bench/requirements.txt) are left out, and so are matrices whose files are not there.
"""

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from math import prod
from pathlib import Path
from random import Random
from statistics import median

import numpy as np
import yaml
from numpy.typing import NDArray

from fremsyn.methods import cib
from fremsyn.methods.cib.core import Walk, suits

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared/data/cib"
PUBLISHED = (
    "somewhereland",
    "CIB_global",
    "CIB_natl_regional",
    "CIB_nested_simplified_nonstandard",
    "jucib_bench_50x50",
)
FAMILIES = {  # name → descriptors, fewest variants, density; three variants at most, judgements drawn evenly
    "12 dense": (12, 3, 1.0),
    "14 dense": (14, 3, 1.0),
    "18 dense": (18, 3, 1.0),
    "22 dense": (22, 3, 1.0),
    "30 at 0.4": (30, 2, 0.4),
    "40 at 0.3": (40, 2, 0.3),
    "50 at 0.2": (50, 2, 0.2),
}
SEEDS = range(1, 6)
MOST_TRIED = 5_000_000
SAMPLE = 300

Whole = NDArray[np.integer]
Instance = tuple[list[int], Whole]


def read(file: Path) -> Instance:
    """Return the sizes and the judgements of a cross_impact.yaml or of a published matrix."""
    if file.suffix == ".json":
        told = json.loads(file.read_text(encoding="utf-8"))
        return [len(each["variants"]) for each in told["descriptors"]], np.array(told["matrix"])
    data = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
    columns = [data["columns"][name] for name in data["order"]]
    sizes = [len(names) for names in columns]
    start = dict(zip(data["order"], np.cumsum([0, *sizes]).tolist(), strict=False))
    judgements = np.zeros((sum(sizes), sum(sizes)), np.int64)
    for section in data["sections"]:
        rows = np.array([section["rows"][key] for key in data["columns"][section["source"]]])
        top, left = start[section["source"]], start[section["target"]]
        judgements[top : top + rows.shape[0], left : left + rows.shape[1]] = rows
    return sizes, judgements


def drawn(n: int, fewest: int, density: float, seed: int) -> Instance:
    """Return a random matrix; the same numbers as `instances.py` of the published data draws."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(fewest, 4, n).tolist()
    start = np.concatenate([[0], np.cumsum(sizes)])
    judgements = np.zeros((start[-1], start[-1]), np.int64)
    for i in range(n):
        for j in range(n):
            if i != j and rng.random() < density:
                section = rng.integers(-3, 4, (sizes[i], sizes[j]))
                judgements[start[i] : start[i + 1], start[j] : start[j + 1]] = section
    return sizes, judgements


def ours(sizes: Sequence[int], judgements: Whole) -> tuple[float, Whole, int]:
    """Return the seconds of the search alone, all scenarios in order, and the nodes."""
    matrix = cib.matrix(sizes, judgements)
    assert suits(matrix, 0), "compile the core first: make setup"
    walk, found = Walk(matrix, np.ones(sum(sizes), bool), 0), []
    setting_up, began = walk.seconds, time.process_time()
    while not walk.done:
        found.append(walk.run(1 << 40, 1 << 14))
    seconds = setting_up + time.process_time() - began
    rows = np.concatenate(found)
    return seconds, rows[np.lexsort(rows.T[::-1])], walk.nodes


def cp_sat(sizes: Sequence[int], judgements: Whole) -> tuple[float, float, Whole]:
    """Return the seconds with building the model and without, warm, and all scenarios; one worker."""
    from ortools.sat.python import cp_model

    class Keep(cp_model.CpSolverSolutionCallback):
        def __init__(self) -> None:
            super().__init__()
            self.rows: list[list[int]] = []

        def on_solution_callback(self) -> None:
            values = [self.value(each) for each in chosen]
            self.rows.append([values[at : at + size].index(1) for at, size in zip(starts, sizes, strict=True)])

    starts = np.cumsum([0, *sizes[:-1]]).tolist()
    began = time.process_time()
    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in range(sum(sizes))]
    for at, size in zip(starts, sizes, strict=True):
        model.add_exactly_one(chosen[at : at + size])
        for v in range(at, at + size):
            for m in range(at, at + size):
                lead = (judgements[:, v] - judgements[:, m]).tolist()
                if v != m:
                    terms = [by * one for by, one in zip(lead, chosen, strict=True) if by]
                    model.add(sum(terms) >= 0).only_enforce_if(chosen[v])
    times = [began]
    for _ in range(2):
        solver, keep = cp_model.CpSolver(), Keep()
        solver.parameters.num_workers, solver.parameters.enumerate_all_solutions = 1, True
        solver.solve(model, keep)
        times.append(time.process_time())
    return times[1] - times[0], times[2] - times[1], np.array(sorted(keep.rows)).reshape(-1, len(sizes))


def every_one(sizes: Sequence[int], judgements: Whole) -> tuple[float, Whole]:
    """Write down every configuration and drop, descriptor by descriptor, those that aren't consistent there."""
    began = time.process_time()
    starts = np.cumsum([0, *sizes])
    left = np.stack(np.unravel_index(np.arange(prod(sizes)), sizes), axis=1).astype(np.int8)
    for j, size in enumerate(sizes):
        section = judgements[:, starts[j] : starts[j] + size].astype(np.int16)
        balance = np.zeros((len(left), size), np.int16)
        for i in range(len(sizes)):
            rows = section[starts[i] : starts[i + 1]]
            if rows.any():
                balance += rows[left[:, i]]
        chosen = np.take_along_axis(balance, left[:, [j]].astype(np.int64), axis=1)[:, 0]
        left = left[chosen == balance.max(axis=1)]
    return time.process_time() - began, left


def prophesy(sizes: Sequence[int], judgements: Whole) -> float:
    """Return the seconds that prophesy-cib would take for every configuration, from a sample of them."""
    from prophesy_cib import CrossImpact, Descriptor, DescriptorType, Model, Scenario, Variant
    from prophesy_cib.succession import compute_scenario_consistency

    places = [(j, v) for j, size in enumerate(sizes, 1) for v in range(1, size + 1)]
    descriptors = [
        Descriptor(j, str(j), DescriptorType.NOMINAL, tuple(Variant(v, str(v)) for v in range(1, size + 1)))
        for j, size in enumerate(sizes, 1)
    ]
    impacts = [
        CrossImpact(*places[row], *places[column], float(judgements[row, column]))
        for row, column in np.argwhere(judgements).tolist()
        if places[row][0] != places[column][0]
    ]
    model, rng = Model(descriptors, impacts), Random(1)
    sample = [Scenario({j: rng.randint(1, size) for j, size in enumerate(sizes, 1)}) for _ in range(SAMPLE)]
    compute_scenario_consistency(sample[0], model)
    began = time.process_time()
    for scenario in sample:
        compute_scenario_consistency(scenario, model)
    return (time.process_time() - began) / SAMPLE * prod(sizes)


def instances(words: Sequence[str], families: Sequence[str]) -> Iterator[tuple[str, list[Instance]]]:
    """Give the matrices to measure by name: files, or families of five."""
    kombit = ROOT / "examples/kombit/cross_impact.yaml"
    files = [Path(word) for word in words] or [kombit, *(DATA / f"{name}.json" for name in PUBLISHED)]
    for file in files:
        if file.exists():
            yield (file.parent.name if file == kombit else file.stem), [read(file)]
    for name in () if words else families:
        n, fewest, density = FAMILIES[name]
        yield name, [drawn(n, fewest, density, seed) for seed in SEEDS]


def measured(name: str, given: list[Instance], peers: set[str]) -> str:
    """Return a line of the table: medians over the matrices of a family, and how many times ours a peer takes."""
    times: dict[str, list[float]] = {}
    nodes, scenarios = [], []
    for sizes, judgements in given:
        runs = [ours(sizes, judgements) for _ in range(3 if name == "22 dense" else 21)]
        _, found, walked = runs[0]
        told = {"ours": min(run[0] for run in runs)}
        nodes.append(walked)
        scenarios.append(len(found))
        if "cp_sat" in peers:
            told["CP-SAT cold"], told["CP-SAT warm"], other = cp_sat(sizes, judgements)
            assert other.tolist() == found.tolist(), f"{name}: CP-SAT finds others"
        if prod(sizes) <= MOST_TRIED:
            told["every one"], all_rows = every_one(sizes, judgements)
            assert all_rows.tolist() == found.tolist(), f"{name}: trying every one finds others"
        if "prophesy" in peers:
            told["prophesy-cib"] = prophesy(sizes, judgements)
        for who, seconds in told.items():
            times.setdefault(who, []).append(seconds)
    mine = median(times["ours"])
    cells = [f"{median(nodes):,.0f}", f"{median(scenarios):,.0f}", f"{mine * 1000:,.3f} ms"]
    for who in ("CP-SAT warm", "CP-SAT cold", "every one", "prophesy-cib"):
        each = median(times[who]) if who in times else None
        cells.append("" if each is None else f"{each * 1000:,.0f} ms ({each / mine:,.0f} ×)")
    return f"| {name} | " + " | ".join(cells) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", help="cross_impact.yaml or JSON; the published ones and the families else")
    parser.add_argument("--without", nargs="*", default=[], help="peers to leave out: cp_sat, prophesy")
    parser.add_argument("--families", nargs="*", default=list(FAMILIES), help="those to draw")
    told = parser.parse_args()
    peers = {name for name, package in (("cp_sat", "ortools"), ("prophesy", "prophesy_cib")) if find_spec(package)}
    print(
        "| matrix | nodes | scenarios | ours | CP-SAT, warm | CP-SAT, cold | every one | prophesy-cib (extrapolated) |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name, given in instances(told.files, told.families):
        print(measured(name, given, peers - set(told.without)), flush=True)


if __name__ == "__main__":
    main()
