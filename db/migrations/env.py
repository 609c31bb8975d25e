"""Alembic calls this module to run the steps on the connection that `db.migrate` gives, or to write a new one."""

from alembic import context

from db.metadata import METADATA
from db.migrations.rendering import is_described, plain_types

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
    render_item=plain_types,
    include_name=is_described,
)
with context.begin_transaction():
    context.run_migrations()
