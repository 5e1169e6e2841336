"""Words for what goes wrong; most of them are tested where it goes wrong."""

from __future__ import annotations

import errno

import pytest
from multidict import CIMultiDict

from castabout.fetch.causes import error_cause, status_cause

FORBIDDEN = "answered 403 (forbidden)"
ROBOT = "Cloudflare, which guards this host, takes castabout for an unwanted robot"


@pytest.mark.parametrize(
    ("headers", "cause"),
    [
        ({}, f"{FORBIDDEN}: the host does not let castabout read it"),
        ({"Server": "nginx"}, f"{FORBIDDEN}: the host does not let castabout read it"),
        ({"Server": "cloudflare"}, f"{FORBIDDEN}: {ROBOT}"),
        ({"Server": "nginx", "cf-mitigated": "challenge"}, f"{FORBIDDEN}: {ROBOT}"),
    ],
)
def test_cloudflare_is_told_apart(headers: dict[str, str], cause: str) -> None:
    assert status_cause(403, CIMultiDict(headers)) == cause


def test_a_host_in_trouble_behind_cloudflare_is_in_trouble() -> None:
    headers = CIMultiDict({"Server": "cloudflare", "Retry-After": "60"})
    assert status_cause(503, headers) == "answered 503 (service unavailable)"
    assert status_cause(503, CIMultiDict({"Server": "cloudflare"})) == "answered 503 (service unavailable)"


def test_each_address_fails_in_a_way_of_its_own() -> None:
    error = OSError("Multiple exceptions: [Errno 101] Connect call failed, [Errno 111] Connect call failed")
    assert error_cause(error, connect_s=1, read_s=1) == "no way to any of its addresses"
    error = OSError(errno.ECONNREFUSED, "Multiple exceptions: [Errno 111] Connect call failed")
    assert error_cause(error, connect_s=1, read_s=1) == "connection refused"
