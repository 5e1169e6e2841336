"""Subscriptions at hubs, and which podcasts are private."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_Row = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the table and the column; a feed that is read again says whether it is private."""
    op.add_column("podcasts", sa.Column("is_private", sa.Boolean, nullable=False, server_default=sa.false()))
    private = sa.text("is_private")
    op.create_index("podcasts_private", "podcasts", ["row"], sqlite_where=private, postgresql_where=private)
    op.create_table(
        "subscriptions",
        sa.Column("token", sa.Text, primary_key=True),
        sa.Column("podcast_row", _Row, sa.ForeignKey("podcasts.row"), nullable=False),
        sa.Column("hub", sa.Text, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("is_wanted", sa.Boolean, nullable=False),
        sa.Column("asked", sa.BigInteger),
        sa.Column("expires", sa.BigInteger),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("news", sa.BigInteger),
    )
    op.create_index("subscriptions_due", "subscriptions", ["due"])
    news = sa.text("news IS NOT NULL")
    op.create_index("subscriptions_news", "subscriptions", ["news"], sqlite_where=news, postgresql_where=news)
    wanted = sa.text("is_wanted")
    op.create_index(
        "subscriptions_wanted",
        "subscriptions",
        ["podcast_row"],
        unique=True,
        sqlite_where=wanted,
        postgresql_where=wanted,
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("subscriptions")
    op.drop_index("podcasts_private", "podcasts")
    op.drop_column("podcasts", "is_private")
