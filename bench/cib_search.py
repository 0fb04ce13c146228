"""All consistent scenarios of the KOMBIT matrix: the search against a vectorised enumeration of the whole space."""

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import yaml
from numpy.typing import NDArray

from fremsyn.methods import cib

ROOT = Path(__file__).resolve().parent.parent
PLACES = [ROOT / "examples/kombit", ROOT.parent / "shared/case/kombit"]

Whole = NDArray[np.integer]


def read(file: Path) -> tuple[list[int], Whole]:
    """Return the sizes and the judgements of a cross_impact.yaml."""
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


def enumerate_all(sizes: list[int], judgements: Whole) -> Whole:
    """Write down every configuration and drop, descriptor by descriptor, those that aren't consistent there."""
    starts = np.cumsum([0, *sizes])
    left = np.stack(np.unravel_index(np.arange(np.prod(sizes)), sizes), axis=1).astype(np.int8)
    for j, size in enumerate(sizes):
        section = judgements[:, starts[j] : starts[j] + size].astype(np.int16)
        balance = np.zeros((len(left), size), np.int16)
        for i in range(len(sizes)):
            rows = section[starts[i] : starts[i + 1]]
            if rows.any():
                balance += rows[left[:, i]]
        chosen = np.take_along_axis(balance, left[:, [j]].astype(np.int64), axis=1)[:, 0]
        left = left[chosen == balance.max(axis=1)]
    return left


def timed(work: Callable[[], Whole], runs: int) -> tuple[float, Whole]:
    """Return the median of the runs in seconds, after one that isn't counted, and the result."""
    result, seconds = work(), []
    for _ in range(runs):
        began = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - began)
    return median(seconds), result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="a cross_impact.yaml; KOMBIT's where none is given")
    file = parser.parse_args().file or next(p for p in PLACES if p.exists()) / "cross_impact.yaml"
    sizes, judgements = read(file)
    matrix = cib.matrix(sizes, judgements)
    searched, found = timed(lambda: cib.search(matrix).scenarios, 50)
    enumerated, expected = timed(lambda: enumerate_all(sizes, judgements), 5)
    if found.tolist() != expected.tolist():
        raise SystemExit("The search and the enumeration disagree.")
    print(f"{len(found)} consistent scenarios of {np.prod(sizes):,} configurations, the same by both")
    print(f"enumeration {enumerated * 1000:10.1f} ms")
    print(f"search      {searched * 1000:10.1f} ms")
    print(f"ratio       {enumerated / searched:10.0f} ×")


if __name__ == "__main__":
    main()
