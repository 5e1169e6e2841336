"""Tags of an episode: what its publisher says it is about. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from castabout.model.feed import Episode
from castabout.text.fold import fold

MOST_TAGS = 8
_MOST_RELATED = 12


def tags(episode: Episode) -> tuple[str, ...]:
    """The episode's own keywords, which are searched: each tag leads to this episode at least."""
    lines = [" ".join(word.split()).lower() for word in episode.keywords]
    unique = {fold(line): line for line in reversed(lines)}
    return tuple(reversed(unique.values()))[:MOST_TAGS]


def related(topic: str, episodes: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Tags that at least two of the ``episodes`` share, commonest first, without the topic itself."""
    counts = Counter(tag for found in episodes for tag in found if fold(tag) != fold(topic))
    common = [(tag, count) for tag, count in counts.items() if count > 1]
    return tuple(tag for tag, _ in sorted(common, key=lambda item: (-item[1], item[0]))[:_MOST_RELATED])
