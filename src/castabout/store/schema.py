"""The tables.

What SQL selects, joins or sorts by is a column; everything else that a feed
said of a podcast or an episode is one JSON ``value``, so that a new field of
the parser needs no migration. Times are seconds since 1970 in UTC.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    desc,
)

metadata = MetaData()

# SQLite gives out row numbers only for INTEGER; PostgreSQL wants the room of BIGINT.
_Row = BigInteger().with_variant(Integer, "sqlite")

podcasts = Table(
    "podcasts",
    metadata,
    Column("row", _Row, primary_key=True),
    # UUID from podcast:guid or the feed's address: the same in every library.
    Column("id", Text, nullable=False, unique=True),
    Column("source", Text, nullable=False),
    # Of the JSON value: tells whether a feed said anything new.
    Column("digest", LargeBinary, nullable=False),
    Column("value", Text, nullable=False),
    # Kept here, since pages show it for every podcast of a list.
    Column("episodes", Integer, nullable=False),
    Column("added", BigInteger, nullable=False),
    # The UUID of its podcast:guid, and its title as titles are compared. Neither is anybody's alone.
    Column("guid", Text),
    Column("title_key", Text),
)
Index("podcasts_by_guid", podcasts.c.guid)
Index("podcasts_by_title", podcasts.c.title_key)

# Every address under which a podcast was read; its source is one of them.
addresses = Table(
    "addresses",
    metadata,
    Column("url", Text, primary_key=True),
    Column("podcast_row", _Row, ForeignKey("podcasts.row"), nullable=False),
)
Index("addresses_of_podcast", addresses.c.podcast_row)

episodes = Table(
    "episodes",
    metadata,
    Column("row", _Row, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("podcast_row", _Row, ForeignKey("podcasts.row"), nullable=False),
    # Null when unknown, never now.
    Column("published", BigInteger),
    Column("digest", LargeBinary, nullable=False),
    Column("value", Text, nullable=False),
)
# The pages of a podcast and the newest of all, without sorting the table.
Index("episodes_of_podcast", episodes.c.podcast_row, desc(episodes.c.published))
Index("episodes_newest", desc(episodes.c.published))

# Feeds change the keys of episodes, whose ids stay: the id that a later key would have given, and the one it has.
other_ids = Table(
    "other_ids",
    metadata,
    Column("id", Text, primary_key=True),
    Column("podcast_row", _Row, ForeignKey("podcasts.row"), nullable=False),
    Column("episode_id", Text, ForeignKey("episodes.id"), nullable=False),
)
Index("other_ids_of_podcast", other_ids.c.podcast_row)

# What the index has not seen yet. Entries are only ever added and taken away
# whole, so a crash between writing the index and clearing the queue costs
# nothing but indexing the same row again.
changes = Table(
    "changes",
    metadata,
    Column("sequence", _Row, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("row", _Row, nullable=False),
    # Without it SQLite would give the number of a cleared entry to a new one.
    sqlite_autoincrement=True,
)
