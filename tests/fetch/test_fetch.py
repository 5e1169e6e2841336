"""Which fetcher a source is for, and what of it may be shown."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from castabout.fetch import Credentials, Fetched, Fetchers, Outcome, Request, without_credentials


@dataclass
class Recorder:
    """Says that it has the source and notes whether it was closed."""

    sources: list[str] = field(default_factory=list)
    closed: bool = False

    def fetch(self, source: str) -> Fetched:
        self.sources.append(source)
        return Fetched(source, source, b"")

    def fetch_each(
        self, requests: Iterable[Request], *, workers: int, spacing_s: float, for_s: float | None = None
    ) -> Iterator[tuple[Request, Outcome]]:
        for request in requests:
            yield request, self.fetch(request.url)

    def post(self, url: str, form: Mapping[str, str]) -> None:
        self.sources.append(url)

    def close(self) -> None:
        self.closed = True


def test_addresses_and_files_are_told_apart() -> None:
    http, file = Recorder(), Recorder()
    fetchers = Fetchers(http=http, file=file)
    web = ["http://a.example/", "HTTPS://a.example/", " https://a.example"]
    files = [
        "feed.xml",
        "/a/http://b",
        "file:///feed.xml",
        "httpx://a.example",
        "http:/a.example",
        "ftp://a.example",
        "",
    ]
    for source in web + files:
        fetchers.fetch(source)
    assert http.sources == web
    assert file.sources == files


def test_many_addresses_go_to_the_web() -> None:
    http, file = Recorder(), Recorder()
    request = Request("http://a.example/")
    [(asked, _)] = Fetchers(http=http, file=file).fetch_each([request], workers=1, spacing_s=0)
    assert asked is request
    assert (http.sources, file.sources) == ([request.url], [])


def test_a_password_is_not_in_what_a_log_shows() -> None:
    request = Request("http://a.example/", credentials=Credentials("ann", "secret"))
    assert "secret" not in repr(request)


def test_closing_closes_both() -> None:
    http, file = Recorder(), Recorder()
    Fetchers(http=http, file=file).close()
    assert http.closed
    assert file.closed


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("https://ann:secret@a.example/feed", "https://a.example/feed"),
        ("https://ann@a.example/feed", "https://a.example/feed"),
        ("HTTP://ann:se@cret@a.example", "HTTP://a.example"),
        ("ftp://ann:secret@a.example/feed", "ftp://a.example/feed"),
        # No valid addresses, but secrets.
        ("https://ann:sec/ret@a.example/feed", "https://a.example/feed"),
        ("https://ann:sec#ret@a.example/feed", "https://a.example/feed"),
        # Not credentials.
        ("https://a.example/feed/@ann", "https://a.example/feed/@ann"),
        ("https://a.example:8080/feed/@ann", "https://a.example:8080/feed/@ann"),
        ("https://a.example?for=ann@b.example", "https://a.example?for=ann@b.example"),
        ("https://[::1]:80/@ann", "https://[::1]:80/@ann"),
        ("ann:secret@a.example", "ann:secret@a.example"),
        ("feeds/feed.xml", "feeds/feed.xml"),
    ],
)
def test_credentials_are_taken_out(source: str, shown: str) -> None:
    assert without_credentials(source) == shown


def test_importing_the_room_does_not_load_the_http_library() -> None:
    loaded = "import sys, castabout.fetch, castabout.fetch.many; print('aiohttp' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"
