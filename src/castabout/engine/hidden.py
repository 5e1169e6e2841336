"""What an installation that everybody can reach does not show: private podcasts.

Why: docs/decisions/010-private-podcasts.md
"""

from __future__ import annotations

from castabout.engine.castabout import Castabout
from castabout.query.ast import Query, Without
from castabout.store import podcasts


def hidden_rows(castabout: Castabout) -> frozenset[int]:
    """The rows of the podcasts that are not shown. Raises `StoreError`."""
    return frozenset() if castabout.shows_private else podcasts.private_rows(castabout.store)


def visible(castabout: Castabout, query: Query) -> Query:
    """``query`` without what is not shown. Raises `StoreError`."""
    hidden = hidden_rows(castabout)
    return Without(query, hidden) if hidden else query
