"""What tags are chosen by: what shows repeat, and which words are common."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import bindparam, delete, func, insert, literal, select

from castabout.model.labels import WordCounts
from castabout.store.database import Store
from castabout.store.schema import changes, episodes, repeats, words
from castabout.text.repeats import Repeats

_REPEATS = select(repeats).where(repeats.c.podcast_row.in_(bindparam("rows", expanding=True)))
_LAST_ROWS = select(repeats.c.podcast_row, repeats.c.last_row).where(
    repeats.c.podcast_row.in_(bindparam("rows", expanding=True))
)
_OLD_REPEATS = delete(repeats).where(repeats.c.podcast_row.in_(bindparam("rows", expanding=True)))
_LAST_ROW = select(func.max(words.c.last_row))
_word_decoder = msgspec.msgpack.Decoder(dict[str, int])
#: Words of a language that are kept; rarer ones are all alike.
_MOST_WORDS = 50_000


@dataclass(frozen=True, slots=True)
class ShowRepeats:
    """What is known of one show."""

    repeats: Repeats = field(default_factory=Repeats)
    #: Of the last episode that is counted.
    last_row: int = 0
    #: Episodes that were counted when all of them were labelled.
    labelled: int = 0


def of_shows(store: Store, rows: Iterable[int]) -> dict[int, ShowRepeats]:
    """What the podcasts with these rows repeat; of one that is not known, nothing."""
    wanted = list(rows)
    with store.reading() as connection:
        found = {
            row.podcast_row: ShowRepeats(
                Repeats(row.episodes, _unpacked(row.value)), row.last_row, row.labelled
            )
            for row in connection.execute(_REPEATS, {"rows": wanted})
        }
    return {row: found.get(row, ShowRepeats()) for row in wanted}


def write_shows(store: Store, found: Mapping[int, ShowRepeats], *, again: Iterable[tuple[int, int]]) -> None:
    """Replace what is known of these podcasts.

    ``again`` are podcasts, each with how many of its episodes, the last ones
    of those that were counted before, are to be indexed once more.
    """
    values = [
        {
            "podcast_row": row,
            "episodes": of.repeats.episodes,
            "last_row": of.last_row,
            "labelled": of.labelled,
            "value": _packed(of.repeats.counts),
        }
        for row, of in found.items()
    ]
    if not values:
        return
    with store.writing() as connection:
        before = {
            row.podcast_row: row.last_row for row in connection.execute(_LAST_ROWS, {"rows": list(found)})
        }
        connection.execute(_OLD_REPEATS, {"rows": list(found)})
        connection.execute(insert(repeats), values)
        for podcast_row, count in again:
            which = (episodes.c.podcast_row == podcast_row) & (episodes.c.row <= before.get(podcast_row, 0))
            last = select(literal("episode"), episodes.c.row).where(which).order_by(episodes.c.row.desc())
            connection.execute(insert(changes).from_select(["kind", "row"], last.limit(count)))


def last_sampled(store: Store) -> int:
    """The row up to which episodes were looked at for their words."""
    with store.reading() as connection:
        return connection.execute(_LAST_ROW).scalar() or 0


def word_counts(store: Store, language: str) -> WordCounts:
    """How common words are in ``language``."""
    with store.reading() as connection:
        row = connection.execute(select(words).where(words.c.language == language)).one_or_none()
    return WordCounts() if row is None else WordCounts(row.episodes, _word_decoder.decode(row.value))


def write_words(store: Store, found: Mapping[str, WordCounts], *, last_row: int) -> None:
    """Replace what is known of these languages; episodes up to ``last_row`` were looked at."""
    values = [
        {
            "language": language,
            "episodes": of.episodes,
            "last_row": last_row,
            "value": msgspec.msgpack.encode(_commonest(of.counts or {})),
        }
        for language, of in found.items()
    ]
    if not values:
        return
    with store.writing() as connection:
        connection.execute(delete(words).where(words.c.language.in_(list(found))))
        connection.execute(insert(words), values)


def forget(store: Store) -> None:
    """Forget all statistics, so that they are made anew."""
    with store.writing() as connection:
        connection.execute(delete(repeats))
        connection.execute(delete(words))


def _commonest(counts: dict[str, int]) -> dict[str, int]:
    if len(counts) <= _MOST_WORDS:
        return counts
    return dict(sorted(counts.items(), key=lambda item: -item[1])[:_MOST_WORDS])


def _packed(counts: Mapping[int, int]) -> bytes:
    """All keys, then how often each was met, as numbers of four bytes, the lowest byte first."""
    numbers = array("I", [*counts.keys(), *counts.values()])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _unpacked(packed: bytes) -> dict[int, int]:
    numbers = array("I")
    numbers.frombytes(packed)
    if sys.byteorder == "big":
        numbers.byteswap()
    half = len(numbers) // 2
    return dict(zip(numbers[:half], numbers[half:], strict=True))
