"""Topics that people follow, what was found for them, and the notices of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_Row = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "follows",
        sa.Column("row", _Row, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("pace", sa.Text, nullable=False),
        sa.Column("service", sa.Text),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("since_row", sa.BigInteger, nullable=False),
        sa.Column("is_paused", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("follows_by_query", "follows", ["owner", "query"], unique=True)
    op.create_table(
        "targets",
        sa.Column("follow_row", _Row, sa.ForeignKey("follows.row"), primary_key=True, autoincrement=False),
        sa.Column("url", sa.Text, nullable=False),
    )
    op.create_table(
        "deliveries",
        sa.Column("row", _Row, primary_key=True),
        sa.Column("follow_row", _Row, sa.ForeignKey("follows.row"), nullable=False),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.Column("episodes", sa.Integer, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("sent", sa.BigInteger),
        sa.Column("due", sa.BigInteger),
        sa.Column("error", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("deliveries_of_follow", "deliveries", ["follow_row", "row"])
    due = sa.text("due IS NOT NULL")
    op.create_index("deliveries_due", "deliveries", ["due"], sqlite_where=due, postgresql_where=due)
    op.create_table(
        "finds",
        sa.Column("follow_row", _Row, sa.ForeignKey("follows.row"), primary_key=True, autoincrement=False),
        sa.Column("episode_row", _Row, sa.ForeignKey("episodes.row"), primary_key=True, autoincrement=False),
        sa.Column("found", sa.BigInteger, nullable=False),
        sa.Column("waits", sa.Boolean, nullable=False),
        sa.Column("delivery_row", _Row, sa.ForeignKey("deliveries.row")),
    )
    op.create_index("finds_in_order", "finds", ["follow_row", "found"])
    op.create_index("finds_of_delivery", "finds", ["delivery_row"])
    waits = sa.text("waits")
    op.create_index("finds_waiting", "finds", ["follow_row"], sqlite_where=waits, postgresql_where=waits)
    op.create_table(
        "matched",
        sa.Column("seen_row", sa.BigInteger, nullable=False),
        sa.Column("turn", sa.BigInteger, nullable=False),
    )
    op.execute("INSERT INTO matched (seen_row, turn) VALUES (0, 0)")
    op.create_table(
        "unread",
        sa.Column("episode_row", _Row, sa.ForeignKey("episodes.row"), primary_key=True, autoincrement=False),
    )


def downgrade() -> None:
    """Remove them."""
    for name in ("unread", "matched", "finds", "deliveries", "targets", "follows"):
        op.drop_table(name)
