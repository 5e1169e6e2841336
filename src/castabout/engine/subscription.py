"""How a subscription at a hub changes: old state, what happened and time in, new state out. Pure.

https://www.w3.org/TR/websub/
"""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import datetime, timedelta

from castabout.model.websub import Subscription

#: What is asked of a hub; the specification calls ten days a good default.
LEASE = timedelta(days=10)
_SHORTEST = timedelta(minutes=1)
#: Asked again then at the latest, whatever a hub promises.
_LONGEST = timedelta(days=30)
#: Renewed when a tenth of the lease is left.
_RENEWED_AFTER = 0.9
#: To the first try again; doubled with each one after it.
_RETRY = timedelta(hours=1)
_MOST_RETRY = timedelta(days=7)
#: A hub that denies means it.
_AFTER_DENIAL = timedelta(days=30)
#: A hub that never confirms the end of a subscription is left alone after so many requests.
_FAREWELLS = 3
_REASON_CHARACTERS = 200
#: https://www.w3.org/TR/websub/#recognized-algorithm-names
_ALGORITHMS = frozenset({"sha1", "sha256", "sha384", "sha512"})


def unwanted(subscription: Subscription, now: datetime) -> Subscription:
    """The same, to be ended at once."""
    return replace(subscription, is_wanted=False, due=now, failures=0)


def asking(subscription: Subscription, now: datetime) -> Subscription:
    """The state while the hub is asked: it may verify before it answers."""
    wait = min(_RETRY * 2 ** min(subscription.failures, 10), _MOST_RETRY)
    return replace(subscription, asked=now, due=now + wait, failures=subscription.failures + 1)


def failed(subscription: Subscription, error: str) -> Subscription:
    """The state after a hub could not be asked, or said no at once; when to try again stays."""
    return replace(subscription, error=error)


def confirmed(
    subscription: Subscription, *, mode: str, topic: str, lease: str, now: datetime
) -> Subscription | None:
    """The state once a hub has verified what was asked; ``None`` if we do not agree with the request.

    A hub may ask at any time whether a subscription is still meant. ``lease`` is in seconds, as the hub wrote it.
    https://www.w3.org/TR/websub/#hub-verifies-intent
    """
    was_asked = subscription.asked is not None or subscription.expires is not None
    if topic != subscription.topic or not was_asked:
        return None
    if mode == "unsubscribe" and not subscription.is_wanted:
        return replace(subscription, asked=None, expires=None)
    if mode != "subscribe" or not subscription.is_wanted:
        return None
    length = _length(lease)
    renewal = min(max(length * _RENEWED_AFTER, _SHORTEST), _LONGEST)
    return replace(subscription, asked=None, expires=now + length, due=now + renewal, failures=0, error=None)


def denied(subscription: Subscription, *, topic: str, reason: str, now: datetime) -> Subscription | None:
    """The state once a hub has denied it, which it may at any time; ``None`` if it is about another topic."""
    if topic != subscription.topic:
        return None
    said = " ".join(reason[:_REASON_CHARACTERS].split())
    return replace(
        subscription,
        asked=None,
        expires=None,
        due=now + _AFTER_DENIAL,
        error=f"denied by the hub ({said})" if said else "denied by the hub",
    )


def is_over(subscription: Subscription, now: datetime) -> bool:
    """Whether it can be forgotten: unwanted, and the hub has agreed, or will not agree, or has no promise left."""
    if subscription.is_wanted:
        return False
    is_expired = subscription.expires is None or subscription.expires <= now
    return (is_expired and subscription.asked is None) or subscription.failures >= _FAREWELLS


class Signature:
    """Checks what a hub sends against its ``X-Hub-Signature``, piece by piece.

    https://www.w3.org/TR/websub/#signing-content
    """

    def __init__(self, secret: str, header: str | None) -> None:
        """``header`` is its value, ``method=signature``; ``None`` if there was none."""
        method, _, self._given = (header or "").strip().partition("=")
        known = method.lower() in _ALGORITHMS
        self._computed = hmac.new(secret.encode(), digestmod=method.lower()) if known else None

    def update(self, piece: bytes) -> None:
        """Take the next piece of the body."""
        if self._computed:
            self._computed.update(piece)

    def matches(self) -> bool:
        """Whether all that was taken is signed with the secret; compared in constant time."""
        if self._computed is None or not self._given.isascii():
            return False
        return hmac.compare_digest(self._computed.hexdigest(), self._given.lower())


def _length(lease: str) -> timedelta:
    """The length of a lease; hubs of earlier versions name none."""
    text = lease.strip()
    seconds = (
        int(text) if text.isascii() and text.isdigit() and len(text) < 10 else int(LEASE.total_seconds())
    )
    return max(timedelta(seconds=seconds), _SHORTEST)
