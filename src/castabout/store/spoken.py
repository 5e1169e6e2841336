"""What is said in episodes: kept as each place tells it, read as the best of all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)

from castabout.model.digest import digest_of, encoded
from castabout.model.feed import Episode
from castabout.model.library import NewEpisode, StoredEpisode
from castabout.model.passage import Excerpts
from castabout.model.spoken import FaultyFile, KeptFile, SpokenCounts
from castabout.model.transcript import Spoken, StoredSpoken
from castabout.store.database import Store
from castabout.store.packing import pack, pack_raw, unpack, unpack_raw, unpack_some
from castabout.store.schema import changes, episodes, spoken
from castabout.text.estimate import with_estimates

NOTES = "notes"
FEED = "feed"
CHAPTERS = "chapters"
FILE = "file"

#: Databases take only so many parameters in one statement.
_BATCH = 500
#: Where a transcript is looked for first: what somebody brought along is meant to be used.
_BEST = (FILE, FEED, NOTES)
#: A list of chapters of its own goes before what stands in the feed.
_BEST_CHAPTERS = (CHAPTERS, NOTES, FILE)

#: Something is wrong with it that was found out; another one that the feed names since is not looked at yet.
_IS_FAULTY = and_(spoken.c.error.is_not(None), or_(spoken.c.failures > 0, spoken.c.due.is_(None)))
_ROWS: BindParameter[Any] = bindparam("rows", expanding=True)
_SHOWN: tuple[ColumnElement[Any], ...] = (
    spoken.c.episode_row,
    spoken.c.origin,
    spoken.c.value,
    spoken.c.url,
    spoken.c.language,
    spoken.c.error,
    spoken.c.fetched,
)
_OF_EPISODES = select(*_SHOWN).where(spoken.c.episode_row.in_(_ROWS)).order_by(spoken.c.episode_row)
_ROWS_OF = select(episodes.c.id, episodes.c.row).where(episodes.c.id.in_(bindparam("ids", expanding=True)))
_ENTRIES = select(spoken.c.episode_row, spoken.c.origin, spoken.c.entry).where(
    spoken.c.episode_row.in_(_ROWS)
)


def of_episodes(store: Store, rows: Iterable[int]) -> dict[int, StoredSpoken]:
    """What is said in the episodes with these rows, by row; those of which nothing is known are left out."""
    return {row: _best(row, told) for row, told in _told(store, rows).items()}


def excerpts(store: Store, wanted: Mapping[int, Collection[int]]) -> dict[int, Excerpts]:
    """Of episodes, by row, the cues of the transcript with these numbers, and all that has a title.

    Takes a fraction of the time of `of_episodes`.
    """
    found: dict[int, Excerpts] = {}
    for row, told in _told(store, wanted).items():
        parts = {name: unpack_some(one.value, wanted[row]) for name, one in told.items() if one.value}
        origin = next((name for name in _BEST if name in parts and parts[name][0]), None)
        chapters = (parts[name][1].chapters for name in _BEST_CHAPTERS if name in parts)
        found[row] = Excerpts(
            parts[origin][1].cues if origin else {},
            next(filter(None, chapters), ()),
            parts[NOTES][1].soundbites if NOTES in parts else (),
            told[origin].language if origin else None,
        )
    return found


def write(
    store: Store, row: int, value: Spoken, *, raw: bytes, url: str, error: str | None = None, now: int
) -> bool:
    """Keep what was read in the file ``raw`` that was brought along for the episode ``row``.

    ``error`` is what is wrong with it. Tells whether it is in the place of
    another one that was brought along. Raises `StoreError`.
    """
    with store.writing() as connection:
        language = value.transcript.language if value.transcript else None
        others = {"url": url, "language": language, "error": error, "fetched": now}
        is_other = write_part(connection, row, FILE, value, raw, **others)
        queue(connection, [row])
        return is_other


def remove(store: Store, row: int) -> bool:
    """Forget the transcript that was brought along for the episode ``row``; whether there was one."""
    with store.writing() as connection:
        at = (spoken.c.episode_row == row) & (spoken.c.origin == FILE)
        was_there = connection.execute(delete(spoken).where(at)).rowcount > 0
        queue(connection, [row] if was_there else [])
        return was_there


def write_part(
    connection: Connection, row: int, origin: str, value: Spoken, raw: bytes | None = None, **others: Any
) -> bool:
    """Put what ``origin`` tells of the episode ``row`` in the place of what it told before, if it did."""
    columns = {"failures": 0, "error": None, **part_columns(value, raw), **others}
    at = (spoken.c.episode_row == row) & (spoken.c.origin == origin)
    if connection.execute(update(spoken).where(at).values(**columns)).rowcount:
        return True
    connection.execute(insert(spoken).values(episode_row=row, origin=origin, **columns))
    return False


def part_columns(value: Spoken, raw: bytes | None) -> dict[str, Any]:
    """The columns of ``value`` and of the file it was read in."""
    packed = pack(value)
    return {
        "value": packed,
        "cues": len(value.transcript.cues) if value.transcript else None,
        "raw": None if raw is None else pack_raw(raw, packed),
    }


def queue(connection: Connection, rows: Sequence[int]) -> None:
    """Tell the index that what is said in these episodes has changed."""
    if rows:
        connection.execute(insert(changes), [{"kind": "spoken", "row": row} for row in rows])


def write_items(
    connection: Connection, new: Sequence[NewEpisode], changed: Sequence[NewEpisode], now: int
) -> None:
    """Write what stands in items of a feed, and which files they name, due ``now`` if they are other ones.

    What a file said stays until another one is read, and if no file is named any more.
    """
    for start in range(0, len(changed), _BATCH):
        batch = changed[start : start + _BATCH]
        rows = _rows_of(connection, batch)
        gone = [rows[one.id] for one in batch if one.spoken is None]
        there = _entries(connection, list(rows.values()))
        silent = [row for row in gone if (row, NOTES) in there]
        if silent:
            connection.execute(
                delete(spoken).where(spoken.c.origin == NOTES, spoken.c.episode_row.in_(silent))
            )
            queue(connection, silent)
        _write_items(connection, [(rows[one.id], one.episode, one.spoken) for one in batch], there, now)
    some = [one for one in new if one.spoken or one.episode.transcripts or one.episode.chapters]
    for start in range(0, len(some), _BATCH):
        batch = some[start : start + _BATCH]
        rows = _rows_of(connection, batch)
        _write_items(connection, [(rows[one.id], one.episode, one.spoken) for one in batch], {}, now)


def counts(store: Store) -> SpokenCounts:
    """How many episodes have a transcript, and how it stands with files."""
    with store.reading() as connection:
        transcripts = select(func.count(spoken.c.episode_row.distinct())).where(spoken.c.cues > 0)
        failed = and_(_IS_FAULTY, spoken.c.failures > 0)
        each = (
            func.count().filter(spoken.c.due.is_not(None), spoken.c.failures == 0),
            func.count().filter(failed),
            func.count().filter(failed, spoken.c.due.is_not(None)),
            func.count().filter(_IS_FAULTY, spoken.c.failures == 0),
        )
        waiting, failing, retried, faulty = connection.execute(select(*each).select_from(spoken)).one()
        return SpokenCounts(
            transcripts=connection.execute(transcripts).scalar_one(),
            waiting=waiting,
            failed=failing,
            retried=retried,
            faulty=faulty,
        )


def faulty_files(store: Store, *, after: tuple[int, str], limit: int) -> tuple[FaultyFile, ...]:
    """The next files with which something is wrong, by row and origin, from ``after`` on."""
    key = (spoken.c.episode_row, spoken.c.origin)
    found = (
        select(*key, spoken.c.error, spoken.c.failures, spoken.c.due)
        .where(_IS_FAULTY, tuple_(*key) > after)
        .order_by(*key)
        .limit(limit)
    )
    with store.reading() as connection:
        return tuple(
            FaultyFile(
                row=row.episode_row,
                origin=row.origin,
                error=row.error,
                is_read=row.failures == 0,
                due=row.due,
            )
            for row in connection.execute(found)
        )


def kept_files(store: Store, *, after: tuple[int, str], limit: int) -> tuple[KeptFile, ...]:
    """The next files that are kept, by row and origin, from ``after`` on."""
    key = (spoken.c.episode_row, spoken.c.origin)
    columns: tuple[ColumnElement[Any], ...] = (
        *key,
        spoken.c.raw,
        spoken.c.value,
        spoken.c.url,
        spoken.c.type,
    )
    kept = select(*columns).where(spoken.c.raw.is_not(None), tuple_(*key) > after).order_by(*key).limit(limit)
    with store.reading() as connection:
        return tuple(
            KeptFile(
                row=row.episode_row,
                origin=row.origin,
                raw=unpack_raw(row.raw, row.value),
                spoken=unpack(row.value),
                url=row.url,
                type=row.type,
            )
            for row in connection.execute(kept)
        )


def parts(store: Store, origin: str, rows: Iterable[int]) -> dict[int, Spoken]:
    """What ``origin`` alone tells of the episodes with these rows, some hundreds, by row."""
    with store.reading() as connection:
        found = connection.execute(_OF_EPISODES, {"rows": list(rows)})
        return {row.episode_row: unpack(row.value) for row in found if row.origin == origin and row.value}


def write_again(store: Store, files: Sequence[tuple[KeptFile, Spoken]]) -> None:
    """Write what was read in kept files this time. Raises `StoreError`."""
    with store.writing() as connection:
        for file, value in files:
            at = (spoken.c.episode_row == file.row) & (spoken.c.origin == file.origin)
            connection.execute(update(spoken).where(at).values(**part_columns(value, file.raw)))
        queue(connection, [file.row for file, _ in files])


def write_parted(store: Store, items: Sequence[tuple[StoredEpisode, Spoken | None]], *, now: int) -> None:
    """Write episodes whose notes were parted again, where there is something new, and which files they name."""
    rows = [one.row for one, _ in items]
    with store.writing() as connection:
        _write_items(
            connection, [(one.row, one.episode, said) for one, said in items], _entries(connection, rows), now
        )
        for one, said in items:
            if said:
                value = encoded(one.episode).decode()
                connection.execute(update(episodes).where(episodes.c.row == one.row).values(value=value))
                connection.execute(insert(changes).values(kind="episode", row=one.row))


def _write_items(
    connection: Connection,
    items: Iterable[tuple[int, Episode, Spoken | None]],
    there: dict[tuple[int, str], bytes | None],
    now: int,
) -> None:
    said: list[int] = []
    for row, episode, value in items:
        if value:
            write_part(connection, row, NOTES, value)
            said.append(row)
        for origin, entry in _named_files(episode):
            if (row, origin) not in there:
                values = {"episode_row": row, "origin": origin, "entry": entry, "due": now, "failures": 0}
                connection.execute(insert(spoken).values(**values))
            elif there[row, origin] != entry:
                at = (spoken.c.episode_row == row) & (spoken.c.origin == origin)
                connection.execute(update(spoken).where(at).values(entry=entry, due=now, failures=0))
    queue(connection, said)


def _named_files(episode: Episode) -> Iterator[tuple[str, bytes]]:
    """The files that an item names, and what tells whether it names others later."""
    if episode.transcripts:
        yield FEED, digest_of(repr(episode.transcripts).encode(errors="surrogatepass"))
    if episode.chapters:
        yield CHAPTERS, digest_of(repr(episode.chapters).encode(errors="surrogatepass"))


def _rows_of(connection: Connection, batch: Sequence[NewEpisode]) -> dict[str, int]:
    found = connection.execute(_ROWS_OF, {"ids": [one.id for one in batch]})
    return {row.id: row.row for row in found}


def _entries(connection: Connection, rows: list[int]) -> dict[tuple[int, str], bytes | None]:
    found = connection.execute(_ENTRIES, {"rows": rows})
    return {(row.episode_row, row.origin): row.entry for row in found}


def _told(store: Store, rows: Iterable[int]) -> dict[int, dict[str, Row[Any]]]:
    """Of each episode, what each origin tells."""
    wanted = list(dict.fromkeys(rows))
    found: dict[int, dict[str, Row[Any]]] = {}
    with store.reading() as connection:
        for start in range(0, len(wanted), _BATCH):
            for row in connection.execute(_OF_EPISODES, {"rows": wanted[start : start + _BATCH]}):
                found.setdefault(row.episode_row, {})[row.origin] = row
    return found


def _best(row: int, told: dict[str, Row[Any]]) -> StoredSpoken:
    parts = {origin: unpack(one.value) for origin, one in told.items() if one.value is not None}
    origin = next((name for name in _BEST if name in parts and parts[name].transcript), None)
    chapters = next(
        (parts[name].chapters for name in _BEST_CHAPTERS if name in parts and parts[name].chapters), ()
    )
    of_item = parts.get(NOTES)
    transcript = parts[origin].transcript if origin else None
    place = told[origin] if origin else None
    return StoredSpoken(
        row=row,
        spoken=Spoken(
            with_estimates(transcript) if transcript else None,
            chapters,
            of_item.soundbites if of_item else (),
        ),
        origin=origin,
        language=place.language if place else None,
        url=place.url if place else None,
        error=next((one.error for one in told.values() if one.error), None),
        fetched=max((one.fetched for one in told.values() if one.fetched), default=None),
    )
