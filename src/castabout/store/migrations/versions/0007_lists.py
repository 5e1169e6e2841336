"""Lists of episodes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_Row = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "lists",
        sa.Column("row", _Row, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("changed", sa.BigInteger, nullable=False),
    )
    op.create_index("lists_by_name", "lists", ["owner", "name"], unique=True)
    op.create_table(
        "list_items",
        sa.Column("list_row", _Row, sa.ForeignKey("lists.row"), primary_key=True, autoincrement=False),
        sa.Column("episode_row", _Row, sa.ForeignKey("episodes.row"), primary_key=True, autoincrement=False),
        sa.Column("place", sa.BigInteger, nullable=False),
        sa.Column("archived", sa.BigInteger),
    )
    op.create_index("list_items_in_order", "list_items", ["list_row", "archived", "place"])
    op.create_index("list_items_by_episode", "list_items", ["episode_row"])


def downgrade() -> None:
    """Remove them."""
    op.drop_table("list_items")
    op.drop_table("lists")
