"""Statements compiled once and run on the driver's own connection.

SQLAlchemy takes longer to execute one small statement than SQLite takes to carry it out. For the
few statements that every ticket and every call needs, the compiled text is kept; everything else
uses the session (docs/decisions/0004).
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, Update
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import TypeEngine
from sqlmodel import Session

from db.tables.columns import UtcDateTime

Processor = Callable[[Any], Any]
Statement = Select[*tuple[Any, ...]] | Insert | Update | Delete


DRIVER = "jiaohao_driver"
"""In the facts of a session: its driver's own connection, once asked for."""


class Prepared:
    """One statement, its parameters given by name with each run.

    The statement is built at import; it is compiled at its first run. It goes past the session:
    nothing is flushed before it, and what the session has loaded is not refreshed.
    """

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self.compiled: dict[str, Compiled] = {}

    def all(self, session: Session, **values: Any) -> list[tuple[Any, ...]]:
        """Every row; a statement that returns none gives []."""
        connection = session.bind  # `reading` and `writing` have begun its transaction
        assert isinstance(connection, Connection)
        dialect = connection.dialect
        compiled = self.compiled.get(dialect.name)
        if compiled is None:
            compiled = self.compiled[dialect.name] = Compiled(self.statement, dialect)
        driver = session.info.get(DRIVER)
        if driver is None:
            driver = session.info[DRIVER] = connection.connection.driver_connection
        return compiled.run(driver, values)

    def one(self, session: Session, **values: Any) -> tuple[Any, ...] | None:
        """The first row; None when there is none."""
        rows = self.all(session, **values)
        return rows[0] if rows else None


def to_driver(kind: TypeEngine[Any], dialect: Dialect) -> Processor | None:
    """What makes a value of this type one of the driver's; None: it is one already."""
    if isinstance(kind, UtcDateTime) and dialect.name == "sqlite":
        return moment_text
    return kind.dialect_impl(dialect).bind_processor(dialect)


def moment_text(moment: datetime | None) -> str | None:
    """As SQLAlchemy writes it, in a third of the time; raises ValueError for a naive one."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError(f"naive datetime {moment!r}")
    return moment.astimezone(UTC).isoformat(" ", "microseconds")[:-6]


class Compiled:
    def __init__(self, statement: Statement, dialect: Dialect) -> None:
        # By place: a driver takes three times as long to find values by their names.
        style = "qmark" if dialect.name == "sqlite" else "format"
        placed = type(dialect)(paramstyle=style, json_serializer=dialect._json_serializer)  # type: ignore
        compiled = statement.compile(dialect=placed)
        self.text = str(compiled)
        self.values: list[Any] = []
        """In each place; those that are the same at every run are there already."""
        self.given: list[tuple[int, str, Processor | None]] = []
        """The others: place, name (one may stand in several), what makes it the driver's."""
        for place, name in enumerate(compiled.positiontup or ()):
            bind = compiled.binds[name]
            processor = to_driver(bind.type, placed)
            constant = None if bind.required else bind.value
            self.values.append(processor(constant) if processor and not bind.required else constant)
            if bind.required:
                self.given.append((place, name, processor))
        self.dialect = placed
        self.columns: Sequence[ColumnElement[Any]] = (
            list(statement.selected_columns)
            if isinstance(statement, Select)
            else list(statement.exported_columns)
        )
        self.from_driver: list[tuple[int, Processor]] | None = None
        """Known with the first answer: what a driver gives depends on the type it was told."""

    def processors(self, told: Sequence[Any]) -> list[tuple[int, Processor]]:
        """By the place of each column that is not given as it is; `told`: the driver's columns."""
        found: list[tuple[int, Processor]] = []
        for place, column in enumerate(self.columns):
            kind = column.type.dialect_impl(self.dialect)
            processor = kind.result_processor(self.dialect, told[place][1])
            if processor is not None:
                found.append((place, processor))
        return found

    def run(self, driver: Any, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        placed = self.values.copy()
        for place, name, processor in self.given:
            value = values[name]
            placed[place] = value if processor is None else processor(value)
        cursor = driver.execute(self.text, placed)
        if cursor.description is None:
            return []
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        if self.from_driver is None:
            self.from_driver = self.processors(cursor.description)
        if not self.from_driver:
            return rows
        converted = []
        for row in rows:
            cells = list(row)
            for place, processor in self.from_driver:
                cells[place] = processor(cells[place])
            converted.append(tuple(cells))
        return converted
