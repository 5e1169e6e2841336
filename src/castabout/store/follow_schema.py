"""The tables of topics that people follow; how tables are made tells `castabout.store.schema`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text, text

from castabout.store.schema import metadata

_Row = BigInteger().with_variant(Integer, "sqlite")

# Queries whose new episodes people want to hear of: see `castabout.model.follows.Follow`.
follows = Table(
    "follows",
    metadata,
    Column("row", _Row, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("pace", Text, nullable=False),
    Column("service", Text),
    Column("made", BigInteger, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("since_row", BigInteger, nullable=False),
    Column("is_paused", Boolean, nullable=False),
    # What is shown of one that was removed never becomes another one's.
    sqlite_autoincrement=True,
)
Index("follows_by_query", follows.c.owner, follows.c.query, unique=True)
# Where their notices go. As `credentials`: never joined into anything that is shown, exported or logged.
targets = Table(
    "targets",
    metadata,
    Column("follow_row", _Row, ForeignKey("follows.row"), primary_key=True, autoincrement=False),
    Column("url", Text, nullable=False),
)
# Notices: see `castabout.model.follows.Delivery`.
deliveries = Table(
    "deliveries",
    metadata,
    Column("row", _Row, primary_key=True),
    Column("follow_row", _Row, ForeignKey("follows.row"), nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("episodes", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("sent", BigInteger),
    # When it is tried next; null: it was sent, or given up.
    Column("due", BigInteger),
    Column("error", Text),
    sqlite_autoincrement=True,
)
Index("deliveries_of_follow", deliveries.c.follow_row, deliveries.c.row)
_TO_SEND = deliveries.c.due.is_not(None)
Index("deliveries_due", deliveries.c.due, sqlite_where=_TO_SEND, postgresql_where=_TO_SEND)
# What was new for a follow: kept for good, so that no episode is told twice.
finds = Table(
    "finds",
    metadata,
    Column("follow_row", _Row, ForeignKey("follows.row"), primary_key=True, autoincrement=False),
    Column("episode_row", _Row, ForeignKey("episodes.row"), primary_key=True, autoincrement=False),
    Column("found", BigInteger, nullable=False),
    # It is to be told, and is in no notice yet.
    Column("waits", Boolean, nullable=False),
    Column("delivery_row", _Row, ForeignKey("deliveries.row")),
)
Index("finds_in_order", finds.c.follow_row, finds.c.found)
Index("finds_of_delivery", finds.c.delivery_row)
Index("finds_waiting", finds.c.follow_row, sqlite_where=finds.c.waits, postgresql_where=finds.c.waits)
#: As `IS_PRIVATE`.
WAITS = text("finds.waits")
# One row: how far episodes were compared with follows.
matched = Table(
    "matched",
    metadata,
    # Of the last episode.
    Column("seen_row", BigInteger, nullable=False),
    # Goes up each time, so that of two processes that do the same one finds out.
    Column("turn", BigInteger, nullable=False),
)
# Episodes that were compared before their transcripts came, and are once more when these have.
unread = Table(
    "unread",
    metadata,
    Column("episode_row", _Row, ForeignKey("episodes.row"), primary_key=True, autoincrement=False),
)
