"""Writing a change of a feed: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, literal, select, update

from castabout.model.digest import encoded
from castabout.model.library import FeedChange, NewEpisode
from castabout.store.database import Store
from castabout.store.schema import addresses, changes, episodes, other_ids, podcasts
from castabout.store.spoken import write_items
from castabout.store.values import timestamp

#: Databases take only so many parameters in one statement.
_BATCH = 500

# Built once: putting statements together took half of the time of storing a feed.
_ADD_PODCAST = insert(podcasts)
_ADD = insert(episodes)
_CHANGE = (
    update(episodes)
    .where(episodes.c.id == bindparam("its_id"))
    .values(published=bindparam("published"), digest=bindparam("digest"), value=bindparam("value"))
)
_EPISODES = select(literal("episode"), episodes.c.row).order_by(episodes.c.row)
_QUEUE_PODCAST = insert(changes)
_QUEUE = insert(changes).from_select(
    ["kind", "row"], _EPISODES.where(episodes.c.id.in_(bindparam("ids", expanding=True)))
)
_QUEUE_SINCE = insert(changes).from_select(
    ["kind", "row"],
    _EPISODES.where(episodes.c.podcast_row == bindparam("podcast"), episodes.c.row > bindparam("before")),
)
_ROW = select(podcasts.c.row).where(podcasts.c.id == bindparam("id"))
_LAST_EPISODE = select(func.max(episodes.c.row))
_THERE = select(episodes.c.id).where(episodes.c.id.in_(bindparam("ids", expanding=True)))


def apply(store: Store, change: FeedChange) -> None:
    """Write ``change`` and queue what the index has to see. Raises `StoreError`."""
    with store.writing() as connection:
        write_change(connection, change)


def write_change(connection: Connection, change: FeedChange) -> int:
    """The same inside a transaction that is open already; gives the row of the podcast."""
    row, is_new = _write_podcast(connection, change)
    if not is_new:
        change = _since(connection, change)
    before = connection.execute(_LAST_EPISODE).scalar() or 0
    _write_added(connection, row, change.new)
    _write_changed(connection, change.changed)
    write_items(connection, change.new, change.changed, timestamp(change.now) or 0)
    _write_names(connection, row, change)
    if change.new and not is_new:
        more = podcasts.c.episodes + len(change.new)
        connection.execute(update(podcasts).where(podcasts.c.row == row).values(episodes=more))
    if change.podcast_changed:
        # Episodes are indexed in their podcast's language: a change there touches them all.
        connection.execute(_QUEUE_PODCAST, {"kind": "podcast", "row": row})
        connection.execute(_QUEUE_SINCE, {"podcast": row, "before": 0})
    else:
        connection.execute(_QUEUE_SINCE, {"podcast": row, "before": before})
        _queue_changed(connection, change.changed)
    return row


def _since(connection: Connection, change: FeedChange) -> FeedChange:
    """The same change with regard to what another process wrote since it was decided upon."""
    ids = [new.id for new in change.new]
    there: set[str] = set()
    for start in range(0, len(ids), _BATCH):
        there.update(connection.execute(_THERE, {"ids": ids[start : start + _BATCH]}).scalars())
    if not there:
        return change
    return replace(
        change,
        new=tuple(new for new in change.new if new.id not in there),
        changed=change.changed + tuple(new for new in change.new if new.id in there),
    )


def _write_podcast(connection: Connection, change: FeedChange) -> tuple[int, bool]:
    """The row of the podcast, and whether it is a new one."""
    row = connection.execute(_ROW, {"id": change.id}).scalar()
    values = {
        "source": change.source,
        "digest": change.digest,
        "value": encoded(change.podcast).decode(),
        "is_private": change.private,
        "guid": change.guid,
        "title_key": change.title_key,
    }
    if row is None:
        result = connection.execute(
            _ADD_PODCAST,
            {"id": change.id, "episodes": len(change.new), "added": timestamp(change.now), **values},
        )
        new_row: int = result.inserted_primary_key[0]  # type: ignore[index]
        return new_row, True
    if change.podcast_changed:
        connection.execute(update(podcasts).where(podcasts.c.row == row).values(**values))
    return int(row), False


def _columns(new: NewEpisode) -> dict[str, Any]:
    return {
        "published": timestamp(new.episode.published),
        "digest": new.digest,
        "value": encoded(new.episode).decode(),
    }


def _write_added(connection: Connection, podcast_row: int, added: Sequence[NewEpisode]) -> None:
    for start in range(0, len(added), _BATCH):
        batch = added[start : start + _BATCH]
        rows = [{"id": new.id, "podcast_row": podcast_row, **_columns(new)} for new in batch]
        connection.execute(_ADD, rows)


def _write_changed(connection: Connection, changed: Sequence[NewEpisode]) -> None:
    for start in range(0, len(changed), _BATCH):
        batch = changed[start : start + _BATCH]
        connection.execute(_CHANGE, [{"its_id": new.id, **_columns(new)} for new in batch])


def _write_names(connection: Connection, podcast_row: int, change: FeedChange) -> None:
    """The podcast's new address and its episodes' other ids; both may have meant something else before."""
    if change.address is not None:
        connection.execute(delete(addresses).where(addresses.c.url == change.address))
        connection.execute(insert(addresses).values(url=change.address, podcast_row=podcast_row))
    for start in range(0, len(change.also), _BATCH):
        batch = change.also[start : start + _BATCH]
        connection.execute(delete(other_ids).where(other_ids.c.id.in_([other for other, _ in batch])))
        rows = [{"id": other, "podcast_row": podcast_row, "episode_id": id} for other, id in batch]
        connection.execute(insert(other_ids), rows)


def _queue_changed(connection: Connection, changed: Sequence[NewEpisode]) -> None:
    for start in range(0, len(changed), _BATCH):
        connection.execute(_QUEUE, {"ids": [new.id for new in changed[start : start + _BATCH]]})
