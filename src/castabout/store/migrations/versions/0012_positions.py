"""How far episodes were heard."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_Row = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "positions",
        sa.Column("owner", sa.Text, primary_key=True),
        sa.Column("episode_row", _Row, sa.ForeignKey("episodes.row"), primary_key=True, autoincrement=False),
        sa.Column("milliseconds", sa.BigInteger, nullable=False),
        sa.Column("is_finished", sa.Boolean, nullable=False),
        sa.Column("changed", sa.BigInteger, nullable=False),
    )
    op.create_index("positions_by_episode", "positions", ["episode_row"])


def downgrade() -> None:
    """Remove it."""
    op.drop_table("positions")
