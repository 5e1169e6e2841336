"""What a person typed or pasted as a source: an address, a show of a directory, a file, or a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the web."""

    url: str
    #: The same by plain ``http``, where the scheme was guessed and a host may not know ``https``.
    otherwise: str | None = None


@dataclass(frozen=True, slots=True)
class AppleShow:
    """A show of Apple Podcasts, by its number there."""

    id: int
    #: The country whose shop the link led to, e.g. ``gb``: some shows are not in all of them.
    country: str | None = None


@dataclass(frozen=True, slots=True)
class IndexedShow:
    """A show of the Podcast Index, by its number there."""

    id: int


@dataclass(frozen=True, slots=True)
class File:
    """A path, or an address whose scheme is not one of the web."""

    name: str


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a show, or words of it."""

    text: str


Source: TypeAlias = Address | AppleShow | IndexedShow | File | Name

#: Nothing longer is an address or a name.
_CHARACTERS = 4_000
#: Schemes by which links open a program for podcasts; what they stand for is ``http``.
#: https://en.wikipedia.org/wiki/Feed_URI_scheme
_FOR_PROGRAMS = re.compile(r"(?:feed|pcast|podcasts?|itpc|itms|itmss|itms-podcasts?|rss):", re.I)
_HALF_A_SCHEME = re.compile(r"/*(https?)(?::/*|//+)", re.I)
_WEB = re.compile(r"https?:", re.I)
_APPLE_HOSTS = ("podcasts.apple.com", "itunes.apple.com", "geo.itunes.apple.com", "embed.podcasts.apple.com")
_INDEX_HOSTS = ("podcastindex.org", "www.podcastindex.org")
_APPLE_ID = re.compile(r"/id(\d{3,12})(?=[/?#&]|\Z)")
_COUNTRY = re.compile(r"/([a-z]{2})/")
_INDEX_ID = re.compile(r"/podcast/(\d{1,12})(?=[/?#]|\Z)")
#: Numbers at Apple have nine or ten digits now; with ``id`` before it any will do.
_BARE_ID = re.compile(r"id(\d{3,12})|(\d{9,10})", re.I)
#: A path, or an address whose scheme is not one of the web.
_PATH = re.compile(r"[./~\\]|[a-z]:[\\/]|[a-z][a-z0-9+.-]*://|(?:file|mailto|data|javascript):", re.I)
_FILE_ENDING = re.compile(
    r"\.(?:xml|rss|atom|rdf|json|opml|feed|html?|txt|db|sqlite3?|tgz|tar|gz|zip|mp3)\Z", re.I
)
#: A host that can stand without a scheme: ``localhost``, an IPv4 address, or a name whose last label is one
#: of the public internet, with or without a port.
_HOST = re.compile(
    r"(?:[^@/\s]+@)?"
    r"(?:(?P<plain>(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:[^\W\d_]{2,63}|xn--[a-z0-9-]{1,59})|(?:\d{1,3}\.){3}\d{1,3})\.?"
    r"|localhost|[^\W_][\w.-]*(?=:\d))"
    r"(?P<port>:\d{1,5})?(?P<rest>[/?#]\S*)?",
    re.I,
)


def read_source(text: str) -> Source:
    """What ``text`` names, told from the text alone.

    ``feed:https://a.example/f`` and the like are the address inside,
    ``a.example/feed`` is one without its scheme, links to Apple Podcasts and
    to the Podcast Index are shows there, ``id123456`` is a number at Apple.
    What looks like a path is a `File`; anything else is a `Name`.
    """
    source = text.strip()
    if len(source) > _CHARACTERS:
        return File(source)
    if source[:1] == "<" and source[-1:] == ">":
        source = source[1:-1].strip()  # https://www.rfc-editor.org/rfc/rfc3986#appendix-C
    inner = _for_a_program(source)
    if _WEB.match(inner):
        return _on_the_web(inner)
    if bare := _BARE_ID.fullmatch(source):
        return AppleShow(int(bare[1] or bare[2]))
    if source.startswith("//"):
        return _on_the_web(f"https:{source}")
    return _without_scheme(source)


def _without_scheme(source: str) -> Source:
    if _PATH.match(source):
        return File(source)
    host = _HOST.fullmatch(source)
    if host and (host["port"] or host["rest"] or not _FILE_ENDING.search(source)):
        found = _on_the_web(f"https://{source}")
        # What is secret never goes out in the clear by a guess.
        if isinstance(found, Address) and "@" not in source:
            return Address(found.url, f"http://{source}")
        return found
    is_path = _FILE_ENDING.search(source) or ("/" in source and not re.search(r"\s", source))
    return File(source) if is_path else Name(" ".join(source.split()))


def _for_a_program(source: str) -> str:
    """The address inside a link that is to open a program: ``pcast://a.example/f`` → ``http://a.example/f``."""
    found = _FOR_PROGRAMS.match(source)
    if not found:
        return source
    rest = source[found.end() :]
    if _FOR_PROGRAMS.match(rest):
        return _for_a_program(rest)
    if half := _HALF_A_SCHEME.match(rest):
        return f"{half[1]}://{rest[half.end() :]}"
    if rest.startswith("//") or _HOST.fullmatch(rest):
        return f"http://{rest.lstrip('/')}"
    return source


def _on_the_web(url: str) -> Address | AppleShow | IndexedShow:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return Address(url)
    if host in _APPLE_HOSTS:
        found = _APPLE_ID.search(parts.path)
        number = found[1] if found else parse_qs(parts.query).get("id", [""])[0]
        if number.isascii() and number.isdigit() and len(number) <= 12:
            country = _COUNTRY.match(parts.path)
            return AppleShow(int(number), country[1] if country else None)
    if host in _INDEX_HOSTS and (found := _INDEX_ID.match(parts.path)):
        return IndexedShow(int(found[1]))
    return Address(url)
