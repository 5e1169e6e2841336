"""Transcripts and chapters in files that feeds name: which are due, how fetching them went.

Whoever takes some puts them off until they are surely done, so that no other
crawler takes them; of one that is killed they are due again then.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, func, select, update

from castabout.model.spoken import DueFile, FileRecord
from castabout.store.database import Store
from castabout.store.schema import episodes, podcasts, spoken
from castabout.store.spoken import part_columns, queue
from castabout.store.values import stored_episode, stored_podcast

_KEY = (spoken.c.episode_row, spoken.c.origin)
_NEXT = (
    select(*_KEY)
    .where(spoken.c.due.between(bindparam("since"), bindparam("now")))
    .order_by(spoken.c.due, *_KEY)
    .limit(bindparam("limit"))
)
_AT = (spoken.c.episode_row == bindparam("its_row"), spoken.c.origin == bindparam("its_origin"))
_PUT_OFF = update(spoken).where(*_AT).values(due=bindparam("until"))
_GIVE_BACK = update(spoken).where(*_AT, spoken.c.due == bindparam("until")).values(due=bindparam("now"))


def take(store: Store, *, since: int = 0, now: int, until: int, limit: int) -> tuple[DueFile, ...]:
    """At most ``limit`` files that are due at ``now``, longest due first; they are put off to ``until``.

    Those that were due before ``since`` are left. Raises `StoreError`.
    """
    with store.writing() as connection:
        keys = [tuple(row) for row in connection.execute(_NEXT, {"since": since, "now": now, "limit": limit})]
        if not keys:
            return ()
        connection.execute(
            _PUT_OFF, [{"its_row": row, "its_origin": origin, "until": until} for row, origin in keys]
        )
        return _files(connection, keys, until)


def give_back(store: Store, files: Sequence[DueFile], *, now: int) -> None:
    """Make files due again that were taken and not asked for."""
    if files:
        with store.writing() as connection:
            keys = [{**_key(file), "until": file.taken_until, "now": now} for file in files]
            connection.execute(_GIVE_BACK, keys)


def record(store: Store, records: Sequence[FileRecord]) -> None:
    """Write what became of many files, in one transaction. Raises `StoreError`."""
    if not records:
        return
    with store.writing() as connection:
        # Where the feed has named other files since, those are what is due.
        queue(connection, [one.file.row for one in records if _write(connection, one) and one.spoken])


def count_due(store: Store, *, since: int = 0, now: int) -> int:
    """How many files are due at ``now``, and were not before ``since``."""
    with store.reading() as connection:
        return connection.execute(select(func.count()).where(spoken.c.due.between(since, now))).scalar_one()


def _write(connection: Connection, one: FileRecord) -> bool:
    columns: dict[str, Any] = {"due": one.due}
    if one.fetched is not None:
        columns |= {"fetched": one.fetched, "error": one.error, "failures": one.failures}
    if one.spoken:
        columns |= part_columns(one.spoken, one.raw)
        columns |= {"url": one.url, "type": one.type, "language": one.language}
    if one.url:
        columns |= {"etag": one.etag, "last_modified": one.last_modified}
    file = one.file
    at: tuple[ColumnElement[bool], ...] = (
        spoken.c.episode_row == file.row,
        spoken.c.origin == file.origin,
        spoken.c.entry == file.entry,
    )
    return connection.execute(update(spoken).where(*at).values(**columns)).rowcount > 0


def _files(connection: Connection, keys: Sequence[tuple[Any, ...]], until: int) -> tuple[DueFile, ...]:
    rows = {row for row, _ in keys}
    its = {row.row: row for row in connection.execute(select(episodes).where(episodes.c.row.in_(rows)))}
    owners = {row.podcast_row for row in its.values()}
    shows = {row.row: row for row in connection.execute(select(podcasts).where(podcasts.c.row.in_(owners)))}
    kept = select(spoken).where(spoken.c.episode_row.in_(rows))
    states = {(row.episode_row, row.origin): row for row in connection.execute(kept)}
    return tuple(_file(states[key], its[key[0]], shows[its[key[0]].podcast_row], until) for key in keys)


def _file(state: Row[Any], episode: Row[Any], podcast: Row[Any], until: int) -> DueFile:
    return DueFile(
        row=state.episode_row,
        origin=state.origin,
        entry=state.entry,
        episode=stored_episode(episode).episode,
        source=podcast.source,
        language=stored_podcast(podcast).podcast.language,
        url=state.url,
        etag=state.etag,
        last_modified=state.last_modified,
        failures=state.failures,
        taken_until=until,
    )


def _key(file: DueFile) -> dict[str, Any]:
    return {"its_row": file.row, "its_origin": file.origin}
