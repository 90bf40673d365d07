"""What alembic runs: the migrations, on the connection and in the transaction it is handed."""

from alembic import context

from archive import (  # noqa: F401 - they fill the metadata
    schema,
    schema_likeness,
    schema_limits,
    schema_revisits,
    schema_telling,
)
from archive.columns import metadata
from archive.migrations.names import include_name

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_name=include_name,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
