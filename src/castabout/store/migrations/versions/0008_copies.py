"""Copies of episodes, and what they are looked up by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_Row = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_SIGNS = ("file", "day", "title")


def upgrade() -> None:
    """Make the tables; the index, which knows of copies now, is built anew and fills them."""
    op.create_table(
        "signs",
        sa.Column("episode_row", _Row, sa.ForeignKey("episodes.row"), primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.BigInteger) for name in _SIGNS),
    )
    for name in _SIGNS:
        op.create_index(f"signs_{name}", "signs", [name])
    op.create_table(
        "copies",
        sa.Column("episode_row", _Row, sa.ForeignKey("episodes.row"), primary_key=True, autoincrement=False),
        sa.Column("first_row", _Row, nullable=False),
    )
    op.create_index("copies_of", "copies", ["first_row"])


def downgrade() -> None:
    """Remove them."""
    for name in ("copies", "signs"):
        op.drop_table(name)
