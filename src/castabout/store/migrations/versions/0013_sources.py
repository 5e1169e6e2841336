"""Feeds that fail are found among millions of others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_FAILS = sa.text("last_error IS NOT NULL OR is_gone")


def upgrade() -> None:
    """Make the index."""
    op.create_index("feeds_failing", "feeds", ["podcast_row"], sqlite_where=_FAILS, postgresql_where=_FAILS)


def downgrade() -> None:
    """Remove it."""
    op.drop_index("feeds_failing", "feeds")
