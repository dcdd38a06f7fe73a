"""What keeps each promise, and how it is taken away to see that a proof notices.

A proof that cannot fail proves nothing. Nothing of this is reached in a hall's own programs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import db.file_lock
import db.sqlite_file
from db.engine import writing
from db.tables import PrintJobKind
from hall.announcing import announcement_queue
from hall.catalogue import catalogue
from hall.marked import _
from hall.printing import print_jobs
from hall.tickets import tickets

if TYPE_CHECKING:
    from hall.open_hall import OpenHall
    from hall.tickets.tickets import Issued

GUARDS = {
    "lock": _("a writer takes the write lock before it reads"),
    "unique": _("the table itself refuses a number a second time"),
    "full": _("a commit waits until the disk has it (synchronous = FULL)"),
    "lease": _("one speaker at a time has the zone"),
    "outbox": _("a slip is ordered in the transaction that gives the number"),
}

UNIQUE = "UNIQUE (hall_id, business_day, prefix, number)"


def take_away(guard: str) -> None:
    """In this process, for the rest of it."""
    if guard == "lock":
        replace(db.file_lock, "take_write_lock", lambda driver, _database: driver.execute("BEGIN"))
    elif guard == "full":
        prepared = db.sqlite_file.prepare_connection

        def less(connection: sqlite3.Connection, record: Any) -> None:
            prepared(connection, record)
            connection.execute("PRAGMA synchronous = NORMAL")

        replace(db.sqlite_file, "prepare_connection", less)
    elif guard == "lease":
        replace(announcement_queue, "is_free", lambda _place, _owner, _now: True)
        replace(announcement_queue, "put_back_left_behind", lambda *_given: None)


def replace(module: ModuleType, name: str, other: Callable[..., object]) -> None:
    assert hasattr(module, name), "it is called otherwise now; the proof would notice nothing"
    setattr(module, name, other)


def issue_of(guard: str) -> Callable[[OpenHall, str], Issued]:
    from proof import work

    return in_two_steps if guard == "outbox" else work.issue


def in_two_steps(hall: OpenHall, service_code: str) -> Issued:
    """The number first, its slip afterwards."""
    with writing(hall.engine) as session:
        service, group = catalogue.service(session, hall.rules, service_code)
        issued = tickets.issue(session, hall.rules, service, group, hall.now(), print_slip=False)
    with writing(hall.engine) as session:
        print_jobs.add(
            session,
            hall.rules.hall_id,
            PrintJobKind.TICKET,
            issued.ticket_id,
            tickets.slip_content(hall.rules, issued, "zh"),
            timedelta(minutes=hall.rules.numbers.slip_lifetime_minutes),
            hall.now(),
            printer=hall.settings.printer.name,
        )
    return issued


def drop_unique(database: Path) -> None:
    """Makes the table of tickets anew without it; before there are any."""
    with closing(sqlite3.connect(database)) as connection:
        connection.isolation_level = None
        connection.execute("PRAGMA legacy_alter_table = ON")
        rows = connection.execute(
            "SELECT type, sql FROM sqlite_master WHERE tbl_name = 'ticket' AND sql IS NOT NULL"
        ).fetchall()
        (table,) = (sql for kind, sql in rows if kind == "table")
        words = [line for line in table.split("\n") if UNIQUE not in line]
        assert len(words) == table.count("\n"), "the constraint is written otherwise"
        connection.execute("BEGIN")
        connection.execute("DROP TABLE ticket")
        connection.execute("\n".join(words))
        for kind, sql in rows:
            if kind == "index":
                connection.execute(sql)
        connection.execute("COMMIT")
