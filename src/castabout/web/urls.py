"""Addresses of our own pages, and what may be linked to outside. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from math import ceil
from urllib.parse import quote, unquote, urlencode

from castabout.engine.following import topic_of
from castabout.model.lists import LISTEN_LATER
from castabout.model.names import FoundName
from castabout.model.sources import Cursor

TOPIC_CHARACTERS = 200
QUERY_CHARACTERS = 500
#: Playback starts so much before what was asked for: nobody understands half a word.
LEAD_SECONDS = 3
#: The same where the time is only about right.
LEAD_OF_ESTIMATE = 10

#: What a topic's path may end in to ask for another form of the same page.
FORMATS = (".json", ".rss")
#: Reserved for further forms, so that a link to a topic never changes its meaning.
_ENDINGS = (*FORMATS, ".opml")
_LONGEST_URL = 4_000
_TIME = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6})(?:\.\d+)?s?", re.ASCII)
_TIME_IN_UNITS = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s)?", re.ASCII)
_CUE = re.compile(r"(\d{1,7})(?:\.(\d{1,7}))?", re.ASCII)
#: Characters that reorder the text around them, https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
_REORDERING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C))


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A time in a recording, in seconds."""

    start: int
    #: Where playback stops; ``None``: at the end.
    end: int | None = None
    #: Playback starts so much before.
    lead: int = LEAD_SECONDS


@dataclass(frozen=True, slots=True)
class AskedCue:
    """Words of a transcript that have no time, or one that is only about right."""

    number: int
    #: The character at which they begin in the cue.
    at: int = 0
    #: What is marked in it: a query.
    query: str = ""


def topic_path(topic: str, *, sort: str = "date") -> str:
    """The page of ``topic``, which may hold any character, with its episodes by date or the ``best`` first.

    A topic like ``package.json`` has its last dot percent-encoded, which tells it from the JSON of the
    topic ``package``. ``.`` and ``..`` cannot be path segments at all (RFC 3986, 5.2.4) and are searched for.
    """
    if topic in (".", ".."):
        return search_path(topic)
    return f"/topics/{_segment(topic)}" + (f"?sort={sort}" if sort != "date" else "")


def person_path(name: str, *, offset: int = 0) -> str:
    """The page of somebody, their episodes from ``offset`` on; names are as topics are."""
    if name in (".", ".."):
        return search_path(name)
    return f"/people/{_segment(name)}" + (f"?offset={offset}" if offset else "")


def _segment(text: str) -> str:
    quoted = quote(text, safe="")
    for ending in _ENDINGS:
        if quoted.lower().endswith(ending):
            at = len(quoted) - len(ending)
            return f"{quoted[:at]}%2E{quoted[at + 1 :]}"
    return quoted


def topic_in(raw_path: bytes, prefix: str) -> tuple[str, str]:
    """Topic and form (``""`` or one of `FORMATS`) that a path as it was sent, below ``prefix``, asks for."""
    encoded = raw_path.decode("latin-1").removeprefix(prefix)
    for form in FORMATS:
        if encoded.endswith(form):
            return clean(unquote(encoded.removesuffix(form))), form
    return clean(unquote(encoded)), ""


def clean(text: str) -> str:
    """``text`` with single blanks and without control characters."""
    return " ".join("".join(c if c >= " " and not "\x7f" <= c <= "\x9f" else " " for c in text).split())


def search_path(
    query: str, *, sort: str = "relevance", offset: int = 0, within: str = "episodes", **only: str | None
) -> str:
    """The page of search results from ``offset`` on; of moments alone there are further limits, ``only``."""
    values: dict[str, str | int] = {"q": query}
    if within != "episodes":
        values["in"] = within
    values.update({name: value for name, value in only.items() if value})
    if sort != "relevance":
        values["sort"] = sort
    if offset:
        values["offset"] = offset
    return f"/search?{urlencode(values)}"


def in_show(query: str, podcast_id: str) -> str:
    """``query``, in one podcast alone."""
    return f"({query}) podcast:{podcast_id}" if " OR " in query else f"{query} podcast:{podcast_id}"


def podcast_path(id: str, *, offset: int = 0) -> str:
    """The page of a podcast, its episodes from ``offset`` on."""
    return f"/podcasts/{quote(id, safe='')}" + (f"?offset={offset}" if offset else "")


def episode_path(id: str) -> str:
    """The page of an episode."""
    return f"/episodes/{quote(id, safe='')}"


def embed_path(id: str, time: str = "") -> str:
    """The player of an episode for pages of others, from ``time`` on, as the address of its page has it."""
    return f"/embed/{quote(id, safe='')}" + (f"?{urlencode({'t': time})}" if time else "")


def oembed_path(address: str, form: str) -> str:
    """Where other pages learn how to show the episode whose page is at ``address``."""
    return f"/oembed?{urlencode({'url': address, 'format': form})}"


def app_url(url: str | None) -> str | None:
    """The address of a feed as a link that a podcast app opens; ``None`` if it is none of the web.

    https://en.wikipedia.org/wiki/Feed_URI_scheme
    """
    found = outside_url(url)
    return f"pcast://{found.partition('://')[2]}" if found else None


def later_path(name: str = "", *, archive: bool = False, offset: int = 0, **more: str | int | None) -> str:
    """The page of a list of episodes, Listen Later unless another is named, or of what was put away of it."""
    values: dict[str, str | int] = {}
    if name not in ("", LISTEN_LATER):
        values["list"] = name
    if archive:
        values["archive"] = "yes"
    if offset:
        values["offset"] = offset
    values.update({key: value for key, value in more.items() if value is not None})
    return "/later" + (f"?{urlencode(values)}" if values else "")


def sources_path(*, show: str = "all", sort: str = "added", q: str = "", after: Cursor | None = None) -> str:
    """The page of sources: which of them, in what order, from where on."""
    values = {"show": show if show != "all" else "", "sort": sort if sort != "added" else "", "q": q}
    if after:
        values["after"] = f"{after.row}" if after.value is None else f"{after.row}.{after.value}"
    values = {name: value for name, value in values.items() if value}
    return "/sources" + (f"?{urlencode(values)}" if values else "")


def errand_path(id: str) -> str:
    """The page that tells how far an errand is."""
    return f"/sources/errands/{quote(id, safe='')}"


def list_action(action: str, name: str = "", *, place: int | None = None) -> str:
    """Where a button leads that does something to an episode in a list: see `castabout.web.pages.later`."""
    values: dict[str, str | int] = {} if name in ("", LISTEN_LATER) else {"list": name}
    if place is not None:
        values["place"] = place
    return f"/later/{action}" + (f"?{urlencode(values)}" if values else "")


def list_feed_path(key: str, *, order: str = "list", form: str = "episodes", offset: int = 0) -> str:
    """The feed of a list."""
    values: dict[str, str | int] = {"key": key}
    if form != "episodes":
        values["as"] = form
    if order != "list":
        values["order"] = order
    if offset:
        values["offset"] = offset
    return f"/later.rss?{urlencode(values)}"


def topic_feed_path(topic: str, *, offset: int = 0) -> str:
    """The feed of a topic."""
    return f"/topics/{quote(topic, safe='')}.rss" + (f"?offset={offset}" if offset else "")


def search_feed_path(query: str, *, offset: int = 0) -> str:
    """The feed of what a search finds."""
    values: dict[str, str | int] = {"q": query}
    if offset:
        values["offset"] = offset
    return f"/search.rss?{urlencode(values)}"


def followed_path(query: str) -> str:
    """The page of what somebody follows: of a topic, or of search results."""
    topic = _topic(query)
    return topic_path(topic) if topic else search_path(query, sort="date")


def followed_feed_path(query: str) -> str:
    """The feed of what somebody follows."""
    topic = _topic(query)
    return topic_feed_path(topic) if topic else search_feed_path(query)


def _topic(query: str) -> str | None:
    topic = topic_of(query)
    return topic if topic and len(topic) <= TOPIC_CHARACTERS else None


def follows_path(**more: str | int | None) -> str:
    """The page of all that somebody follows."""
    values = {key: value for key, value in more.items() if value}
    return "/follows" + (f"?{urlencode(values)}" if values else "")


def preview_path(query: str) -> str:
    """The page of what a follow would have told of lately."""
    return f"/follows/preview?{urlencode({'query': query})}"


def login_path(then: str = "") -> str:
    """Where one logs in, to see the page ``then`` afterwards."""
    return "/login" + (f"?{urlencode({'next': then})}" if then not in ("", "/") else "")


def setup_path(key: str) -> str:
    """Where the first user is made, by whoever has the key."""
    return f"/setup?{urlencode({'key': key})}"


def compare_path(*topics: str) -> str:
    """The page that compares ``topics``."""
    return f"/compare?{urlencode([('topic', topic) for topic in topics])}"


def name_path(found: FoundName) -> str:
    """The page of a podcast, a person or a topic."""
    if found.kind == "podcast" and found.id:
        return podcast_path(found.id)
    return person_path(found.name) if found.kind == "person" else topic_path(found.name)


def picture_path(image: str, size: str, *, podcast: str, episode: str | None = None) -> str:
    """Where a cover is found here; another ``image`` has another address."""
    path = f"podcasts/{quote(podcast, safe='')}" if episode is None else f"episodes/{quote(episode, safe='')}"
    version = sha256(image.encode(errors="replace")).hexdigest()[:8]
    return f"/images/{path}?{urlencode({'size': size, 'v': version})}"


def outside_url(url: str | None) -> str | None:
    """``url`` if it leads to the web (http or https), else ``None``: nothing else is ever linked to."""
    if url is None or len(url) > _LONGEST_URL or not re.match(r"https?://[^\s/]", url, re.IGNORECASE):
        return None
    return url


def time_range(time: str | None) -> TimeRange | None:
    """What ``t=`` asks for: ``123``, ``2:03``, ``1:02:03``, or a range as ``10,40``; ``None`` if it is no time.

    So does ``2m3s``, as other pages have it. https://www.w3.org/TR/media-frags/#naming-time
    """
    first, _, last = (time or "").removeprefix("npt:").partition(",")
    start = 0 if last and not first else _seconds(first)
    if start is None:
        return None
    end = _seconds(last)
    return TimeRange(start, end if end is not None and end > start else None)


def _seconds(time: str) -> int | None:
    match = _TIME.fullmatch(time) or _TIME_IN_UNITS.fullmatch(time)
    if match is None or not time:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds


def moment_path(start: float, end: float | None = None) -> str:
    """A link from an episode's page to a time in it: there without script too, and to the words said then."""
    time = f"{int(start)}" if end is None else f"{int(start)},{ceil(end)}"
    return f"?t={time}#t={int(start)}"


def cue_path(cue: int, at: int, query: str) -> str:
    """A link from an episode's page to words in its transcript that no time leads to."""
    values = {"cue": f"{cue}.{at}" if at else f"{cue}", "q": query[:QUERY_CHARACTERS]}
    return f"?{urlencode(values)}#asked"


def asked_cue(cue: str, query: str) -> AskedCue | None:
    """What ``cue=`` and ``q=`` ask for; ``None`` if that is no cue."""
    match = _CUE.fullmatch(cue)
    return AskedCue(int(match[1]), int(match[2] or 0), query[:QUERY_CHARACTERS]) if match else None


def media_url(url: str, time: TimeRange | None) -> str:
    """The address of a media file, to be played in this time, from a little earlier on."""
    if time is None:
        return url
    start = max(time.start - time.lead, 0)
    if not start and time.end is None:
        return url
    return f"{url.partition('#')[0]}#t={start}" + (f",{time.end}" if time.end else "")


def without_reordering(text: str) -> str:
    """``text`` for where it cannot be isolated from what surrounds it, such as a page's title."""
    return text.translate(_REORDERING)
