"""Other addresses that lead to a podcast."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_Row = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "addresses",
        sa.Column("url", sa.Text, primary_key=True),
        sa.Column("podcast_row", _Row, sa.ForeignKey("podcasts.row"), nullable=False),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("addresses")
