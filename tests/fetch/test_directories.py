"""Apple Podcasts and the Podcast Index, played by a server that answers as theirs are documented to."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from castabout.errors import SourceError, Unreachable
from castabout.fetch.apple import Apple
from castabout.fetch.http import HttpFetcher
from castabout.fetch.podcastindex import PodcastIndex
from castabout.model.directory import FoundFeed
from tests.fetch.servers import Machine, Site

KEY, SECRET = "UXKCGDSYGUUEVQJSYDZH", "yzJe2eE7XV-3eY576dyRZ6wXyAbndh6LUrCZ8KN|"
#: 2020-12-07 01:58:15 UTC
WHEN = datetime.fromtimestamp(1607306295, UTC)
RADIO = {
    "wrapperType": "track",
    "kind": "podcast",
    "collectionId": 152249110,
    "artistName": "A station",
    "collectionName": "Radio Show",
    "feedUrl": "https://radio.example/feed",
    "trackCount": 700,
    "primaryGenreName": "Science",
}


def answers(site: Site, path: str, value: object) -> None:
    site.says(path, body=json.dumps(value).encode(), content_type="text/javascript; charset=utf-8")


def indexed(fetcher: HttpFetcher, site: Site, *, key: str | None = KEY) -> PodcastIndex:
    return PodcastIndex(
        fetcher.fetch, address=f"{site.url}/api/1.0/", key=key, secret=SECRET, clock=lambda: WHEN
    )


def test_apple_is_searched_by_name(fetcher: HttpFetcher, site: Site) -> None:
    only_for_subscribers = {**RADIO, "feedUrl": None}
    answers(site, "/search", {"resultCount": 2, "results": [only_for_subscribers, RADIO]})
    assert Apple(fetcher.fetch, address=site.url).search("radio & show") == (
        FoundFeed(
            url="https://radio.example/feed",
            title="Radio Show",
            author="A station",
            episodes=700,
            told_by="Apple Podcasts",
        ),
    )
    (request,) = site.requests
    assert dict(request.query) == {"media": "podcast", "term": "radio & show", "limit": "10"}


def test_apple_is_asked_for_a_number(fetcher: HttpFetcher, site: Site) -> None:
    answers(site, "/lookup", {"resultCount": 1, "results": [RADIO]})
    apple = Apple(fetcher.fetch, address=f"{site.url}/")
    assert apple.show(152249110, "gb").url == "https://radio.example/feed"
    (request,) = site.requests
    assert dict(request.query) == {"id": "152249110", "entity": "podcast", "country": "gb"}
    answers(site, "/lookup", {"resultCount": 0, "results": []})
    with pytest.raises(SourceError, match=r"^id7: Apple Podcasts knows no such show$"):
        apple.show(7)
    answers(site, "/lookup", {"resultCount": 1, "results": [{**RADIO, "feedUrl": ""}]})
    with pytest.raises(SourceError, match="Radio Show: Apple Podcasts does not tell the address"):
        apple.show(7)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"results": 3}', b'{"results": [{"feedUrl": 3}]}'])
def test_an_answer_that_is_none(fetcher: HttpFetcher, site: Site, body: bytes) -> None:
    site.says("/search", body=body)
    with pytest.raises(Unreachable, match=r"^Apple Podcasts: its answer is not what it is documented to be$"):
        Apple(fetcher.fetch, address=site.url).search("radio")


def test_a_directory_that_fails_is_named(fetcher: HttpFetcher, site: Site) -> None:
    site.says("/search", status=403)
    with pytest.raises(Unreachable, match=r"^Apple Podcasts: answered 403"):
        Apple(fetcher.fetch, address=site.url).search("radio")


def test_the_podcast_index_is_asked_with_a_signed_request(fetcher: HttpFetcher, site: Site) -> None:
    feed = {"id": 75075, "url": "https://radio.example/feed", "title": "Radio", "author": "", "dead": 0}
    gone = {**feed, "url": "https://gone.example/feed", "dead": 1}
    answers(site, "/api/1.0/search/byterm", {"status": "true", "feeds": [gone, feed], "count": 2})
    (found,) = indexed(fetcher, site).search("radio lab")
    assert (found.url, found.title, found.told_by) == (
        "https://radio.example/feed",
        "Radio",
        "the Podcast Index",
    )
    (request,) = site.requests
    assert dict(request.query) == {"q": "radio lab", "max": "10"}
    assert request.headers["X-Auth-Key"] == KEY
    assert request.headers["X-Auth-Date"] == "1607306295"
    # printf %s "$KEY$SECRET$DATE" | sha1sum
    assert request.headers["Authorization"] == "7c7fb83f3ed85c6421ad8a7dc3a4f98c82848e20"
    assert request.headers["User-Agent"].startswith("castabout/")


def test_a_show_of_the_podcast_index(fetcher: HttpFetcher, site: Site) -> None:
    path = "/api/1.0/podcasts/byfeedid"
    answers(site, path, {"status": "true", "feed": {"url": "https://radio.example/feed", "episodeCount": 7}})
    assert indexed(fetcher, site).show(75075).episodes == 7
    answers(site, path, {"status": "true", "feed": []})
    with pytest.raises(SourceError, match=r"^podcast 1: the Podcast Index knows no such show$"):
        indexed(fetcher, site).show(1)


def test_without_a_key_nothing_is_asked(fetcher: HttpFetcher, site: Site) -> None:
    assert indexed(fetcher, site, key=None).search("radio") == ()
    with pytest.raises(SourceError, match="CASTABOUT_PODCASTINDEX_KEY"):
        indexed(fetcher, site, key=None).show(75075)
    assert site.requests == []


def test_the_key_stays_with_the_host_it_is_for(fetcher: HttpFetcher, site: Site, machine: Machine) -> None:
    other = machine.site()
    answers(other, "/else", {"feeds": []})
    site.says("/api/1.0/search/byterm", status=302, Location=f"{other.url}/else")
    assert indexed(fetcher, site).search("radio") == ()
    (request,) = other.requests
    assert not {"X-Auth-Key", "X-Auth-Date", "Authorization"} & set(request.headers)
