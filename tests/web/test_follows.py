"""Follows over real HTTP: from a press to a test notice, what is shown of secrets, and who may do what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import feedparser
import pytest

from castabout.engine import follows
from castabout.engine.indexing import catch_up
from castabout.engine.update import add
from castabout.store.database import open_store
from castabout.store.follow_schema import deliveries, finds, targets
from castabout.store.follow_schema import follows as table
from tests.hook import Hook, hook
from tests.support import open_at
from tests.web.asking import Site
from tests.web.reading import dangers
from tests.web.serving import served

HOSTILE = "]]></title> & \u202e<script>hacked()</script> “rye” <!-- <?x"
FEED = """<rss version="2.0"><channel><title>Bread</title><language>en</language>
<item><title>Rye, one</title><guid>1</guid><pubDate>Fri, 30 Oct 2026 08:30:00 +0000</pubDate>
  <enclosure url="https://media.example/1.mp3" type="audio/mpeg" length="123"/></item>
<item><title>{hostile}</title><guid>2</guid><pubDate>Sat, 31 Oct 2026 08:30:00 +0000</pubDate>
  <enclosure url="https://media.example/2.mp3" type="audio/mpeg" length="123"/></item>
</channel></rss>"""


@pytest.fixture(scope="module")
def served_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    home = tmp_path_factory.mktemp("follows")
    feed = tmp_path_factory.mktemp("feeds") / "bread.xml"
    feed.write_text(FEED.format(hostile=escape(HOSTILE)))
    castabout = open_at(home)
    assert [result.error for result in add(castabout, [str(feed)], found=lambda _: None)] == [None]
    catch_up(castabout, progress=lambda _: None)
    castabout.close()
    with served(home) as address:
        yield home, address.rstrip("/")


@pytest.fixture
def site(served_home: tuple[Path, str]) -> Site:
    """The server, where nothing is followed yet."""
    home, address = served_home
    store = open_store(home / "library.db")
    with store.writing() as connection:
        for one in (finds, deliveries, targets, table):
            connection.execute(one.delete())
    store.close()
    return Site(address)


@pytest.fixture
def web() -> Iterator[Hook]:
    with hook() as kept:
        yield kept


def press(site: Site, action: str, query: str, *, back: str = "/follows", **more: str) -> str:
    """Press a button; where it leads."""
    headers = {"referer": site.address + back}
    answer = site.ask(f"/follows/{action}", form={"query": query, **more}, headers=headers)
    assert answer.status == 303, answer.page.text()
    return answer.headers["location"]


def is_pressed(site: Site, path: str) -> bool:
    (pressed,) = site.ask(path).page.values("//form[@class='follow']/button/@aria-pressed")
    return pressed == "true"


def test_from_a_press_to_the_list_and_back(site: Site) -> None:
    empty = site.ask("/follows").page
    assert "You follow nothing yet" in empty.text()
    assert f"{site.address}/topics/electric%20car.rss" in empty.text()
    assert not is_pressed(site, "/topics/rye%20bread?sort=best")
    (query,) = site.ask("/topics/rye%20bread").page.values("//form[@class='follow']/button/@value")
    assert press(site, "add", query, back="/topics/rye%20bread?sort=best") == "/topics/rye%20bread?sort=best"
    assert is_pressed(site, "/topics/rye%20bread")
    # A search for both words is another thing than the topic.
    assert not is_pressed(site, "/search?q=rye+bread")
    assert press(site, "add", "rye bread", back="/search?q=rye+bread") == "/search?q=rye+bread"
    listed = site.ask("/follows").page
    assert listed.values("//ol[@class='follows']//h2/a/@href") == [
        "/search?q=rye+bread&sort=date",
        "/topics/rye%20bread",
    ]
    assert dangers(site.ask("/topics/rye").body.decode()) == []

    gone = site.ask(press(site, "remove", query))
    assert "rye bread is not followed any more" in gone.page.text()
    assert not is_pressed(site, "/topics/rye%20bread")
    # Pressed twice it is as it is.
    press(site, "remove", query)


def test_notices_are_set_tested_paused_and_ended(site: Site, web: Hook) -> None:
    press(site, "add", "rye")
    press(site, "change", "rye", target=f"{web.address}/my-secret", pace="daily")
    shown = site.ask("/follows")
    assert "once a day to JSON, 127.0.0.1" in shown.page.text()
    tested = site.ask(press(site, "test", "rye").partition("#")[0]).page
    assert "The test notice was sent" in tested.text()
    assert web.titles == ["A test from castabout"]
    web.statuses = [500]
    failed = site.ask(press(site, "test", "rye").partition("#")[0])
    assert "The test notice was not delivered" in failed.page.text()
    assert "error=500" in failed.page.text()
    press(site, "pause", "rye")
    assert "Paused" in site.ask("/follows").page.text()
    press(site, "resume", "rye")
    for answer in (shown, failed, site.ask("/follows"), site.ask("/api/v1/follows")):
        assert b"my-secret" not in answer.body
    press(site, "change", "rye", quiet="yes", pace="now")
    assert "no notices" in site.ask("/follows").page.text()


def test_a_script_and_a_program_get_json(site: Site, web: Hook) -> None:
    json = {"accept": "application/json"}
    made = site.ask("/follows/add", form={"query": "rye", "target": web.address}, headers=json).values
    assert (made["query"], made["pace"], made["notices_to"], made["found"]) == (
        "rye",
        "now",
        "JSON, 127.0.0.1",
        0,
    )
    assert site.ask("/api/v1/follows").values == {"follows": [made]}
    tested = site.ask("/follows/test", form={"query": "rye"}, headers=json).values
    assert (tested["state"], tested["test"]) == ("sent", True)
    found = site.ask("/api/v1/follows/preview?q=rye").values
    assert (found["total"], found["more"]) == (2, False)
    assert site.ask("/follows/remove", form={"query": "rye"}, headers=json).values == {
        "query": "rye",
        "removed": True,
    }


def test_what_cannot_be_done_is_said(site: Site) -> None:
    for action, form, status, words in (
        ("add", {"query": "…"}, 409, "no word in it"),
        (
            "add",
            {"query": "rye", "target": "nosuch://my-secret"},
            409,
            "no address that the Apprise library knows",
        ),
        ("add", {"query": "rye", "target": "a" * 3_000}, 400, "at most"),
        ("add", {"query": "a" * 600}, 400, "at most"),
        ("add", {"query": "rye", "pace": "hourly"}, 400, "Pace"),
        ("pause", {"query": "rye"}, 404, "not followed"),
        ("test", {"query": "rye"}, 404, "not followed"),
        ("hide", {"query": "rye"}, 400, ""),
    ):
        answer = site.ask(f"/follows/{action}", form=form)
        assert answer.status == status, (action, form)
        assert words.lower() in answer.page.text().lower()
        assert b"my-secret" not in answer.body
    assert "You follow nothing yet" in site.ask("/follows").page.text()
    press(site, "add", "rye")
    assert site.ask("/follows/test", form={"query": "rye"}).status == 409


def test_nobody_else_sees_or_changes_anything(site: Site) -> None:
    elsewhere = {"x-forwarded-for": "203.0.113.1"}
    for path in (
        "/follows",
        "/follows/preview?query=rye",
        "/api/v1/follows",
        "/api/v1/follows/preview?q=rye",
    ):
        assert site.ask(path, headers=elsewhere).status == 403
    assert site.ask("/follows/add", form={"query": "rye"}, headers=elsewhere).status == 403
    assert (
        site.ask("/follows/add", form={"query": "rye"}, headers={"origin": "https://a.example"}).status == 403
    )
    page = site.ask("/topics/rye", headers=elsewhere).page
    assert page.all("//form[@class='follow']") == []
    assert site.ask("/search.rss?q=rye", headers=elsewhere).status == 200


def test_hostile_titles_and_queries(site: Site, served_home: tuple[Path, str]) -> None:
    query = '"</h2><script>hacked()</script>" OR rye'
    press(site, "add", query)
    castabout = open_at(served_home[0])
    (line,) = follows.all_follows(castabout, "local")
    with castabout.store.writing() as connection:
        for row in (1, 2):
            values = {"follow_row": line.follow.row, "episode_row": row, "found": row, "waits": False}
            connection.execute(finds.insert().values(**values))
    castabout.close()
    for path in ("/follows", f"/follows?done=removed&q={'%3Cscript%3E'}", "/follows/preview?query=rye"):
        answer = site.ask(path)
        assert answer.status == 200
        assert dangers(answer.body.decode()) == []
    assert "2 new episodes since" in site.ask("/follows").page.text()


def test_what_is_followed_is_a_feed(site: Site) -> None:
    for query in ("rye", "rye podcast:bread", "rye OR wheat", "rye one"):
        press(site, "add", query)
    feeds = site.ask("/follows").page.values("//ol[@class='follows']//a[text()='Feed']/@href")
    assert [path.partition("?")[0] for path in feeds] == [
        "/search.rss",
        "/topics/rye%20OR%20wheat.rss",
        "/topics/rye%20podcast%3Abread.rss",
        "/topics/rye.rss",
    ]
    for path, number in zip(feeds, (1, 2, 2, 2), strict=True):
        read = feedparser.parse(site.ask(path).body)
        assert not read.bozo
        assert len(read.entries) == number
    answer = site.ask("/search.rss?q=rye")
    again = site.ask("/search.rss?q=rye", headers={"if-none-match": answer.headers["etag"]})
    assert again.status == 304
    assert site.ask("/search.rss").status == 404
    (named,) = site.ask("/search?q=rye").page.values("//link[@rel='alternate']/@href")
    assert named == "/search.rss?q=rye"
