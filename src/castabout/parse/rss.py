"""RSS: one node to one value. https://www.rssboard.org/rss-specification

iTunes tags: https://podcasters.apple.com/support/823-podcast-requirements
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from castabout.model.feed import Enclosure, Episode, Person, Podcast
from castabout.parse.fields import (
    http_url,
    one_of_each,
    parse_date,
    parse_duration,
    parse_explicit,
    parse_int,
    parse_language,
    plain_line,
    split_keywords,
)
from castabout.parse.identity import episode_key
from castabout.parse.notes import sanitise
from castabout.parse.table import EPISODE, PODCAST, Field
from castabout.parse.xml import Node, attribute_of, text_of

ENCLOSURES = 20
PEOPLE = 50
_GUID_CHARACTERS = 2_000
_EPISODE_TYPES = frozenset({"full", "trailer", "bonus"})
#: Labels that programs invented → the registered one.
_TYPES = {
    "audio/mp3": "audio/mpeg",
    "x-audio/mp3": "audio/mpeg",
    "audio/x-mp3": "audio/mpeg",
    "audio/x-m4a": "audio/mp4",
}
_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,80}|x-audio/mp3")
_MAIL_AND_NAME = re.compile(r"[^\s@()]+@[^\s@()]+\s*\((.+)\)")
_TAG = re.compile(r"<[^<>]{1,300}>")
#: How much longer another candidate for the notes must be to be preferred.
_SAYS_MORE = 1.2

T = TypeVar("T")


def podcast(node: Node) -> Podcast:
    """The show that a channel describes."""
    return Podcast(
        guid=_first(node, PODCAST["guid"], _guid),
        title=_first(node, PODCAST["title"], plain_line),
        link=_first(node, PODCAST["link"], http_url),
        description=_find_notes(node, PODCAST["description"]),
        author=_first(node, PODCAST["author"], _name),
        image=_first(node, PODCAST["image"], http_url),
        language=_first(node, PODCAST["language"], parse_language),
        keywords=split_keywords(_all(node, PODCAST["keywords"])),
        categories=one_of_each(_find_categories(node)),
        explicit=_first(node, PODCAST["explicit"], parse_explicit),
        people=_find_people(node),
    )


def episode(node: Node) -> Episode | None:
    """The episode that an item describes; ``None`` if nothing tells it from others."""
    title = _first(node, EPISODE["title"], plain_line)
    link = _first(node, EPISODE["link"], http_url)
    published = _first(node, EPISODE["published"], parse_date)
    enclosures = _find_enclosures(node)
    notes = _find_notes(node, EPISODE["notes"])
    key = episode_key(
        guid=_first(node, EPISODE["guid"], _guid),
        enclosure=enclosures[0].url if enclosures else None,
        link=link,
        title=title,
        published=published,
        notes=notes,
    )
    if key is None:
        return None
    return Episode(
        key=key,
        title=title,
        link=link,
        notes=notes,
        published=published,
        duration=_first(node, EPISODE["duration"], parse_duration),
        enclosures=enclosures,
        author=_first(node, EPISODE["author"], _name),
        image=_first(node, EPISODE["image"], http_url),
        language=_first(node, EPISODE["language"], parse_language),
        keywords=split_keywords(_all(node, EPISODE["keywords"])),
        explicit=_first(node, EPISODE["explicit"], parse_explicit),
        people=_find_people(node),
        season=_first(node, EPISODE["season"], parse_int),
        number=_first(node, EPISODE["number"], parse_int),
        type=_first(node, EPISODE["type"], _episode_type),
    )


def _all(node: Node, field: Field) -> Iterator[str]:
    for place in field.paths:
        yield from node.values(place)


def _first(node: Node, field: Field, read: Callable[[str], T | None]) -> T | None:
    """The first value of ``field`` that can be read."""
    for text in _all(node, field):
        value = read(text)
        if value is not None:
            return value
    return None


def _find_notes(node: Node, field: Field) -> str | None:
    """The best candidate in the order of the table; a later one only where it says clearly more."""
    best, length = "", 0.0
    for text in dict.fromkeys(_all(node, field)):
        found = len(_TAG.sub("", text)) if "<" in text else len(text)
        if found > length * _SAYS_MORE:
            best, length = text, found
    return sanitise(best) or None


def _find_enclosures(node: Node) -> tuple[Enclosure, ...]:
    found: dict[str, Enclosure] = {}
    for place in EPISODE["enclosures"].paths:
        for element in node.elements(place.name):
            url = http_url(attribute_of(element, "url") or "")
            type = _media_type(attribute_of(element, "type") or attribute_of(element, "medium") or "")
            if url is None or (type or "").startswith("image"):
                continue
            if place.name == "media:content" and type is not None and not type.startswith(("audio", "video")):
                continue
            length = parse_int(attribute_of(element, "length") or attribute_of(element, "filesize") or "")
            # 0 and 1 are what programs write when they do not know.
            known = length if length is not None and length > 1 else None
            found.setdefault(
                url, Enclosure(url=url, type=type if type and "/" in type else None, length=known)
            )
    return tuple(found.values())[:ENCLOSURES]


def _media_type(text: str) -> str | None:
    label = text.strip().lower().partition(";")[0].strip()
    if label in ("audio", "video", "image"):
        return label
    return _TYPES.get(label, label) if _TYPE.fullmatch(label) else None


def _find_people(node: Node) -> tuple[Person, ...]:
    found: dict[tuple[str, str | None], Person] = {}
    for element in node.elements("podcast:person"):
        name = plain_line(text_of(element), 200)
        if name:
            role = plain_line(attribute_of(element, "role") or "", 60)
            person = Person(
                name=name, role=role and role.lower(), url=http_url(attribute_of(element, "href") or "")
            )
            found.setdefault((person.name, person.role), person)
    return tuple(found.values())[:PEOPLE]


def _find_categories(node: Node) -> Iterator[str | None]:
    for name in ("itunes:category", "googleplay:category"):
        for element in node.elements(name):
            yield plain_line(attribute_of(element, "text") or "", 100)
            for inner in node.inside(element).elements(name):
                yield plain_line(attribute_of(inner, "text") or "", 100)
    for element in node.elements("category"):
        yield plain_line(text_of(element), 100)


def _guid(text: str) -> str | None:
    return text[:_GUID_CHARACTERS]


def _name(text: str) -> str | None:
    """``desk@show.example (The Show)`` → ``The Show``."""
    line = plain_line(text, 200)
    found = _MAIL_AND_NAME.fullmatch(line) if line else None
    return found[1] if found else line


def _episode_type(text: str) -> str | None:
    return text.lower() if text.lower() in _EPISODE_TYPES else None
