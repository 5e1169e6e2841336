"""Where each value of a feed may stand, best place first: the whole reach of the parser on one screen.

``a/b`` is an element inside another, ``a@b`` an attribute. Names are matched
whatever their case and however a feed spells the namespace. docs/feeds.md is
made from this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from castabout.parse.xml import Path, path


@dataclass(frozen=True, slots=True)
class Field:
    """One value and the places where it may stand."""

    name: str
    paths: tuple[Path, ...]
    #: For a person: how it is read.
    says: str


def _table(*rows: tuple[str, str, str]) -> Mapping[str, Field]:
    return {name: Field(name, tuple(map(path, paths.split())), says) for name, paths, says in rows}


PODCAST = _table(
    ("guid", "podcast:guid", "identity of the show"),
    ("title", "title itunes:title dc:title", "one line of text"),
    ("link", "link atom:link@href", "http or https"),
    (
        "description",
        "description itunes:summary content:encoded googleplay:description itunes:subtitle",
        "safe HTML",
    ),
    (
        "author",
        "itunes:author author dc:creator googleplay:author itunes:owner/itunes:name managingeditor",
        "a name",
    ),
    ("image", "itunes:image@href image/url googleplay:image@href media:thumbnail@url", "http or https"),
    ("language", "language dc:language", "as BCP 47 writes it"),
    ("keywords", "itunes:keywords media:keywords", "split at commas"),
    ("categories", "itunes:category@text category googleplay:category@text", "outermost first"),
    ("explicit", "itunes:explicit googleplay:explicit", "yes, true, explicit; no, false, clean"),
    ("people", "podcast:person", "name, role and address"),
)
EPISODE = _table(
    ("guid", "guid", "identity within the show, as given"),
    ("title", "title itunes:title media:title dc:title", "one line of text"),
    ("link", "link", "http or https"),
    (
        "notes",
        "content:encoded description itunes:summary googleplay:description media:description itunes:subtitle",
        "safe HTML; a later one if it says more",
    ),
    (
        "published",
        "pubdate dc:date dcterms:created atom:published published",
        "with the publisher's own offset",
    ),
    (
        "duration",
        "itunes:duration media:content@duration duration",
        "seconds, M:SS, H:MM:SS, words; 0 is unknown",
    ),
    ("enclosures", "enclosure@url media:content@url", "audio and video; type and length beside it"),
    ("author", "itunes:author author dc:creator googleplay:author", "a name"),
    ("image", "itunes:image@href media:thumbnail@url image/url", "http or https"),
    ("language", "dc:language language", "as BCP 47 writes it"),
    ("keywords", "itunes:keywords media:keywords category", "split at commas"),
    ("explicit", "itunes:explicit googleplay:explicit", "yes, true, explicit; no, false, clean"),
    ("people", "podcast:person", "name, role and address"),
    ("season", "itunes:season podcast:season", "a whole number"),
    ("number", "itunes:episode podcast:episode", "a whole number"),
    ("type", "itunes:episodetype", "full, trailer or bonus"),
)


def feeds_page() -> str:
    """docs/feeds.md."""
    lines = [
        "# What is read of a feed",
        "",
        "Made from the parser's own table. Formats: RSS 0.9x to 2.0 and RDF. Of several places the first",
        "that holds something is taken; where several are meant (people, keywords), all of them. `a/b` is an",
        "element inside another, `a@b` an attribute.",
    ]
    for heading, table in (("Podcast", PODCAST), ("Episode", EPISODE)):
        lines += ["", f"## {heading}", "", "| value | stands in | is read as |", "|---|---|---|"]
        for field in table.values():
            places = ", ".join(f"`{place.text}`" for place in field.paths)
            lines.append(f"| {field.name} | {places} | {field.says} |")
    return "\n".join(lines) + "\n"
