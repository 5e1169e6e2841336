"""The bytes of a feed to values: strictly if they are well-formed, else as far as they make sense."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from castabout.errors import NotAFeed
from castabout.model.feed import Episode, ParsedFeed, Podcast, Problem
from castabout.parse import atom, jsonfeed, rss, table
from castabout.parse.distinct import distinct
from castabout.parse.encoding import to_utf8
from castabout.parse.find import texts_of
from castabout.parse.jsonreader import JsonReader, Lost
from castabout.parse.sniff import Format, describe, format_of
from castabout.parse.soup import SoupReader
from castabout.parse.unusable import unusable
from castabout.parse.xml import IllFormed, Node, Reader, StrictReader

_FEED = "feed"


def parse_feed(data: bytes, *, address: str | None = None) -> ParsedFeed:
    """Everything that a feed says, and what could not be read as it stands.

    ``address`` is the feed's own, against which relative ones are resolved
    where the feed says nothing better. A bad item is a problem beside the
    good ones. Raises `NotAFeed`, about ``feed``, for bytes that are no feed
    at all; nothing else.
    """
    format = format_of(data)
    if format is None:
        what = describe(data)
        raise NotAFeed(_FEED, what if what == "empty" else f"{what}, not a feed")
    utf8, guess = to_utf8(data)
    if format is Format.JSON_FEED:
        parsed = _read_json(utf8.decode("utf-8", "replace"), address)
    else:
        parsed = _read_xml(utf8, atom if format is Format.ATOM else rss, address)
    if guess:
        parsed = replace(parsed, problems=(Problem(_FEED, guess), *parsed.problems))
    return parsed


class Dialect(Protocol):
    """What the elements of a format mean."""

    def base(self, node: Node) -> str | None:
        """What relative addresses in a feed are relative to where it does not say so."""

    def podcast(self, node: Node) -> Podcast:
        """The show that a feed describes."""

    def episode(self, node: Node) -> Episode | None:
        """The episode that an item describes; ``None`` if nothing tells it from others."""


@dataclass(frozen=True, slots=True)
class _Item:
    episode: Episode | None
    #: All that is wrong with it, on one line.
    problem: str | None = None


def _read_xml(utf8: bytes, dialect: Dialect, address: str | None) -> ParsedFeed:
    try:
        return _read(StrictReader(utf8), dialect, address)
    except IllFormed as error:
        soup = SoupReader(utf8)
        parsed = _read(soup, dialect, address)
        wrong = _said_of_cut(utf8) if soup.cut_off else None
        said = Problem(_FEED, f"{wrong or error.said}; read as far as it makes sense")
        return replace(parsed, problems=(said, *parsed.problems), cut_off=soup.cut_off)


def _said_of_cut(utf8: bytes) -> str | None:
    """What is wrong with a document that is cut off within a tag: of the piece of it nothing can be said."""
    last = utf8.rfind(b"<")
    if last == -1 or utf8.find(b">", last) != -1:
        return None
    try:
        for _ in StrictReader(utf8[:last]).items():
            pass
    except IllFormed as error:
        return error.said
    return None


def _read(reader: Reader, dialect: Dialect, address: str | None) -> ParsedFeed:
    episodes, problems = _collect(_read_items(reader, dialect, address))
    channel = _without_problem(reader.channel())
    reader.resolve_against(dialect.base(channel) or address)
    podcast = dialect.podcast(channel)
    wrong = [*reader.problems, *([channel.problem] if channel.problem else [])]
    return ParsedFeed(podcast, episodes, (*(Problem(_FEED, what) for what in wrong), *problems))


def _without_problem(node: Node) -> Node:
    """A channel whose reader has said already what it could not read of it."""
    node.problem = None
    return node


def _read_items(reader: Reader, dialect: Dialect, address: str | None) -> Iterator[_Item]:
    for position, node in enumerate(reader.items()):
        if position == 0:
            reader.resolve_against(dialect.base(reader.channel()) or address)
        episode = None if node.is_lost else dialect.episode(node)
        wrong = [node.problem] if node.problem is not None else []
        if episode is not None:
            wrong += unusable(episode, partial(_texts, node))
        yield _Item(episode, "; ".join(wrong) if wrong else None)


def _texts(node: Node, name: str) -> Iterator[str]:
    """What stands at the places of a value, whatever the dialect."""
    for fields in (atom.EPISODE, table.EPISODE):
        if name in fields:
            yield from texts_of(node, fields[name])


def _read_json(text: str, address: str | None) -> ParsedFeed:
    reader = JsonReader(text)
    episodes, problems = _collect(_json_items(reader, address))
    wrong = list(reader.problems)
    podcast = jsonfeed.podcast(reader.members(), jsonfeed.base(reader.members()) or address, wrong)
    problems = [Problem(_FEED, what) for what in wrong] + problems
    if reader.broken is None:
        return ParsedFeed(podcast, episodes, tuple(problems))
    if not episodes and podcast.title is None:
        raise NotAFeed(_FEED, f"JSON that cannot be read: {reader.broken}")
    said = Problem(_FEED, f"not well-formed ({reader.broken}); read as far as it makes sense")
    return ParsedFeed(podcast, episodes, (said, *problems), cut_off=reader.cut_off)


def _json_items(reader: JsonReader, address: str | None) -> Iterator[_Item]:
    base = address
    for position, item in enumerate(reader.items()):
        if position == 0:
            base = jsonfeed.base(reader.members()) or address
        if isinstance(item, Lost):
            yield _Item(None, item.problem)
            continue
        wrong: list[str] = []
        episode = jsonfeed.episode(item, base, wrong)
        if episode is not None:
            wrong += unusable(episode, partial(jsonfeed.texts, item))
        yield _Item(episode, "; ".join(wrong) if wrong else None)


def _collect(found: Iterator[_Item]) -> tuple[tuple[Episode, ...], list[Problem]]:
    items: list[tuple[int, Episode]] = []
    problems: list[Problem] = []
    for position, item in enumerate(found, start=1):
        if item.episode is not None:
            items.append((position, item.episode))
            if item.problem is not None:
                problems.append(Problem(_name(position, item.episode), item.problem))
        else:
            what = item.problem or "nothing in it tells it from others"
            problems.append(Problem(_name(position, None), what, lost_item=True))
    if not items:
        problems.append(Problem(_FEED, "has no items"))
    kept = distinct([episode for _, episode in items])
    names = [_name(*item) for item in items] if kept.copies else []
    problems += [
        Problem(names[place], f"a copy of {names[best]}", lost_item=True)
        for place, best in sorted(kept.copies.items())
    ]
    return kept.episodes, problems


def _name(position: int, episode: Episode | None) -> str:
    return f"item {position} “{episode.title}”" if episode and episode.title else f"item {position}"
