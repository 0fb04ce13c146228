"""What is asked beside the list: basins of every configuration, 1,000 perturbed matrices, a proof and its check, a cold start."""

import io
import subprocess
import sys
import time
from collections.abc import Callable
from math import prod
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory

import numpy as np
from cib_search import DATA, ROOT, drawn, read

from fremsyn.methods import cib
from fremsyn.methods.cib.checker import Checker

KOMBIT = ROOT / "examples/kombit/cross_impact.yaml"


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds that passed, and those of the processor."""
    began, spent = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - spent


def told(what: str, took: tuple[float, float], bar: str) -> None:
    print(f"| {what} | {took[0]:.3f} s | {took[1]:.3f} s | {bar} |", flush=True)


def proof(sizes: list[int], judgements: np.ndarray, folder: Path) -> None:
    matrix, file = cib.matrix(sizes, judgements), folder / "proof.txt"
    told("certificate of the same, written", timed(lambda: cib.certify(matrix, file)), "")
    text = file.read_bytes()
    lines = f"its {text.count(chr(10).encode()):,} lines ({len(text) / 1e6:.1f} MB) checked"
    told(lines, timed(lambda: Checker(io.BytesIO(text), sizes, judgements.tolist()).check()), "")


def main() -> None:
    print("| work | time | of the processor | bar |")
    print("|---|---|---|---|")
    matrix = cib.matrix(*read(KOMBIT))
    low, high = cib.around(matrix)
    told("1,000 perturbed KOMBIT matrices", timed(lambda: cib.perturbed(matrix, 1000, low=low, high=high)), "2 s")
    command = [sys.executable, "-m", "fremsyn.cli", "cib", str(KOMBIT), "--json"]
    before = getrusage(RUSAGE_CHILDREN).ru_utime
    took, _ = timed(lambda: subprocess.run(command, check=True, capture_output=True))
    told("`fremsyn cib` on KOMBIT, cold", (took, getrusage(RUSAGE_CHILDREN).ru_utime - before), "0.5 s")
    spaces = [drawn(18, 3, 1.0, 1)]
    if (DATA / "jucib_bench_50x50.json").exists():
        spaces.insert(0, read(DATA / "jucib_bench_50x50.json"))
        with TemporaryDirectory() as folder:
            proof(*spaces[0], Path(folder))
    for sizes, judgements in spaces:
        given = cib.matrix(sizes, judgements)
        took = timed(lambda given=given: cib.basins(given, workers=2))
        peak = getrusage(RUSAGE_SELF).ru_maxrss / 1024
        told(f"basins of {prod(sizes):,} configurations, two threads; peak {peak:,.0f} MiB", took, "4 s for 60 million")


if __name__ == "__main__":
    main()
