"""What SQLite would read for the statements that a block really ran."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Self

import pytest

Ran = dict[str, Any]
"""Statement → the values it was last run with."""

WITH_EVERY_CITIZEN = (
    "ticket", "call", "announcement", "print_job", "journal", "notice", "rating", "visit_case"
)  # fmt: skip
WITH_EVERY_CATALOGUE = ("service", "material")
GROWS_FOR_EVER = WITH_EVERY_CITIZEN + WITH_EVERY_CATALOGUE

STEP = re.compile(
    r"(?P<how>SCAN|SEARCH) (?:TABLE )?(?P<table>\w+?)(?:_\d+)?(?: |$)"
    r"(?:.*?USING (?:COVERING )?INDEX (?P<index>\w+))?"
    r"(?:.*\((?P<found_by>[^()]*[<=>][^()]*)\))?"
)


@contextmanager
def recorded(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ran]:
    """Every statement of connections opened meanwhile, by the session's and db.prepared's road.

    With its placeholders, not as SQLite's trace shows it with the values put in: an IN of
    literals finds a partial index that the same IN of placeholders does not.
    """
    ran: Ran = {}

    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, parameters: Any = (), /) -> Self:
            ran[sql] = parameters
            return super().execute(sql, parameters)

        def executemany(self, sql: str, parameters: Any, /) -> Self:
            ran[sql] = parameters[0]
            return super().executemany(sql, parameters)

    class Connection(sqlite3.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

        def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
            ran[sql] = parameters
            return super().execute(sql, parameters)

    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Connection))
        yield ran


def through_history(database: Path, ran: Ran) -> list[str]:
    """The steps that take longer with every year the hall is open, each with its statement."""
    found = []
    with closing(sqlite3.connect(database)) as connection:
        partial_indexes = {
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'"
            )
        }
        for sql, parameters in dict(ran).items():  # this connection is recorded too
            if not sql.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
                continue
            plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)]
            is_first_of_order = "LIMIT" in sql and not any("TEMP B-TREE" in step for step in plan)
            found += [
                f"{step}: {sql}"
                for step in plan
                if grows(step, partial_indexes, is_first_of_order=is_first_of_order)
            ]
    return found


def grows(step: str, partial_indexes: set[str], *, is_first_of_order: bool) -> bool:
    match = STEP.match(step)
    if match is None or match["table"] not in GROWS_FOR_EVER:
        return False
    if match["index"] in partial_indexes:  # holds what is open, whatever the history
        return False
    if match["how"] == "SCAN" or "AUTOMATIC" in step:
        return True
    terms = (match["found_by"] or "").split(" AND ")
    if terms == ["hall_id=?"]:  # nearly every database has one hall
        return not is_first_of_order
    # "Everything before today" is the history.
    return any(
        "<" in term and not any(other.startswith(f"{term.split('<')[0]}>") for other in terms)
        for term in terms
    )
