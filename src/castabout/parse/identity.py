"""Who is who: the identity of a podcast and of an episode, each in one function."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import UTC, datetime
from functools import lru_cache
from itertools import product
from urllib.parse import SplitResult, urlsplit, urlunsplit
from uuid import UUID, uuid5

from castabout.model.feed import Episode
from castabout.text.fold import fold

#: As a UUID is mostly written, and always told here.
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

#: https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/guid.md
_NAMESPACE = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")

#: A longer GUID is shortened.
_GUID_CHARACTERS = 2_000

_PORTS = {"http": 80, "https": 443}
#: Hosts under which FeedBurner served one and the same feed.
_FEEDBURNER = ("feeds.feedburner.com", "feeds2.feedburner.com", "feedproxy.google.com")

#: Services that count downloads: their address stands before that of the media file and leads on to it.
#: Each of them documents its own; https://op3.dev/ names the most common.
_COUNTERS = (
    r"(?:[\w-]+\.)?op3\.dev/e(?:,[^/]*)?",
    r"(?:dts\.|www\.)?podtrac\.com/(?:pts/)?redirect\.\w+",
    r"play\.podtrac\.com/[^/]+",
    r"pdst\.fm/e",
    r"(?:chrt\.fm|chtbl\.com)/track/[^/]+",
    r"mgln\.ai/(?:track|e/\w+)",
    r"prfx\.byspotify\.com/e",
    r"(?:www\.)?claritaspod\.com/(?:measure|m)",
    r"clrtpod\.com/m",
    r"(?:verifi\.podscribe\.com|pscrb\.fm)/rss/p",
    r"(?:media|ins)\.blubrry\.com/[\w-]+(?:/p)?",
    r"arttrk\.com/p/[^/]+",
    r"pdcn\.co/e",
    r"2\.gum\.fm",
    r"s\.gum\.fm/(?:r1/|s-)[0-9a-f]+",
    r"growx\.podkite\.com/https?/\w+",
    r"pfx\.vpixl\.com/[^/]+",
    r"pfx\.veritonicmetrics\.com/[^/]+",
    r"(?:rss\.)?pdrl\.fm/(?:r/[^/]+/[^/]+|[^/]+)",
    r"p\.podderapp\.com/\d+",
    r"r\.(?:zen\.ai|zencastr\.com)/r",
    r"bktrks\.co/t/[^/]+",
    r"a\.pdcst\.to/[^/]+",
    r"(?:tracking\.)?swap\.fm/track/[^/]+",
    r"ipfspodcasting\.net/e",
    r"letscast\.fm/track",
)
#: One of them, and behind it a host and a path, with or without a scheme.
_COUNTER = re.compile(
    rf"(?:{'|'.join(_COUNTERS)})/+(?:https?(?::/{{1,2}}|%3a%2f%2f|/))?(?=[\w-]+(?:\.[\w-]+)+(?::\d+)?/)",
    re.IGNORECASE,
)
#: How many of them stand before one file; more is no address but an attack.
_COUNTERS_AT_MOST = 12
#: Of an address that ends so, what follows a ``?`` is for counting; of others it may name the file.
_MEDIA_FILE = re.compile(r"\.(?:mp3|m4a|m4b|m4v|mp4|aac|ogg|oga|opus|flac|wav|webm|mov)$", re.IGNORECASE)


#: What may be punctuation: neither letter nor digit, nor blank.
_MARK = re.compile(r"[^\w\s]|_")
_TELLING_MARKS = "#&@%"


def podcast_id(guid: str | None, url: str) -> str:
    """The UUID of a podcast: its ``podcast:guid``, else one made of its feed's address.

    The address counts without scheme and trailing slashes.
    """
    _, found, rest = url.partition("://")
    return guid_id(guid) or str(uuid5(_NAMESPACE, (rest if found else url).rstrip("/")))


def guid_id(guid: str | None) -> str | None:
    """The UUID that a ``podcast:guid`` is, or that is made of one that is none; ``None`` without one."""
    if not guid or not (given := guid.strip()):
        return None
    if _UUID.fullmatch(given):
        return given
    try:
        return str(UUID(given))
    except ValueError:
        return str(uuid5(_NAMESPACE, given))


def normal_address(url: str) -> str:
    """``url`` with what never makes a difference taken out of it; it leads to the same place.

    Scheme and host in lower case, no default port, no fragment. What is no
    web address stays as it is. https://www.rfc-editor.org/rfc/rfc3986#section-6.2
    """
    parts = _web_parts(url)
    return parts.geturl() if parts else url


def same_addresses(url: str) -> tuple[str, ...]:
    """All addresses that mean the same feed as ``url``, its own normal form first.

    With http or https, with ``www.`` or not, with a slash at the end or not; of
    FeedBurner, under each of its names. All of them are normal forms.
    """
    parts = _web_parts(url)
    if parts is None:
        return (url,)
    scheme, host, path, query, _ = parts
    # At another port another program answers.
    schemes = (scheme,) if parts.port else (scheme, *_PORTS)
    hosts: tuple[str, ...] = (host, host.removeprefix("www.") if host.startswith("www.") else f"www.{host}")
    queries: tuple[str, ...] = (query,)
    if host in _FEEDBURNER:
        hosts, queries = (host, *_FEEDBURNER), (query, "", "format=xml")
    bare = path.rstrip("/")
    every = product(schemes, hosts, (path, bare or "/", f"{bare}/"), queries)
    return tuple(dict.fromkeys(urlunsplit((*address, "")) for address in every))


def _web_parts(url: str) -> SplitResult | None:
    """The parts of a normal address; ``None`` if ``url`` is no web address."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in _PORTS or not host:
        return None
    host = f"[{host}]" if ":" in host else host
    if port not in (None, _PORTS[parts.scheme]):
        host = f"{host}:{port}"
    return SplitResult(parts.scheme, host, parts.path.strip() or "/", parts.query.strip(), "")


def media_key(url: str) -> str:
    """What stays of a media file's address when another service counts its downloads.

    Without scheme, the prefixes of such services and, behind the name of a
    media file, the query. No address: it only tells one file from another.
    """
    rest = url.strip().partition("://")[2] or url.strip()
    for _ in range(_COUNTERS_AT_MOST):
        counter = _COUNTER.match(rest)
        if counter is None:
            break
        rest = rest[counter.end() :]
    rest = rest.partition("#")[0]
    path = rest.partition("?")[0]
    host, slash, name = (path if _MEDIA_FILE.search(path) else rest).partition("/")
    return f"{host.lower()}{slash}{name}"


def title_key(title: str | None) -> str | None:
    """A title as titles are compared: without case, accents, punctuation and doubled spaces.

    Marks that make another name (``C++``, ``C#``) stay; a title of nothing but punctuation is left as it is.
    """
    if not title:
        return None
    folded = fold(title)
    return " ".join(_MARK.sub(_blank_or_mark, folded).split()) or " ".join(folded.split()) or None


def _blank_or_mark(found: re.Match[str]) -> str:
    mark = found[0]
    return " " if unicodedata.category(mark)[0] == "P" and mark not in _TELLING_MARKS else mark


def episode_key(
    *,
    guid: str | None,
    enclosure: str | None,
    link: str | None,
    title: str | None,
    published: datetime | None,
    notes: str | None,
) -> str | None:
    """What tells an episode from the others of its podcast, best first; ``None`` if nothing does.

    The GUID as given, else the address of the media file, else the link,
    else title and date, else (items of the oldest feeds are a text and no more) the notes.
    """
    if guid or enclosure or link:
        return guid or enclosure or link
    if title:
        return f"{title}\n{published.isoformat()}" if published else title
    return f"#{_digest(notes)}" if notes else None


def guid_text(text: str) -> str:
    """A GUID as given; what is very long ends in a digest of the rest."""
    if len(text) <= _GUID_CHARACTERS:
        return text
    return f"{text[:_GUID_CHARACTERS]}#{_digest(text[_GUID_CHARACTERS:])}"


def content_of(episode: Episode) -> tuple[str | None, str | None]:
    """What tells different episodes with one key apart first: title (or, without one, notes) and media file."""
    return episode.title or episode.notes, episode.enclosures[0].url if episode.enclosures else None


def key_by_content(key: str, episode: Episode) -> str:
    """A key for one of several episodes that a feed gives the same ``key``: told apart by title and file."""
    content = "\n".join(part or "" for part in content_of(episode))
    return f"{key}#{_digest(content)}"


def key_by_moment(key: str, episode: Episode, number: int = 0) -> str:
    """A key where title and file agree too: told apart by the moment, or without one by the notes.

    The notes do not count beside a moment, since they are corrected now and then.
    ``number`` gives further ones, where that key is another's.
    """
    moment = episode.published.astimezone(UTC).isoformat() if episode.published else episode.notes
    parts = (*content_of(episode), moment, str(number))
    return f"{key}#{_digest(chr(10).join(part or '' for part in parts))}"


def episode_id(podcast_id: str, key: str) -> str:
    """The UUID of an episode, the same in every library.

    A UUIDv5 in its podcast's namespace, written out: this is asked of every
    item of every feed that is read. https://www.rfc-editor.org/rfc/rfc9562#section-5.5
    """
    hashed = hashlib.sha1(_namespace(podcast_id) + key.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(hashed[16], 16) & 3]
    return f"{hashed[:8]}-{hashed[8:12]}-5{hashed[13:16]}-{variant}{hashed[17:20]}-{hashed[20:32]}"


@lru_cache(maxsize=16)
def _namespace(podcast_id: str) -> bytes:
    return UUID(podcast_id).bytes


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()
