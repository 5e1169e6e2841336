"""Servers on this machine, and a fetcher that reaches them."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from castabout.fetch.guard import AllowList
from castabout.fetch.http import HttpFetcher
from tests.fetch.servers import Machine, Site


@pytest.fixture
def machine() -> Iterator[Machine]:
    made = Machine()
    yield made
    made.close()


@pytest.fixture
def site(machine: Machine) -> Site:
    return machine.site()


@pytest.fixture
def fetcher() -> Iterator[HttpFetcher]:
    """Reaches 127.0.0.1 only, takes a million bytes, waits little."""
    made = HttpFetcher(
        limit_bytes=1_000_000, timeout_s=1, connect_s=0.5, read_s=0.3, allow=AllowList.parse(["127.0.0.1"])
    )
    yield made
    made.close()


@pytest.fixture
def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens at."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        number: int = reserved.getsockname()[1]
        return number
