"""How Alembic runs here: given a connection by `migrations.run`."""

from alembic import context

from apropos_service import tables  # noqa: F401 so that every table is declared
from apropos_service.database.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata(), render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
