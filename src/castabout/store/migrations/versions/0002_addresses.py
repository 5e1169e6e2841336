"""What a podcast and an episode are recognised by: addresses, GUID and title, other ids."""

from __future__ import annotations

import json
from uuid import UUID, uuid5

import sqlalchemy as sa
from alembic import op

from castabout.text.fold import fold

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_Row = sa.BigInteger().with_variant(sa.Integer, "sqlite")
# As castabout.parse.identity made them when this migration was written.
_NAMESPACE = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


def upgrade() -> None:
    """Make the tables and fill them from what is there."""
    op.add_column("podcasts", sa.Column("guid", sa.Text))
    op.add_column("podcasts", sa.Column("title_key", sa.Text))
    op.create_index("podcasts_by_guid", "podcasts", ["guid"])
    op.create_index("podcasts_by_title", "podcasts", ["title_key"])
    op.create_table(
        "addresses",
        sa.Column("url", sa.Text, primary_key=True),
        sa.Column("podcast_row", _Row, sa.ForeignKey("podcasts.row"), nullable=False),
    )
    op.create_index("addresses_of_podcast", "addresses", ["podcast_row"])
    op.create_table(
        "other_ids",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("podcast_row", _Row, sa.ForeignKey("podcasts.row"), nullable=False),
        sa.Column("episode_id", sa.Text, sa.ForeignKey("episodes.id"), nullable=False),
    )
    op.create_index("other_ids_of_podcast", "other_ids", ["podcast_row"])
    connection = op.get_bind()
    connection.execute(
        sa.text(
            "INSERT INTO addresses (url, podcast_row) SELECT source, min(row) FROM podcasts GROUP BY source"
        )
    )
    statement = sa.text("UPDATE podcasts SET guid = :guid, title_key = :title_key WHERE row = :row")
    for row, value in connection.execute(sa.text("SELECT row, value FROM podcasts")).all():
        connection.execute(statement, {"row": row, **_keys(json.loads(value))})


def downgrade() -> None:
    """Remove them."""
    for table in ("other_ids", "addresses"):
        op.drop_table(table)
    for index in ("podcasts_by_title", "podcasts_by_guid"):
        op.drop_index(index, "podcasts")
    for column in ("title_key", "guid"):
        op.drop_column("podcasts", column)


def _keys(podcast: dict[str, object]) -> dict[str, str | None]:
    title, guid = str(podcast.get("title") or ""), str(podcast.get("guid") or "").strip()
    try:
        uuid = UUID(guid) if guid else None
    except ValueError:
        uuid = uuid5(_NAMESPACE, guid)
    return {"guid": str(uuid) if uuid else None, "title_key": " ".join(fold(title).split()) or None}
