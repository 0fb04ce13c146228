from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "fremsyn"


@cache
def parsed() -> dict[Path, ast.Module]:
    paths = (path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
    return {path.relative_to(SOURCE): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(paths)}


@pytest.fixture(scope="session")
def modules() -> dict[Path, ast.Module]:
    """Every module of the package but migrations, by its path under the package."""
    return parsed()


@pytest.fixture(scope="session")
def source() -> Path:
    return SOURCE
