"""The JSON of what people follow: of the API, of buttons pressed by a script, and of ``--json``."""

from __future__ import annotations

from collections.abc import Iterable

from castabout.model.follows import Delivery, FollowLine, Preview
from castabout.render.json import Json, encode, episodes_json


def follows_json(lines: Iterable[FollowLine]) -> bytes:
    """All that somebody follows."""
    return encode({"follows": [_follow(line) for line in lines]})


def follow_json(line: FollowLine) -> bytes:
    """One of them."""
    return encode(_follow(line))


def delivery_json(delivery: Delivery) -> bytes:
    """What became of a notice."""
    return encode(_delivery(delivery))


def preview_json(preview: Preview) -> bytes:
    """What would have been told lately."""
    return encode(
        {
            "query": preview.query,
            "since": preview.since,
            "total": preview.total,
            "more": preview.is_more,
            "hits": episodes_json(preview.episodes),
        }
    )


def _follow(line: FollowLine) -> Json:
    follow = line.follow
    return {
        "query": follow.query,
        "since": follow.since,
        "paused": follow.is_paused,
        "pace": follow.pace,
        # Never the address itself, which holds secrets.
        "notices_to": follow.service,
        "found": line.found,
        "latest": episodes_json(line.latest),
        "deliveries": [_delivery(delivery) for delivery in line.deliveries],
    }


def _delivery(delivery: Delivery) -> Json:
    return {
        "made": delivery.made,
        "test": delivery.is_test,
        "episodes": delivery.episodes,
        "state": delivery.state,
        "tries": delivery.tries,
        "sent": delivery.sent,
        "next_try": delivery.next_try,
        "error": delivery.error,
    }
