"""What goes on while pages are served."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from aiohttp import web

from castabout.assemble import assemble
from castabout.config import load_settings
from castabout.engine import follows
from castabout.engine.castabout import Castabout
from castabout.engine.search import search_page
from castabout.engine.update import add
from castabout.engine.websub import take_news
from castabout.model.websub import Subscription
from castabout.store import subscriptions
from castabout.web.background import Background
from tests.fetch.servers import Machine, Site
from tests.hook import hook
from tests.hub import until

FEED = "<rss version='2.0'><channel><title>Bread</title>{items}</channel></rss>"
ITEM = "<item><title>About {word}</title><guid>{word}</guid></item>"


@pytest.fixture
def site() -> Iterator[Site]:
    machine = Machine()
    yield machine.site()
    machine.close()


@pytest.fixture
def castabout(tmp_path: Path) -> Iterator[Castabout]:
    made = assemble(load_settings(tmp_path, {"CASTABOUT_ALLOW_HOSTS": "127.0.0.1"}))
    yield made
    made.close()


def feed(*words: str) -> bytes:
    return FEED.format(items="".join(ITEM.format(word=word) for word in words)).encode()


def rows(castabout: Castabout, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(castabout.store.name)) as database:
        found = database.execute(sql).fetchall()
        database.commit()
        return found


def test_what_is_due_is_fetched_and_found(
    castabout: Castabout, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "castabout.crawl")
    (result,) = add(castabout, [site.says("/feed", body=feed("rye"))], found=lambda _: None)
    assert result.error is None
    site.says("/feed", body=feed("spelt", "rye"))
    rows(castabout, "UPDATE feeds SET next_fetch = 0")
    background = Background(castabout, public_url=None)
    background.start()
    until(lambda: search_page(castabout, "spelt").episodes == 1)
    background.stop()
    assert [record.getMessage() for record in caplog.records] == ["1 feed read, 1 new episode"]
    ((next_fetch, lease),) = rows(castabout, "SELECT next_fetch > 1000, lease_owner FROM feeds")
    assert (next_fetch, lease) == (1, None)


def test_what_is_followed_is_told(castabout: Castabout, site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "castabout.crawl")
    (result,) = add(castabout, [site.says("/feed", body=feed("rye"))], found=lambda _: None)
    assert result.error is None
    site.says("/feed", body=feed("spelt", "rye"))
    rows(castabout, "UPDATE feeds SET next_fetch = 0")
    with hook() as kept:
        follows.add(castabout, "local", "about", target=kept.address)
        background = Background(castabout, public_url=None)
        background.start()
        until(lambda: kept.got)
        until(lambda: rows(castabout, "SELECT 1 FROM deliveries WHERE sent IS NOT NULL"))
        background.stop()
        assert kept.titles == ["about: About spelt"]
    assert "1 feed read, 1 new episode, 1 notice sent" in [record.getMessage() for record in caplog.records]


def test_a_service_that_hangs_keeps_nobody_waiting(castabout: Castabout, site: Site) -> None:
    (result,) = add(castabout, [site.says("/feed", body=feed("rye"))], found=lambda _: None)
    assert result.error is None
    site.says("/feed", body=feed("spelt", "rye"))
    rows(castabout, "UPDATE feeds SET next_fetch = 0")
    with hook() as kept:
        follows.add(castabout, "local", "about", target=f"{kept.address}/slow")
        background = Background(castabout, public_url=None)
        background.start()
        until(lambda: kept.held)
        began = monotonic()
        background.stop()
        assert monotonic() - began < 3
    assert rows(castabout, "SELECT error FROM deliveries") == [("no answer in time",)]


def test_it_ends_at_once_and_leaves_nothing_behind(castabout: Castabout, site: Site) -> None:
    (result,) = add(castabout, [site.says("/feed", body=feed("rye"))], found=lambda _: None)
    assert result.error is None

    async def never(_: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError("unreachable")

    site.handlers["/feed"] = never
    rows(castabout, "UPDATE feeds SET next_fetch = 0")
    background = Background(castabout, public_url=None)
    background.start()
    until(lambda: len(site.requests) == 2)
    began = monotonic()
    background.stop()
    assert monotonic() - began < 2
    assert rows(castabout, "SELECT next_fetch, lease_owner, failures FROM feeds") == [(0, None, 0)]


def test_news_of_a_hub_wait_for_no_slow_host(castabout: Castabout, site: Site) -> None:
    sources = [site.says("/slow", body=feed("oat")), site.says("/feed", body=feed("rye"))]
    assert [result.error for result in add(castabout, sources, found=lambda _: None)] == [None, None]

    async def never(_: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError("unreachable")

    site.handlers["/slow"] = never
    site.says("/feed", body=feed("spelt", "rye"))
    ((row,),) = rows(castabout, f"SELECT row FROM podcasts WHERE source = '{sources[1]}'")
    assert isinstance(row, int)
    rows(castabout, f"UPDATE feeds SET next_fetch = 0 WHERE podcast_row != {row}")
    rows(castabout, f"UPDATE feeds SET hub = 'h', topic = 't', last_fetch = 0 WHERE podcast_row = {row}")
    agreed = Subscription(
        token="a", podcast_row=row, hub="h", topic="t", secret="s", due=castabout.clock() + timedelta(days=9)
    )
    subscriptions.add(castabout.store, agreed)
    background = Background(castabout, public_url="https://casts.example")
    background.start()
    until(lambda: [request.path for request in site.requests].count("/slow") == 2)
    take_news(castabout, agreed)
    until(lambda: search_page(castabout, "spelt").episodes == 1, seconds=5)
    background.stop()


def test_a_fault_does_not_end_it(castabout: Castabout, site: Site, caplog: pytest.LogCaptureFixture) -> None:
    add(castabout, [site.says("/feed", body=feed("rye"))], found=lambda _: None)
    rows(castabout, "ALTER TABLE feeds RENAME TO elsewhere")
    background = Background(castabout, public_url=None)
    background.start()
    until(lambda: caplog.records)
    background.stop()
    assert "no such table: feeds" in caplog.records[0].getMessage()


def test_it_need_not_have_begun(castabout: Castabout) -> None:
    Background(castabout, public_url="https://casts.example").stop()
