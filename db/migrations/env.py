"""Alembic's entry: the engine is handed in by `db.upgrade`."""

from alembic import context
from sqlmodel import SQLModel

import db.tables  # noqa: F401  makes the metadata complete
from db.engine import WRITES

engine = context.config.attributes["engine"]

with engine.connect().execution_options(**{WRITES: True}) as connection:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
