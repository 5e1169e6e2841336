"""Addresses of our own pages, and what may be linked to outside. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from urllib.parse import quote, unquote, urlencode

from castabout.model.lists import LISTEN_LATER

TOPIC_CHARACTERS = 200
QUERY_CHARACTERS = 500
#: Playback starts so much before what was asked for: nobody understands half a word.
LEAD_SECONDS = 3

#: What a topic's path may end in to ask for another form of the same page.
FORMATS = (".json", ".rss")
#: Reserved for further forms, so that a link to a topic never changes its meaning.
_ENDINGS = (*FORMATS, ".opml")
_LONGEST_URL = 4_000
_TIME = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6})(?:\.\d+)?", re.ASCII)
#: Characters that reorder the text around them, https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
_REORDERING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C))


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A time in a recording, in seconds."""

    start: int
    #: Where playback stops; ``None``: at the end.
    end: int | None = None


def topic_path(topic: str) -> str:
    """The page of ``topic``, which may hold any character.

    A topic like ``package.json`` has its last dot percent-encoded, which tells it from the JSON of the
    topic ``package``. ``.`` and ``..`` cannot be path segments at all (RFC 3986, 5.2.4) and are searched for.
    """
    return search_path(topic) if topic in (".", "..") else f"/topics/{_segment(topic)}"


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


def podcast_path(id: str, *, offset: int = 0) -> str:
    """The page of a podcast, its episodes from ``offset`` on."""
    return f"/podcasts/{quote(id, safe='')}" + (f"?offset={offset}" if offset else "")


def episode_path(id: str) -> str:
    """The page of an episode."""
    return f"/episodes/{quote(id, safe='')}"


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


def outside_url(url: str | None) -> str | None:
    """``url`` if it leads to the web (http or https), else ``None``: nothing else is ever linked to."""
    if url is None or len(url) > _LONGEST_URL or not re.match(r"https?://[^\s/]", url, re.IGNORECASE):
        return None
    return url


def time_range(time: str | None) -> TimeRange | None:
    """What ``t=`` asks for: ``123``, ``2:03``, ``1:02:03``, or a range as ``10,40``; ``None`` if it is no time.

    https://www.w3.org/TR/media-frags/#naming-time
    """
    first, _, last = (time or "").removeprefix("npt:").partition(",")
    start = 0 if last and not first else _seconds(first)
    if start is None:
        return None
    end = _seconds(last)
    return TimeRange(start, end if end is not None and end > start else None)


def _seconds(time: str) -> int | None:
    match = _TIME.fullmatch(time)
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds


def moment_path(start: float, end: float | None = None) -> str:
    """A link from an episode's page to a time in it: there without script too, and to the words said then."""
    time = f"{int(start)}" if end is None else f"{int(start)},{ceil(end)}"
    return f"?t={time}#t={int(start)}"


def media_url(url: str, time: TimeRange | None) -> str:
    """The address of a media file, to be played in this time, from a little earlier on."""
    if time is None:
        return url
    start = max(time.start - LEAD_SECONDS, 0)
    if not start and time.end is None:
        return url
    return f"{url.partition('#')[0]}#t={start}" + (f",{time.end}" if time.end else "")


def without_reordering(text: str) -> str:
    """``text`` for where it cannot be isolated from what surrounds it, such as a page's title."""
    return text.translate(_REORDERING)
