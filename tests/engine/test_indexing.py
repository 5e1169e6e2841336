"""The index follows the store whatever happens in between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from castabout.engine.castabout import Castabout
from castabout.engine.check import check
from castabout.engine.decide import decide
from castabout.engine.indexing import catch_up, reindex
from castabout.index import Contents
from castabout.index.document import Document
from castabout.model.feed import Episode, ParsedFeed, Podcast
from castabout.query.ast import Word
from castabout.store import changes, podcasts
from castabout.store.apply import apply
from tests.support import open_at

SHOWS = ("11111111-2222-5333-8444-555555555555", "11111111-2222-5333-8444-666666666666")
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
WORDS = ("rye", "wheat", "oat")


class Crash(Exception):
    """The process dies here."""


class CrashingIndex:
    """A real index whose process dies after so many documents, or after the commit."""

    def __init__(self, castabout: Castabout, after: int) -> None:
        self._index, self._left = castabout.index, after

    def exists(self) -> bool:
        return self._index.exists()

    def write(self, documents: Iterator[Document]) -> None:
        self._index.write(self._until_the_crash(documents))
        raise Crash

    def _until_the_crash(self, documents: Iterator[Document]) -> Iterator[Document]:
        for document in documents:
            if not self._left:
                raise Crash
            self._left -= 1
            yield document


def store_feed(castabout: Castabout, show: int, titles: dict[str, str]) -> None:
    feed = ParsedFeed(
        Podcast(title=f"Show {show}"), tuple(Episode(key=k, title=t) for k, t in titles.items())
    )
    known = podcasts.known(castabout.store, SHOWS[show])
    change = decide(known, feed, id=SHOWS[show], source="https://show.example", now=NOW)
    if not change.is_empty:
        apply(castabout.store, change)


def answers(castabout: Castabout) -> object:
    found = {word: castabout.index.newest(Word(word), limit=100) for word in WORDS}
    return found, castabout.index.contents()


nothing: st.SearchStrategy[dict[str, str]] = st.just({})
Step = tuple[str, int, dict[str, str]]
step: st.SearchStrategy[Step] = st.one_of(
    st.tuples(
        st.just("store"), st.integers(0, 1), st.dictionaries(st.sampled_from("abcd"), st.sampled_from(WORDS))
    ),
    st.tuples(st.just("index"), st.just(0), nothing),
    st.tuples(st.just("crash"), st.integers(0, 5), nothing),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(step, max_size=8))
def test_any_order_of_storing_indexing_and_crashing(steps: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        castabout = open_at(Path(folder))
        try:
            for what, number, titles in steps:
                if what == "store":
                    store_feed(castabout, number, titles)
                elif what == "index":
                    catch_up(castabout, progress=lambda _: None)
                else:
                    index = CrashingIndex(castabout, number)
                    crashing = replace(castabout, index=index)  # type: ignore[arg-type]
                    with suppress(Crash):
                        catch_up(crashing, progress=lambda _: None)
                    castabout.close()
                    castabout = open_at(Path(folder))
            catch_up(castabout, progress=lambda _: None)
            assert check(castabout).faults == ()
            before = answers(castabout)
            reindex(castabout, progress=lambda _: None)
            assert answers(castabout) == before
        finally:
            castabout.close()


def test_nothing_to_do(castabout: Castabout) -> None:
    catch_up(castabout, progress=lambda _: None)
    assert castabout.index.contents() == Contents(frozenset(), frozenset())


def test_an_index_that_is_gone_is_built_anew(castabout: Castabout) -> None:
    store_feed(castabout, 0, {"a": "rye", "b": "oat"})
    catch_up(castabout, progress=lambda _: None)
    castabout.index.clear()
    assert check(castabout).faults == (
        "there is no index",
        "1 podcast of the library is not in the index",
        "2 episodes of the library are not in the index",
    )
    done: list[int] = []
    catch_up(castabout, progress=done.append)
    assert check(castabout).is_sound
    assert sum(done) == 3


def test_check_says_what_waits(castabout: Castabout) -> None:
    store_feed(castabout, 0, {"a": "rye"})
    catch_up(castabout, progress=lambda _: None)
    store_feed(castabout, 0, {"a": "rye", "b": "oat"})
    report = check(castabout)
    assert (report.waiting, report.is_sound) == (1, True)


def test_before_the_first_index_everything_waits(castabout: Castabout) -> None:
    store_feed(castabout, 0, {"a": "rye", "b": "oat"})
    report = check(castabout)
    assert (report.waiting, report.faults) == (3, ())


def test_check_finds_foreign_rows(castabout: Castabout) -> None:
    store_feed(castabout, 0, {"a": "rye"})
    catch_up(castabout, progress=lambda _: None)
    with castabout.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM signs")
        connection.exec_driver_sql("DELETE FROM episodes")
        connection.exec_driver_sql("UPDATE podcasts SET episodes = 0")
    assert check(castabout).faults == ("1 episode of the index is not in the library",)
    assert changes.waiting(castabout.store) == 0
