"""Problems of a transcript: each kind once, however often it occurs."""

from __future__ import annotations

from castabout.model.feed import Problem

#: Where what concerns all of it is.
WHOLE = "transcript"


class Problems:
    """Collects problems while a transcript is read."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, int]] = {}

    def add(self, what: str, where: str = WHOLE) -> None:
        """Note that ``what`` is wrong at ``where``, lower case, no full stop."""
        first, others = self._found.get(what, (where, -1))
        self._found[what] = (first, others + 1)

    def all(self) -> tuple[Problem, ...]:
        """Each kind at its first place, with the number of other places."""
        return tuple(
            Problem(where, f"{what} (and {others:,} more)" if others else what)
            for what, (where, others) in self._found.items()
        )
