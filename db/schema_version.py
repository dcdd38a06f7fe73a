"""Which version of the tables this program speaks, and which one a file has."""

from sqlalchemy import Engine, inspect, text

from db.engine import reading
from db.faults import DatabaseTooNew, DatabaseTooOld, NoDatabase
from db.place import address

CURRENT = "0016"
"""The newest step in `db/migrations/versions`; a test keeps the two alike."""


def check(engine: Engine) -> None:
    """Raises NoDatabase, DatabaseTooNew or DatabaseTooOld when this program cannot use the file."""
    found = found_version(engine)
    where = address(engine)
    if found is None:
        raise NoDatabase(where, "the file holds no hall")
    if found > CURRENT:
        raise DatabaseTooNew(where, f"{found} > {CURRENT}")
    if found < CURRENT:
        raise DatabaseTooOld(where, f"{found} < {CURRENT}")


def found_version(engine: Engine) -> str | None:
    with reading(engine) as session:
        if not inspect(session.connection()).has_table("alembic_version"):
            return None
        found = session.connection().execute(text("SELECT version_num FROM alembic_version"))
        return found.scalar()
