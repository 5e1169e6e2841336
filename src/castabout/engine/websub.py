"""Pushed news: subscriptions at the hubs that feeds name. https://www.w3.org/TR/websub/

A hub is only ever believed to say that there is news: the feed is then
fetched from its own address, as always. So neither a hub nor somebody
who claims to be one can put anything into the library.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping

from castabout.engine.castabout import Castabout
from castabout.engine.crawl import Crawl
from castabout.engine.results import FeedResult
from castabout.engine.subscription import LEASE, asking, confirmed, denied, failed, is_over, unwanted
from castabout.errors import SourceError
from castabout.fetch.private import without_secrets
from castabout.model.websub import Announcement, Subscription
from castabout.store import subscriptions

#: Where the addresses begin that hubs call.
PATH = "/websub/"
#: Feeds compared with their subscriptions in one round, hubs asked, feeds fetched: bounds its time.
_COMPARED = 2_000
_ASKED = 20
_FETCHED = 100
#: A state that somebody else changes at the same moment is read again so often.
_TRIES = 3


def compare(castabout: Castabout, *, after: int = 0) -> int:
    """Make the subscriptions that feeds ask for by naming a hub, and give up those that they no longer do.

    Looks at a part of the feeds, from the row ``after`` on; returns where to go on, 0 after the last.
    Raises `StoreError`.
    """
    page = subscriptions.announcements(castabout.store, after=after, limit=_COMPARED)
    for announcement in page:
        _compare(castabout, announcement)
    return page[-1].podcast_row if len(page) == _COMPARED else 0


def _compare(castabout: Castabout, said: Announcement) -> None:
    now, kept = castabout.clock(), said.subscription
    if kept and (kept.hub, kept.topic) != (said.hub, said.topic):
        subscriptions.replace(castabout.store, kept, unwanted(kept, now))
        kept = None
    if said.hub and not kept:
        subscriptions.add(
            castabout.store,
            Subscription(
                token=secrets.token_urlsafe(24),
                podcast_row=said.podcast_row,
                hub=said.hub,
                topic=said.topic,
                secret=secrets.token_urlsafe(32),
                due=now,
            ),
        )


def ask_hubs(castabout: Castabout, public_url: str) -> int:
    """Ask the hubs whose turn it is to begin, to renew or to end a subscription; how many were asked.

    They call back at ``public_url``. Raises `StoreError`.
    """
    asked = 0
    for subscription in subscriptions.due(castabout.store, castabout.clock(), limit=_ASKED):
        if is_over(subscription, castabout.clock()):
            subscriptions.forget(castabout.store, subscription.token)
            continue
        # Written before asking: a hub may verify before it answers.
        pending = asking(subscription, castabout.clock())
        if not subscriptions.replace(castabout.store, subscription, pending):
            continue
        asked += 1
        try:
            castabout.fetcher.post(subscription.hub, _form(subscription, public_url))
        except SourceError as error:
            subscriptions.replace(castabout.store, pending, failed(pending, without_secrets(error.cause)))
    return asked


def _form(subscription: Subscription, public_url: str) -> Mapping[str, str]:
    form = {
        "hub.mode": "subscribe" if subscription.is_wanted else "unsubscribe",
        "hub.topic": subscription.topic,
        "hub.callback": f"{public_url}{PATH}{subscription.token}",
    }
    if not subscription.is_wanted:
        return form
    lease = f"{LEASE.total_seconds():.0f}"
    return {**form, "hub.secret": subscription.secret, "hub.lease_seconds": lease}


def verify(castabout: Castabout, token: str, asked: Mapping[str, str]) -> str | None:
    """The answer to a hub that verifies, or denies, the subscription of ``token``: what to echo.

    ``None`` if it is not what we want. ``asked`` are the parameters of its request. Raises `StoreError`.
    """
    for _ in range(_TRIES):
        before = subscriptions.by_token(castabout.store, token)
        after = _verified(before, asked, castabout) if before else None
        if before is None or after is None:
            return None
        if subscriptions.replace(castabout.store, before, after):
            if is_over(after, castabout.clock()):
                subscriptions.forget(castabout.store, token)
            return "" if asked.get("hub.mode") == "denied" else asked.get("hub.challenge", "")
    return None


def _verified(before: Subscription, asked: Mapping[str, str], castabout: Castabout) -> Subscription | None:
    mode, topic, now = asked.get("hub.mode", ""), asked.get("hub.topic", ""), castabout.clock()
    if mode == "denied":
        return denied(before, topic=topic, reason=asked.get("hub.reason", ""), now=now)
    return confirmed(before, mode=mode, topic=topic, lease=asked.get("hub.lease_seconds", ""), now=now)


def wanted(castabout: Castabout, token: str) -> Subscription | None:
    """The subscription that a hub sends news for; ``None`` if we want none (any more). Raises `StoreError`."""
    subscription = subscriptions.by_token(castabout.store, token)
    return subscription if subscription and subscription.is_wanted else None


def take_news(castabout: Castabout, subscription: Subscription) -> None:
    """A hub says that there is news: see `fetch_news`. Raises `StoreError`."""
    subscriptions.note_news(castabout.store, subscription, castabout.clock())


def fetch_news(castabout: Castabout) -> Iterator[FeedResult]:
    """Fetch the feeds of which hubs said that there is news, whatever else is being fetched.

    Yields what became of each, once it is stored. One that another crawler
    has at this moment may be what it was before the news: it stays for the
    next time. Raises `StoreError`.
    """
    now = castabout.clock()
    rows = subscriptions.with_news(castabout.store, now, limit=_FETCHED)
    if not rows:
        return
    crawl = Crawl(castabout, index=lambda: None)
    jobs = {row: job for row in rows if (job := crawl.one(row))}
    for row in jobs:
        subscriptions.news_taken(castabout.store, row, now)
    yield from crawl.run(jobs.values())
