"""Who is asking, and whether a page of ours made it ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from castabout.engine.castabout import Castabout
from castabout.web.app import create_app
from castabout.web.get import get
from castabout.web.origin import is_from_our_pages, path_on_our_pages
from castabout.web.who import is_at_the_machine

HOST = {"host": "localhost:8321"}


@pytest.mark.parametrize(
    ("client", "headers"),
    [
        ("127.0.0.1", HOST),
        ("::1", {"host": "[::1]:8321"}),
        ("::ffff:127.0.0.1", {"host": "127.0.0.1"}),
        ("127.0.0.1", {"host": "casts.localhost:80"}),
        ("127.0.0.1", {**HOST, "origin": "http://localhost:8321"}),
    ],
)
def test_at_the_machine(client: str, headers: dict[str, str]) -> None:
    assert is_at_the_machine(client, headers)


@pytest.mark.parametrize(
    ("client", "headers"),
    [
        (None, HOST),
        ("192.168.1.5", HOST),
        ("::ffff:192.168.1.5", HOST),
        ("not an address", HOST),
        ("127.0.0.1", {}),
        ("127.0.0.1", {"host": "evil.example:8321"}),
        ("127.0.0.1", {"host": "localhost.evil.example"}),
        ("127.0.0.1", {"host": "127.0.0.1.evil.example"}),
        ("127.0.0.1", {"host": "localhost@evil.example"}),
        ("127.0.0.1", {"host": "[::1"}),
        ("127.0.0.1", {"host": "192.168.1.5"}),
        ("127.0.0.1", {**HOST, "x-forwarded-for": ""}),
        ("127.0.0.1", {**HOST, "forwarded": "for=1.2.3.4"}),
        # A proxy that keeps silent, and a browser that does not.
        ("127.0.0.1", {**HOST, "origin": "https://casts.example"}),
    ],
)
def test_elsewhere(client: str | None, headers: dict[str, str]) -> None:
    assert not is_at_the_machine(client, headers)


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"origin": "http://localhost:8321"}, True),
        ({"origin": "http://LOCALHOST:8321"}, True),
        # Behind a proxy that speaks TLS.
        ({"origin": "https://localhost:8321"}, True),
        ({"sec-fetch-site": "cross-site", "origin": "http://localhost:8321"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": ""}, False),
        ({"origin": "null"}, False),
        ({"origin": ""}, False),
        ({"origin": "http://localhost"}, False),
        ({"origin": "http://localhost:8321.evil.example"}, False),
        ({"origin": "chrome-extension://localhost:8321"}, False),
        ({"origin": "http://[::1"}, False),
    ],
)
def test_pages_of_ours(headers: dict[str, str], is_ours: bool) -> None:
    assert is_from_our_pages({**HOST, **headers}) is is_ours


@pytest.mark.parametrize(
    ("referrer", "path"),
    [
        ("http://localhost:8321/topics/a%2Fb?x=1#y", "/topics/a%2Fb?x=1"),
        ("https://localhost:8321/", "/"),
        ("http://localhost:8321", None),
        ("http://localhost:8321//evil.example/", None),
        ("http://evil.example/later", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_the_page_to_go_back_to(referrer: str, path: str | None) -> None:
    assert path_on_our_pages(referrer, "localhost:8321") == path


def test_where_everybody_comes_through_a_proxy_nobody_is_the_owner(library: Castabout) -> None:
    public = create_app(replace(library, shows_private=False), public_url="https://casts.example")
    answer = get(public, "/later")
    assert answer.status == 403
    assert b"for the person at the machine" in answer.body
    assert b'form="later"' not in get(public, "/topics/rye").body
    assert b"<link>https://casts.example/topics/rye</link>" in get(public, "/topics/rye.rss").body
