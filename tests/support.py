"""What several tests need."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from castabout.assemble import assemble
from castabout.config import load_settings
from castabout.engine.castabout import Castabout

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def open_at(home: Path) -> Castabout:
    """The installation in ``home``, with a clock that stands still."""
    return replace(assemble(load_settings(home, {})), clock=lambda: NOW)
