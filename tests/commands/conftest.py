"""The command as it is typed, and small matrices to try it on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from fremsyn.cli import main
from fremsyn.methods import cib
from fremsyn.methods.cib.formats import WRITERS, Descriptor, NamedMatrix

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
