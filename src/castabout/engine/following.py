"""What is new for somebody who follows a query, and when it is told. Pure.

A notice tells of what was published, and came into the library, after it was asked for; of an episode that
was published more than once it tells once. A whole back catalogue, the reruns of a show and the corrections of
a feed are no news.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from castabout.model.follows import Candidate, Pace, Seen
from castabout.query.ast import Phrase
from castabout.query.parser import parse, parse_topic

_PERIODS: dict[Pace, timedelta] = {"daily": timedelta(days=1), "weekly": timedelta(weeks=1)}
#: From one try of a notice that cannot be delivered to the next.
_PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)


def news(
    candidates: Iterable[Candidate], *, since: datetime, since_row: int, told: Collection[int] = ()
) -> tuple[int, ...]:
    """The rows of those ``candidates`` that are new since then and that row, of copies the first alone.

    ``told`` are rows of episodes that were told before.
    """
    chosen: dict[int, Candidate] = {}
    for one in candidates:
        group = (one.row, *(copy.row for copy in one.copies))
        if _is_new(one, since, since_row) and not any(row in told for row in group):
            key = min(group)
            if key not in chosen or _order(one) < _order(chosen[key]):
                chosen[key] = one
    return tuple(sorted(one.row for one in chosen.values()))


def _is_new(one: Candidate, since: datetime, since_row: int) -> bool:
    if one.published is None and not one.is_of_known_show:
        # The first that is read of a show without dates is all that it ever published.
        return False
    return not any(_is_old(seen, since, since_row) for seen in (Seen(one.row, one.published), *one.copies))


def _is_old(seen: Seen, since: datetime, since_row: int) -> bool:
    return seen.row <= since_row or (seen.published is not None and seen.published < since)


def _order(one: Candidate) -> tuple[bool, float, int]:
    return one.published is None, one.published.timestamp() if one.published else 0.0, one.row


def is_time(pace: Pace, *, since: datetime, first: datetime, now: datetime) -> bool:
    """Whether what was found from ``first`` on is told now.

    Digests go out at the time of day, and of the week, at which ``since`` was.
    """
    if pace not in _PERIODS:
        return True
    period = _PERIODS[pace]
    return first < since + (now - since) // period * period


def next_try(tries: int, now: datetime) -> datetime | None:
    """When a notice that could not be delivered is tried again after so many tries; ``None``: never."""
    return now + _PAUSES[tries - 1] if tries <= len(_PAUSES) else None


def query_of_topic(topic: str) -> str:
    """What to follow so that everything about ``topic`` is told."""
    return str(parse_topic(topic))


def query_of_search(typed: str) -> str:
    """What to follow so that everything that a search finds is told."""
    return str(parse(typed))


def name_of(query: str) -> str:
    """What a followed query is called: a topic without its quotes."""
    tree = parse(query)
    return tree.text if isinstance(tree, Phrase) else query


def topic_of(query: str) -> str | None:
    """The topic whose page and feed tell the same as ``query``, if there is one."""
    name = name_of(query)
    return next((text for text in (name, query) if parse_topic(text) == parse(query)), None)


def named(wanted: str, queries: Sequence[str]) -> str | None:
    """Which of ``queries`` somebody means who says a topic or a query."""
    meant = (query_of_topic(wanted), query_of_search(wanted), wanted)
    return next((query for text in meant for query in queries if query == text), None)
