"""Redirects, and the guard at each of their hops."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import pytest

from castabout.errors import AddressRefused, SourceError, Unreachable
from castabout.fetch import Request
from castabout.fetch.address import as_written, is_upgrade
from castabout.fetch.guard import AllowList
from castabout.fetch.http import HttpFetcher
from castabout.fetch.trip import Trip
from tests.fetch.servers import Machine, Site


def fails(fetcher: HttpFetcher, source: str) -> SourceError:
    with pytest.raises(SourceError) as error:
        fetcher.fetch(source)
    return error.value


def chain(site: Site, *statuses: int) -> str:
    """Redirects from ``/0`` to ``/1`` and so on; the last one answers. The address of the first."""
    for hop, status in enumerate(statuses):
        site.says(f"/{hop}", status=status, Location=f"/{hop + 1}")
    site.says(f"/{len(statuses)}", body=b"<rss/>")
    return f"{site.url}/0"


@pytest.mark.parametrize(
    ("statuses", "lives_at"),
    [
        ((301,), 1),
        ((308,), 1),
        ((302,), 0),
        ((303,), 0),
        ((307,), 0),
        ((301, 308), 2),
        ((301, 302), 1),
        # What lasts after what does not is no news about where the feed is.
        ((302, 301), 0),
        ((301, 302, 301), 1),
        ((301,) * 5, 5),
    ],
)
def test_lasting_redirects_are_where_the_feed_is_now(
    statuses: tuple[int, ...], lives_at: int, site: Site, fetcher: HttpFetcher
) -> None:
    start = chain(site, *statuses)
    fetched = fetcher.fetch(start)
    assert fetched.source == start
    assert fetched.data == b"<rss/>"
    assert fetched.url == f"{site.url}/{lives_at}"


@pytest.mark.parametrize(
    ("url", "target", "expected"),
    [
        ("http://a.example/feed?x=1", "https://a.example/feed?x=1", True),
        ("http://a.example", "https://a.example/", True),
        ("http://a.example:80/feed", "https://a.example/feed", True),
        ("http://a.example/feed", "https://a.example:443/feed", True),
        ("http://a.example/feed", "https://a.example/feed/", False),
        ("http://a.example/feed", "https://a.example/feed?x=1", False),
        ("http://a.example/feed", "https://www.a.example/feed", False),
        ("http://a.example/feed", "https://a.example:8443/feed", False),
        ("http://a.example:8080/feed", "https://a.example/feed", False),
        ("http://a.example/feed", "http://a.example/feed", False),
        ("https://a.example/feed", "http://a.example/feed", False),
        ("https://a.example/feed", "https://a.example/feed", False),
    ],
)
def test_the_same_over_a_secure_connection(url: str, target: str, expected: bool) -> None:
    assert is_upgrade(as_written(url), as_written(target)) is expected


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_secure_connection_lasts_whatever_the_redirect_says(status: int) -> None:
    trip = Trip.begin(Request("http://a.example/feed"), 1).redirected(status, "https://a.example/feed", 1)
    assert str(trip.home) == "https://a.example/feed"


def test_a_sixth_redirect_is_not_followed(site: Site, fetcher: HttpFetcher) -> None:
    error = fails(fetcher, chain(site, *[302] * 6))
    assert type(error) is Unreachable
    assert error.cause == "more than 5 redirects"
    assert len(site.requests) == 6


def test_a_loop(site: Site, fetcher: HttpFetcher) -> None:
    assert fails(fetcher, site.says("/", status=301, Location="/")).cause == "more than 5 redirects"


def test_an_error_behind_a_redirect_says_where(machine: Machine, site: Site, fetcher: HttpFetcher) -> None:
    other = machine.site()
    start = site.says("/", status=302, Location=f"{other.url}/missing?token=secret")
    assert str(fails(fetcher, start)) == f"{start}: answered 404 (not found) (redirected to {other.url})"


@pytest.mark.parametrize(
    "location", ["/feed?a=b%2Fc#part", "feed?a=b%2Fc", "./../feed?a=b%2Fc", "//{host}/feed?a=b%2Fc"]
)
def test_relative_redirects(location: str, site: Site, fetcher: HttpFetcher) -> None:
    end = site.says("/feed", body=b"x")
    host = site.url.removeprefix("http://")
    start = site.says("/start", status=301, Location=location.replace("{host}", host))
    assert fetcher.fetch(start).url == f"{end}?a=b%2Fc"


@pytest.mark.parametrize(
    ("location", "cause"),
    [
        ("file:///etc/passwd", "redirects to file:, which is not followed"),
        ("FILE:///etc/passwd", "redirects to file:, which is not followed"),
        ("gopher://127.0.0.1:70/", "redirects to gopher:, which is not followed"),
        ("ftp://a.example/feed", "redirects to ftp:, which is not followed"),
        ("data:text/xml,<rss/>", "redirects to data:, which is not followed"),
        ("javascript:alert(1)", "redirects to javascript:, which is not followed"),
        ("https://", "redirects to something that is no address"),
        ("http://[", "redirects to something that is no address"),
        ("http://a.example:99999/", "redirects to something that is no address"),
    ],
)
def test_redirects_to_what_is_not_the_web(
    location: str, cause: str, site: Site, fetcher: HttpFetcher
) -> None:
    error = fails(fetcher, site.says("/", status=302, Location=location))
    assert type(error) is Unreachable
    assert error.cause == cause


# The guard


@pytest.fixture
def guarded() -> Iterator[HttpFetcher]:
    """Reaches only what is public."""
    made = HttpFetcher(timeout_s=1)
    yield made
    made.close()


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[list[str]]]:
    """What the names of hosts stand for: each time that one is looked up it takes the next list."""
    answers: dict[str, list[list[str]]] = {}
    real: Callable[..., list[Any]] = socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *args: Any, **options: Any) -> list[Any]:
        if host not in answers:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        addresses = answers[host].pop(0) if len(answers[host]) > 1 else answers[host][0]
        return [found for address in addresses for found in real(address, port, *args, **options)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return answers


def port(site: Site) -> str:
    return site.url.rpartition(":")[2]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1.",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "[fe80::1%25lo]",
        "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]",
        "127.000.000.001",
        "0x7f.1",
        "00000177.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "0.0.0.0",
        "[::]",
        "10.0.0.1",
        "169.254.169.254",
        # Other ways to write 127.0.0.1, as C libraries read them: octal, hexadecimal, fewer parts.
        "0177.0.0.1",
        "0x7f.0.0.1",
        "0x7f000001",
        "017700000001",
        "127.1",
        "2130706433",
        # The same in letters that count as digits, and with a dot of another script.
        "①②⑦.0.0.1",
        "127。0。0。1",
    ],
)
def test_what_is_not_public_is_not_reached(host: str, site: Site, guarded: HttpFetcher) -> None:
    error = fails(guarded, f"http://{host}:{port(site)}/feed")
    assert type(error) is AddressRefused or error.cause in {"not a valid address", "no such host"}
    assert site.requests == []


def test_the_refusal_says_what_to_do(site: Site, guarded: HttpFetcher) -> None:
    error = fails(guarded, site.url)
    assert error.for_people == (
        f"{site.url}: 127.0.0.1 is not a public address; "
        "to allow a host of your own, name it in CASTABOUT_ALLOW_HOSTS"
    )


@pytest.mark.parametrize(
    "host",
    ["127.1", "127.0.1", "2130706433", "0177.0.0.1", "017700000001", "127.0.0.1.", "0x7f.1", "0x7f000001"],
)
def test_however_an_address_is_written_it_is_refused_alike(
    host: str, site: Site, guarded: HttpFetcher
) -> None:
    error = fails(guarded, f"http://{host}:{port(site)}/feed")
    assert (type(error), error.cause) == (AddressRefused, "127.0.0.1 is not a public address")
    start = site.says("/", status=302, Location=f"http://{host}/")
    sent = fails(HttpFetcher(allow=AllowList.parse(["localhost"])), start.replace("127.0.0.1", "localhost"))
    assert sent.cause.startswith("127.0.0.1 is not a public address (redirected to http://")


def test_one_that_may_be_reached_is_to_be_written_in_full(guarded: HttpFetcher) -> None:
    # 1.2.3 is 1.2.0.3.
    assert fails(guarded, "http://1.2.3/feed").cause == "not a valid address; the host is written 1.2.0.3"
    assert fails(guarded, "http://1.2.3.4.5/feed").cause == "not a valid address"


def test_a_name_that_stands_for_a_private_address(
    site: Site, guarded: HttpFetcher, names: dict[str, list[list[str]]]
) -> None:
    names["feeds.example"] = [["127.0.0.1"]]
    assert type(fails(guarded, f"http://feeds.example:{port(site)}/")) is AddressRefused
    assert site.requests == []


@pytest.mark.parametrize("allowed", ["nas.lan", ".lan", "127.0.0.0/8"])
def test_hosts_of_ones_own(allowed: str, site: Site, names: dict[str, list[list[str]]]) -> None:
    names["nas.lan"] = [["127.0.0.1"]]
    site.says("/", body=b"x")
    fetcher = HttpFetcher(allow=AllowList.parse([allowed]))
    assert fetcher.fetch(f"http://NAS.lan:{port(site)}/").data == b"x"
    fetcher.close()


def test_an_allowed_name_does_not_allow_its_address_to_others(
    site: Site, names: dict[str, list[list[str]]]
) -> None:
    names["nas.lan"] = names["evil.example"] = [["127.0.0.1"]]
    site.says("/", status=302, Location=f"http://evil.example:{port(site)}/other")
    fetcher = HttpFetcher(allow=AllowList.parse(["nas.lan"]))
    error = fails(fetcher, f"http://nas.lan:{port(site)}/")
    fetcher.close()
    assert type(error) is AddressRefused
    assert (
        error.cause == f"127.0.0.1 is not a public address (redirected to http://evil.example:{port(site)})"
    )
    assert len(site.requests) == 1


def test_a_redirect_to_a_private_address(site: Site, fetcher: HttpFetcher) -> None:
    start = site.says("/", status=302, Location="http://169.254.169.254/latest/meta-data/")
    error = fails(fetcher, start)
    assert type(error) is AddressRefused
    assert error.cause == "169.254.169.254 is not a public address (redirected to http://169.254.169.254)"


def test_a_name_that_changes_its_address_between_two_hops(
    machine: Machine, names: dict[str, list[list[str]]]
) -> None:
    allowed, secret = machine.site(host="127.0.0.2"), machine.site()
    names["rebind.example"] = [["127.0.0.2"], ["127.0.0.1"]]
    allowed.says("/", status=302, Location=f"http://rebind.example:{port(secret)}/")
    fetcher = HttpFetcher(allow=AllowList.parse(["127.0.0.2"]))
    error = fails(fetcher, f"http://rebind.example:{port(allowed)}/")
    fetcher.close()
    assert type(error) is AddressRefused
    assert len(allowed.requests) == 1
    assert secret.requests == []


def test_of_several_addresses_those_that_may_be_reached_are(
    machine: Machine, names: dict[str, list[list[str]]]
) -> None:
    allowed = machine.site(host="127.0.0.2")
    names["mixed.example"] = [["127.0.0.1", "::1", "127.0.0.2"]]
    allowed.says("/", body=b"x")
    fetcher = HttpFetcher(allow=AllowList.parse(["127.0.0.2"]))
    assert fetcher.fetch(f"http://mixed.example:{port(allowed)}/").data == b"x"
    fetcher.close()


def test_a_port_that_is_not_for_the_web(guarded: HttpFetcher) -> None:
    error = fails(guarded, "http://1.1.1.1:25/")
    assert type(error) is AddressRefused
    assert error.cause == "port 25 is not for the web"


def test_a_public_address_beside_a_private_one_does_not_open_it(
    site: Site, guarded: HttpFetcher, names: dict[str, list[list[str]]]
) -> None:
    # The port is refused at the public one, the address at the other: neither is connected to.
    names["mixed.example"] = [["1.1.1.1", "127.0.0.1"]]
    assert type(fails(guarded, "http://mixed.example:25/")) is AddressRefused
    names["mixed.example"] = [["127.0.0.1", "::1", "::ffff:127.0.0.1", "10.0.0.1"]]
    assert type(fails(guarded, f"http://mixed.example:{port(site)}/")) is AddressRefused
    assert site.requests == []


def test_a_name_that_changes_its_address_between_check_and_use(
    site: Site, names: dict[str, list[list[str]]]
) -> None:
    # It is looked up once for a connection, and what is checked is what is connected to.
    names["rebind.example"] = [["127.0.0.2"], ["127.0.0.1"]]
    fetcher = HttpFetcher(allow=AllowList.parse(["127.0.0.2"]), connect_s=0.2)
    cause = fails(fetcher, f"http://rebind.example:{port(site)}/").cause
    fetcher.close()
    assert cause == "connection refused"
    assert site.requests == []


def test_addresses_that_fail_each_in_its_way(names: dict[str, list[list[str]]], free_port: int) -> None:
    # One is not allowed, at the other nobody listens: that one is what the owner wants to know of.
    names["mixed.example"] = [["10.0.0.1", "127.0.0.1"]]
    fetcher = HttpFetcher(allow=AllowList.parse(["127.0.0.1"]))
    error = fails(fetcher, f"http://mixed.example:{free_port}/")
    fetcher.close()
    assert type(error) is Unreachable
    assert error.cause == "connection refused"


def test_no_such_host(fetcher: HttpFetcher, names: dict[str, list[list[str]]]) -> None:
    assert str(fails(fetcher, "http://missing.example/")) == "http://missing.example/: no such host"


def test_names_that_cannot_be_looked_up(fetcher: HttpFetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(*_: Any, **__: Any) -> list[Any]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert fails(fetcher, "http://a.example/").cause == "its name cannot be looked up at the moment"


def test_a_name_server_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    release = Event()

    def getaddrinfo(*_: Any, **__: Any) -> list[Any]:
        assert release.wait(10)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    fetcher = HttpFetcher(connect_s=0.05)
    assert fails(fetcher, "http://a.example/").cause == "its name cannot be looked up at the moment"
    fetcher.close()
    release.set()
