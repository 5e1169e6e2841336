"""Alembic runs this file to apply the migrations to the connection it is given."""

from __future__ import annotations

from alembic import context

from castabout.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
