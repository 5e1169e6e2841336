"""The first tables: podcasts, episodes, and the queue of what the index has not seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_Row = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "podcasts",
        sa.Column("row", _Row, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("episodes", sa.Integer, nullable=False),
        sa.Column("added", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "episodes",
        sa.Column("row", _Row, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("podcast_row", _Row, sa.ForeignKey("podcasts.row"), nullable=False),
        sa.Column("published", sa.BigInteger),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_index("episodes_of_podcast", "episodes", ["podcast_row", sa.text("published DESC")])
    op.create_index("episodes_newest", "episodes", [sa.text("published DESC")])
    op.create_table(
        "changes",
        sa.Column("sequence", _Row, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("row", _Row, nullable=False),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Remove them."""
    for table in ("changes", "episodes", "podcasts"):
        op.drop_table(table)
