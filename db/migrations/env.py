"""Alembic calls this module to run the steps on the connection that `db.migrate` gives."""

from alembic import context

from db.metadata import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
