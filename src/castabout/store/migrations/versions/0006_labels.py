"""Tags and people of episodes, and the statistics that they are chosen by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_Row = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables; indexing fills them, so every episode is indexed once more."""
    op.create_table(
        "labels",
        sa.Column("episode_row", _Row, sa.ForeignKey("episodes.row"), primary_key=True, autoincrement=False),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "people",
        sa.Column("name_key", sa.Text, primary_key=True),
        sa.Column("episode_row", _Row, sa.ForeignKey("episodes.row"), primary_key=True),
    )
    op.create_index("people_of_episode", "people", ["episode_row"])
    op.create_table(
        "repeats",
        sa.Column("podcast_row", _Row, sa.ForeignKey("podcasts.row"), primary_key=True, autoincrement=False),
        sa.Column("episodes", sa.Integer, nullable=False),
        sa.Column("last_row", _Row, nullable=False),
        sa.Column("labelled", sa.Integer, nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "words",
        sa.Column("language", sa.Text, primary_key=True),
        sa.Column("episodes", sa.Integer, nullable=False),
        sa.Column("last_row", _Row, nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    op.execute("INSERT INTO changes (kind, row) SELECT 'episode', row FROM episodes ORDER BY row")


def downgrade() -> None:
    """Remove them."""
    for name in ("words", "repeats", "people", "labels"):
        op.drop_table(name)
