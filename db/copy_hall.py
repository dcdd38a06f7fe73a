"""All rows of a hall into another, empty database: from a file to a server, or back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    bindparam,
    event,
    func,
    select,
    text,
)
from sqlmodel import Session, SQLModel, col

import db.tables  # noqa: F401  makes the metadata complete
from db import journal, place
from db.engine import faults_named, reading, writing
from db.faults import DatabaseDamaged
from db.tables import Hall
from db.tables.columns import Json

BATCH = 500
"""Rows that are in memory at once."""


class NotEmpty(Exception):
    """There is a hall in the target already; nothing was changed."""


@dataclass(frozen=True)
class Copied:
    tables: int
    rows: int
    journal: int
    """The last row of the journal that was copied, by its number."""


def copy(source: Engine, target: Engine) -> Copied:
    """What was committed when it began; who works in the source is not held up.

    Both must have the tables of this program. Raises NotEmpty, DatabaseDamaged when what has
    arrived is not what was sent, and DatabaseFault for either; then nothing is in the target.
    """
    with reading(source) as there:
        return copy_from(there, target)


def copy_from(there: Session, target: Engine) -> Copied:
    with writing(target, quietly=True) as here:
        if here.scalar(select(func.count()).select_from(Hall)):
            raise NotEmpty(place.address(target))
        rows = copy_rows(there.connection(), here.connection())
        set_sequences(here.connection())
        last = check(there, here, target)
    return Copied(len(SQLModel.metadata.sorted_tables), rows, last)


def copy_older(source: Engine, target: Engine) -> None:
    """As `copy`, of a hall whose tables are not this program's, but those of the target."""
    with reading(source) as there, writing(target, quietly=True) as here:
        tables = tables_as_they_are(here.connection())
        copy_rows(there.connection(), here.connection(), tables)
        check_counts(there, here, target, tables)


def tables_as_they_are(connection: Connection) -> list[Table]:
    """With types that every engine knows, but for the mark of the version."""
    found = MetaData()

    def in_general(_: Any, __: Any, column: dict[str, Any]) -> None:
        kind = column["type"].as_generic()
        column["type"] = Json if isinstance(kind, JSON) else kind  # nothing is no 'null'

    event.listen(found, "column_reflect", in_general)
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def copy_rows(source: Connection, target: Connection, tables: Sequence[Table] | None = None) -> int:
    """In the order in which the tables refer to each other, and the rows of each table too."""
    count = 0
    for table in SQLModel.metadata.sorted_tables if tables is None else tables:
        for part in rows_of(source, table):
            target.execute(table.insert(), part)
            count += len(part)
    return count


def rows_of(source: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """In parts. Raises DatabaseFault, which names the source and not where they go."""
    statement = select(table).order_by(*table.primary_key.columns)
    with faults_named(source.engine):
        found = source.execution_options(yield_per=BATCH).execute(statement)
        for part in found.mappings().partitions(BATCH):
            yield [dict(row) for row in part]


def set_sequences(connection: Connection) -> None:
    """A server counts ids by itself, and does not look at the rows that came with theirs."""
    if connection.dialect.name != place.SERVER:
        return
    for table in SQLModel.metadata.sorted_tables:
        for column in table.primary_key.columns:
            if isinstance(column.type, Integer) and not column.foreign_keys:
                connection.execute(
                    text(
                        "SELECT setval(s, coalesce(:most, 1), :most IS NOT NULL)"
                        " FROM pg_get_serial_sequence(:table, :column) AS s WHERE s IS NOT NULL"
                    ).bindparams(bindparam("most", type_=BigInteger)),
                    {
                        "most": connection.scalar(select(func.max(column))),
                        "table": f'"{table.name}"',
                        "column": column.name,
                    },
                )


def check(there: Session, here: Session, target: Engine) -> int:
    """Raises DatabaseDamaged. The last number of the journal."""
    check_counts(there, here, target, SQLModel.metadata.sorted_tables)
    last = 0
    for hall_id in filter(None, here.scalars(select(col(Hall.id)))):
        arrived, last = journal.verify(here, hall_id), journal.last_sequence(here, hall_id)
        if arrived != journal.verify(there, hall_id):  # also of one that was tampered with
            raise DatabaseDamaged(place.address(target), f"journal, row {arrived.broken_at}")
    return last


def check_counts(there: Session, here: Session, target: Engine, tables: Sequence[Table]) -> None:
    """Raises DatabaseDamaged."""
    for table in tables:
        count = select(func.count()).select_from(table)
        if there.scalar(count) != here.scalar(count):
            raise DatabaseDamaged(place.address(target), f"{table.name}: rows are missing")
