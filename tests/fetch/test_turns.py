"""Whose turn it is. Time is a number that the tests count up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from castabout.fetch.turns import Turns


def filled(*items: str, per_host: int = 2, spacing_s: float = 1) -> Turns[str]:
    """What waits at time 0: ``a1`` is for the host ``a``."""
    turns: Turns[str] = Turns(per_host=per_host, spacing_s=spacing_s)
    for item in items:
        turns.add(item[0], item, 0)
    return turns


def taken(turns: Turns[str], now: float) -> list[str]:
    items = []
    while item := turns.take(now):
        items.append(item)
    return items


def test_hosts_take_turns_and_each_is_begun_apart() -> None:
    turns = filled("a1", "a2", "a3", "b1", "b2")
    assert taken(turns, 0) == ["a1", "b1"]
    assert turns.waiting == 3
    assert turns.next_at() == 1
    assert taken(turns, 0.9) == []
    assert taken(turns, 1) == ["a2", "b2"]
    # Two are under way to a: the third waits for one of them.
    assert taken(turns, 2) == []
    assert turns.next_at() is None
    turns.done("a", 5)
    assert taken(turns, 5) == ["a3"]
    assert turns.waiting == 0


def test_spacing_holds_although_nobody_was_waiting() -> None:
    turns = filled("a1")
    assert taken(turns, 0) == ["a1"]
    turns.done("a", 0.1)
    turns.add("a", "a2", 0.2)
    assert taken(turns, 0.2) == []
    assert taken(turns, 1) == ["a2"]


def test_without_spacing_two_begin_at_once() -> None:
    assert taken(filled("a1", "a2", "a3", spacing_s=0), 0) == ["a1", "a2"]


def test_what_has_begun_goes_first() -> None:
    turns = filled("a1", "a2")
    turns.add("a", "a0", 0, first=True)
    assert taken(turns, 0) == ["a0"]
    assert taken(turns, 1) == ["a1"]


def test_rest() -> None:
    turns = filled("a1", "a2", "a3")
    assert taken(turns, 0) == ["a1"]
    turns.rest("a", 100)
    turns.done("a", 0)
    assert taken(turns, 99) == []
    assert taken(turns, 100) == ["a2"]
    # Rest that was asked for earlier and ends earlier changes nothing.
    turns.rest("a", 50)
    assert taken(turns, 100.5) == []


def test_nobody_waits_for_a_host_any_longer() -> None:
    turns = filled("a1", "a2", "a3", "b1")
    assert taken(turns, 0) == ["a1", "b1"]
    assert turns.drop("a") == ["a2", "a3"]
    assert turns.waiting == 0
    assert taken(turns, 10) == []


def test_how_long_it_would_take() -> None:
    turns = filled("a1", "a2", "a3")
    assert turns.wait_s("b", 0) == 0
    assert turns.wait_s("a", 0) == 3
    taken(turns, 0)
    assert turns.wait_s("a", 0.25) == 0.75 + 2


def test_hosts_that_are_done_are_forgotten() -> None:
    turns = filled("a1", "b1")
    taken(turns, 0)
    turns.done("a", 0)
    turns.done("b", 0)
    assert taken(turns, 1) == []
    assert turns._hosts == {}


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3), st.integers(0, 5)), max_size=60),
    st.integers(1, 3),
    st.sampled_from([0, 1, 4]),
)
def test_any_order_of_things(steps: list[tuple[str, int, int]], per_host: int, spacing_s: int) -> None:
    """All are taken, never too many at a time and never too close together."""
    turns: Turns[tuple[str, int]] = Turns(per_host=per_host, spacing_s=spacing_s)
    under_way: dict[str, list[int]] = {"a": [], "b": [], "c": []}
    begun: dict[str, float] = {}
    now, added, done = 0, 0, 0

    def take() -> None:
        while item := turns.take(now):
            host = item[0]
            assert now - begun.get(host, -100) >= spacing_s
            begun[host] = now
            under_way[host].append(item[1])
            assert len(under_way[host]) <= per_host

    for host, ends, later in steps:
        turns.add(host, (host, added), now)
        added += 1
        take()
        for _ in range(min(ends, len(under_way[host]))):
            under_way[host].pop()
            turns.done(host, now)
            done += 1
        now += later
    for _ in range(2 * added + 1):
        take()
        for host, items in under_way.items():
            while items:
                items.pop()
                turns.done(host, now)
                done += 1
        now += spacing_s
    assert done == added
    assert turns.waiting == 0
    assert turns._hosts == {}
