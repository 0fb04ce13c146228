from collections.abc import Iterator

import pytest

from fremsyn.methods.cib import core, library


@pytest.fixture
def without_core(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on a machine where nothing was compiled."""
    monkeypatch.setattr(core, "library", lambda name: library.BUILT / "not there.so")
    core._core.cache_clear()
    yield
    monkeypatch.undo()
    core._core.cache_clear()
