"""Where each value of an RSS feed may stand, best place first: the whole reach of the parser on one screen.

``a/b`` is an element inside another, ``a@b`` an attribute, ``a[rel=b]`` an
element whose attribute has this among its words. Names are matched whatever their
case and however a feed spells the namespace. docs/feeds.md is made from this
table and those of the other formats.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a value, as its parts."""

    text: str
    #: The first name: if there is no such element, so is there no value.
    outermost: str
    #: The names below it.
    inner: tuple[str, ...]
    attribute: str | None
    #: Only elements that have this attribute with this word, lower case.
    condition: tuple[str, str] | None
    #: There is no more to it than ``outermost`` and an attribute.
    is_simple: bool
    #: ``outermost`` and those below it.
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One value and the places where it may stand."""

    name: str
    places: tuple[Place, ...]
    #: For a person: how it is read.
    says: str


def fields(*rows: tuple[str, str, str]) -> Mapping[str, Field]:
    """A table of rows of a value's name, its places (best first, blanks between them) and how it is read."""
    return {name: _field(name, places.split(), says) for name, places, says in rows}


_CONDITION = re.compile(r"\[(\w+)=([^\]]+)\]")


def _field(name: str, places: Sequence[str], says: str) -> Field:
    return Field(
        name=name,
        places=tuple(map(_place, places)),
        says=says,
    )


def _place(text: str) -> Place:
    condition = _CONDITION.search(text)
    elements, _, attribute = _CONDITION.sub("", text).partition("@")
    outermost, *inner = elements.lower().split("/")
    return Place(
        text=text,
        outermost=outermost,
        inner=tuple(inner),
        attribute=attribute or None,
        condition=(condition[1], condition[2]) if condition else None,
        is_simple=not inner and condition is None,
        path=(outermost, *inner),
    )


_EITHER = (
    ("explicit", "itunes:explicit googleplay:explicit", "yes, true, explicit; no, false, clean"),
    ("people", "podcast:person", "each: name, role, group, address and picture"),
    ("locations", "podcast:location", "each: name, geo, osm, rel"),
    ("license", "podcast:license license cc:license", "text and address"),
    ("texts", "podcast:txt", "each: text and purpose"),
    ("value", "podcast:value", "type, method, suggested, and each valueRecipient; kept, not used"),
    ("is_blocked", "itunes:block googleplay:block", "yes, true; no, false"),
)
PODCAST = fields(
    ("guid", "podcast:guid", "identity of the show"),
    ("title", "title itunes:title dc:title media:title", "one line of text"),
    ("link", "link atom:link[rel=alternate]@href link@href", "http or https"),
    (
        "description",
        "description itunes:summary content:encoded googleplay:description media:description itunes:subtitle "
        "dc:description",
        "safe HTML; a later one if it says more",
    ),
    (
        "author",
        "itunes:author author dc:creator dc:author googleplay:author atom:author/atom:name "
        "itunes:owner/itunes:name googleplay:owner managingeditor dc:publisher",
        "all names of the first place",
    ),
    (
        "image",
        "itunes:image@href image/url podcast:image[purpose=artwork]@href itunes:image@url itunes:image "
        "googleplay:image@href itunes:link[rel=image]@href media:thumbnail@url podcast:image@href",
        "http or https",
    ),
    ("language", "language dc:language", "as BCP 47 writes it"),
    ("keywords", "itunes:keywords media:keywords dc:subject", "all but the categories, split at commas"),
    (
        "categories",
        "itunes:category@text googleplay:category@text category media:category",
        "all, outermost first, and the itunes:category inside",
    ),
    ("copyright", "copyright dc:rights media:copyright", "one line of text"),
    ("medium", "podcast:medium", "a word"),
    ("self_url", "atom:link[rel=self]@href link[rel=self]@href", "http or https"),
    ("next_url", "atom:link[rel=next]@href link[rel=next]@href", "http or https"),
    ("hub_url", "atom:link[rel=hub]@href link[rel=hub]@href", "http or https"),
    ("new_feed_url", "itunes:new-feed-url redirect/newlocation", "http or https"),
    ("blocks", "podcast:block", "each: yes or no, and to which service it is said (id)"),
    ("is_complete", "itunes:complete", "yes; or complete of podcast:updateFrequency"),
    ("is_locked", "podcast:locked", "yes or no"),
    ("funding", "podcast:funding", "each: text and address"),
    ("trailers", "podcast:trailer", "each: address, title, date, type, length, season"),
    ("podroll", "podcast:podroll/podcast:remoteItem", "each: GUID and address of a feed, medium, title"),
    (
        "remote_items",
        "podcast:remoteItem",
        "each: GUID and address of a feed, GUID of an item, medium, title",
    ),
    ("update_frequency", "podcast:updateFrequency", "text, rrule, dtstart, complete"),
    ("keep_s", "ttl sy:updatePeriod", "ttl: minutes; else a period, parted by sy:updateFrequency"),
    ("skip_hours", "skipHours/hour", "each: from 0 to 23, in UTC"),
    ("skip_days", "skipDays/day", "each: an English name"),
    *_EITHER,
)
EPISODE = fields(
    ("guid", "guid", "identity within the show, as given; of RDF rdf:about"),
    ("title", "title itunes:title media:title media:group/media:title dc:title", "one line of text"),
    (
        "link",
        "link atom:link[rel=alternate]@href link@href",
        "http or https; else the guid, unless it says that it is no permalink",
    ),
    (
        "notes",
        "content:encoded description itunes:summary googleplay:description media:description "
        "media:group/media:description itunes:subtitle fullitem body dc:description",
        "safe HTML; a later one if it says more",
    ),
    ("subtitle", "itunes:subtitle", "one line of text that title and notes do not have"),
    (
        "published",
        "pubdate dc:date dcterms:issued dcterms:created atom:published published dcterms:modified atom:updated",
        "with the publisher's own offset",
    ),
    (
        "duration",
        "itunes:duration media:content@duration media:group/media:content@duration duration",
        "seconds, M:SS, H:MM:SS, words; 0 is unknown",
    ),
    (
        "enclosures",
        "enclosure media:content media:group/media:content atom:link[rel=enclosure] link[rel=enclosure]",
        "each: address, type, length; audio and video",
    ),
    ("alternate_enclosures", "podcast:alternateEnclosure", "each: its attributes and each source"),
    (
        "author",
        "itunes:author author dc:creator dc:author googleplay:author atom:author/atom:name",
        "all names of the first place",
    ),
    (
        "image",
        "itunes:image@href podcast:image[purpose=artwork]@href itunes:image@url itunes:image "
        "googleplay:image@href itunes:link[rel=image]@href media:thumbnail@url media:group/media:thumbnail@url "
        "media:content/media:thumbnail@url media:content[medium=image]@url image/url podcast:image@href",
        "http or https",
    ),
    ("language", "dc:language language", "as BCP 47 writes it"),
    (
        "keywords",
        "itunes:keywords media:keywords tags category dc:subject media:category@label media:category "
        "itunes:category@text itunes:category/itunes:category@text",
        "all, split at commas",
    ),
    ("transcripts", "podcast:transcript", "each: address, type, language, rel"),
    ("chapters", "podcast:chapters", "address and type"),
    ("simple_chapters", "psc:chapters/psc:chapter", "each: start, title, address, picture"),
    ("soundbites", "podcast:soundbite", "each: start, duration, title"),
    ("season", "podcast:season itunes:season", "a whole number"),
    ("season_name", "podcast:season@name", "one line of text"),
    ("number", "podcast:episode itunes:episode", "a number"),
    ("number_name", "podcast:episode@display", "one line of text"),
    (
        "deep_link",
        "atom:link[rel=http://podlove.org/deep-link]@href atom:link[rel=https://podlove.org/deep-link]@href",
        "http or https",
    ),
    ("type", "itunes:episodetype", "full, trailer or bonus"),
    *_EITHER,
)


def at_most(field: Field, names: Container[str]) -> Field:
    """``field`` with only those places that a node with elements of these ``names`` can have."""
    return replace(field, places=tuple(place for place in field.places if place.outermost in names))
