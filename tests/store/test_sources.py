"""Pages of podcasts in every order: none twice, none left out, and nothing read but what is shown."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, text

from castabout.model.sources import Cursor, Order, Shown
from castabout.store import sources
from castabout.store.database import Store
from castabout.store.schema import episodes, feeds, podcasts

#: Title, next fetch (None: paused), error, gone, private; by row. The last three are from files.
_ROWS: tuple[tuple[str | None, int | None, str | None, bool, bool], ...] = (
    ("rye", 300, None, False, False),
    ("barley", 100, "no such host", False, False),
    (None, 300, None, False, True),
    ("rye", 200, None, False, False),
    ("oats", None, None, False, False),
    ("wheat", None, "was taken away", True, False),
    (None, 100, None, False, False),
    ("spelt", None, "broken", False, True),
)
_FROM_FILES = ("emmer", None)
BY_TITLE = [2, 9, 5, 1, 4, 8, 6, 3, 7, 10]
BY_NEXT_LOOK = [2, 7, 4, 1, 3, 5, 6, 8]


@pytest.fixture
def filled(store: Store) -> Store:
    with store.writing() as connection:
        every = [*_ROWS, *((title, 0, None, False, False) for title in _FROM_FILES)]
        for row, (title, next_fetch, error, is_gone, is_private) in enumerate(every, start=1):
            connection.execute(
                insert(podcasts).values(
                    row=row, id=f"p{row}", source=f"s{row}", digest=b"", value="{}", episodes=0, added=0,
                    title_key=title, is_private=is_private,
                )
            )  # fmt: skip
            if row <= len(_ROWS):
                connection.execute(
                    insert(feeds).values(
                        podcast_row=row, next_fetch=next_fetch, failures=0, last_error=error, is_gone=is_gone
                    )
                )
    return store


def paged(store: Store, shown: Shown, order: Order, limit: int) -> list[int]:
    found: list[int] = []
    after: Cursor | None = None
    while True:
        places, after = sources.page(store, shown, order, after=after, limit=limit)
        assert len(places) <= limit
        found += [place.row for place in places]
        if after is None:
            return found


@pytest.mark.parametrize(
    ("shown", "order", "rows"),
    [
        ("all", "added", [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]),
        ("all", "title", BY_TITLE),
        ("all", "due", BY_NEXT_LOOK),
        ("failing", "added", [2, 6, 8]),
        ("paused", "added", [5, 8]),
        ("private", "added", [3, 8]),
    ],
)
def test_every_page(filled: Store, shown: Shown, order: Order, rows: list[int]) -> None:
    for limit in (1, 2, 3, 100):
        assert paged(filled, shown, order, limit) == rows


def test_how_many_there_are(filled: Store) -> None:
    assert sources.counts(filled) == {"all": 10, "failing": 3, "paused": 2, "private": 2}


def test_a_place_that_is_gone_is_still_a_place(filled: Store) -> None:
    places, _ = sources.page(filled, "all", "title", after=Cursor(99, "oats"), limit=3)
    assert [place.row for place in places] == [1, 4, 8]


def test_the_newest_episode_of_each(filled: Store) -> None:
    with filled.writing() as connection:
        for row, (show, published) in enumerate([(1, 10), (1, 30), (1, None), (2, None), (3, 20)], start=1):
            connection.execute(
                insert(episodes).values(
                    row=row, id=f"e{row}", podcast_row=show, published=published, digest=b"", value="{}"
                )
            )
    assert sources.newest_episodes(filled, [1, 2, 3, 4]) == {1: 30, 3: 20}


@pytest.mark.parametrize(
    ("shown", "order", "after"),
    [
        ("all", "added", None),
        ("all", "added", Cursor(5)),
        ("all", "title", Cursor(5, "oats")),
        ("all", "title", Cursor(3)),
        ("all", "due", Cursor(4, 200)),
        ("failing", "added", Cursor(2)),
        ("paused", "added", Cursor(2)),
        ("private", "added", Cursor(2)),
    ],
)
def test_no_page_reads_a_whole_table(
    filled: Store, shown: Shown, order: Order, after: Cursor | None, caplog: pytest.LogCaptureFixture
) -> None:
    filled.engine.echo = True
    with caplog.at_level("INFO", "sqlalchemy.engine"):
        sources.page(filled, shown, order, after=after, limit=2)
    filled.engine.echo = False
    statements = [
        r.args[0] if isinstance(r.args, tuple) and r.args else r.getMessage() for r in caplog.records
    ]
    selects = [str(one) for one in statements if str(one).startswith("SELECT")]
    assert selects
    with filled.reading() as connection:
        for statement in selects:
            filled_in = text("EXPLAIN QUERY PLAN " + statement.replace("?", "1"))
            for step in connection.execute(filled_in):
                assert "SCAN" not in step.detail or "USING INDEX" in step.detail or after is None, step.detail
