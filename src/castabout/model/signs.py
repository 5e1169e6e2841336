"""What copies of an episode are looked up by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signs:
    """Numbers that an episode has in common with its copies; ``None`` where it has nothing of that kind."""

    #: Of its media file.
    file: int | None
    #: Of its title and day.
    day: int | None
    #: Of the end of its title.
    title: int | None
