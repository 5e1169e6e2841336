"""JSON Feed: one object to one value. https://www.jsonfeed.org/version/1.1/"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from castabout.model.feed import Enclosure, Episode, Podcast
from castabout.parse.fields import (
    KEYWORD_CHARACTERS,
    KEYWORDS,
    absolute_url,
    http_url,
    media_type,
    one_of_each,
    parse_date,
    parse_duration,
    parse_int,
    parse_language,
    plain_line,
    plain_to_html,
)
from castabout.parse.identity import episode_key, guid_text
from castabout.parse.jsonreader import Object
from castabout.parse.notes import NOTES_CHARACTERS, sanitise
from castabout.parse.subtitle import find_subtitle
from castabout.parse.table import Field, Place, fields
from castabout.parse.unusable import (
    ENCLOSURES,
    LONG_NOTES,
    MANY_ENCLOSURES,
    MANY_KEYWORDS,
    no_address,
    why_unusable,
)

_AUTHORS = 10

#: ``a/b`` is a member of an object, or of each object of an array.
PODCAST = fields(
    ("title", "title", "one line of text"),
    ("link", "home_page_url", "http or https"),
    ("description", "description", "plain text, as safe HTML"),
    ("author", "authors/name author/name", "names"),
    ("image", "icon favicon", "http or https"),
    ("language", "language", "as BCP 47 writes it"),
    ("self_url", "feed_url", "http or https"),
    ("next_url", "next_url", "http or https"),
    ("hub_url", "hubs/url", "http or https"),
    ("is_complete", "expired", "true: no more episodes will come"),
)
EPISODE = fields(
    ("guid", "id", "identity within the show, as given; a number too"),
    ("title", "title", "one line of text"),
    ("link", "url external_url", "http or https"),
    ("notes", "content_html content_text summary", "safe HTML"),
    ("subtitle", "summary", "one line of text that title and notes do not have"),
    ("published", "date_published date_modified", "with the publisher's own offset"),
    ("duration", "attachments/duration_in_seconds", "seconds; 0 is unknown"),
    ("enclosures", "attachments/url", "audio and video; type and length beside it"),
    ("author", "authors/name author/name", "names"),
    ("image", "image banner_image", "http or https"),
    ("language", "language", "as BCP 47 writes it"),
    ("keywords", "tags", "one each"),
)

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]+")

T = TypeVar("T")


def base(feed: Object) -> str | None:
    """What relative addresses in a feed are relative to: its page, or itself."""
    return _first(feed, PODCAST["link"], http_url) or _first(feed, PODCAST["self_url"], http_url)


def podcast(feed: Object, base: str | None, wrong: list[str]) -> Podcast:
    """The show that a feed describes. Relative addresses are resolved against ``base``.

    What of it cannot be used is added to ``wrong``.
    """

    def url(text: str) -> str | None:
        return absolute_url(text, base)

    return Podcast(
        title=_first(feed, PODCAST["title"], plain_line),
        link=_first(feed, PODCAST["link"], url),
        description=_first(feed, PODCAST["description"], _plain_notes),
        author=_find_author(feed, PODCAST["author"]),
        image=_first(feed, PODCAST["image"], url),
        language=_find_language(feed, PODCAST["language"], wrong),
        self_url=_first(feed, PODCAST["self_url"], url),
        next_url=_first(feed, PODCAST["next_url"], url),
        hub_url=_first(feed, PODCAST["hub_url"], url),
        is_complete=True if feed.get("expired") is True else None,
    )


def episode(item: Object, base: str | None, wrong: list[str]) -> Episode | None:
    """The episode that an item describes; ``None`` if nothing tells it from others.

    Relative addresses are resolved against ``base``. What of it cannot be used is added to ``wrong``.
    """

    def url(text: str) -> str | None:
        return absolute_url(text, base)

    title = _first(item, EPISODE["title"], plain_line)
    link = _first(item, EPISODE["link"], url)
    published = _first(item, EPISODE["published"], parse_date)
    enclosures = _find_enclosures(item, base, wrong)
    notes = _find_notes(item, base, wrong)
    key = episode_key(
        guid=_first(item, EPISODE["guid"], guid_text),
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
        subtitle=find_subtitle(texts(item, "subtitle"), title, notes),
        published=published,
        duration=_first(item, EPISODE["duration"], parse_duration),
        enclosures=enclosures,
        author=_find_author(item, EPISODE["author"]),
        image=_first(item, EPISODE["image"], url),
        language=_find_language(item, EPISODE["language"], wrong),
        keywords=_find_keywords(item, wrong),
    )


def texts(item: Object, name: str) -> Iterator[str]:
    """The texts of a value of an item, best place first."""
    return _all(item, EPISODE[name])


def _all(node: Object, field: Field) -> Iterator[str]:
    for place in field.places:
        yield from _values(node, place)


def _first(node: Object, field: Field, read: Callable[[str], T | None]) -> T | None:
    """The first value of ``field`` that can be read."""
    for text in _all(node, field):
        value = read(text)
        if value is not None:
            return value
    return None


def _values(node: Object, place: Place) -> Iterator[str]:
    """The texts at ``place``: single ones and those of an array alike; none of them is empty."""
    nodes = [node]
    for parent in place.path[:-1]:
        nodes = [inner for outer in nodes for inner in _each(outer.get(parent)) if isinstance(inner, dict)]
    for inner in nodes:
        for value in _each(inner.get(place.path[-1])):
            if text := _text(value):
                yield text


def _each(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str:
    """A text without what no XML could contain, or a number as text; of anything else nothing."""
    if isinstance(value, str):
        return (value if value.isprintable() else _FORBIDDEN.sub("", value)).strip()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return ""


def _find_notes(item: Object, base: str | None, wrong: list[str]) -> str | None:
    for place in EPISODE["notes"].places:
        for text in _values(item, place):
            is_html, is_plain = place.text == "content_html", place.text == "content_text"
            notes = sanitise(text if is_html else plain_to_html(text, is_surely_plain=is_plain), base)
            if notes:
                if len(text) > NOTES_CHARACTERS:
                    wrong.append(LONG_NOTES)
                return notes
    return None


def _find_language(node: Object, field: Field, wrong: list[str]) -> str | None:
    language = _first(node, field, parse_language)
    if language is None:
        whys = (why_unusable("language", text) for text in _all(node, field))
        wrong += [why for why in whys if why][:1]
    return language


def _find_keywords(item: Object, wrong: list[str]) -> tuple[str, ...]:
    words = (plain_line(text, KEYWORD_CHARACTERS) for text in _all(item, EPISODE["keywords"]))
    found = one_of_each(words, KEYWORDS + 1)
    if len(found) > KEYWORDS:
        wrong.append(MANY_KEYWORDS)
    return found[:KEYWORDS]


def _find_author(node: Object, field: Field) -> str | None:
    """All the authors of the better place."""
    for place in field.places:
        names = one_of_each((plain_line(text, 200) for text in _values(node, place)), _AUTHORS)
        if names:
            return ", ".join(names)
    return None


def _find_enclosures(item: Object, base: str | None, wrong: list[str]) -> tuple[Enclosure, ...]:
    found: dict[str, Enclosure] = {}
    for attachment in _each(item.get("attachments")):
        if not isinstance(attachment, dict):
            continue
        address = _text(attachment.get("url"))
        url = absolute_url(address, base)
        type = media_type(_text(attachment.get("mime_type")))
        if not (type or "audio").startswith(("audio", "video", "application")):
            continue
        if url is None:
            wrong.append(no_address(address))
            continue
        length = parse_int(_text(attachment.get("size_in_bytes")))
        known = length if length is not None and length > 1 else None
        found.setdefault(url, Enclosure(url=url, type=type if type and "/" in type else None, length=known))
    if len(found) > ENCLOSURES:
        wrong.append(MANY_ENCLOSURES)
    return tuple(found.values())[:ENCLOSURES]


def _plain_notes(text: str) -> str | None:
    return sanitise(plain_to_html(text)) or None
