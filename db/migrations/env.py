"""Alembic's entry: the engine is handed in by `db.upgrade`."""

from alembic import context
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

import db.tables  # noqa: F401  makes the metadata complete
from db.write_lock import WRITES

engine = context.config.attributes["engine"]

with engine.connect().execution_options(**{WRITES: True}) as connection:
    # SQLite changes a table by building it anew; what refers to it would forbid to drop the old
    # one. It cannot be switched inside a transaction, so it goes first, and is checked at the end.
    on_sqlite = connection.dialect.name == "sqlite"
    driver = connection.connection.driver_connection
    if on_sqlite:
        driver.execute("PRAGMA foreign_keys = OFF")
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()
        if on_sqlite and (lost := driver.execute("PRAGMA foreign_key_check").fetchone()):
            raise IntegrityError(
                "PRAGMA foreign_key_check", None, ValueError(f"no such row: {lost}")
            )
    connection.commit()
    if on_sqlite:
        driver.execute("PRAGMA foreign_keys = ON")
