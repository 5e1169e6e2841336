"""RSS: one node to one value. https://www.rssboard.org/rss-specification

iTunes tags: https://podcasters.apple.com/support/823-podcast-requirements
Media RSS: https://www.rssboard.org/media-rss
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import TypeVar

from castabout.model.feed import Enclosure, Episode, Podcast
from castabout.model.podcasting20 import SimpleChapter
from castabout.parse import podcasting20
from castabout.parse.fields import (
    absolute_url,
    http_url,
    media_type,
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
from castabout.parse.names import Element
from castabout.parse.notes import sanitise
from castabout.parse.podcasting20 import file_size
from castabout.parse.table import EPISODE, PODCAST, Field, Place, episode_fields
from castabout.parse.xml import Node, attribute_of, text_of

ENCLOSURES = 20
AUTHORS = 10
#: Of everything else that a feed may say several times.
VALUES = 1_000
_GUID_CHARACTERS = 2_000
#: https://web.resource.org/rss/1.0/spec#s5.5
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_EPISODE_TYPES = frozenset({"full", "trailer", "bonus"})
_MAIL = r"[^\s@()<>]+@[^\s@()<>]+"
#: ``desk@show.example (The Show)`` · ``The Show (desk@show.example)`` · ``The Show <desk@show.example>``
_MAIL_AND_NAME = re.compile(rf"{_MAIL}\s*\((?P<behind>[^()]+)\)|(?P<before>[^()<>]+?)\s*[(<]{_MAIL}[)>]")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif)(?:\?|$)", re.I)
_NO_PICTURES = (".mp3", ".mp4", ".m4a", ".m4v", ".mov", ".webm", ".htm", ".html")
_TAG = re.compile(r"<[^<>]{1,300}>")
#: How much longer another candidate for the notes must be to be preferred.
_SAYS_MORE = 1.2

T = TypeVar("T")


def podcast(node: Node) -> Podcast:
    """The show that a channel describes."""
    link = url_of(node, PODCAST["link"])
    categories = one_of_each(_find_categories(node))
    keywords = _find_keywords(node, PODCAST["keywords"])
    frequency = _one(node, PODCAST["update_frequency"], podcasting20.update_frequency)
    said_complete = first_of(node, PODCAST["is_complete"], parse_explicit)
    return Podcast(
        guid=first_of(node, PODCAST["guid"], guid_text),
        title=first_of(node, PODCAST["title"], plain_line),
        link=link,
        description=_find_notes(node, PODCAST["description"], link),
        author=_find_author(node, PODCAST["author"]),
        image=url_of(node, PODCAST["image"], _picture),
        language=first_of(node, PODCAST["language"], parse_language),
        keywords=tuple(word for word in keywords if word not in categories),
        categories=categories,
        copyright=first_of(node, PODCAST["copyright"], plain_line),
        medium=first_of(node, PODCAST["medium"], podcasting20.medium),
        explicit=first_of(node, PODCAST["explicit"], parse_explicit),
        people=_each(node, PODCAST["people"], podcasting20.person),
        locations=_each(node, PODCAST["locations"], podcasting20.location),
        license=_one(node, PODCAST["license"], podcasting20.license),
        texts=_each(node, PODCAST["texts"], podcasting20.free_text),
        value=_one(node, PODCAST["value"], podcasting20.value),
        self_url=first_of(node, PODCAST["self_url"], http_url),
        next_url=url_of(node, PODCAST["next_url"]),
        hub_url=first_of(node, PODCAST["hub_url"], http_url),
        new_feed_url=first_of(node, PODCAST["new_feed_url"], http_url),
        is_blocked=first_of(node, PODCAST["is_blocked"], parse_explicit),
        blocks=_each(node, PODCAST["blocks"], podcasting20.block),
        is_complete=True if frequency and frequency.is_complete else said_complete,
        is_locked=first_of(node, PODCAST["is_locked"], parse_explicit),
        funding=_each(node, PODCAST["funding"], podcasting20.funding),
        trailers=_each(node, PODCAST["trailers"], podcasting20.trailer),
        podroll=_each(node, PODCAST["podroll"], podcasting20.remote_item),
        remote_items=_each(node, PODCAST["remote_items"], podcasting20.remote_item),
        update_frequency=frequency,
    )


def base(node: Node) -> str | None:
    """What relative addresses in a feed are relative to where it does not say so: its page, or itself."""
    return first_of(node, PODCAST["link"], http_url) or first_of(node, PODCAST["self_url"], http_url)


def episode(node: Node, key: str | None = None) -> Episode | None:
    """The episode that an item describes; ``None`` if nothing tells it from others.

    ``key`` is what tells it, if that is known already.
    """
    fields = episode_fields(node.names)
    title = first_of(node, fields["title"], plain_line)
    link = url_of(node, fields["link"]) or _find_permalink(node)
    published = first_of(node, fields["published"], parse_date)
    enclosures = _find_enclosures(node, fields["enclosures"])
    notes = _find_notes(node, fields["notes"], link)
    if key is None:
        key = episode_key(
            guid=first_of(node, fields["guid"], guid_text) or node.attribute(_ABOUT),
            enclosure=enclosures[0].url if enclosures else None,
            link=link,
            title=title,
            published=published,
            notes=notes,
        )
    if key is None:
        return None
    found = Episode(
        key=key,
        title=title,
        link=link,
        notes=notes,
        published=published,
        duration=first_of(node, fields["duration"], parse_duration),
        enclosures=enclosures,
        author=_find_author(node, fields["author"]),
        image=url_of(node, fields["image"], _picture),
        language=first_of(node, fields["language"], parse_language),
        keywords=_find_keywords(node, fields["keywords"]),
        explicit=first_of(node, fields["explicit"], parse_explicit),
        season=first_of(node, fields["season"], parse_int),
        number=first_of(node, fields["number"], podcasting20.parse_decimal),
        is_blocked=first_of(node, fields["is_blocked"], parse_explicit),
        deep_link=first_of(node, fields["deep_link"], http_url),
        type=first_of(node, fields["type"], _episode_type),
    )
    return _with_extras(node, fields, found) if not _EXTRAS.isdisjoint(node.names) else found


#: What most items have nothing of: one look for all.
_EXTRAS = frozenset(
    place.outermost
    for field in EPISODE.values()
    for place in field.places
    if field.name == "license" or (place.outermost.startswith(("podcast:", "psc:")) and field.name != "image")
)


def _with_extras(node: Node, fields: Mapping[str, Field], found: Episode) -> Episode:
    """``found`` with what only the namespaces of Podcasting 2.0 and Podlove have."""
    return replace(
        found,
        alternate_enclosures=_each(node, fields["alternate_enclosures"], podcasting20.alternate_enclosure),
        people=_each(node, fields["people"], podcasting20.person),
        locations=_each(node, fields["locations"], podcasting20.location),
        license=_one(node, fields["license"], podcasting20.license),
        texts=_each(node, fields["texts"], podcasting20.free_text),
        value=_one(node, fields["value"], podcasting20.value),
        transcripts=_each(node, fields["transcripts"], podcasting20.transcript),
        chapters=_one(node, fields["chapters"], podcasting20.chapters),
        simple_chapters=_find_simple_chapters(node),
        soundbites=_each(node, fields["soundbites"], podcasting20.soundbite),
        season_name=first_of(node, fields["season_name"], plain_line),
        number_name=first_of(node, fields["number_name"], plain_line),
    )


def _narrowed(node: Node, place: Place, elements: list[Element]) -> list[Element]:
    """What stands at ``place``; ``elements`` are the outermost ones there."""
    for name in place.inner:
        elements = [inner for outer in elements for inner in node.inside(outer).elements(name)]
    if place.condition is not None:
        attribute, word = place.condition
        elements = [
            element
            for element in elements
            if word in (attribute_of(element, attribute) or "").lower().split()
        ]
    return elements


def _at(node: Node, place: Place) -> Sequence[Element]:
    # Most values are absent, which must cost one look, and most others stand at the top.
    elements = node.elements(place.outermost)
    return _narrowed(node, place, elements) if elements and not place.is_simple else elements


def elements_of(node: Node, field: Field) -> Iterator[tuple[Place, Element]]:
    """The elements at the places of ``field``, best place first, each with its place."""
    for place in field.places:
        for element in _at(node, place):
            yield place, element


def texts_of(node: Node, field: Field) -> list[str]:
    """The texts at the places of ``field``, best place first; none of them is empty."""
    if not field.has_conditions:
        return [text for path in field.paths for text in node.values(path)]
    return [text for place, element in elements_of(node, field) if (text := _text(element, place))]


def _text(element: Element, place: Place) -> str:
    return ((attribute_of(element, place.attribute) if place.attribute else text_of(element)) or "").strip()


def first_of(node: Node, field: Field, read: Callable[[str], T | None]) -> T | None:
    """The first text of ``field`` that can be read."""
    if not field.places:
        return None
    if not field.has_conditions:
        return node.first(field.paths, read)
    for place in field.places:
        for element in _at(node, place):
            text = _text(element, place)
            if text and (value := read(text)) is not None:
                return value
    return None


def _one(node: Node, field: Field, read: Callable[[Element], T | None]) -> T | None:
    """The first element of ``field`` that can be read."""
    values = _each(node, field, read)
    return values[0] if values else None


def _each(node: Node, field: Field, read: Callable[[Element], T | None]) -> tuple[T, ...]:
    """The elements of ``field`` that can be read; what is said twice is said once."""
    values: dict[T, None] = {}
    for place in field.places:
        for element in _at(node, place)[:VALUES]:
            if (value := read(element)) is not None:
                values[value] = None
    return tuple(values)


def url_of(node: Node, field: Field, read: Callable[[str], str | None] = http_url) -> str | None:
    """The first address of ``field``; a relative one only where the feed says what it is relative to."""
    url = first_of(node, field, read)
    if url is None and field.places and (base := node.base):
        url = first_of(node, field, partial(absolute_url, base=base))
    return url


def _find_permalink(node: Node) -> str | None:
    """https://www.rssboard.org/rss-specification#ltguidgtSubelementOfLtitemgt"""
    for element in node.elements("guid"):
        if (attribute_of(element, "isPermaLink") or "").strip().lower() != "false":
            return http_url(text_of(element))
    return None


def _find_notes(node: Node, field: Field, base: str | None) -> str | None:
    """The best candidate in the order of the table; a later one only where it says clearly more."""
    texts = texts_of(node, field)
    return (sanitise(best_of(texts), base or node.base) or None) if texts else None


def best_of(texts: Sequence[str]) -> str:
    """The first text, or a later one that says clearly more."""
    best = texts[0]
    others = [text for text in texts[1:] if text != best]
    length = _length(best) if others else 0
    for text in others:
        # The length with tags is the most that it can be without.
        if len(text) > length * _SAYS_MORE and (found := _length(text)) > length * _SAYS_MORE:
            best, length = text, found
    return best


def _length(text: str) -> int:
    return len(_TAG.sub("", text)) if "<" in text else len(text)


#: Most items of a feed say the same.
_media_type = lru_cache(maxsize=256)(media_type)
_keywords = lru_cache(maxsize=32)(split_keywords)


def _find_enclosures(node: Node, field: Field) -> tuple[Enclosure, ...]:
    found: dict[str, Enclosure] = {}
    for place in field.places:
        for element in _at(node, place):
            url = http_url(attribute_of(element, "url") or attribute_of(element, "href") or "")
            if url is None or url in found:
                continue
            type = _media_type((attribute_of(element, "type") or attribute_of(element, "medium") or "")[:200])
            if _is_media(url, type, is_given_as_one=place.outermost == "enclosure"):
                size = file_size(attribute_of(element, "length") or attribute_of(element, "fileSize") or "")
                found[url] = Enclosure(url=url, type=type if type and "/" in type else None, length=size)
    return tuple(found.values())[:ENCLOSURES]


def _is_media(url: str, type: str | None, *, is_given_as_one: bool) -> bool:
    if type is None:
        return is_given_as_one or not _PICTURE.search(url)
    return type.startswith(("audio", "video")) or (is_given_as_one and not type.startswith("image"))


def _find_simple_chapters(node: Node) -> tuple[SimpleChapter, ...]:
    """Of several lists the first, as Podlove has it; in the order of time."""
    for chapters in node.elements("psc:chapters"):
        elements = node.inside(chapters).elements("psc:chapter")[:VALUES]
        found = {chapter for element in elements if (chapter := podcasting20.simple_chapter(element))}
        return tuple(sorted(found, key=lambda chapter: (chapter.start, chapter.title)))
    return ()


def _find_author(node: Node, field: Field) -> str | None:
    """All names that stand at the first place where there are any."""
    for path in field.paths:
        if (texts := node.values(path)) and (names := _names(tuple(texts))):
            return names
    return None


@lru_cache(maxsize=32)
def _names(texts: tuple[str, ...]) -> str:
    return ", ".join(one_of_each(map(person_name, texts), AUTHORS))


def _find_keywords(node: Node, field: Field) -> tuple[str, ...]:
    texts = tuple(texts_of(node, field))
    return _keywords(texts) if texts else ()


def _find_categories(node: Node) -> Iterator[str | None]:
    for place, element in elements_of(node, PODCAST["categories"]):
        yield plain_line(_text(element, place), 100)
        for inner in node.inside(element).elements(place.outermost) if place.attribute else ():
            yield plain_line(_text(inner, place), 100)


def guid_text(text: str) -> str | None:
    """A GUID as given, but for its length."""
    return text[:_GUID_CHARACTERS]


def person_name(text: str) -> str | None:
    """A name without the address of mail beside it: ``desk@show.example (The Show)`` → ``The Show``."""
    line = plain_line(text, 200)
    found = _MAIL_AND_NAME.fullmatch(line) if line and "@" in line else None
    return (found["behind"] or found["before"]).strip() if found else line


def _picture(text: str) -> str | None:
    url = http_url(text)
    return None if url is None or url.partition("?")[0].lower().endswith(_NO_PICTURES) else url


def _episode_type(text: str) -> str | None:
    return text.lower() if text.lower() in _EPISODE_TYPES else None
