"""Lists over real HTTP: from a button to what a podcast program reads, and who may do what."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import feedparser
import podcastparser
import pytest
from lxml import etree
from sqlalchemy import delete

from castabout.engine.castabout import Castabout
from castabout.engine.indexing import catch_up
from castabout.engine.update import add
from castabout.parse.feed import parse_feed
from castabout.store.database import open_store
from castabout.store.schema import list_items, lists
from castabout.web.urls import topic_feed_path
from tests.support import open_at
from tests.web.asking import Site
from tests.web.reading import dangers
from tests.web.serving import served

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "]]></title></item><item> & \u202e<script>hacked()</script> “rye” <!-- <?x"

#: Two shows that both call an episode “1”; the second one is private.
FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
  xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>{title}</title><language>en</language>{more}
<atom:link rel="self" href="https://{host}/feed.xml"/>
<podcast:person role="host">Ana Baker</podcast:person>
<itunes:image href="https://{host}/cover.jpg"/>
{items}
</channel></rss>"""
ITEMS = """
<item><title>Rye, one</title><guid isPermaLink="false">1</guid><link>https://bread.example/1</link>
  <pubDate>Fri, 27 Sep 2024 08:30:00 +0200</pubDate><itunes:duration>1:04:00</itunes:duration>
  <itunes:episode>7</itunes:episode><itunes:season>2</itunes:season>
  <enclosure url="https://media.example/1.mp3?a=1&amp;b=2" type="audio/mpeg" length="123"/>
  <podcast:transcript url="https://bread.example/1.vtt" type="text/vtt" language="en" rel="captions"/>
  <podcast:chapters url="https://bread.example/1.json" type="application/json+chapters"/>
  <podcast:soundbite startTime="60" duration="30.5">The loaf</podcast:soundbite>
  <description>&lt;p&gt;All about &lt;b&gt;rye&lt;/b&gt;.&lt;/p&gt;</description></item>
<item><title>{hostile}</title><guid isPermaLink="false">2</guid>
  <pubDate>Sat, 28 Sep 2024 06:30:00 +0000</pubDate>
  <enclosure url="https://media.example/2" type="" length="x"/></item>
<item><title>Rye without a recording</title><guid isPermaLink="false">3</guid></item>
"""
SECRET = """
<item><title>Secret rye</title><guid isPermaLink="false">1</guid>
  <pubDate>Sun, 29 Sep 2024 06:30:00 +0000</pubDate>
  <enclosure url="https://media.example/secret.mp3" type="audio/mpeg" length="5"/></item>
"""


@pytest.fixture(scope="module")
def served_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A library with four episodes about rye, and where it is served."""
    folder = tmp_path_factory.mktemp("feeds")
    home = tmp_path_factory.mktemp("later")
    items = ITEMS.format(hostile=escape(HOSTILE))
    bread = FEED.format(title="Bread &amp; Butter", host="bread.example", more="", items=items)
    (folder / "bread.xml").write_text(bread)
    private = "<itunes:block>Yes</itunes:block>"
    secret = FEED.format(title="Secrets", host="secret.example", more=private, items=SECRET)
    (folder / "secret.xml").write_text(secret)
    castabout = open_at(home)
    fill_from(castabout, folder)
    castabout.close()
    with served(home) as address:
        yield home, address.rstrip("/")


@pytest.fixture
def site(served_home: tuple[Path, str]) -> Site:
    """The server, without any list yet."""
    home, address = served_home
    store = open_store(home / "library.db")
    with store.writing() as connection:
        connection.execute(delete(list_items))
        connection.execute(delete(lists))
    store.close()
    return Site(address)


def fill_from(castabout: Castabout, folder: Path) -> None:
    results = list(add(castabout, [str(folder)], found=lambda _: None))
    assert [result.error for result in results] == [None, None]
    catch_up(castabout, progress=lambda _: None)


def ids(site: Site) -> dict[str, str]:
    """The ids of the episodes about rye, by title."""
    found = site.ask("/search?q=rye").page
    return {
        button.xpath("string(ancestor::li//h3)"): str(button.get("value"))
        for button in found.all("//button[@form='later']")
    }


def address_of_feed(site: Site, page: str = "/later") -> str:
    address = site.ask(page).page.values("//input[@id='address']/@value")[0]
    assert address.startswith(site.address + "/later.rss?key=")
    return address.removeprefix(site.address)


def titles(site: Site, page: str = "/later") -> list[str]:
    return [h2.text_content() for h2 in site.ask(page).page.all("//ol[contains(@class, 'kept')]//h2")]


def test_from_a_press_to_a_podcast_program(site: Site) -> None:
    named = ids(site)
    assert len(named) == 4
    empty = site.ask("/later")
    assert "Nothing to listen to here yet" in empty.page.text()
    assert empty.page.all("//input[@id='address']") == []

    pressed = site.press("add", named["Rye, one"], headers={"referer": f"{site.address}/topics/rye?x=1"})
    assert (pressed.status, pressed.headers["location"]) == (303, f"/topics/rye?x=1#e-{named['Rye, one']}")
    for title in ("Secret rye", HOSTILE, "Rye without a recording"):
        assert site.press("add", named[title]).headers["location"].startswith("/later#e-")
    shown = site.ask("/topics/rye").page
    assert set(shown.values("//button[@form='later']/@aria-pressed")) == {"true"}
    assert dangers(site.ask("/later").body.decode()) == []

    answer = site.ask(address_of_feed(site))
    assert answer.headers["content-type"] == "application/rss+xml; charset=utf-8"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert "private" in answer.headers["cache-control"]
    read = feedparser.parse(answer.body)
    assert not read.bozo
    assert read.feed.title == "Listen Later"
    assert read.feed.itunes_block == 1
    assert read.feed.image.href.startswith(f"{site.address}/static/cover.png")
    # The reader of another podcast program, and our own, find the same.
    other = podcastparser.parse(site.address, BytesIO(answer.body))
    assert {episode["guid"] for episode in other["episodes"]} == {entry.id for entry in read.entries}
    ours = parse_feed(answer.body)
    assert ours.problems == ()
    assert ours.podcast.is_blocked is True
    assert [episode.key for episode in ours.episodes] == [entry.id for entry in read.entries]
    # As they were put in; without a recording there is nothing to play.
    assert [entry.title for entry in read.entries] == [
        "Rye, one",
        "Secret rye",
        HOSTILE,
    ]
    first = read.entries[0]
    assert first.link == "https://bread.example/1"
    assert first.published == "Fri, 27 Sep 2024 08:30:00 +0200"
    assert dict(first.enclosures[0]) == {
        "href": "https://media.example/1.mp3?a=1&b=2",
        "type": "audio/mpeg",
        "length": "123",
    }
    assert first.itunes_duration == "3840"
    assert (first.itunes_season, first.itunes_episode) == ("2", "7")
    assert first.source.title == "Bread & Butter"
    assert first.source.href == "https://bread.example/feed.xml"
    assert "<b>rye</b>" in first.summary
    # Where a private feed is does not stand in it.
    assert "source" not in read.entries[1]
    assert b"secret.example/feed.xml" not in answer.body
    # Both shows call it “1”.
    guids = [entry.id for entry in read.entries]
    assert [guid.partition(":")[2] for guid in guids] == ["1", "1", "2"]
    assert len(set(guids)) == 3


def test_what_the_publisher_said_passes_through(site: Site) -> None:
    named = ids(site)
    site.press("add", named["Rye, one"])
    channel = etree.fromstring(site.ask(address_of_feed(site)).body)[0]
    item = one(channel, "item")
    assert attributes(one(item, f"{PODCAST}transcript")) == {
        "url": "https://bread.example/1.vtt",
        "type": "text/vtt",
        "language": "en",
        "rel": "captions",
    }
    assert attributes(one(item, f"{PODCAST}chapters")) == {
        "url": "https://bread.example/1.json",
        "type": "application/json+chapters",
    }
    bite = one(item, f"{PODCAST}soundbite")
    assert (bite.text, attributes(bite)) == ("The loaf", {"startTime": "60.000", "duration": "30.500"})
    assert item.findtext(f"{PODCAST}person") == "Ana Baker"
    assert one(item, f"{ITUNES}image").get("href") == "https://bread.example/cover.jpg"


def test_a_list_as_references(site: Site) -> None:
    named = ids(site)
    for title in ("Rye, one", "Secret rye"):
        site.press("add", named[title])
    path = f"{address_of_feed(site)}&as=list"
    channel = etree.fromstring(site.ask(path).body)[0]
    assert channel.findall("item") == []
    assert channel.findtext(f"{PODCAST}medium") == "podcastL"
    first, second = (attributes(item) for item in channel.findall(f"{PODCAST}remoteItem"))
    assert (first["feedUrl"], first["itemGuid"], first["title"]) == (
        "https://bread.example/feed.xml",
        "1",
        "Rye, one",
    )
    assert second.keys() == {"feedGuid", "itemGuid", "title"}


def test_a_feed_has_what_its_specifications_require(site: Site) -> None:
    """The required tags of RSS 2.0 and of Apple, each once."""
    for id in ids(site).values():
        site.press("add", id)
    for path in (address_of_feed(site), "/topics/rye.rss", "/topics/nothingatall.rss"):
        channel = etree.fromstring(site.ask(path).body)[0]
        for name in ("title", "link", "description", "language"):
            assert one(channel, name).text
        assert one(channel, f"{ITUNES}category").get("text")
        assert str(one(channel, f"{ITUNES}image").get("href")).startswith(site.address)
        assert one(channel, f"{ITUNES}explicit").text == "false"
        assert one(channel, f"{ITUNES}block").text == "Yes"
        assert one(channel, f"{PODCAST}block").text == "yes"
        assert one(channel, f"{ATOM}link[@rel='self']").get("href") == site.address + path
        for item in channel.findall("item"):
            assert one(item, "title").text
            assert one(item, "guid").get("isPermaLink") == "false"
            enclosure = one(item, "enclosure")
            assert str(enclosure.get("url")).startswith("https://") and enclosure.get("type")
            assert str(enclosure.get("length")).isdigit()


def attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.items()}


def one(parent: etree._Element, path: str) -> etree._Element:
    (found,) = parent.findall(path)
    return found


def test_asked_again_it_is_not_sent_again(site: Site) -> None:
    named = ids(site)
    site.press("add", named["Rye, one"])
    for path in (address_of_feed(site), "/topics/rye.rss"):
        first = site.ask(path)
        tag = first.headers["etag"]
        for known in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
            again = site.ask(path, headers={"if-none-match": known})
            assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
        assert site.ask(path, headers={"if-none-match": '"other"'}).status == 200
        head = site.ask(path, "HEAD")
        assert (head.status, head.body, head.headers["etag"]) == (200, b"", tag)
        assert head.headers["content-length"] == first.headers["content-length"]
    feed = address_of_feed(site)
    tag = site.ask(feed).headers["etag"]
    site.press("add", named["Secret rye"])
    changed = site.ask(feed, headers={"if-none-match": tag})
    assert changed.status == 200 and changed.headers["etag"] != tag


def test_a_new_address_closes_the_old_one(site: Site) -> None:
    site.press("add", ids(site)["Rye, one"])
    old = address_of_feed(site)
    assert len(old.removeprefix("/later.rss?key=")) >= 40
    answer = site.ask("/later/lists/address", form={})
    assert (answer.status, answer.headers["location"]) == (303, "/later")
    new = address_of_feed(site)
    assert new != old
    assert (site.ask(old).status, site.ask(new).status) == (410, 200)


def test_the_order_by_hand(site: Site) -> None:
    named = ids(site)
    one, two, three = "Rye, one", "Secret rye", "Rye without a recording"
    for title in (one, two, three):
        site.press("add", named[title])
    assert titles(site) == [one, two, three]
    site.press("up", named[three])
    assert titles(site) == [one, three, two]
    site.press("down", named[one])
    assert titles(site) == [three, one, two]
    site.press("move?place=1", named[two])
    assert titles(site) == [two, three, one]
    site.press("move?place=99", named[two])
    assert titles(site) == [three, one, two]
    for _ in range(5):
        site.press("up", named[one])
    assert titles(site) == [one, three, two]
    # Once more is no second time.
    site.press("add", named[one])
    assert titles(site) == [one, three, two]

    feed = address_of_feed(site)
    assert [e.title for e in feedparser.parse(site.ask(feed).body).entries] == [one, two]
    newest = feedparser.parse(site.ask(f"{feed}&order=newest").body)
    assert [e.title for e in newest.entries] == [two, one]
    dated = feedparser.parse(site.ask(f"{feed}&order=dated").body).entries
    assert dated[0].published_parsed > dated[1].published_parsed


def test_removed_and_put_away_and_undone(site: Site) -> None:
    named = ids(site)
    one, two = "Rye, one", "Secret rye"
    for title in (one, two):
        site.press("add", named[title])
    feed = address_of_feed(site)
    for action, words in (("remove", "Removed"), ("archive", "Put into the archive")):
        gone = site.press(action, named[one], headers={"referer": f"{site.address}/later"})
        after = site.ask(gone.headers["location"].partition("#")[0])
        assert titles(site) == [two]
        assert [e.title for e in feedparser.parse(site.ask(feed).body).entries] == [two]
        note = after.page.all("//p[@class='note']")[0]
        assert note.text_content().startswith(f"{words}: {one}.")
        undo = note.xpath(".//button/@formaction")[0]
        if action == "archive":
            assert titles(site, "/later?archive=yes") == [one]
        site.ask(
            str(undo),
            form={"episode": named[one]},
            headers={"referer": f"{site.address}{gone.headers['location']}"},
        )
        assert titles(site) == [one, two]
    assert titles(site, "/later?archive=yes") == []


def test_lists_by_name(site: Site) -> None:
    named = ids(site)
    hostile = "</title><script>hacked()</script>"
    made = site.ask("/later/lists/make", form={"name": f"  {hostile} "})
    page = made.headers["location"]
    assert dangers(site.ask(page).body.decode()) == []
    episode = site.ask(f"/episodes/{named['Rye, one']}").page
    buttons = episode.all("//p[@class='lists']/button")
    assert [button.text_content() for button in buttons] == ["Listen later", hostile]
    site.ask(str(buttons[1].get("formaction")), form={"episode": named["Rye, one"]})
    assert titles(site, page) == ["Rye, one"]
    assert titles(site) == []
    feed = address_of_feed(site, page)
    assert feedparser.parse(site.ask(feed).body).feed.title_detail.value == hostile
    renamed = site.ask(f"/later/lists/rename?{page.partition('?')[2]}", form={"name": "Work"})
    assert renamed.headers["location"] == "/later?list=Work"
    assert site.ask("/later/lists/make", form={"name": "work"}).headers["location"] == "/later?list=Work"
    assert site.ask("/later/lists/rename?list=Work", form={"name": "listen later"}).status == 409
    assert site.ask("/later/lists/make", form={"name": " "}).status == 409
    assert site.ask("/later/lists/make", form={"name": "x" * 101}).status == 409
    assert site.ask("/later/lists/remove", form={}).status == 409
    assert site.ask("/later/lists/remove?list=Work", form={}).headers["location"] == "/later"
    assert site.ask("/later?list=Work").status == 404
    assert site.ask(feed).status == 410


def test_what_cannot_be_done_is_said(site: Site) -> None:
    one = ids(site)["Rye, one"]
    assert site.press("add", "nothing").status == 404
    assert site.press("add?list=Nobody", one).status == 404
    assert site.press("remove", one).status == 404
    assert site.press("burn", one).status == 400
    assert site.ask("/later/add", form={}).status == 400
    assert titles(site) == []


def test_a_script_is_answered_in_json(site: Site) -> None:
    one = ids(site)["Rye, one"]
    answer = site.press("add", one, headers={"accept": "application/json"})
    assert answer.status == 200
    assert answer.values == {"list": "Listen Later", "episode": one, "place": 1, "episodes": 1}


def test_forms_of_other_sites_change_nothing(site: Site) -> None:
    one = ids(site)["Rye, one"]
    forged = (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:1"},
        {"origin": "file://"},
    )
    for headers in forged:
        assert site.press("add", one, headers=headers).status == 403
        assert site.ask("/later/lists/make", form={"name": "x"}, headers=headers).status == 403
    assert titles(site) == []
    assert site.press("add", one, {"sec-fetch-site": "same-origin", "origin": site.address}).status == 303
    # A page of somebody else is none to go back to.
    back = site.press("add", one, headers={"referer": "https://evil.example/x"}).headers["location"]
    assert back == f"/later#e-{one}"


def test_who_is_not_at_the_machine_reads_and_has_no_lists(site: Site) -> None:
    one = ids(site)["Rye, one"]
    site.press("add", one)
    feed = address_of_feed(site)
    others = (
        # A name of somebody else that leads here (DNS rebinding), and proxies.
        {"host": "evil.example"},
        {"x-forwarded-for": "203.0.113.7"},
        {"forwarded": "for=203.0.113.7"},
        {"via": "1.1 proxy"},
    )
    for headers in others:
        topic = site.ask("/topics/rye", headers=headers)
        assert topic.status == 200
        assert topic.page.all("//button[@form='later']") == []
        assert site.ask("/later", headers=headers).status == 403
        assert site.press("remove", one, headers=headers).status == 403
        assert site.ask("/later/lists/address", form={}, headers=headers).status == 403
        # Its address is all that a podcast program elsewhere has.
        assert site.ask(feed, headers=headers).status == 200
    assert titles(site) == ["Rye, one"]


def test_a_topic_is_a_feed_without_private_podcasts(site: Site) -> None:
    page = site.ask("/topics/rye").page
    (alternate,) = page.values("//link[@rel='alternate']/@href")
    assert alternate == "/topics/rye.rss"
    read = feedparser.parse(site.ask(alternate).body)
    assert not read.bozo
    assert read.feed.title == "Podcasts about rye"
    assert read.feed.link == f"{site.address}/topics/rye"
    assert [entry.title for entry in read.entries] == [HOSTILE, "Rye, one"]
    assert [entry.enclosures[0].type for entry in read.entries] == ["audio/mpeg"] * 2


@pytest.mark.parametrize("topic", ["package.json", "x.rss", "a/b", ".", "..", "<b>&amp;]]>", "機械学習"])
def test_a_topic_of_any_kind_has_a_feed(site: Site, topic: str) -> None:
    answer = site.ask(topic_feed_path(topic))
    read = feedparser.parse(answer.body)
    assert (answer.status, read.bozo) == (200, False)
    assert etree.fromstring(answer.body).findtext("channel/title") == f"Podcasts about {topic}"
