"""What a person asked for, as the index can look it up."""

from __future__ import annotations

from functools import partial

from castabout.engine.castabout import Castabout
from castabout.engine.hidden import visible
from castabout.query.ast import Field, Query
from castabout.query.settle import settled
from castabout.store import podcasts

#: Of the podcasts that a name may mean, the best.
_MOST_PODCASTS = 10_000


def asked(castabout: Castabout, query: Query) -> Query:
    """``query`` as of today, in what is shown. Raises `StoreError` and `SearchIndexError`."""
    today = castabout.clock().date()
    return visible(castabout, settled(query, today=today, podcasts=partial(_rows, castabout)))


def _rows(castabout: Castabout, name: Field) -> frozenset[int]:
    """The podcasts with these words in their title, or with this id."""
    if stored := podcasts.by_id(castabout.store, name.text.text):
        return frozenset([stored.row])
    return frozenset(castabout.index.podcasts(name, limit=_MOST_PODCASTS))
