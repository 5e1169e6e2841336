"""RSS: one node to one value. https://www.rssboard.org/rss-specification

iTunes tags: https://podcasters.apple.com/support/823-podcast-requirements
Media RSS: https://www.rssboard.org/media-rss
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from castabout.model.feed import Enclosure, Episode, Podcast
from castabout.model.podcasting20 import SimpleChapter
from castabout.parse import pace, podcasting20
from castabout.parse.fields import (
    KEYWORDS,
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
from castabout.parse.find import (
    VALUES,
    each_of,
    elements_at,
    elements_of,
    first_of,
    note,
    one_of,
    text_at,
    texts_of,
    url_of,
)
from castabout.parse.identity import episode_key, guid_text
from castabout.parse.names import Element
from castabout.parse.notes import NOTES_CHARACTERS, sanitise
from castabout.parse.podcasting20 import file_size
from castabout.parse.subtitle import find_subtitle
from castabout.parse.table import EPISODE, PODCAST, Field, at_most
from castabout.parse.unusable import (
    ENCLOSURES,
    LONG_NOTES,
    MANY_ENCLOSURES,
    MANY_KEYWORDS,
    is_said_if_unusable,
    no_address,
    why_unusable,
)
from castabout.parse.xml import Node, attribute_of, text_of

AUTHORS = 10
#: Of a text that is looked up among those read before.
_CACHED_CHARACTERS = 20_000
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


def podcast(node: Node) -> Podcast:
    """The show that a channel describes."""
    values: dict[str, Any] = _values(node, ((PODCAST[name], read) for name, read in _OF_PODCAST.items()))
    categories = one_of_each(_find_categories(node))
    frequency = values.get("update_frequency")
    if frequency and frequency.is_complete:
        values["is_complete"] = True
    return Podcast(
        description=_find_notes(node, PODCAST["description"], values.get("link")),
        categories=categories,
        keywords=tuple(word for word in _find_keywords(node, PODCAST["keywords"]) if word not in categories),
        **values,
    )


def base(node: Node) -> str | None:
    """What relative addresses in a feed are relative to where it does not say so: its page, or itself."""
    return first_of(node, PODCAST["link"], http_url) or first_of(node, PODCAST["self_url"], http_url)


def episode(node: Node, key: str | None = None) -> Episode | None:
    """The episode that an item describes; ``None`` if nothing tells it from others.

    ``key`` is what tells it, if that is known already.
    """
    plan = _plan(node.names)
    values: dict[str, Any] = _values(node, plan.others)
    link = values.pop("link", None) or _find_permalink(node)
    notes = _find_notes(node, plan.notes, link)
    if key is None:
        enclosures = values.get("enclosures")
        key = episode_key(
            guid=first_of(node, plan.guid, guid_text) or node.attribute(_ABOUT),
            enclosure=enclosures[0].url if enclosures else None,
            link=link,
            title=values.get("title"),
            published=values.get("published"),
            notes=notes,
        )
    if key is None:
        return None
    subtitle = find_subtitle(texts_of(node, plan.subtitle), values.get("title"), notes)
    return Episode(key=key, link=link, notes=notes, subtitle=subtitle, **values)


Read = Callable[[Node, Field], object]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to look for in an item, and how to read it."""

    guid: Field
    notes: Field
    subtitle: Field
    others: tuple[tuple[Field, Read], ...]


@lru_cache(maxsize=64)
def _plan(names: tuple[str, ...]) -> _Plan:
    """The plan for an item with elements of these ``names``.

    Most of some hundred places are in no item, and most items of a feed are alike.
    """
    fields = {name: at_most(field, names) for name, field in EPISODE.items()}
    others = ((fields[name], read) for name, read in _OF_EPISODE.items() if fields[name].places)
    guid, notes, subtitle = (fields[name] for name in ("guid", "notes", "subtitle"))
    return _Plan(guid, notes, subtitle, tuple(others))


def _values(node: Node, reads: Iterable[tuple[Field, Read]]) -> dict[str, object]:
    """By their names the values that are there; those that cannot be read are noted."""
    values: dict[str, object] = {}
    for field, read in reads:
        value = read(node, field)
        if value is not None:
            values[field.name] = value
        elif is_said_if_unusable(field.name):
            for text in texts_of(node, field)[:1]:
                if what := why_unusable(field.name, text):
                    note(node, what)
    return values


def _find_permalink(node: Node) -> str | None:
    """https://www.rssboard.org/rss-specification#ltguidgtSubelementOfLtitemgt"""
    for element in node.elements("guid"):
        if (attribute_of(element, "isPermaLink") or "").strip().lower() != "false":
            return http_url(text_of(element))
    return None


def _find_notes(node: Node, field: Field, base: str | None) -> str | None:
    """The best candidate in the order of the table; a later one only where it says clearly more."""
    texts = texts_of(node, field)
    if not texts:
        return None
    best = best_of(texts)
    if len(best) > NOTES_CHARACTERS:
        note(node, LONG_NOTES)
    return sanitise(best, base or node.base) or None


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


def _find_enclosures(node: Node, field: Field) -> tuple[Enclosure, ...] | None:
    found: dict[str, Enclosure] = {}
    for place in field.places:
        for element in elements_at(node, place):
            address = attribute_of(element, "url") or attribute_of(element, "href") or ""
            url = http_url(address)
            if url in found:
                continue
            type = _media_type((attribute_of(element, "type") or attribute_of(element, "medium") or "")[:200])
            is_given_as_one = place.outermost == "enclosure"
            if url is None:
                # Others may be relative, or lead to a player inside them.
                if is_given_as_one and not (type or "").startswith("image"):
                    note(node, no_address(address))
            elif _is_media(url, type, is_given_as_one=is_given_as_one):
                size = attribute_of(element, "length") or attribute_of(element, "fileSize")
                found[url] = Enclosure(
                    url=url,
                    type=type if type and "/" in type else None,
                    length=file_size(size) if size else None,
                )
    if len(found) > ENCLOSURES:
        note(node, MANY_ENCLOSURES)
    return tuple(found.values())[:ENCLOSURES] or None


def _is_media(url: str, type: str | None, *, is_given_as_one: bool) -> bool:
    if type is None:
        return is_given_as_one or not _PICTURE.search(url)
    return type.startswith(("audio", "video")) or (is_given_as_one and not type.startswith("image"))


def _find_simple_chapters(node: Node, _: Field) -> tuple[SimpleChapter, ...] | None:
    """Of several lists the first, as Podlove has it; in the order of time."""
    for chapters in node.elements("psc:chapters"):
        elements = node.inside(chapters).elements("psc:chapter")[:VALUES]
        found = {chapter for element in elements if (chapter := podcasting20.simple_chapter(element))}
        return tuple(sorted(found, key=lambda chapter: (chapter.start, chapter.title))) or None
    return None


def _find_author(node: Node, field: Field) -> str | None:
    """All names that stand at the first place where there are any."""
    for place in field.places:
        texts = [text for element in elements_at(node, place) if (text := text_at(element, place))]
        if texts and (names := _names(tuple(text[:_CACHED_CHARACTERS] for text in texts[:AUTHORS]))):
            return names
    return None


@lru_cache(maxsize=32)
def _names(texts: tuple[str, ...]) -> str:
    return ", ".join(one_of_each(map(person_name, texts), AUTHORS))


def _find_keywords(node: Node, field: Field) -> tuple[str, ...]:
    texts = texts_of(node, field)
    if not texts:
        return ()
    found = _keywords(tuple(text[:_CACHED_CHARACTERS] for text in texts[: KEYWORDS + 1]))
    if len(found) > KEYWORDS:
        note(node, MANY_KEYWORDS)
    return found[:KEYWORDS]


_keywords = lru_cache(maxsize=32)(partial(split_keywords, limit=KEYWORDS + 1))


def _find_categories(node: Node) -> Iterator[str | None]:
    for place, element in elements_of(node, PODCAST["categories"]):
        yield plain_line(text_at(element, place), 100)
        for inner in node.inside(element).elements(place.outermost) if place.attribute else ():
            yield plain_line(text_at(inner, place), 100)


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


def _text(read: Callable[[str], object]) -> Read:
    """The first text that ``read`` makes something of."""
    return lambda node, field: first_of(node, field, read)


def _url(read: Callable[[str], str | None] = http_url) -> Read:
    """The first address."""
    return lambda node, field: url_of(node, field, read)


def _one(read: Callable[[Element], object]) -> Read:
    """The first element that ``read`` makes something of."""
    return lambda node, field: one_of(node, field, read)


def _each(read: Callable[[Element], object]) -> Read:
    """All elements that ``read`` makes something of."""
    return lambda node, field: each_of(node, field, read) or None


#: How the values of the table are read, those of podcasts and of episodes alike first.
_OF_EITHER: Mapping[str, Read] = {
    "title": _text(plain_line),
    "link": _url(),
    "author": _find_author,
    "image": _url(_picture),
    "language": _text(parse_language),
    "explicit": _text(parse_explicit),
    "people": _each(podcasting20.person),
    "locations": _each(podcasting20.location),
    "license": _one(podcasting20.license),
    "texts": _each(podcasting20.free_text),
    "value": _one(podcasting20.value),
    "is_blocked": _text(parse_explicit),
}
_OF_PODCAST: Mapping[str, Read] = {
    **_OF_EITHER,
    "guid": _text(guid_text),
    "copyright": _text(plain_line),
    "medium": _text(podcasting20.medium),
    "self_url": _text(http_url),
    "next_url": _url(),
    "hub_url": _text(http_url),
    "new_feed_url": _text(http_url),
    "blocks": _each(podcasting20.block),
    "is_complete": _text(parse_explicit),
    "is_locked": _text(parse_explicit),
    "funding": _each(podcasting20.funding),
    "trailers": _each(podcasting20.trailer),
    "podroll": _each(podcasting20.remote_item),
    "remote_items": _each(podcasting20.remote_item),
    "update_frequency": _one(podcasting20.update_frequency),
    "keep_s": pace.keep_s,
    "skip_hours": pace.hours,
    "skip_days": pace.days,
}
_OF_EPISODE: Mapping[str, Read] = {
    **_OF_EITHER,
    "published": _text(parse_date),
    "duration": _text(parse_duration),
    "enclosures": _find_enclosures,
    "alternate_enclosures": _each(podcasting20.alternate_enclosure),
    "keywords": _find_keywords,
    "transcripts": _each(podcasting20.transcript),
    "chapters": _one(podcasting20.chapters),
    "simple_chapters": _find_simple_chapters,
    "soundbites": _each(podcasting20.soundbite),
    "season": _text(parse_int),
    "season_name": _text(plain_line),
    "number": _text(podcasting20.parse_decimal),
    "number_name": _text(plain_line),
    "deep_link": _text(http_url),
    "type": _text(_episode_type),
}
