"""The bytes of a feed to values: strictly if they are well-formed, else as far as they make sense."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from castabout.errors import NotAFeed
from castabout.model.feed import Episode, ParsedFeed, Problem
from castabout.parse import rss
from castabout.parse.encoding import decode
from castabout.parse.identity import key_among_others
from castabout.parse.sniff import Kind, describe, kind_of, root_of
from castabout.parse.soup import SoupReader
from castabout.parse.xml import IllFormed, Reader, StrictReader

#: Items beyond this are left out, which is said.
ITEMS = 100_000
_FEED = "feed"


def parse_feed(data: bytes) -> ParsedFeed:
    """Everything that a feed says, and what could not be read as it stands.

    A bad item is a problem beside the good ones. Raises `NotAFeed`, about
    ``feed``, for bytes that are no feed at all; nothing else.
    """
    if kind_of(data) is not Kind.FEED:
        what = describe(data)
        raise NotAFeed(_FEED, what if what == "empty" else f"{what}, not a feed")
    if root_of(data) == "feed":
        raise NotAFeed(_FEED, "an Atom feed; only RSS is read so far")
    text, guess = decode(data)
    try:
        parsed = _read(StrictReader(text))
    except IllFormed as error:
        soup = SoupReader(text)
        parsed = _read(soup)
        said = Problem(_FEED, f"not well-formed ({error}); read as far as it makes sense")
        parsed = replace(parsed, problems=(said, *parsed.problems), cut_off=soup.cut_off)
    if guess:
        parsed = replace(parsed, problems=(Problem(_FEED, guess), *parsed.problems))
    return parsed


def _read(reader: Reader) -> ParsedFeed:
    items: list[tuple[str, Episode]] = []
    problems: list[Problem] = []
    for position, node in enumerate(reader.items(), start=1):
        if position > ITEMS:
            problems.append(
                Problem(f"item {position}", f"beyond the limit of {ITEMS:,} items", lost_item=True)
            )
            continue
        episode = rss.episode(node)
        where = _name(position, episode)
        if episode is None:
            problems.append(Problem(where, "nothing in it tells it from others", lost_item=True))
            continue
        if node.cut:
            problems.append(Problem(where, "the feed ends in the middle of it"))
        items.append((where, episode))
    episodes, copies = _distinct(items)
    podcast = rss.podcast(reader.channel())
    if not items:
        problems.append(Problem(_FEED, "has no items"))
    return ParsedFeed(podcast, episodes, (*problems, *copies))


def _name(position: int, episode: Episode | None) -> str:
    return f"item {position} “{episode.title}”" if episode and episode.title else f"item {position}"


def _distinct(items: Sequence[tuple[str, Episode]]) -> tuple[tuple[Episode, ...], list[Problem]]:
    """Each episode once, under a key of its own.

    Items with one key are copies if title (or, without one, notes) and media file agree too: the most
    complete is kept, of equals the last. Different ones are told apart by
    their content; the one that stands last (the oldest, as feeds grow at the
    front) keeps the plain key, so that a new item changes no other's key.
    """
    groups: dict[str, dict[tuple[str | None, str | None], list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, (_, episode) in enumerate(items):
        groups[episode.key][_content(episode)].append(place)
    kept: dict[int, Episode] = {}
    problems: list[Problem] = []
    for key, contents in groups.items():
        last = max(places[-1] for places in contents.values())
        for (text, enclosure), places in contents.items():
            best = max(places, key=lambda place: (_completeness(items[place][1]), place))
            episode = items[best][1]
            if last not in places:
                episode = replace(episode, key=key_among_others(key, text=text, enclosure=enclosure))
            kept[places[0]] = episode
            problems += [
                Problem(items[place][0], f"a copy of {items[best][0]}", lost_item=True)
                for place in places
                if place != best
            ]
    return tuple(kept[place] for place in sorted(kept)), problems


def _content(episode: Episode) -> tuple[str | None, str | None]:
    return episode.title or episode.notes, episode.enclosures[0].url if episode.enclosures else None


def _completeness(episode: Episode) -> int:
    return sum(
        value is not None and value != () for value in (episode.published, episode.duration, episode.notes)
    )
