"""What becomes of a subscription, by hand from https://www.w3.org/TR/websub/."""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from castabout.engine.subscription import Signature, asking, confirmed, denied, failed, is_over, unwanted
from castabout.model.websub import Subscription

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
TOPIC = "https://bread.example/feed"
NEW = Subscription(
    token="a-token", podcast_row=1, hub="https://hub.example/", topic=TOPIC, secret="a-secret", due=NOW
)
ASKED = asking(NEW, NOW)


def verified(
    subscription: Subscription, *, mode: str = "subscribe", topic: str = TOPIC, lease: str = "864000"
) -> Subscription | None:
    return confirmed(subscription, mode=mode, topic=topic, lease=lease, now=NOW)


def test_a_hub_that_stays_silent_is_asked_ever_more_seldom() -> None:
    waits = []
    asked = NEW
    for _ in range(10):
        asked = asking(asked, NOW)
        waits.append((asked.due - NOW) / timedelta(hours=1))
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 168, 168]


def test_it_is_renewed_when_a_tenth_of_the_lease_is_left() -> None:
    active = verified(ASKED)
    assert active == replace(
        NEW, asked=None, expires=NOW + timedelta(days=10), due=NOW + timedelta(days=9), failures=0
    )


@pytest.mark.parametrize(
    ("lease", "expires", "due"),
    [
        ("100", timedelta(seconds=100), timedelta(seconds=90)),
        ("1", timedelta(minutes=1), timedelta(minutes=1)),
        ("", timedelta(days=10), timedelta(days=9)),
        ("soon", timedelta(days=10), timedelta(days=9)),
        ("-5", timedelta(days=10), timedelta(days=9)),
        ("9" * 40, timedelta(days=10), timedelta(days=9)),
        ("٣", timedelta(days=10), timedelta(days=9)),
        ("31536000", timedelta(days=365), timedelta(days=30)),
    ],
)
def test_any_lease(lease: str, expires: timedelta, due: timedelta) -> None:
    active = verified(ASKED, lease=lease)
    assert active is not None
    assert active.expires is not None
    assert (active.expires - NOW, active.due - NOW) == (expires, due)


def test_only_what_was_asked_for_is_agreed_to() -> None:
    assert verified(NEW) is None
    assert verified(ASKED, topic="https://other.example/feed") is None
    assert verified(ASKED, mode="unsubscribe") is None
    assert verified(ASKED, mode="publish") is None
    active = verified(ASKED)
    assert active is not None
    assert verified(active, mode="unsubscribe") is None


def test_a_hub_may_ask_again_whether_it_is_still_meant() -> None:
    active = verified(ASKED)
    assert active is not None
    assert verified(active) == active


def test_the_end() -> None:
    active = verified(ASKED)
    assert active is not None
    ending = unwanted(active, NOW)
    assert not is_over(ending, NOW)
    assert ending.due == NOW
    assert verified(ending) is None
    ended = verified(asking(ending, NOW), mode="unsubscribe")
    assert ended is not None
    assert is_over(ended, NOW)


def test_what_was_never_asked_for_needs_no_farewell() -> None:
    assert is_over(unwanted(NEW, NOW), NOW)
    assert not is_over(NEW, NOW)


def test_a_hub_that_does_not_let_go_is_left_alone() -> None:
    active = verified(ASKED)
    assert active is not None
    ending = unwanted(active, NOW)
    for _ in range(3):
        assert not is_over(ending, NOW)
        ending = asking(ending, NOW)
    assert is_over(ending, NOW)


def test_denied_at_any_time() -> None:
    active = verified(ASKED)
    for subscription in (ASKED, active):
        assert subscription is not None
        refused = denied(subscription, topic=TOPIC, reason=" not\n here ", now=NOW)
        assert refused is not None
        assert refused.error == "denied by the hub (not here)"
        assert (refused.asked, refused.expires) == (None, None)
        assert refused.due == NOW + timedelta(days=30)
    assert denied(ASKED, topic="https://other.example/", reason="", now=NOW) is None
    said_nothing = denied(ASKED, topic=TOPIC, reason="", now=NOW)
    assert said_nothing is not None
    assert said_nothing.error == "denied by the hub"


def test_a_failure_is_remembered_until_the_hub_confirms() -> None:
    refused = failed(ASKED, "the host answered 503")
    assert (refused.error, refused.due) == ("the host answered 503", NOW + timedelta(hours=1))
    active = verified(refused)
    assert active is not None
    assert active.error is None


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_signed(method: str) -> None:
    body = b"<rss/>" * 100
    digest = hmac.new(b"a-secret", body, method).hexdigest()
    for header, is_good in (
        (f"{method}={digest}", True),
        (f"{method.upper()}={digest.upper()}", True),
        (f"{method}={digest[:-1]}0" if digest[-1] != "0" else f"{method}={digest[:-1]}1", False),
        (f"{method}=", False),
        (digest, False),
        (f"{method}=é", False),
        (f"md5={digest}", False),
        ("", False),
        (None, False),
    ):
        signature = Signature("a-secret", header)
        signature.update(body[:7])
        signature.update(body[7:])
        assert signature.matches() is is_good, header


def test_signatures_worked_out_elsewhere() -> None:
    """The second test case of https://www.rfc-editor.org/rfc/rfc2202 and https://www.rfc-editor.org/rfc/rfc4231"""
    for header in (
        "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
        "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ):
        signature = Signature("Jefe", header)
        signature.update(b"what do ya want for nothing?")
        assert signature.matches()
