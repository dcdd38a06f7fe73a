"""Whether the hall's memory is whole: pages, indexes and references, not what the journal says."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, select
from sqlmodel import SQLModel

import db.tables  # noqa: F401  makes the metadata complete
from db import place
from db.engine import reading

BATCH = 1000


def damage_of(engine: Engine) -> list[str]:
    """[] where it is whole. Raises DatabaseFault, and sqlite3.Error.

    A server keeps indexes and references itself: there every row is read once, which names a
    damaged page as DatabaseDamaged.
    """
    if not place.on_server(engine):
        return damage(place.file_of(engine))
    with reading(engine) as session:
        for table in SQLModel.metadata.sorted_tables:
            rows = session.connection().execution_options(yield_per=BATCH).execute(select(table))
            for _ in rows.partitions():
                pass
    return []


def damage(path: Path) -> list[str]:
    """Of pages, indexes and references; [] where the file is whole. Raises sqlite3.Error."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        wrong = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
        wrong = [line for line in wrong if line != "ok"]
        return wrong + [
            f"{row[0]} {row[1]} → {row[2]}"
            for row in connection.execute("PRAGMA foreign_key_check")
        ]
