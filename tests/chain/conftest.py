from __future__ import annotations

from pathlib import Path

import pytest

from chain.small import Sheets, small, write


@pytest.fixture
def sheets() -> Sheets:
    """The small case as plain values, free to be changed."""
    return small()


@pytest.fixture
def folder(tmp_path: Path, sheets: Sheets) -> Path:
    """The small case as a folder without faults."""
    return write(tmp_path / "lille", sheets)
