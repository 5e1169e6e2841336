"""Podcasts that are paused, and podcasts that leave the library without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from castabout.engine import later, removal
from castabout.engine.check import check
from castabout.engine.crawl import Crawl
from castabout.engine.indexing import catch_up
from castabout.engine.library import episode_page, podcast_page
from castabout.engine.suggest import suggestions
from castabout.engine.topic import topic_page
from castabout.engine.update import due
from castabout.errors import NotInLibrary
from castabout.model.crawl import FeedRecord
from castabout.query.parser import parse
from castabout.store import feeds, podcasts
from castabout.store import removal as store_removal
from castabout.store.schema import metadata
from tests.engine.crawling import DAY, NOW, Crawler, crawler_at
from tests.zoo import Answer, Asked, Zoo

OWNER = ""
FEED = """<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>{title}</title>
<item><title>Sourdough starters of the alpine valleys</title><guid>1</guid>
<pubDate>Fri, 27 Sep 2024 06:30:00 +0000</pubDate><description>With Ada Lovelace. Rye and water.</description>
<enclosure url="https://media.example/alpine.mp3" length="7340032" type="audio/mpeg"/>
<podcast:person>Ada Lovelace</podcast:person>
<podcast:soundbite startTime="1" duration="5">Bubbles</podcast:soundbite></item>
</channel></rss>"""


def answer(body: bytes, _: Asked) -> Answer:
    return Answer(body)


@pytest.fixture
def crawler(tmp_path: Path) -> Iterator[Crawler]:
    with Zoo(Path("no-such-folder")) as zoo, crawler_at(tmp_path / "home", zoo) as crawler:
        for name, title in (("a", "Breadcast"), ("b", "Loaves abroad")):
            zoo.pages[f"/{name}"] = partial(answer, FEED.format(title=title).encode())
        results = crawler.add(zoo.url("/a"), zoo.url("/b", host=2))
        assert [result.error for result in results] == [None, None]
        index(crawler)
        yield crawler


def index(crawler: Crawler) -> None:
    catch_up(crawler.castabout, progress=lambda _: None)


def the_id(crawler: Crawler, title: str) -> str:
    (found,) = podcasts.by_title(crawler.castabout.store, title)
    return found.id


def rows(crawler: Crawler) -> dict[str, int]:
    with crawler.castabout.store.reading() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


def test_nothing_is_left_of_it(crawler: Crawler) -> None:
    castabout = crawler.castabout
    id = the_id(crawler, "breadcast")
    (line,) = podcast_page(castabout, id).episodes
    later.add(castabout, OWNER, line.id)
    before = rows(crawler)
    assert (before["podcasts"], before["copies"], before["list_items"]) == (2, 2, 1)

    gone = removal.remove(castabout, id, waiting=lambda: None)
    assert (gone.podcast.title, gone.episodes) == ("Breadcast", 1)
    for missing in (podcast_page, episode_page):
        with pytest.raises(NotInLibrary):
            missing(castabout, id if missing is podcast_page else line.id)
    index(crawler)
    assert check(castabout).is_sound
    page = topic_page(castabout, "sourdough")
    assert (page.podcasts, page.episodes, page.copies) == (1, 1, 0)
    assert page.latest_episodes[0].also_in == ()
    assert suggestions(castabout, "breadc").names == ()
    assert [name.episodes for name in suggestions(castabout, "ada love").names] == [1]
    assert castabout.index.moments(parse("bubbles")).moments == 1
    left = rows(crawler)
    for name in ("podcasts", "feeds", "episodes", "labels", "people", "signs", "spoken"):
        assert left[name] == before[name] // 2, name
    assert (left["copies"], left["list_items"], left["changes"]) == (0, 0, 0)
    with pytest.raises(NotInLibrary):
        removal.remove(castabout, id, waiting=lambda: None)

    crawler.add(crawler.zoo.url("/a"))
    index(crawler)
    assert the_id(crawler, "breadcast") == id
    assert topic_page(castabout, "sourdough").copies == 1
    assert [name.name for name in suggestions(castabout, "breadc").names] == ["Breadcast"]
    assert check(castabout).is_sound


def test_no_table_is_forgotten(crawler: Crawler) -> None:
    known = {str(column) for column in (*store_removal._OF_EPISODES, *store_removal._OF_PODCAST)}
    with crawler.castabout.store.reading() as connection:
        names = list(
            connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
        )
        pointing = {
            f"{name}.{key[3]}"
            for name in names
            for key in connection.exec_driver_sql(f"PRAGMA foreign_key_list({name})")
            if key[2] in ("episodes", "podcasts") and key[4] == "row" and name != "episodes"
        }
    assert pointing == known and len(known) > 10


def test_back_before_the_index_knew_that_it_was_gone(crawler: Crawler) -> None:
    removal.remove(crawler.castabout, the_id(crawler, "breadcast"), waiting=lambda: None)
    crawler.add(crawler.zoo.url("/a"))
    index(crawler)
    assert [name.name for name in suggestions(crawler.castabout, "breadc").names] == ["Breadcast"]
    assert topic_page(crawler.castabout, "sourdough").episodes == 2
    assert check(crawler.castabout).is_sound


def test_whoever_is_fetching_it_does_not_bring_it_back(crawler: Crawler) -> None:
    store = crawler.castabout.store
    crawler.later(8 * DAY)
    leased = feeds.lease(store, "somebody", now=crawler.now, until=crawler.now + 60, limit=10)
    gone, stays = leased
    removal.remove(crawler.castabout, gone.id, waiting=lambda: None)
    feeds.record(store, "somebody", [FeedRecord(state=one.state, row=one.row) for one in (gone, stays)])
    assert (podcasts.by_id(store, gone.id), podcasts.by_id(store, stays.id) is None) == (None, False)
    assert set(feeds.by_rows(store, [gone.row, stays.row])) == {stays.row}


def test_a_paused_feed_is_left_alone(crawler: Crawler) -> None:
    id = the_id(crawler, "breadcast")
    removal.pause(crawler.castabout, id)
    health = podcast_page(crawler.castabout, id).health
    assert health and health.is_paused and health.next_try is None
    crawler.later(30 * DAY)
    for everything in (False, True):
        assert due(crawler.castabout, everything=everything) == 1 - everything
        crawler.update(everything=everything)
    assert crawler.zoo.requests["/a"] == 1
    removal.resume(crawler.castabout, id)
    crawler.update()
    assert crawler.zoo.requests["/a"] == 2
    health = podcast_page(crawler.castabout, id).health
    assert health and not health.is_paused and health.next_try


def test_adding_it_again_ends_the_pause(crawler: Crawler) -> None:
    removal.pause(crawler.castabout, the_id(crawler, "breadcast"))
    crawler.later(DAY)
    crawler.add(crawler.zoo.url("/a"))
    assert crawler.state(crawler.zoo.url("/a")).next_fetch is not None


def test_whoever_is_fetching_it_does_not_end_the_pause(crawler: Crawler) -> None:
    store = crawler.castabout.store
    crawler.later(8 * DAY)
    id = the_id(crawler, "breadcast")
    stored = podcasts.by_id(store, id)
    assert stored
    crawl = Crawl(crawler.castabout, index=lambda: None)
    job = crawl.one(stored.row)
    assert job
    removal.pause(crawler.castabout, id)
    assert [result.error for result in crawl.run([job])] == [None]
    assert crawler.state(crawler.zoo.url("/a")).next_fetch is None


def test_going_on_with_what_is_not_paused_changes_nothing(crawler: Crawler) -> None:
    before = crawler.state(crawler.zoo.url("/a"))
    removal.resume(crawler.castabout, the_id(crawler, "breadcast"))
    assert crawler.state(crawler.zoo.url("/a")) == before
    assert before.next_fetch and before.next_fetch > NOW
