"""What a show says in many of its episodes, which is searched as what it says of itself."""

from __future__ import annotations

from castabout.engine.castabout import Castabout
from castabout.store import episodes
from castabout.text.fold import fold
from castabout.text.html import html_to_text
from castabout.text.repeats import Kind, Repeats, alike, repeated_among, sentences

#: What is in many episodes is in one of so many.
_LOOKED_AT = 8
#: More is not searched.
_CHARACTERS = 20_000


def said_again(castabout: Castabout, podcast_row: int, known: Repeats) -> tuple[str, ...]:
    """Sentences and keywords that the podcast repeats, as ``known`` tells, each once."""
    if not any(count >= known.least(Kind.SENTENCE) for count in known.counts.values()):
        return ()
    found: dict[str, str] = {}
    for stored in episodes.some_of_podcast(castabout.store, podcast_row, _LOOKED_AT):
        there = sentences(html_to_text(stored.episode.notes)) if stored.episode.notes else []
        keywords = [fold(keyword) for keyword in stored.episode.keywords]
        again = [*repeated_among(there, known), *repeated_among(keywords, known, Kind.KEYWORD)]
        for plain, string in zip(alike(again), again, strict=True):
            found.setdefault(plain, string)
    return tuple("\n".join(found.values())[:_CHARACTERS].splitlines())
