"""Private podcasts: which they are, and that nobody else sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest

from castabout.engine.castabout import Castabout
from castabout.engine.decide import decide
from castabout.engine.export import feed_lines
from castabout.engine.indexing import catch_up
from castabout.engine.library import home_page, podcast_page
from castabout.engine.search import find_podcasts, search_page
from castabout.engine.topic import topic_page
from castabout.errors import NotInLibrary
from castabout.model.feed import ParsedFeed, Podcast
from castabout.model.podcasting20 import Block
from castabout.parse.feed import parse_feed
from castabout.store import podcasts
from castabout.store.apply import apply
from castabout.web.app import create_app
from castabout.web.get import get
from tests.support import NOW, open_at

FEED = """<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>
<title>%s</title>%s<item><title>About rye</title><guid>1</guid>
<pubDate>Fri, 27 Sep 2024 06:30:00 +0000</pubDate></item></channel></rss>"""
IDS = {name: str(uuid5(NAMESPACE_URL, name)) for name in ("Open", "Paid", "Blocked")}
OPEN = "https://open.example/feed"
SECRET = "https://paid.example/feed?token=s3cr3t"
BLOCKED = "https://blocked.example/feed"


@pytest.fixture
def castabout(tmp_path: Path) -> Iterator[Castabout]:
    castabout = open_at(tmp_path)
    for title, source, more in (
        ("Open", OPEN, ""),
        ("Paid", SECRET, ""),
        ("Blocked", BLOCKED, "<itunes:block>Yes</itunes:block>"),
    ):
        parsed = parse_feed((FEED % (title, more)).encode())
        apply(castabout.store, decide(None, parsed, id=IDS[title], source=source, now=NOW))
    catch_up(castabout, progress=lambda _: None)
    yield castabout
    castabout.close()


def decided(podcast: Podcast, source: str = OPEN, *, needs_password: bool = False) -> bool:
    parsed = ParsedFeed(podcast=podcast)
    return decide(None, parsed, id=IDS["Open"], source=source, now=NOW, needs_password=needs_password).private


def test_what_is_private() -> None:
    assert not decided(Podcast())
    assert decided(Podcast(), SECRET)
    assert decided(Podcast(self_url=SECRET))
    assert decided(Podcast(), needs_password=True)
    assert decided(Podcast(is_blocked=True))
    assert decided(Podcast(blocks=(Block(blocked=True),)))
    assert not decided(Podcast(blocks=(Block(blocked=True), Block(blocked=False, service="castabout"))))
    assert not decided(Podcast(blocks=(Block(blocked=True, service="elsewhere"),)))


def test_it_may_change(castabout: Castabout) -> None:
    known = podcasts.known(castabout.store, IDS["Open"])
    parsed = parse_feed((FEED % ("Open", "")).encode())
    assert decide(known, parsed, id=IDS["Open"], source=OPEN, now=NOW).is_empty
    change = decide(known, parsed, id=IDS["Open"], source=OPEN, now=NOW, needs_password=True)
    assert change.podcast_changed
    apply(castabout.store, change)
    stored = podcasts.by_id(castabout.store, IDS["Open"])
    assert stored is not None
    assert stored.is_private


def test_the_owner_sees_them(castabout: Castabout) -> None:
    assert topic_page(castabout, "rye").podcasts == 3
    assert podcast_page(castabout, IDS["Blocked"]).is_private
    page = podcast_page(castabout, IDS["Paid"])
    assert page.is_private
    assert page.source is None


def test_others_see_nothing_of_them(castabout: Castabout) -> None:
    public = replace(castabout, shows_private=False)
    topic = topic_page(public, "rye")
    assert (topic.podcasts, topic.episodes) == (1, 1)
    assert [best.podcast.id for best in topic.best_podcasts] == [IDS["Open"]]
    assert search_page(public, "rye").episodes == 1
    assert [find_podcasts(castabout, title).podcasts for title in IDS] == [1, 1, 1]
    assert [find_podcasts(public, title).podcasts for title in IDS] == [1, 0, 0]
    assert [line.podcast.id for line in home_page(public).newest] == [IDS["Open"]]
    assert [(page.podcasts, page.episodes) for page in map(home_page, (public, castabout))] == [
        (1, 1),
        (3, 3),
    ]
    hidden = [line.id for line in home_page(castabout).newest if line.podcast.id != IDS["Open"]]
    assert len(hidden) == 2
    app = create_app(public)
    paths = [f"/podcasts/{IDS['Paid']}", f"/podcasts/{IDS['Blocked']}", *(f"/episodes/{id}" for id in hidden)]
    assert [get(app, path).status for path in paths] == [404] * 4
    for path in (
        "/",
        "/topics/rye",
        "/topics/rye.json",
        "/search?q=rye",
        "/api/v1/search?q=rye",
        "/podcasts.opml",
    ):
        answer = get(app, path)
        assert answer.status == 200
        body = answer.body.decode()
        assert "Open" in body
        for word in ("Paid", "Blocked", "s3cr3t"):
            assert word not in body, path
    with pytest.raises(NotInLibrary):
        podcast_page(public, IDS["Paid"])


def test_no_page_names_a_secret_address(castabout: Castabout) -> None:
    answer = get(create_app(castabout), f"/podcasts/{IDS['Paid']}")
    body = answer.body.decode()
    assert "s3cr3t" not in body
    assert ">private<" in body
    assert 'content="noindex"' in body


def test_they_are_exported_only_when_asked_for(castabout: Castabout) -> None:
    left_out: list[str] = []
    lines = feed_lines(castabout, left_out=lambda stored: left_out.append(stored.id))
    assert [line.url for line in lines] == [OPEN]
    assert left_out == [IDS["Paid"], IDS["Blocked"]]
    assert [line.url for line in feed_lines(castabout, private=True)] == [OPEN, SECRET, BLOCKED]


def test_addresses_in_a_feed_are_shown_without_what_is_secret_in_them(castabout: Castabout) -> None:
    more = (
        "<link>https://ann:pw@open.example/</link>"
        '<itunes:image href="https://ann:pw@open.example/cover.png?w=300"/>'
    )
    parsed = parse_feed((FEED % ("Open", more)).encode())
    known = podcasts.known(castabout.store, IDS["Open"])
    apply(castabout.store, decide(known, parsed, id=IDS["Open"], source=OPEN, now=NOW))
    line = podcast_page(castabout, IDS["Open"]).podcast
    assert (line.link, line.image) == (None, "https://open.example/cover.png?w=300")
