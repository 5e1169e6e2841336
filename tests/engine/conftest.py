"""A real installation in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from castabout.engine.castabout import Castabout
from tests.support import open_at


@pytest.fixture
def castabout(tmp_path: Path) -> Iterator[Castabout]:
    """An empty installation."""
    castabout = open_at(tmp_path / "home")
    yield castabout
    castabout.close()
