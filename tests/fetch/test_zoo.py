"""All of the zoo in one crawl: each oddity has its outcome, and none of them keeps the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from castabout.errors import AddressRefused, BrokeOff, Gone, SourceError, TooLarge, Unreachable
from castabout.fetch import Credentials, Fetched, NotModified, Outcome, Request
from castabout.fetch.guard import AllowList
from castabout.fetch.http import HttpFetcher
from tests.zoo import ETAGS, MODIFIED, Zoo, made_feed


@pytest.fixture
def zoo(tmp_path: Path) -> Iterator[Zoo]:
    (tmp_path / "real.xml").write_bytes(b"<rss/>")
    with Zoo(tmp_path) as made:
        yield made


@pytest.fixture
def fetcher() -> Iterator[HttpFetcher]:
    made = HttpFetcher(limit_bytes=1_000_000, timeout_s=1, read_s=0.4, allow=AllowList.parse(["127.0.0.0/8"]))
    yield made
    made.close()


def crawl(fetcher: HttpFetcher, *requests: Request) -> list[Outcome]:
    """The outcomes in the order of ``requests``."""
    outcomes = dict(fetcher.fetch_each(requests, workers=50, spacing_s=0))
    return [outcomes[request] for request in requests]


def again(outcome: Outcome, url: str) -> Request:
    assert isinstance(outcome, Fetched | NotModified)
    return Request(url, outcome.etag, outcome.last_modified)


FAILURES: dict[str, tuple[type[SourceError], str, int | None, float | None]] = {
    "/status/401": (
        Unreachable,
        "answered 401 (unauthorized): a user name and password are needed, or these are wrong",
        401,
        None,
    ),
    "/status/403": (
        Unreachable,
        "answered 403 (forbidden): the host does not let castabout read it",
        403,
        None,
    ),
    "/status/404": (Unreachable, "answered 404 (not found)", 404, None),
    "/status/410": (Gone, "answered 410 (gone): it was taken away for good", None, None),
    "/status/500": (Unreachable, "answered 500 (internal server error)", 500, None),
    "/status/502": (Unreachable, "answered 502 (bad gateway)", 502, None),
    "/login": (
        Unreachable,
        "answered 401 (unauthorized): a user name and password are needed, or these are wrong",
        401,
        None,
    ),
    "/cloudflare": (
        Unreachable,
        "answered 403 (forbidden): Cloudflare, which guards this host, takes castabout for an unwanted robot",
        403,
        None,
    ),
    "/retry-after/120": (
        Unreachable,
        "answered 429 (too many requests): the host was asked too often; try again later",
        429,
        120,
    ),
    "/retry-after/date": (
        Unreachable,
        "answered 429 (too many requests): the host was asked too often; try again later",
        429,
        3600,
    ),
    "/retry-after/garbage": (
        Unreachable,
        "answered 429 (too many requests): the host was asked too often; try again later",
        429,
        None,
    ),
    "/unavailable": (Unreachable, "answered 503 (service unavailable)", 503, 3600),
    "/loop": (Unreachable, "more than 5 redirects", 302, None),
    "/chain/6": (Unreachable, "more than 5 redirects", 301, None),
    "/to/file": (Unreachable, "redirects to file:, which is not followed", 302, None),
    "/to/gopher": (Unreachable, "redirects to gopher:, which is not followed", 302, None),
    "/to/metadata": (
        AddressRefused,
        "169.254.169.254 is not a public address (redirected to http://169.254.169.254)",
        None,
        None,
    ),
    "/to/private": (
        AddressRefused,
        "10.0.0.1 is not a public address (redirected to http://10.0.0.1)",
        None,
        None,
    ),
    "/slow/silent": (Unreachable, "sent nothing for 0.4 s", None, None),
    "/slow/headers": (Unreachable, "timed out after 1 s", None, None),
    "/slow/body": (Unreachable, "timed out after 1 s", None, None),
    "/slow/endless": (TooLarge, "larger than the limit of 1 MB", None, None),
    "/bomb": (TooLarge, "larger than the limit of 1 MB", None, None),
    "/broken/short": (BrokeOff, "its answer broke off or is damaged", None, None),
    "/broken/packed": (Unreachable, "its answer broke off or is damaged", None, None),
    "/broken/closed": (Unreachable, "closed the connection without an answer", None, None),
    "/broken/ssh": (Unreachable, "its answer is not HTTP", None, None),
}
FEEDS = (
    "/made/1 /no-validators /modified /cache/3600 /expires /packed /wrong-type /new-guids /shrinks /grows "
    "/new-feed-url /moved/301 /moved/302 /moved/307 /moved/308 /chain/5"
).split()


def test_each_failure_has_its_reason_and_each_feed_its_bytes(zoo: Zoo, fetcher: HttpFetcher) -> None:
    paths = [*FAILURES, *FEEDS]
    requests = [Request(zoo.url(path, host=number)) for number, path in enumerate(paths, 1)]
    outcomes = dict(zip(paths, crawl(fetcher, *requests), strict=True))
    for path, (kind, cause, status, retry_after_s) in FAILURES.items():
        error = outcomes[path]
        assert isinstance(error, SourceError)
        assert (path, type(error), error.cause) == (path, kind, cause)
        if isinstance(error, Unreachable):
            assert (error.status, error.retry_after_s) == (status, retry_after_s)
    for path in FEEDS:
        fetched = outcomes[path]
        assert isinstance(fetched, Fetched), path
        assert fetched.data.startswith(b"<rss"), path


def test_the_second_time_nothing_is_sent_that_has_not_changed(zoo: Zoo, fetcher: HttpFetcher) -> None:
    urls = [
        zoo.url(path)
        for path in ("/feeds/real.xml", "/made/1", "/modified", "/cache/60", "/expires", "/packed")
    ]
    first = crawl(fetcher, *map(Request, urls))
    second = crawl(fetcher, *map(again, first, urls))
    third = crawl(fetcher, *map(again, second, urls))
    assert all(isinstance(outcome, NotModified) for outcome in second + third)
    assert set(zoo.bodies.values()) == {1}
    assert set(zoo.requests.values()) == {3}
    assert [outcome.keep_s for outcome in second if isinstance(outcome, NotModified)] == [None] * 3 + [
        60,
        3600,
        None,
    ]


@pytest.mark.parametrize("kind", ETAGS)
def test_validators_go_back_as_they_came(kind: str, zoo: Zoo, fetcher: HttpFetcher) -> None:
    url = zoo.url(f"/etag/{kind}")
    [first] = crawl(fetcher, Request(url))
    assert isinstance(first, Fetched)
    assert first.etag == ETAGS[kind]
    assert first.last_modified is None
    assert crawl(fetcher, again(first, url)) == [NotModified(url, url, etag=ETAGS[kind])]


def test_a_date_is_never_made_up(zoo: Zoo, fetcher: HttpFetcher) -> None:
    [first, dated] = crawl(fetcher, Request(zoo.url("/no-validators")), Request(zoo.url("/modified")))
    assert isinstance(first, Fetched) and isinstance(dated, Fetched)
    assert (first.etag, first.last_modified) == (None, None)
    assert (dated.etag, dated.last_modified) == (None, MODIFIED)


def test_a_feed_behind_a_password(zoo: Zoo, fetcher: HttpFetcher) -> None:
    request = Request(zoo.url("/login"), credentials=Credentials("ann", "secret"))
    [fetched] = crawl(fetcher, request)
    assert isinstance(fetched, Fetched)
    assert fetched.data == made_feed("/login")


def test_real_feeds_arrive_whole(shared_data: Path, fetcher: HttpFetcher) -> None:
    with Zoo(shared_data / "feeds") as zoo:
        requests = [Request(zoo.url(path, host=n)) for n, path in enumerate(zoo.feeds(), 1)]
        assert len(requests) == 43
        unlimited = HttpFetcher(allow=AllowList.parse(["127.0.0.0/8"]))
        for request, outcome in unlimited.fetch_each(requests, workers=10, spacing_s=0):
            assert isinstance(outcome, Fetched)
            name = request.url.rpartition("/")[2]
            assert outcome.data == (shared_data / "feeds" / name).read_bytes()
        unlimited.close()
