"""The sample feeds of the project, for a first look."""

from __future__ import annotations

from pathlib import Path

#: Beside the program's own sources; an installed program has none.
SAMPLES = Path(__file__).parents[3] / "examples" / "feeds"


def sample_feeds() -> Path | None:
    """The folder that holds them, if it is there."""
    return SAMPLES if SAMPLES.is_dir() else None
