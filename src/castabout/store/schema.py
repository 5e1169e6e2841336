"""The tables.

What SQL selects, joins or sorts by is a column; everything else that a feed
said of a podcast or an episode is one JSON ``value``, so that a new field of
the parser needs no migration. Times are seconds since 1970 in UTC.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    desc,
    false,
    or_,
    text,
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
    # Its address holds a secret, or its publisher wants it in no directory.
    Column("is_private", Boolean, nullable=False, server_default=false()),
)
Index(
    "podcasts_private",
    podcasts.c.row,
    sqlite_where=podcasts.c.is_private,
    postgresql_where=podcasts.c.is_private,
)
#: The condition of that index word for word: SQLite looks into it for no other, nor for ``is_private = 1``.
IS_PRIVATE = text("podcasts.is_private")
# Whoever names a feed's address is told of the podcast that is there.
Index("podcasts_by_source", podcasts.c.source)
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

# How fetching went and when it is done next: see `castabout.model.crawl.FeedState`.
feeds = Table(
    "feeds",
    metadata,
    Column("podcast_row", _Row, ForeignKey("podcasts.row"), primary_key=True, autoincrement=False),
    # Null: never again.
    Column("next_fetch", BigInteger),
    # A crawler that fetches it writes its name and until when others leave the feed to it.
    Column("lease_until", BigInteger),
    Column("lease_owner", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", LargeBinary),
    Column("parser", Integer),
    Column("interval_s", Integer),
    Column("wait_s", Integer),
    Column("skips", BigInteger),
    Column("failures", Integer, nullable=False),
    Column("last_fetch", BigInteger),
    Column("last_good", BigInteger),
    Column("last_error", Text),
    Column("last_status", Integer),
    Column("hub", Text),
    Column("topic", Text),
    Column("is_gone", Boolean, nullable=False),
    Column("next_page", Text),
    Column("page_failures", Integer, nullable=False, server_default="0"),
)
# What is due is read from the index alone, also past those that others have leased.
Index("feeds_due", feeds.c.next_fetch, feeds.c.lease_until)
#: As `IS_PRIVATE`.
FAILS = text("(feeds.last_error IS NOT NULL OR feeds.is_gone)")
_FAILS = or_(feeds.c.last_error.is_not(None), feeds.c.is_gone)
Index("feeds_failing", feeds.c.podcast_row, sqlite_where=_FAILS, postgresql_where=_FAILS)

# Never joined into anything that is shown, exported or logged.
credentials = Table(
    "credentials",
    metadata,
    # Of the feed, without them.
    Column("url", Text, primary_key=True),
    Column("user", Text, nullable=False),
    Column("password", Text, nullable=False),
)

# What hubs were asked to push: see `castabout.model.websub.Subscription`.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("token", Text, primary_key=True),
    Column("podcast_row", _Row, ForeignKey("podcasts.row"), nullable=False),
    Column("hub", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("is_wanted", Boolean, nullable=False),
    Column("asked", BigInteger),
    Column("expires", BigInteger),
    Column("due", BigInteger, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("error", Text),
    # When the hub said that there is news, which is still to be fetched.
    Column("news", BigInteger),
)
_NEWS = subscriptions.c.news.is_not(None)
Index("subscriptions_news", subscriptions.c.news, sqlite_where=_NEWS, postgresql_where=_NEWS)
Index("subscriptions_due", subscriptions.c.due)
# A feed has one that is wanted; older ones at other hubs come to their end.
_WANTED = subscriptions.c.is_wanted
Index(
    "subscriptions_wanted",
    subscriptions.c.podcast_row,
    unique=True,
    sqlite_where=_WANTED,
    postgresql_where=_WANTED,
)

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

# What is said in episodes, and their chapters: one row for each place that tells it.
spoken = Table(
    "spoken",
    metadata,
    Column("episode_row", _Row, ForeignKey("episodes.row"), primary_key=True, autoincrement=False),
    # `notes`: the item in the feed itself; `feed` and `chapters`: files that it names; `file`: brought along.
    Column("origin", Text, primary_key=True),
    # Of the transcript in `value`; null without one.
    Column("cues", Integer),
    # Where and as what the file was found.
    Column("url", Text),
    Column("type", Text),
    # Of the transcript, as its publisher gave it.
    Column("language", Text),
    # Of what the feed names: other files are fetched, the same ones are not again.
    Column("entry", LargeBinary),
    # When the file is fetched; null: not until the feed names another one.
    Column("due", BigInteger),
    Column("failures", Integer, nullable=False),
    Column("error", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("fetched", BigInteger),
    # Last, so that nothing else has to be looked for behind them. What was read, see
    # `castabout.store.packing`; null if nothing was yet, or could be.
    Column("value", LargeBinary),
    # The file as it was fetched, packed with the help of `value`, so that a better parser can read it again.
    Column("raw", LargeBinary),
)
_DUE = spoken.c.due.is_not(None)
Index(
    "spoken_due",
    spoken.c.due,
    spoken.c.episode_row,
    spoken.c.origin,
    sqlite_where=_DUE,
    postgresql_where=_DUE,
)

# Tags and people of episodes, derived from their text: see `castabout.model.labels.Labels`.
labels = Table(
    "labels",
    metadata,
    Column("episode_row", _Row, ForeignKey("episodes.row"), primary_key=True, autoincrement=False),
    Column("value", Text, nullable=False),
    # Whether its podcast was private when they were counted in `names`.
    Column("is_private", Boolean, nullable=False, server_default=false()),
)
# The same people by their names as names are compared.
people = Table(
    "people",
    metadata,
    Column("name_key", Text, primary_key=True),
    Column("episode_row", _Row, ForeignKey("episodes.row"), primary_key=True),
)
Index("people_of_episode", people.c.episode_row)
# How many episodes have which people and topics: see `castabout.store.names`.
names = Table(
    "names",
    metadata,
    Column("row", _Row, primary_key=True),
    # `person` or `topic`, and how names of this kind are compared.
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("episodes", Integer, nullable=False),
    # Those of them that are of private podcasts.
    Column("private", Integer, nullable=False),
    # The index has not seen these counts.
    Column("is_stale", Boolean, nullable=False),
)
Index("names_by_key", names.c.kind, names.c.key, unique=True)
Index("names_stale", names.c.row, sqlite_where=names.c.is_stale, postgresql_where=names.c.is_stale)
#: As `IS_PRIVATE`.
IS_STALE = text("names.is_stale")

# What copies of an episode are looked up by: see `castabout.model.signs.Signs`.
signs = Table(
    "signs",
    metadata,
    Column("episode_row", _Row, ForeignKey("episodes.row"), primary_key=True, autoincrement=False),
    Column("file", BigInteger),
    Column("day", BigInteger),
    Column("title", BigInteger),
)
Index("signs_file", signs.c.file)
Index("signs_day", signs.c.day)
Index("signs_title", signs.c.title)
# Episodes that were published more than once, each with the first of its copies, the first one too.
copies = Table(
    "copies",
    metadata,
    Column("episode_row", _Row, ForeignKey("episodes.row"), primary_key=True, autoincrement=False),
    Column("first_row", _Row, nullable=False),
)
Index("copies_of", copies.c.first_row)

# What a show repeats: see `castabout.text.repeats.Repeats`.
repeats = Table(
    "repeats",
    metadata,
    Column("podcast_row", _Row, ForeignKey("podcasts.row"), primary_key=True, autoincrement=False),
    # How many are counted, and the last of them; those behind it are not counted yet.
    Column("episodes", Integer, nullable=False),
    Column("last_row", _Row, nullable=False),
    # How many were counted when all of them were labelled.
    Column("labelled", Integer, nullable=False),
    Column("value", LargeBinary, nullable=False),
)
# How many of some episodes have which words: see `castabout.model.labels.WordCounts`.
words = Table(
    "words",
    metadata,
    Column("language", Text, primary_key=True),
    Column("episodes", Integer, nullable=False),
    # The last episode that was or could have been counted.
    Column("last_row", _Row, nullable=False),
    Column("value", LargeBinary, nullable=False),
)

# Feeds change the keys of episodes, whose ids stay: the id that a later key would have given, and the one it has.
other_ids = Table(
    "other_ids",
    metadata,
    Column("id", Text, primary_key=True),
    Column("podcast_row", _Row, ForeignKey("podcasts.row"), nullable=False),
    Column("episode_id", Text, ForeignKey("episodes.id"), nullable=False),
)
Index("other_ids_of_podcast", other_ids.c.podcast_row)

# Lists of episodes that people make, Listen Later among them.
lists = Table(
    "lists",
    metadata,
    Column("row", _Row, primary_key=True),
    # Whose it is: see `castabout.model.lists`.
    Column("owner", Text, nullable=False),
    Column("name", Text, nullable=False),
    # Whoever knows it may read the list as a feed.
    Column("key", Text, nullable=False, unique=True),
    Column("changed", BigInteger, nullable=False),
)
Index("lists_by_name", lists.c.owner, lists.c.name, unique=True)
list_items = Table(
    "list_items",
    metadata,
    Column("list_row", _Row, ForeignKey("lists.row"), primary_key=True, autoincrement=False),
    Column("episode_row", _Row, ForeignKey("episodes.row"), primary_key=True, autoincrement=False),
    # Its order by hand; there may be gaps.
    Column("place", BigInteger, nullable=False),
    # When it was put away; null: it is to be listened to.
    Column("archived", BigInteger),
)
Index("list_items_in_order", list_items.c.list_row, list_items.c.archived, list_items.c.place)
# A page asks which of its episodes are in a list.
Index("list_items_by_episode", list_items.c.episode_row)

# How far somebody heard an episode.
positions = Table(
    "positions",
    metadata,
    # As of `lists`.
    Column("owner", Text, primary_key=True),
    Column("episode_row", _Row, ForeignKey("episodes.row"), primary_key=True, autoincrement=False),
    Column("milliseconds", BigInteger, nullable=False),
    Column("is_finished", Boolean, nullable=False),
    # Milliseconds since 1970: two devices may say so within a second.
    Column("changed", BigInteger, nullable=False),
)
Index("positions_by_episode", positions.c.episode_row)

# Who may log in.
users = Table(
    "users",
    metadata,
    Column("row", _Row, primary_key=True),
    # The ``owner`` of what is theirs.
    Column("id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    # The name folded, so that no two look the same.
    Column("name_key", Text, nullable=False, unique=True),
    # Hashed by Argon2id.
    Column("password", Text, nullable=False),
    Column("created", BigInteger, nullable=False),
)
# What proves who somebody is: sessions of browsers, tokens of programs.
access_keys = Table(
    "access_keys",
    metadata,
    Column("row", _Row, primary_key=True),
    # SHA-256 of the key, which has 256 random bits and is kept nowhere.
    Column("hash", Text, nullable=False, unique=True),
    Column("user_row", _Row, ForeignKey("users.row"), nullable=False),
    Column("name", Text, nullable=False),
    # With blanks between them; null for a session.
    Column("scopes", Text),
    Column("created", BigInteger, nullable=False),
    Column("expires", BigInteger),
    sqlite_autoincrement=True,
)
Index("access_keys_of_user", access_keys.c.user_row)

# What the owner sets on the pages, and what is made once and kept: see `castabout.store.settings`.
settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

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
