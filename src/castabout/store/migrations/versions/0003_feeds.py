"""When each feed is fetched, how that went, and the passwords that some need."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_Row = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables; feeds from the web that are there already are due at once."""
    op.create_table(
        "feeds",
        sa.Column("podcast_row", _Row, sa.ForeignKey("podcasts.row"), primary_key=True, autoincrement=False),
        sa.Column("next_fetch", sa.BigInteger),
        sa.Column("lease_until", sa.BigInteger),
        sa.Column("lease_owner", sa.Text),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("body_hash", sa.LargeBinary),
        sa.Column("parser", sa.Integer),
        sa.Column("interval_s", sa.Integer),
        sa.Column("wait_s", sa.Integer),
        sa.Column("skips", sa.BigInteger),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_fetch", sa.BigInteger),
        sa.Column("last_good", sa.BigInteger),
        sa.Column("last_error", sa.Text),
        sa.Column("last_status", sa.Integer),
        sa.Column("hub", sa.Text),
        sa.Column("topic", sa.Text),
        sa.Column("is_gone", sa.Boolean, nullable=False),
        sa.Column("next_page", sa.Text),
        sa.Column("page_failures", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_index("feeds_due", "feeds", ["next_fetch", "lease_until"])
    op.create_index("podcasts_by_source", "podcasts", ["source"])
    op.create_table(
        "credentials",
        sa.Column("url", sa.Text, primary_key=True),
        sa.Column("user", sa.Text, nullable=False),
        sa.Column("password", sa.Text, nullable=False),
    )
    op.execute(
        "INSERT INTO feeds (podcast_row, next_fetch, failures, is_gone) "
        "SELECT row, added, 0, false FROM podcasts WHERE source LIKE 'http://%' OR source LIKE 'https://%'"
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_index("podcasts_by_source", "podcasts")
    for table in ("credentials", "feeds"):
        op.drop_table(table)
