"""How many episodes have which people and topics."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; indexing fills it, so labels begin anew and every episode is indexed once more."""
    op.create_table(
        "names",
        sa.Column("row", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("episodes", sa.Integer, nullable=False),
        sa.Column("private", sa.Integer, nullable=False),
        sa.Column("is_stale", sa.Boolean, nullable=False),
    )
    op.create_index("names_by_key", "names", ["kind", "key"], unique=True)
    is_stale = sa.text("is_stale")
    op.create_index("names_stale", "names", ["row"], sqlite_where=is_stale, postgresql_where=is_stale)
    op.execute("DELETE FROM labels")
    op.execute("DELETE FROM people")
    op.add_column("labels", sa.Column("is_private", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute("INSERT INTO changes (kind, row) SELECT 'episode', row FROM episodes ORDER BY row")


def downgrade() -> None:
    """Remove it."""
    op.drop_column("labels", "is_private")
    op.drop_table("names")
