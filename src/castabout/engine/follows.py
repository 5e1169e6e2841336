"""Following queries: what a person may do with them.

``owner`` is always who follows; ``wanted`` names a follow by its topic or query.
"""

from __future__ import annotations

from datetime import timedelta

from castabout.engine.asked import asked
from castabout.engine.castabout import Castabout
from castabout.engine.following import name_of, named, news, query_of_search
from castabout.engine.lines import lines_of
from castabout.engine.matching import candidates
from castabout.errors import FollowRefused, NoSuchFollow
from castabout.model.follows import Delivery, Follow, FollowLine, Pace, Preview
from castabout.notify import Outgoing
from castabout.notify.sending import send, service_of
from castabout.query.ast import NOTHING, And, Published
from castabout.query.parser import parse
from castabout.store import deliveries, follows

MOST_FOLLOWS = 500
QUERY_CHARACTERS = 500
PREVIEW_DAYS = 30
#: Episodes that a preview looks at; more are only counted as such.
_LOOKED_AT = 300
_SHOWN = 20
_LATEST = 3
_DELIVERIES = 5


def all_follows(castabout: Castabout, owner: str) -> tuple[FollowLine, ...]:
    """What somebody follows, the newest first, with what came of it. Raises `StoreError`."""
    return tuple(_line(castabout, one) for one in follows.of_owner(castabout.store, owner))


def follow(castabout: Castabout, owner: str, wanted: str) -> Follow:
    """The follow that ``wanted`` names. Raises `NoSuchFollow`."""
    every = follows.of_owner(castabout.store, owner)
    query = named(wanted, [one.query for one in every])
    found = next((one for one in every if one.query == query), None)
    if found is None:
        raise NoSuchFollow(wanted)
    return found


def line_of(castabout: Castabout, owner: str, wanted: str) -> FollowLine:
    """The same with what came of it. Raises `NoSuchFollow`."""
    return _line(castabout, follow(castabout, owner, wanted))


def is_followed(castabout: Castabout, owner: str, query: str) -> bool:
    """Whether somebody follows ``query``."""
    return any(one.query == query for one in follows.of_owner(castabout.store, owner))


def add(
    castabout: Castabout, owner: str, query: str, *, target: str = "", pace: Pace | None = None
) -> FollowLine:
    """Follow ``query`` from now on; one that is followed is only changed.

    ``target`` is where notices go, an address of the Apprise library. Raises `FollowRefused`.
    """
    query = query_of_search(query)
    if not query:
        raise FollowRefused("nothing", "there is no word in it to look for")
    if len(query) > QUERY_CHARACTERS:
        raise FollowRefused(query, f"has more than {QUERY_CHARACTERS} characters")
    # Before anything is written: it may be wrong.
    service = service_of(target) if target else None
    now = castabout.clock()
    follows.add(castabout.store, owner, query, pace=pace or "now", most=MOST_FOLLOWS, now=now)
    found = follow(castabout, owner, query)
    if pace:
        follows.set_pace(castabout.store, found.row, pace)
    if service:
        follows.set_target(castabout.store, found.row, target, service, now=now)
    return line_of(castabout, owner, query)


def change(
    castabout: Castabout, owner: str, wanted: str, *, target: str | None = None, pace: Pace | None = None
) -> FollowLine:
    """Send notices elsewhere (``""``: nowhere) or at another pace. Raises `NoSuchFollow` and `FollowRefused`."""
    found = follow(castabout, owner, wanted)
    if target is not None:
        service = service_of(target) if target else None
        follows.set_target(castabout.store, found.row, target or None, service, now=castabout.clock())
    if pace:
        follows.set_pace(castabout.store, found.row, pace)
    return line_of(castabout, owner, found.query)


def pause(castabout: Castabout, owner: str, wanted: str) -> FollowLine:
    """Look for nothing, and tell nothing, until it goes on. Raises `NoSuchFollow`."""
    found = follow(castabout, owner, wanted)
    follows.pause(castabout.store, found.row)
    return line_of(castabout, owner, found.query)


def resume(castabout: Castabout, owner: str, wanted: str) -> FollowLine:
    """Go on, with what comes from now on. Raises `NoSuchFollow`."""
    found = follow(castabout, owner, wanted)
    follows.resume(castabout.store, found.row, now=castabout.clock())
    return line_of(castabout, owner, found.query)


def remove(castabout: Castabout, owner: str, wanted: str) -> Follow:
    """Follow it no more. Raises `NoSuchFollow`."""
    found = follow(castabout, owner, wanted)
    follows.remove(castabout.store, found.row)
    return found


def send_test(castabout: Castabout, owner: str, wanted: str) -> Delivery:
    """Send a notice now, to see whether it arrives; what became of it.

    Raises `NoSuchFollow` and `FollowRefused`.
    """
    found = follow(castabout, owner, wanted)
    target = follows.target_of(castabout.store, found.row)
    if target is None:
        raise FollowRefused(name_of(found.query), "says nowhere where its notices go")
    name = name_of(found.query)
    notice = Outgoing(target, "A test from castabout", f"Notices of new episodes about “{name}” arrive here.")
    (error,) = send([notice])
    return deliveries.record_test(castabout.store, found.row, now=castabout.clock(), error=error)


def try_again(castabout: Castabout, owner: str, wanted: str) -> FollowLine:
    """Try notices once more that could not be delivered. Raises `NoSuchFollow`."""
    found = follow(castabout, owner, wanted)
    deliveries.again(castabout.store, found.row, now=castabout.clock())
    return line_of(castabout, owner, found.query)


def preview(castabout: Castabout, query: str, *, days: int = PREVIEW_DAYS) -> Preview:
    """What a follow of ``query`` would have told of in the last days, by the dates of episodes.

    Raises `StoreError` and `SearchIndexError`.
    """
    since = castabout.clock() - timedelta(days=days)
    # By days as publishers have them, which may begin before ours; when it came into the library is not kept.
    recent = Published("after", since.date() - timedelta(days=1))
    tree = parse(query)
    rows: tuple[int, ...] = ()
    if tree != NOTHING:
        rows = castabout.index.newest(asked(castabout, And((tree, recent))), limit=_LOOKED_AT)
    fresh = news(candidates(castabout, rows, before=0), since=since, since_row=0)
    newest = [row for row in rows if row in set(fresh)]
    return Preview(
        query=query,
        since=since,
        total=len(newest),
        is_more=len(rows) == _LOOKED_AT,
        episodes=lines_of(castabout, newest[:_SHOWN], ()),
    )


def _line(castabout: Castabout, found: Follow) -> FollowLine:
    store = castabout.store
    number, rows = follows.latest_finds(store, found.row, limit=_LATEST)
    return FollowLine(
        follow=found,
        found=number,
        latest=lines_of(castabout, rows, ()),
        deliveries=deliveries.latest(store, found.row, limit=_DELIVERIES),
    )
