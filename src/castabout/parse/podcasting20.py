"""One element of the Podcasting 2.0 namespace, or of Podlove Simple Chapters, to one value.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md
Where they stand is in `castabout.parse.table`. What lacks what it needs is ``None``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from castabout.model.feed import Person
from castabout.model.podcasting20 import (
    AlternateEnclosure,
    Block,
    FreeText,
    LinkedFile,
    Location,
    Recipient,
    RemoteItem,
    SimpleChapter,
    Soundbite,
    TextLink,
    Trailer,
    UpdateFrequency,
    Value,
)
from castabout.parse.fields import (
    http_url,
    media_type,
    parse_date,
    parse_explicit,
    parse_int,
    parse_language,
    plain_line,
)
from castabout.parse.names import Element
from castabout.parse.xml import attribute_of, text_of

_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
NAME_CHARACTERS = 200
LABEL_CHARACTERS = 100
TEXT_CHARACTERS = 4_000
#: Elements inside another one that are read.
CHILDREN = 500
_LONGEST_SECONDS = 7 * 24 * 3600

_DECIMAL = re.compile(r"\d{1,12}(?:\.\d{1,12})?")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2}(?:[.,]\d{1,9})?)")
_MEDIUM = re.compile(r"[A-Za-z]{2,30}")
_GEO = re.compile(r"geo:[-+0-9][^\s<>\"']{2,200}", re.I)
_OSM = re.compile(r"[NWR]\d{1,15}", re.I)
#: Where media files may be, besides the web: what could run something in a page is not among them.
_SOURCE = re.compile(r"(?:ipfs|ipns|magnet|rtmps?|rtsp|srt|hyper|dat):[!-~]{1,4000}", re.I)


def transcript(element: Element) -> LinkedFile | None:
    """https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/transcript.md"""
    file = chapters(element)
    if file is None:
        return None
    return LinkedFile(
        url=file.url,
        type=file.type,
        language=parse_language(_attribute(element, "language")),
        rel=_label(element, "rel"),
    )


def chapters(element: Element) -> LinkedFile | None:
    """https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/chapters.md"""
    url = http_url(_attribute(element, "url"))
    return None if url is None else LinkedFile(url=url, type=media_type(_attribute(element, "type")))


def person(element: Element) -> Person | None:
    """https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/person.md"""
    name = plain_line(text_of(element), NAME_CHARACTERS)
    if name is None:
        return None
    return Person(
        name=name,
        role=_label(element, "role"),
        group=_label(element, "group"),
        url=http_url(_attribute(element, "href")),
        image=http_url(_attribute(element, "img")),
    )


def soundbite(element: Element) -> Soundbite | None:
    """https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/soundbite.md"""
    start, duration = _seconds(_attribute(element, "startTime")), _seconds(_attribute(element, "duration"))
    if start is None or not duration:
        return None
    return Soundbite(start=start, duration=duration, title=plain_line(text_of(element), NAME_CHARACTERS))


def location(element: Element) -> Location | None:
    """https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/location.md"""
    name = plain_line(text_of(element), NAME_CHARACTERS)
    if name is None:
        return None
    geo, osm = _attribute(element, "geo"), _attribute(element, "osm")
    return Location(
        name=name,
        geo=geo if _GEO.fullmatch(geo) else None,
        osm=osm.upper() if _OSM.fullmatch(osm) else None,
        rel=_label(element, "rel"),
    )


def funding(element: Element) -> TextLink | None:
    """https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/funding.md"""
    url = http_url(_attribute(element, "url"))
    return (
        None if url is None else TextLink(text=plain_line(text_of(element), NAME_CHARACTERS) or url, url=url)
    )


def license(element: Element) -> TextLink | None:
    """https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/license.md"""
    text = plain_line(text_of(element), NAME_CHARACTERS)
    # Older modules have the address as text, or as a resource.
    url = http_url(_attribute(element, "url") or element.get(_RESOURCE) or text or "")
    text = text or url
    return None if text is None else TextLink(text=text, url=url)


def block(element: Element) -> Block | None:
    """https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/block.md"""
    blocked = parse_explicit(text_of(element))
    return None if blocked is None else Block(blocked=blocked, service=_label(element, "id"))


def is_blocked_for(service: str, blocks: Iterable[Block]) -> bool:
    """Whether ``service`` (a slug) must not show a podcast publicly: a word to it goes before one to all."""
    said = {block.service: block.blocked for block in blocks if block.service in (service, None)}
    return said.get(service, said.get(None, False))


def medium(text: str) -> str | None:
    """``podcast``, ``music``, …, lower case but for the ``L`` of a list of others.

    https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/medium.md
    """
    if not _MEDIUM.fullmatch(text):
        return None
    return text[:-1].lower() + "L" if text.endswith("L") and text[:-1].islower() else text.lower()


def trailer(element: Element) -> Trailer | None:
    """https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/trailer.md"""
    url = http_url(_attribute(element, "url"))
    if url is None:
        return None
    return Trailer(
        url=url,
        title=plain_line(text_of(element), NAME_CHARACTERS),
        published=parse_date(_attribute(element, "pubdate")),
        type=media_type(_attribute(element, "type")),
        length=file_size(_attribute(element, "length")),
        season=parse_int(_attribute(element, "season")),
    )


def alternate_enclosure(element: Element) -> AlternateEnclosure | None:
    """https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/alternate-enclosure.md"""
    sources = dict.fromkeys(_source(_attribute(child, "uri")) for child in _children(element, "source"))
    sources.pop(None, None)
    if not sources:
        return None
    return AlternateEnclosure(
        type=media_type(_attribute(element, "type")),
        length=file_size(_attribute(element, "length")),
        bitrate=parse_decimal(_attribute(element, "bitrate")) or None,
        height=parse_int(_attribute(element, "height")) or None,
        title=plain_line(_attribute(element, "title"), NAME_CHARACTERS),
        language=parse_language(_attribute(element, "lang")),
        rel=_label(element, "rel"),
        codecs=plain_line(_attribute(element, "codecs"), LABEL_CHARACTERS),
        is_default=parse_explicit(_attribute(element, "default")) is True,
        sources=tuple(source for source in sources if source),
    )


def remote_item(element: Element) -> RemoteItem | None:
    """https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/remote-item.md"""
    feed = plain_line(_attribute(element, "feedGuid"), NAME_CHARACTERS)
    if feed is None:
        return None
    return RemoteItem(
        feed_guid=feed,
        feed_url=http_url(_attribute(element, "feedUrl")),
        item_guid=_attribute(element, "itemGuid")[:TEXT_CHARACTERS] or None,
        medium=medium(_attribute(element, "medium")),
        title=plain_line(_attribute(element, "title"), NAME_CHARACTERS),
    )


def free_text(element: Element) -> FreeText | None:
    """https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/txt.md"""
    text = plain_line(text_of(element), TEXT_CHARACTERS)
    if text is None:
        return None
    return FreeText(text=text, purpose=plain_line(_attribute(element, "purpose"), NAME_CHARACTERS))


def update_frequency(element: Element) -> UpdateFrequency | None:
    """https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/update-frequency.md"""
    text = plain_line(text_of(element), NAME_CHARACTERS)
    rule = plain_line(_attribute(element, "rrule"), LABEL_CHARACTERS * 5)
    complete = parse_explicit(_attribute(element, "complete")) is True
    if text is None and rule is None and not complete:
        return None
    first = parse_date(_attribute(element, "dtstart"))
    return UpdateFrequency(text=text, rule=rule, first=first, is_complete=complete)


def value(element: Element) -> Value | None:
    """https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/value.md"""
    recipients = tuple(map(_recipient, _children(element, "valuerecipient")))
    type, method = _label(element, "type"), _label(element, "method")
    if not recipients and type is None:
        return None
    suggested = plain_line(_attribute(element, "suggested"), LABEL_CHARACTERS)
    return Value(type=type, method=method, suggested=suggested, recipients=recipients)


def _recipient(element: Element) -> Recipient:
    """https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/value-recipient.md"""
    return Recipient(
        name=plain_line(_attribute(element, "name"), NAME_CHARACTERS),
        type=_label(element, "type"),
        address=plain_line(_attribute(element, "address"), NAME_CHARACTERS * 2),
        split=parse_int(_attribute(element, "split")),
        is_fee=parse_explicit(_attribute(element, "fee")) is True,
    )


def simple_chapter(element: Element) -> SimpleChapter | None:
    """https://podlove.org/simple-chapters/"""
    start = _seconds(_attribute(element, "start"))
    title = plain_line(_attribute(element, "title"), NAME_CHARACTERS)
    if start is None or title is None:
        return None
    link, image = http_url(_attribute(element, "href")), http_url(_attribute(element, "image"))
    return SimpleChapter(start=start, title=title, link=link, image=image)


def parse_decimal(text: str) -> float | None:
    """A number from 0 up, such as ``315.5``."""
    text = text.strip()
    return float(text) if _DECIMAL.fullmatch(text) else None


def file_size(text: str) -> int | None:
    """Bytes; 0 and 1 are what programs write when they do not know."""
    length = parse_int(text)
    return length if length is not None and length > 1 else None


def _seconds(text: str) -> float | None:
    """``73.0``, ``08:26``, ``00:03:07.250``. https://www.w3.org/TR/media-frags/#npttimedef"""
    if (parts := _CLOCK.fullmatch(text)) is not None:
        seconds = int(parts[1] or 0) * 3600 + int(parts[2]) * 60 + float(parts[3].replace(",", "."))
    elif (plain := parse_decimal(text)) is not None:
        seconds = plain
    else:
        return None
    return seconds if seconds <= _LONGEST_SECONDS else None


def _source(text: str) -> str | None:
    return http_url(text) or (text if _SOURCE.fullmatch(text) else None)


def _attribute(element: Element, name: str) -> str:
    return (attribute_of(element, name) or "").strip()


def _label(element: Element, name: str) -> str | None:
    """An attribute that is a word of some list, whose case does not matter."""
    label = plain_line(attribute_of(element, name) or "", LABEL_CHARACTERS)
    return label and label.lower()


def _children(element: Element, local: str) -> Iterator[Element]:
    """The elements inside ``element`` that are called ``local``, lower case, whatever their prefix."""
    for child in islice(element, CHILDREN):
        tag: object = child.tag
        # What is no element (an entity that was not expanded) has a function for a tag.
        if isinstance(tag, str) and tag.rpartition("}")[2].rpartition(":")[2].lower() == local:
            yield child
