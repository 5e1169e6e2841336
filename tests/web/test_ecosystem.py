"""What browsers, search engines, podcast programs and other sites find in the pages."""

from __future__ import annotations

import json
import struct
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from litestar import Litestar
from lxml import etree

from castabout.engine.castabout import Castabout
from castabout.engine.listed import LEAST_EPISODES, NAMES
from castabout.model.feed import Enclosure
from castabout.model.transcript import Chapter, Spoken, StoredSpoken
from castabout.render.jsonld import episode_data
from castabout.store import names
from castabout.store.names import Change, Counted
from castabout.web.app import create_app
from castabout.web.assets import ASSETS
from castabout.web.get import get
from castabout.web.pages.episode import render_episode
from castabout.web.pages.podcast import render_podcast
from castabout.web.reach import Reach
from tests.web import values
from tests.web.reading import Page, dangers, read

PUBLIC = "https://casts.example"
REACH = Reach(PUBLIC, is_public=True)
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def public(library: Castabout) -> Litestar:
    """The same application where everybody reaches it."""
    return create_app(library, public_url=PUBLIC)


def page(app: Litestar, path: str) -> Page:
    response = get(app, path)
    assert response.status == 200, path
    assert dangers(response.body.decode()) == []
    return read(response.body)


def linked_data(page: Page) -> dict[str, Any]:
    (script,) = page.all("//script[@type='application/ld+json']")
    found: dict[str, Any] = json.loads(script.text or "")
    return found


def episode(app: Litestar) -> str:
    return page(app, "/topics/either%2For").values("//h3/a[text()='Why rye?']/@href")[0]


def test_an_episode_as_linked_data(public: Litestar) -> None:
    path = episode(public)
    assert linked_data(page(public, path)) == {
        "@context": "https://schema.org",
        "@type": "PodcastEpisode",
        "name": "Why rye?",
        "url": PUBLIC + path,
        "identifier": path.removeprefix("/episodes/"),
        "description": "All about rye bread and 機械学習 in package.json, either/or. Guest: Zoë Dupont.",
        "inLanguage": "en",
        "datePublished": "2024-09-27T06:30:00+00:00",
        "timeRequired": "PT1H4M",
        "partOfSeries": {
            "@type": "PodcastSeries",
            "name": "Bread & Butter",
            "url": "https://bread.example/",
            "identifier": linked_data(page(public, path))["partOfSeries"]["identifier"],
            "inLanguage": "en",
            "author": {"name": "Ana Baker"},
        },
        "associatedMedia": {
            "@type": "AudioObject",
            "contentUrl": "https://media.example/rye.mp3?a=1&b=2",
            "encodingFormat": "audio/mpeg",
            "duration": "PT1H4M",
        },
        "contributor": [{"@type": "Person", "name": "Zoë Dupont"}],
    }


def test_seasons_chapters_and_videos() -> None:
    spoken = StoredSpoken(row=1, spoken=Spoken(None, (Chapter(61.5, "Flour", end=90.0),)), origin=None)
    line = replace(values.EPISODE, enclosure=Enclosure(url="https://media.example/a.mp4", type="video/mp4"))
    shown = replace(
        values.episode_page(line), season=3, number="2.5", spoken=spoken, feed="https://bread.example/feed"
    )
    data = episode_data(shown, "https://casts.example/episodes/1", "https://casts.example/podcasts/1")
    assert data["partOfSeason"] == {"@type": "PodcastSeason", "seasonNumber": 3}
    assert data["episodeNumber"] == "2.5"
    assert data["associatedMedia"] == {
        "@type": "VideoObject",
        "contentUrl": "https://media.example/a.mp4",
        "encodingFormat": "video/mp4",
        "duration": "PT1H4M",
    }
    assert data["hasPart"] == [
        {
            "@type": "Clip",
            "name": "Flour",
            "startOffset": 61,
            "endOffset": 90,
            "url": "https://casts.example/episodes/1?t=61",
        }
    ]
    series = data["partOfSeries"]
    assert isinstance(series, dict) and series["webFeed"] == "https://bread.example/feed"


def test_text_cannot_leave_the_data() -> None:
    shown = values.episode_page(replace(values.EPISODE, title="</script><script>hacked()</script>&'\u2028"))
    html = render_episode(shown, reach=REACH)
    assert dangers(html) == []
    assert linked_data(read(html))["name"] == "</script><script>hacked()</script>&'\u2028"


def test_what_is_private_is_no_data_for_anybody() -> None:
    shown = replace(values.podcast_page(), is_private=True, source=None)
    of_episode = replace(values.episode_page(), is_private=True)
    for html in (render_podcast(shown, reach=REACH), render_episode(of_episode, reach=REACH)):
        found = read(html)
        assert not found.all("//script[@type='application/ld+json']")
        assert not found.all("//link[@rel='canonical' or @rel='alternate']")
        assert found.values("//meta[@name='robots']/@content") == ["noindex"]


def test_the_page_of_a_podcast_leads_to_its_publisher() -> None:
    found = read(
        render_podcast(replace(values.podcast_page(), source="https://bread.example/feed"), reach=REACH)
    )
    assert found.values("//link[@rel='canonical']/@href") == ["https://bread.example/"]
    assert found.values("//link[@rel='alternate']/@href") == ["https://bread.example/feed"]
    assert found.values("//a[text()='Open in your podcast app']/@href") == ["pcast://bread.example/feed"]
    assert linked_data(found)["webFeed"] == "https://bread.example/feed"
    (share,) = found.values("//a[@data-share]/@href")
    assert share.startswith("mailto:?subject=Bread%20%26%20Butter&body=https%3A//casts.example/podcasts/")


def test_what_robots_may_list(public: Litestar, app: Litestar) -> None:
    for path in ("/topics/rye?sort=best", "/topics/rye%20language%3Aen", "/topics/nothingatall", "/compare"):
        assert page(public, path).values("//meta[@name='robots']/@content") == ["noindex"], path
    assert not page(public, "/topics/rye").all("//meta[@name='robots']")
    assert b"Sitemap: https://casts.example/sitemap.xml\n" in get(public, "/robots.txt").body
    assert b"Sitemap" not in get(app, "/robots.txt").body
    for path in ("/sitemap.xml", "/sitemaps/topics-0.xml"):
        assert get(app, path).status == 404


def test_sitemaps_have_the_topics_that_enough_is_known_of(library: Castabout, public: Litestar) -> None:
    before = names.last_row(library.store)
    with library.store.writing() as connection:
        names.count(
            connection,
            {
                Counted("topic", "few"): Change("few", LEAST_EPISODES - 1, 0),
                Counted("topic", "hidden"): Change("hidden", LEAST_EPISODES + 1, 2),
                Counted("person", "ada"): Change("Ada", 50, 0),
                Counted("topic", "a&b/c.json"): Change("a&b/c.json", LEAST_EPISODES, 0),
            },
        )
        # One of the next list, without 20,000 before it.
        columns = "(row, kind, key, name, episodes, private, is_stale)"
        one = f"INSERT INTO names {columns} VALUES (?, 'topic', 'x', 'x', 9, 0, 1)"
        connection.exec_driver_sql(one, (NAMES + 1,))
    try:
        assert before + 4 < NAMES
        lists = locations(public, "/sitemap.xml")
        assert lists == [f"{PUBLIC}/sitemaps/topics-{n}.xml" for n in (0, 1)]
        first, second = (locations(public, path.removeprefix(PUBLIC)) for path in lists)
        assert first[0] == f"{PUBLIC}/" and f"{PUBLIC}/topics/a%26b%2Fc%2Ejson" in first
        assert not any(word in address for address in first for word in ("few", "hidden", "Ada"))
        assert second == [f"{PUBLIC}/topics/x"]
        for wrong in ("topics-2.xml", "topics-.xml", "topics-0.xml.gz", "topics-99999999.xml", "x"):
            assert get(public, f"/sitemaps/{wrong}").status == 404, wrong
        assert read(get(public, "/topics/a%26b%2Fc%2Ejson").body).text("//h1") == "Podcasts about a&b/c.json"
    finally:
        with library.store.writing() as connection:
            connection.exec_driver_sql("DELETE FROM names WHERE row > ?", (before,))


def locations(app: Litestar, path: str) -> list[str]:
    root = etree.fromstring(get(app, path).body)
    return [found.text or "" for found in root.iter(f"{SITEMAP}loc")]


def test_the_search_box_of_a_browser(app: Litestar) -> None:
    (address,) = page(app, "/").values("//link[@rel='search']/@href")
    response = get(app, address)
    assert response.content_type == "application/opensearchdescription+xml"
    root = etree.fromstring(response.body)
    assert len(root.findtext(f"{OPENSEARCH}ShortName") or "") in range(1, 17)
    urls = {url.get("type"): url.get("template") or "" for url in root.iter(f"{OPENSEARCH}Url")}
    assert urls["text/html"] == "http://localhost/topics?q={searchTerms}"
    for kind, template in urls.items():
        path = template.removeprefix("http://localhost")
        for name, value in (("{searchTerms}", "rye%20bread"), ("{startIndex?}", "0"), ("{count?}", "5")):
            path = path.replace(name, value)
        answer = get(app, path)
        assert (answer.status, answer.content_type.partition(";")[0]) == (200, kind), path
    assert json.loads(get(app, "/opensearch/suggest?q=bread").body) == ["bread", ["Bread & Butter"]]
    assert json.loads(get(app, "/opensearch/suggest").body) == ["", []]
    feed = etree.fromstring(get(app, "/topics/rye.rss").body)
    assert feed.findtext(f".//{OPENSEARCH}totalResults") == "28"


def test_the_app(app: Litestar) -> None:
    (address,) = page(app, "/").values("//link[@rel='manifest']/@href")
    response = get(app, address)
    assert response.content_type == "application/manifest+json"
    manifest = json.loads(response.body)
    assert manifest["display"] == "standalone" and manifest["start_url"] == "/"
    for icon in manifest["icons"]:
        answer = get(app, icon["src"])
        assert (answer.status, answer.content_type) == (200, icon["type"])
        if icon["type"] == "image/png":
            width, height = struct.unpack(">II", answer.body[16:24])
            assert icon["sizes"] == f"{width}x{height}"
    home = page(app, "/")
    assert home.values("//meta[@name='theme-color']/@media") == [
        "(prefers-color-scheme: light)",
        "(prefers-color-scheme: dark)",
    ]
    (touch,) = home.values("//link[@rel='apple-touch-icon']/@href")
    assert struct.unpack(">II", ASSETS[touch.split("/")[2].partition("?")[0]].body[16:24]) == (180, 180)
    for colour in home.values("//meta[@name='theme-color']/@content"):
        assert f"--paper: {colour};".encode() in ASSETS["castabout.css"].body


@pytest.mark.parametrize("form", ["json", "xml"])
def test_another_page_shows_an_episode(public: Litestar, form: str) -> None:
    path = episode(public)
    (offered,) = page(public, path).values(f"//link[contains(@type, '{form}+oembed')]/@href")
    answer = get(public, offered.removeprefix(PUBLIC))
    said = (
        json.loads(answer.body)
        if form == "json"
        else {child.tag: child.text for child in etree.fromstring(answer.body)}
    )
    assert (said["version"], said["type"], said["title"]) == ("1.0", "rich", "Why rye?")
    assert (str(said["width"]), str(said["height"])) == ("600", "190")
    (frame,) = read(str(said["html"])).all("//iframe")
    assert (frame.get("src"), frame.get("title")) == (PUBLIC + path.replace("episodes", "embed"), "Why rye?")


def test_the_time_is_kept_and_the_size_bounded(public: Litestar) -> None:
    path = episode(public)
    for address in (f"{PUBLIC}{path}?t=1:02", f"{PUBLIC}{path}#t=1:02"):
        asked = f"/oembed?url={quote(address, safe='')}&maxwidth=300&maxheight=100"
        said = json.loads(get(public, asked).body)
        assert (said["width"], said["height"]) == (300, 100)
        (frame,) = read(said["html"]).values("//iframe/@src")
        player = get(public, frame.removeprefix(PUBLIC))
        assert dangers(player.body.decode()) == []
        assert read(player.body).values("//audio/@src") == ["https://media.example/rye.mp3?a=1&b=2#t=59"]
        assert "frame-ancestors *" in player.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in get(public, path).headers["content-security-policy"]


def test_pages_of_others_and_private_places_are_not_shown(public: Litestar, app: Litestar) -> None:
    path = episode(public)
    asked = f"/oembed?url={quote(PUBLIC + path, safe='')}"
    assert get(public, f"{asked}&format=yaml").status == 501
    ours = (PUBLIC + "/topics/rye", PUBLIC + "/episodes/none")
    for wrong in ("https://evil.example" + path, *ours, "http://[", path):
        assert get(public, f"/oembed?url={quote(wrong, safe='')}").status == 404, wrong
    assert get(public, "/oembed").status == 400
    # Nobody else can come here.
    assert get(app, asked).status == get(app, path.replace("episodes", "embed")).status == 404
    assert not page(app, path).all("//link[contains(@type, 'oembed')]")
