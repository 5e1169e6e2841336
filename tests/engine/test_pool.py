"""Bodies read by several processes come back in order; a process that dies takes nothing else along."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from castabout.engine.pool import ReadingPool
from castabout.engine.reading import Body, Reading, decoded, read, read_many
from tests.zoo import made_feed

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def body(number: int, items: int = 2) -> Body:
    address = f"http://show.example/{number}"
    return Body(data=made_feed(f"/{number}", items=items), address=address, now=NOW)


@pytest.fixture
def pool() -> Iterator[ReadingPool[int]]:
    pool: ReadingPool[int] = ReadingPool(2, here_bytes=3_000_000)
    yield pool
    pool.close()


def title(reading: Reading) -> str | None:
    return reading.change.podcast.title if reading.change else None


def test_what_another_process_read_is_what_this_one_reads() -> None:
    bodies = (body(1), body(2, items=0), Body(data=b"<html>", address="http://a/", now=NOW))
    assert decoded(read_many(bodies)) == tuple(read(one) for one in bodies)
    # The publisher's own hour is not lost on the way.
    local = made_feed("/1").replace(b"08:00:00 GMT", b"23:30:00 -0800")
    reading = decoded(read_many((Body(data=local, address="http://a/", now=NOW),)))[0]
    assert reading.change is not None
    published = reading.change.new[0].episode.published
    assert published is not None and published.isoformat() == "2026-10-02T23:30:00-08:00"


def test_a_little_is_read_in_this_process(pool: ReadingPool[int]) -> None:
    for number in range(20):
        pool.put(number, body(number))
    assert [(key, title(reading)) for key, reading in pool.ready()] == [
        (number, f"Show /{number}") for number in range(20)
    ]
    assert multiprocessing.active_children() == []


def test_order_is_kept_by_many_processes(pool: ReadingPool[int]) -> None:
    # Large ones and small ones in turn, 8 MB in all.
    read_so_far: list[tuple[int, str | None]] = []
    for number in range(80):
        pool.put(number, body(number, items=1_000 if number % 2 else 1))
        read_so_far += [(key, title(reading)) for key, reading in pool.ready()]
    assert len(multiprocessing.active_children()) == 2
    read_so_far += [(key, title(reading)) for key, reading in pool.rest()]
    assert read_so_far == [(number, f"Show /{number}") for number in range(80)]


def test_a_process_that_dies_costs_what_it_was_reading(pool: ReadingPool[int]) -> None:
    for number in range(40):
        pool.put(number, body(number, items=1_000))
    (child, *_) = multiprocessing.active_children()
    assert child.pid
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    first = [reading.error for _, reading in pool.rest()]
    assert len(first) == 40
    assert set(first) <= {None, "the process that read it died"}
    for number in range(10):
        pool.put(number, body(number, items=1_000))
    assert [reading.error for _, reading in pool.rest()] == [None] * 10
