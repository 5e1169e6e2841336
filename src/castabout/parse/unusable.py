"""What an item says and nobody can use: said as a problem, since the value is left unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from castabout.model.feed import Episode
from castabout.parse.dates import why_no_date, why_no_duration
from castabout.parse.fields import one_line

_SHOWN_CHARACTERS = 60


def unusable(episode: Episode, said: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """What is wrong with the date and the duration of an item, if it has them and none could be used.

    ``said`` gives the texts at all places of a value, best first.
    """
    if episode.published is None:
        yield from _first("its date", why_no_date, said("published"))
    if episode.duration is None:
        yield from _first("its duration", why_no_duration, said("duration"))


def _first(name: str, why: Callable[[str], str | None], texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if what := why(text):
            yield f"{name} {what} ({one_line(text, _SHOWN_CHARACTERS)})"
            return
