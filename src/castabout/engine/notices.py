"""Notices of what was found: made when it is time, sent, tried again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from castabout.engine.castabout import Castabout
from castabout.engine.following import is_time, name_of, next_try
from castabout.engine.lines import lines_of
from castabout.engine.matching import find_new, shown_to
from castabout.errors import one_line
from castabout.model.answers import EpisodeLine
from castabout.model.follows import DueDelivery, Follow
from castabout.notify import Outgoing
from castabout.notify.sending import SECONDS, send
from castabout.store import deliveries, follows
from castabout.text.numbers import count_words, date_words, duration_words

#: Sent at once; the next ones after these.
_BATCH = 16
#: Whoever sends a notice has so long for it; of one that was killed meanwhile others try it again then.
_OWN = timedelta(seconds=2 * SECONDS)
#: Episodes that one notice tells of; of more it tells the number.
MOST_TOLD = 20
_TITLE_CHARACTERS = 200
#: By these chat services call everybody.
_CALLS = ("@everyone", "@here", "@channel", "@room", "@all")


@dataclass(frozen=True, slots=True)
class Told:
    """How many finds and notices there were."""

    found: int = 0
    sent: int = 0
    #: Of each notice that could not be delivered, where it was to go and why it did not.
    troubles: tuple[str, ...] = ()


def tell(
    castabout: Castabout, *, public_url: str | None, is_over: Callable[[], bool] = lambda: False
) -> Told:
    """Look for what is new, and send the notices that are due.

    Where everybody reaches the pages at ``public_url``, notices link them; else they link the publishers'.
    As soon as ``is_over`` nothing more is begun. May be killed at any point: what was not recorded as
    sent is sent again. Raises `StoreError` and `SearchIndexError`.
    """
    found = find_new(castabout)
    _gather(castabout)
    sent = 0
    troubles: list[str] = []
    while not is_over() and (due := _taken(castabout)):
        errors = send([_notice(castabout, one, public_url) for one in due], is_over=is_over)
        for one, error in zip(due, errors, strict=True):
            again = _record(castabout, one, error)
            sent += error is None
            if error:
                what = "it is tried again later" if again else "it is given up"
                troubles.append(f"a notice to {one.follow.service} was not delivered, {what}: {error}")
    return Told(found, sent, tuple(troubles))


def _gather(castabout: Castabout) -> None:
    """Make notices of what was found for follows whose time has come."""
    waiting = deliveries.waiting(castabout.store)
    if not waiting:
        return
    now = castabout.clock()
    for one in follows.active(castabout.store):
        first = waiting.get(one.row)
        if first and is_time(one.pace, since=one.since, first=first, now=now):
            deliveries.gather(castabout.store, one.row, now=now)


def _taken(castabout: Castabout) -> tuple[DueDelivery, ...]:
    now = castabout.clock()
    if not deliveries.is_due(castabout.store, now=now):
        return ()
    return deliveries.take(castabout.store, now=now, until=now + _OWN, limit=_BATCH)


def _record(castabout: Castabout, one: DueDelivery, error: str | None) -> bool:
    """Write what became of it; whether it is tried again."""
    now = castabout.clock()
    again = next_try(one.delivery.tries, now) if error else None
    sent = None if error else now
    deliveries.record(castabout.store, one.delivery.row, sent=sent, next_try=again, error=error)
    return again is not None


def _notice(castabout: Castabout, one: DueDelivery, public_url: str | None) -> Outgoing:
    # The last that was found comes first.
    lines = lines_of(shown_to(castabout, one.follow), tuple(reversed(one.rows))[:MOST_TOLD], ())
    name = _calm(name_of(one.follow.query))
    if len(one.rows) == 1 and lines:
        title = f"{name}: {_calm(lines[0].title)}"
    else:
        title = f"{name}: {count_words(len(one.rows), 'new episode')}"
    told = [_told(line, public_url) for line in lines]
    if left := len(one.rows) - len(lines):
        told.append(f"And {left:,} more{_all_of(one.follow, public_url)}")
    return Outgoing(one.target, title, "\n\n".join(told))


def _told(line: EpisodeLine, public_url: str | None) -> str:
    about = (_calm(line.podcast.title), date_words(line.published), duration_words(line.duration))
    link = f"{public_url}/episodes/{quote(line.id, safe='')}" if public_url else line.link
    parts = [_calm(line.title), " · ".join(part for part in about if part), link]
    return "\n".join(part for part in parts if part)


def _all_of(follow: Follow, public_url: str | None) -> str:
    return f":\n{public_url}/search?q={quote(follow.query, safe='')}&sort=date" if public_url else "."


def _calm(text: str) -> str:
    """``text`` of somebody else on one line; it calls nobody."""
    text = one_line(text, _TITLE_CHARACTERS)
    for call in _CALLS:
        text = text.replace(call, f"@\u200b{call[1:]}")
    return text
