"""What is said in episodes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_Row = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the table; `castabout transcript reread` fills it from the episodes that are there."""
    op.create_table(
        "spoken",
        sa.Column("episode_row", _Row, sa.ForeignKey("episodes.row"), primary_key=True, autoincrement=False),
        sa.Column("origin", sa.Text, primary_key=True),
        sa.Column("cues", sa.Integer),
        sa.Column("url", sa.Text),
        sa.Column("type", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("entry", sa.LargeBinary),
        sa.Column("due", sa.BigInteger),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("fetched", sa.BigInteger),
        sa.Column("value", sa.LargeBinary),
        sa.Column("raw", sa.LargeBinary),
    )
    due = sa.text("due IS NOT NULL")
    op.create_index(
        "spoken_due", "spoken", ["due", "episode_row", "origin"], sqlite_where=due, postgresql_where=due
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("spoken")
