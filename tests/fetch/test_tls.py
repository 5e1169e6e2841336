"""Secure connections."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import trustme

from castabout.errors import SourceError, Unreachable
from castabout.fetch.guard import AllowList
from castabout.fetch.http import HttpFetcher
from tests.fetch.servers import Machine, Site

#: Seconds; none of these tests is about time, and making a connection secure takes the processor a while.
PATIENCE_S = 20


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusting(authority: trustme.CA) -> Iterator[HttpFetcher]:
    """Trusts ``authority`` and nobody else."""
    tls = ssl.create_default_context()
    authority.configure_trust(tls)
    made = HttpFetcher(timeout_s=PATIENCE_S, allow=AllowList.parse(["127.0.0.1"]), tls=tls)
    yield made
    made.close()


@pytest.fixture
def fetcher() -> Iterator[HttpFetcher]:
    """Trusts whom the system trusts."""
    made = HttpFetcher(timeout_s=PATIENCE_S, connect_s=PATIENCE_S, allow=AllowList.parse(["127.0.0.1"]))
    yield made
    made.close()


def serve(machine: Machine, certificate: trustme.LeafCert) -> Site:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(tls)
    return machine.site(tls=tls)


def fails(fetcher: HttpFetcher, source: str) -> SourceError:
    with pytest.raises(SourceError) as error:
        fetcher.fetch(source)
    assert type(error.value) is Unreachable
    return error.value


def test_a_feed(machine: Machine, authority: trustme.CA, trusting: HttpFetcher) -> None:
    site = serve(machine, authority.issue_cert("127.0.0.1"))
    assert trusting.fetch(site.says("/", body=b"<rss/>")).data == b"<rss/>"


def test_credentials_do_not_follow_from_secure_to_open(
    machine: Machine, site: Site, authority: trustme.CA, trusting: HttpFetcher
) -> None:
    secure = serve(machine, authority.issue_cert("127.0.0.1"))
    start = secure.says("/", status=302, Location=site.says("/", body=b"x"))
    trusting.fetch(start.replace("//", "//ann:secret@"))
    assert "Authorization" in secure.requests[0].headers
    assert "Authorization" not in site.requests[0].headers


def test_an_authority_that_is_not_known(
    machine: Machine, authority: trustme.CA, fetcher: HttpFetcher
) -> None:
    site = serve(machine, authority.issue_cert("127.0.0.1"))
    cause = fails(fetcher, site.url).cause
    assert cause == "its certificate is not valid (unable to get local issuer certificate)"


def test_a_certificate_for_another_host(
    machine: Machine, authority: trustme.CA, trusting: HttpFetcher
) -> None:
    site = serve(machine, authority.issue_cert("a.example"))
    cause = fails(trusting, site.url).cause
    assert cause.startswith("its certificate is not valid (IP address mismatch")


def test_a_certificate_that_has_run_out(
    machine: Machine, authority: trustme.CA, trusting: HttpFetcher
) -> None:
    site = serve(machine, authority.issue_cert("127.0.0.1", not_after=datetime(2020, 1, 1, tzinfo=UTC)))
    assert fails(trusting, site.url).cause == "its certificate is not valid (certificate has expired)"


def test_a_host_that_does_not_speak_tls(site: Site, fetcher: HttpFetcher) -> None:
    cause = fails(fetcher, site.url.replace("http:", "https:")).cause
    assert cause.startswith("no secure connection (")
    assert site.requests == []
