"""Atom: one node to one value. https://www.rfc-editor.org/rfc/rfc4287 and, before it, Atom 0.3.

What the iTunes, Podcasting 2.0, Media RSS and other tags in it say is read as in RSS.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, replace

from castabout.model.feed import Enclosure, Episode, Podcast
from castabout.model.podcasting20 import LinkedFile, TextLink
from castabout.parse import rss
from castabout.parse.fields import (
    absolute_url,
    http_url,
    media_type,
    one_line,
    one_of_each,
    parse_date,
    parse_language,
    plain_line,
    plain_to_html,
    unescape,
    without_formatting,
)
from castabout.parse.find import elements_of, first_of, note, texts_of, url_of
from castabout.parse.identity import episode_key, guid_text
from castabout.parse.names import Element
from castabout.parse.notes import NOTES_CHARACTERS, sanitise
from castabout.parse.podcasting20 import file_size
from castabout.parse.subtitle import find_subtitle
from castabout.parse.table import Field, fields
from castabout.parse.unusable import ENCLOSURES, LONG_NOTES, MANY_ENCLOSURES, no_address
from castabout.parse.xml import Node, attribute_of, text_of
from castabout.text.html import html_to_text

#: Of authors, and of links, those beyond these are left out.
AUTHORS = 10
LINKS = 1_000

PODCAST = fields(
    ("title", "atom:title", "one line of text"),
    ("link", "atom:link[rel=alternate]@href", "http or https; alternate is what no rel means"),
    ("description", "atom:subtitle atom:tagline atom:info", "safe HTML; one of RSS if it says more"),
    ("author", "atom:author/atom:name", "after itunes:author; all names"),
    ("image", "atom:logo atom:icon", "after itunes:image; http or https"),
    ("categories", "atom:category@label atom:category@term", "after those of RSS"),
    ("copyright", "atom:rights atom:copyright", "one line of text"),
    ("self_url", "atom:link[rel=self]@href", "http or https"),
    ("next_url", "atom:link[rel=next]@href", "http or https"),
    ("hub_url", "atom:link[rel=hub]@href", "http or https"),
)
EPISODE = fields(
    ("guid", "atom:id", "identity within the show, as given"),
    ("title", "atom:title", "one line of text"),
    ("link", "atom:link[rel=alternate]@href", "http or https; a page rather than another file"),
    ("notes", "atom:content atom:summary", "safe HTML; a later one, or one of RSS, if it says more"),
    ("subtitle", "atom:summary", "after those of RSS; one line of text that title and notes do not have"),
    (
        "published",
        "atom:published atom:issued atom:created atom:updated atom:modified",
        "with the publisher's own offset",
    ),
    ("enclosures", "atom:link[rel=enclosure] atom:content@src", "before those of RSS; audio and video"),
    ("author", "atom:author/atom:name", "after itunes:author; all names"),
    ("keywords", "atom:category@label atom:category@term", "after those of RSS"),
    ("license", "atom:link[rel=license]@href", "after podcast:license; the address"),
    ("chapters", "atom:link[rel=http://podlove.org/simple-chapters]@href", "after podcast:chapters"),
)

_RELATIONS = "http://www.iana.org/assignments/relation/"
_CHAPTERS = "http://podlove.org/simple-chapters"
_PLAIN = ("text", "text/plain")
_BLANKS = re.compile(r"\s+")
_MEDIA_FILE = re.compile(r"\.(?:mp[34]|m4[abv]|og[agv]|opus|aac|flac|wav|webm|mov)(?:[?#]|$)", re.I)


@dataclass(frozen=True, slots=True)
class Link:
    """One ``atom:link``. https://www.rfc-editor.org/rfc/rfc4287#section-4.2.7"""

    rel: str
    url: str
    type: str | None
    length: int | None


def podcast(node: Node) -> Podcast:
    """The show that a feed describes."""
    said = rss.podcast(node)
    links = list(_find_links(node))
    link = _page(links)
    base = link or node.base
    return replace(
        said,
        title=_line(node, PODCAST["title"]) or said.title,
        link=link,
        description=_find_notes(node, PODCAST["description"], said.description, base),
        author=said.author or _find_authors(node, PODCAST["author"]),
        image=said.image or url_of(node, PODCAST["image"], http_url),
        language=said.language or parse_language(node.language or ""),
        categories=one_of_each([*said.categories, *_find_categories(node)]),
        copyright=_line(node, PODCAST["copyright"]) or said.copyright,
        self_url=_related(links, "self"),
        next_url=_related(links, "next"),
        hub_url=_related(links, "hub"),
    )


def base(node: Node) -> str | None:
    """What relative addresses in a feed are relative to where it does not say so: its page, or itself."""
    return rss.base(node)


def episode(node: Node) -> Episode | None:
    """The episode that an entry describes; ``None`` if nothing tells it from others."""
    said = rss.episode(node, key="")
    if said is None:
        return None
    links = list(_find_links(node))
    link = _page(links)
    title = _line(node, EPISODE["title"]) or said.title
    notes = _find_notes(node, EPISODE["notes"], said.notes, link or node.base)
    published = first_of(node, EPISODE["published"], parse_date) or said.published
    enclosures = _find_enclosures(node, links, said.enclosures)
    key = episode_key(
        guid=first_of(node, EPISODE["guid"], guid_text),
        enclosure=enclosures[0].url if enclosures else None,
        link=link,
        title=title,
        published=published,
        notes=notes,
    )
    if key is None:
        return None
    license = _related(links, "license")
    chapters = _related(links, _CHAPTERS)
    return replace(
        said,
        key=key,
        title=title,
        link=link,
        notes=notes,
        subtitle=_find_subtitle(node, said.subtitle, title, notes),
        published=published,
        enclosures=enclosures,
        author=said.author or _find_authors(node, EPISODE["author"]),
        language=said.language or parse_language(node.language or ""),
        keywords=one_of_each([*said.keywords, *_find_categories(node)]),
        license=said.license or (TextLink(text=license, url=license) if license else None),
        chapters=said.chapters or (LinkedFile(url=chapters) if chapters else None),
    )


def _find_links(node: Node) -> Iterator[Link]:
    for element in node.elements("atom:link")[:LINKS]:
        rel = (attribute_of(element, "rel") or "alternate").strip().lower().removeprefix(_RELATIONS)
        # Some write the address as the text of the element.
        href = attribute_of(element, "href")
        base = node.base_of(element)
        url = (
            absolute_url(text_of(element), base)
            if href is None
            else absolute_url(href, base, is_address=True)
        )
        if url is not None:
            type = media_type(attribute_of(element, "type") or "")
            yield Link(rel, url, type, file_size(attribute_of(element, "length") or ""))
        elif rel == "enclosure":
            note(node, no_address(href or ""))


def _related(links: list[Link], rel: str) -> str | None:
    return next((link.url for link in links if link.rel == rel), None)


def _page(links: list[Link]) -> str | None:
    """The first alternate that is a page, or of which nothing is said; else the first."""
    alternates = [link for link in links if link.rel == "alternate"]
    pages = [link for link in alternates if link.type is None or "html" in link.type]
    return next((link.url for link in pages or alternates), None)


def _find_enclosures(node: Node, links: list[Link], others: tuple[Enclosure, ...]) -> tuple[Enclosure, ...]:
    found = [
        Enclosure(
            url=link.url, type=link.type if link.type and "/" in link.type else None, length=link.length
        )
        for link in links
        if link.rel == "enclosure"
    ]
    for element in node.elements("atom:content"):
        url = absolute_url(attribute_of(element, "src") or "", node.base_of(element))
        type = media_type(attribute_of(element, "type") or "")
        if url is None:
            continue
        if type.startswith(("audio/", "video/")) if type else _MEDIA_FILE.search(url):
            found.append(Enclosure(url=url, type=type))
    kept: dict[str, Enclosure] = {}
    for enclosure in (*found, *others):
        if not (enclosure.type or "").startswith("image"):
            kept.setdefault(enclosure.url, enclosure)
    if len(kept) > ENCLOSURES:
        note(node, MANY_ENCLOSURES)
    return tuple(kept.values())[:ENCLOSURES]


def _find_authors(node: Node, field: Field) -> str | None:
    names = one_of_each((rss.person_name(text) for text in texts_of(node, field)), AUTHORS)
    return ", ".join(names) or None


def _find_categories(node: Node) -> Iterator[str | None]:
    """Of each the label, which is for people, and the term, if that is no address."""
    for element in node.elements("atom:category")[:LINKS]:
        for text in (attribute_of(element, "label"), attribute_of(element, "term"), text_of(element)):
            if text and http_url(text) is None:
                yield plain_line(text, 100)


def _line(node: Node, field: Field) -> str | None:
    for _, element in elements_of(node, field):
        text = without_formatting(_construct(element))
        line = one_line(html_to_text(sanitise(text))) if "<" in text else plain_line(text)
        if line:
            return line
    return None


def _find_notes(node: Node, field: Field, said: str | None, base: str | None) -> str | None:
    """The best candidate in the order of the table, or what the tags of RSS say, if that is clearly more."""
    found = [_construct(element) for _, element in elements_of(node, field)]
    texts = [text for text in (*found, said) if text]
    if not texts:
        return None
    best = rss.best_of(texts)
    if best is said:
        return said
    if len(best) > NOTES_CHARACTERS:
        note(node, LONG_NOTES)
    return sanitise(best, base) or None


def _find_subtitle(node: Node, said: str | None, title: str | None, notes: str | None) -> str | None:
    return find_subtitle([text for text in (said, _line(node, EPISODE["subtitle"])) if text], title, notes)


def _construct(element: Element) -> str:
    """A text construct, or content, as HTML or plain text that no tag is in.

    https://www.rfc-editor.org/rfc/rfc4287#section-3.1, section-4.1.3.3, and ``mode`` of Atom 0.3
    """
    type = (attribute_of(element, "type") or "").strip().lower().partition(";")[0]
    mode = (attribute_of(element, "mode") or "").strip().lower()
    if mode == "base64" or _is_binary(type):
        return _decoded(element)
    text = text_of(element)
    if len(element):
        # Where escaped HTML is said to be there, elements around it change nothing.
        return unescape(text) if type == "html" or mode == "escaped" else text
    if "html" in type and "xhtml" not in type:
        return text
    return plain_to_html(text, is_surely_plain=type in _PLAIN and not len(element))


def _is_binary(type: str) -> bool:
    return "/" in type and not type.startswith("text/") and not type.endswith(("+xml", "/xml"))


def _decoded(element: Element) -> str:
    """Text that is written as base64; nothing if it is a picture or the like."""
    text = element.text or ""
    try:
        return b64decode(_BLANKS.sub("", text), validate=True).decode("utf-8")
    except UnicodeDecodeError:
        return ""
    except (binascii.Error, ValueError):  # no base64 after all
        return text
