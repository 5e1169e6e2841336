"""What is new for somebody who follows, and when it is told: by hand, and as laws."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.engine.following import (
    is_time,
    name_of,
    named,
    news,
    next_try,
    query_of_search,
    query_of_topic,
    topic_of,
)
from castabout.model.follows import Candidate, Seen
from castabout.query.parser import parse, parse_topic

SINCE = datetime(2026, 11, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def one(row: int, published: datetime | None = SINCE + DAY, *copies: Seen, known: bool = False) -> Candidate:
    return Candidate(row=row, published=published, is_of_known_show=known, copies=copies)


def told(*candidates: Candidate, before: frozenset[int] = frozenset()) -> tuple[int, ...]:
    return news(candidates, since=SINCE, since_row=100, told=before)


def test_published_and_first_seen_after_the_follow() -> None:
    assert told(one(101), one(102, SINCE), one(103, SINCE - MINUTE), one(100), one(7)) == (101, 102)


def test_a_back_catalogue_is_no_news() -> None:
    old = [one(row, SINCE - row * DAY) for row in range(101, 400)]
    assert told(*old, one(400)) == (400,)


def test_undated_ones_are_new_where_the_show_was_there_before() -> None:
    assert told(one(101, None), one(102, None, known=True)) == (102,)


def test_of_copies_the_first_alone() -> None:
    first, second = Seen(101, SINCE + DAY), Seen(102, SINCE + 2 * DAY)
    # The row that came second was published first.
    assert told(one(101, SINCE + 2 * DAY, first), one(102, SINCE + DAY, Seen(101, SINCE + 2 * DAY))) == (102,)
    assert told(one(102, SINCE + 2 * DAY, first), before=frozenset({101})) == ()
    assert told(one(101, SINCE + DAY, second), before=frozenset({102})) == ()


def test_what_is_published_again_is_as_old_as_it_was() -> None:
    assert told(one(101, SINCE + DAY, Seen(50, SINCE - 900 * DAY))) == ()
    assert told(one(101, SINCE + DAY, Seen(102, SINCE - MINUTE))) == ()
    # A copy without a date that came with it tells nothing.
    assert told(one(101, SINCE + DAY, Seen(102, None))) == (101,)


@given(st.data())
def test_never_twice(data: st.DataObject) -> None:
    """Whatever comes in whatever order, of each group of copies one episode is told, and none that is old."""
    dates = st.none() | st.integers(-5, 5).map(lambda days: SINCE + days * DAY)
    published = {row: data.draw(dates) for row in range(95, 111)}
    group = {row: data.draw(st.integers(0, 9)) for row in published}
    seen: set[int] = set()
    for batch in data.draw(st.lists(st.lists(st.sampled_from(sorted(published)), max_size=6), max_size=8)):
        candidates = [
            one(
                row,
                published[row],
                *(
                    Seen(other, published[other])
                    for other in group
                    if other != row and group[other] == group[row]
                ),
                known=data.draw(st.booleans()),
            )
            for row in dict.fromkeys(batch)
        ]
        new = set(told(*candidates, before=frozenset(seen)))
        assert not new & seen
        seen |= new
    assert len({group[row] for row in seen}) == len(seen)
    assert all(row > 100 and (published[row] or SINCE) >= SINCE for row in seen)


def test_a_digest_goes_out_at_the_time_of_day_at_which_one_followed() -> None:
    found = SINCE + timedelta(hours=3)
    assert is_time("now", since=SINCE, first=found, now=found)
    assert not is_time("daily", since=SINCE, first=found, now=SINCE + timedelta(hours=23, minutes=59))
    assert is_time("daily", since=SINCE, first=found, now=SINCE + DAY)
    # What came after that hour is for the next day.
    assert not is_time("daily", since=SINCE, first=SINCE + DAY, now=SINCE + DAY + MINUTE)
    assert not is_time("weekly", since=SINCE, first=found, now=SINCE + 6 * DAY)
    assert is_time("weekly", since=SINCE, first=found, now=SINCE + 7 * DAY)
    # A clock that was set back sends nothing early.
    assert not is_time("daily", since=SINCE, first=found, now=SINCE - MINUTE)


def test_tried_again_ever_more_seldom_then_given_up() -> None:
    pauses = [next_try(tries, SINCE) for tries in range(1, 9)]
    minutes = [None if when is None else (when - SINCE) // MINUTE for when in pauses]
    assert minutes == [1, 5, 30, 120, 480, 1440, None, None]


@pytest.mark.parametrize(
    ("typed", "query", "name", "topic"),
    [
        ("rye", "rye", "rye", "rye"),
        ("electric car", '"electric car"', "electric car", "electric car"),
        ("rye OR wheat", "rye OR wheat", "rye OR wheat", "rye OR wheat"),
        ('"rye OR wheat"', '"rye OR wheat"', "rye OR wheat", '"rye OR wheat"'),
        ("electric car language:de", *['"electric car" language:de'] * 3),
    ],
)
def test_a_topic_is_followed_as_it_is_asked(typed: str, query: str, name: str, topic: str) -> None:
    assert query_of_topic(typed) == query
    assert parse(query) == parse_topic(typed)
    assert name_of(query) == name
    assert topic_of(query) == topic


def test_a_search_is_no_topic() -> None:
    assert query_of_search("rye bread") == "rye bread"
    assert topic_of("rye bread") is None
    assert named("electric car", ["rye", '"electric car"']) == '"electric car"'
    assert named("rye bread", ["rye bread"]) == "rye bread"
    assert named("spelt", ["rye"]) is None


@given(st.text(max_size=60))
def test_any_text_can_be_named(text: str) -> None:
    for query in (query_of_topic(text), query_of_search(text)):
        assert parse(query) == parse(str(parse(query)))
        topic = topic_of(query)
        assert topic is None or parse_topic(topic) == parse(query)
