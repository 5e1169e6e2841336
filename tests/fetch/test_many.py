"""Fetching many sources."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Barrier, Event, Lock, current_thread

import pytest

from castabout.errors import NotFound, SourceError
from castabout.fetch import Fetched
from castabout.fetch.many import fetch_many

WAIT = 2


class Fake:
    """Answers every source with its own name; those with ``bad`` in it cannot be had."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.under_way = 0
        self.most_under_way = 0
        self.begun: list[str] = []
        self.threads: dict[str, str] = {}

    def fetch(self, source: str) -> Fetched:
        with self.lock:
            self.begun.append(source)
            self.threads[source] = current_thread().name
            self.under_way += 1
            self.most_under_way = max(self.most_under_way, self.under_way)
        self.work(source)
        with self.lock:
            self.under_way -= 1
        if "bad" in source:
            raise NotFound(source)
        return Fetched(source, source, source.encode())

    def work(self, source: str) -> None:
        """What takes its time."""

    def close(self) -> None:
        """Nothing is open."""


def test_in_the_order_of_the_sources_whichever_answers_first() -> None:
    class LastFirst(Fake):
        second = Event()

        def work(self, source: str) -> None:
            if source.endswith("/1"):
                assert self.second.wait(WAIT)
            else:
                self.second.set()

    sources = ["http://a/1", "http://a/2"]
    results = list(fetch_many(LastFirst(), sources, workers=2))
    assert results == [(source, Fetched(source, source, source.encode())) for source in sources]


def test_a_source_that_fails_is_a_result() -> None:
    sources = ["http://a/1", "http://bad", "bad.xml", "good.xml"]
    outcomes = [result for _, result in fetch_many(Fake(), sources, workers=2)]
    assert [type(outcome) for outcome in outcomes] == [Fetched, NotFound, NotFound, Fetched]


def test_a_fault_in_a_fetcher_is_not_hidden() -> None:
    class Faulty(Fake):
        def work(self, source: str) -> None:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(fetch_many(Faulty(), ["http://a/1"], workers=2))


def test_as_many_at_a_time_as_there_are_workers() -> None:
    class Meeting(Fake):
        barrier = Barrier(3)

        def work(self, source: str) -> None:
            self.barrier.wait(WAIT)

    fake = Meeting()
    assert len(list(fetch_many(fake, [f"http://a/{n}" for n in range(12)], workers=3))) == 12
    assert fake.most_under_way == 3


def test_files_are_read_in_turn_by_who_asks() -> None:
    fake = Fake()
    results = fetch_many(fake, ["a.xml", "b.xml"], workers=2)
    next(results)
    assert fake.begun == ["a.xml"]
    next(results)
    assert set(fake.threads.values()) == {current_thread().name}


def test_endless_sources_are_taken_as_they_are_needed() -> None:
    taken = 0

    def sources() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield f"http://a/{taken}"

    results = fetch_many(Fake(), sources(), workers=4)
    assert next(results)[0] == "http://a/1"
    assert taken == 8
    for _ in range(100):
        next(results)
    assert taken == 108
    results.close()  # type: ignore[attr-defined]


def test_leaving_off_early_waits_for_nothing_and_begins_nothing_more() -> None:
    class Slow(Fake):
        release = Event()

        def work(self, source: str) -> None:
            if not source.endswith("/1"):
                assert self.release.wait(WAIT)

    fake = Slow()
    results = fetch_many(fake, [f"http://a/{n}" for n in range(1, 10)], workers=2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    begun = len(fake.begun)
    fake.release.set()
    assert begun <= 3


def test_what_is_yielded_has_no_credentials() -> None:
    class Strict(Fake):
        def work(self, source: str) -> None:
            assert source == "http://ann:secret@a/"

    [(source, _)] = fetch_many(Strict(), ["http://ann:secret@a/"], workers=1)
    assert source == "http://a/"


def test_no_sources() -> None:
    nothing: list[tuple[str, Fetched | SourceError]] = []
    assert list(fetch_many(Fake(), [], workers=2)) == nothing
