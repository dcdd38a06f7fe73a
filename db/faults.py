"""What can be wrong with the database itself, told apart so that the reader can act on it."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any


class DatabaseFault(Exception):
    """The environment is at fault, not the request; nothing was half done.

    `where` names the file; `detail` is for the administrator.
    """

    def __init__(self, where: str, detail: str = "") -> None:
        super().__init__(where, detail)
        self.where = where
        self.detail = detail


class NoDatabase(DatabaseFault):
    """There is no file there, or it holds no hall yet."""


class DatabaseTooNew(DatabaseFault):
    """Written by a newer version of the product."""


class DatabaseTooOld(DatabaseFault):
    """Needs `jiaohao db upgrade` first."""


class DatabaseReadOnly(DatabaseFault):
    """It is there, but this user may not write to it, or not even read it."""


class DiskFull(DatabaseFault):
    pass


class DatabaseBusy(DatabaseFault):
    """Another program held the write lock past the deadline; trying again is safe."""


class Outrun(DatabaseBusy):
    """Another transaction was first with what this one had read: nothing was done."""


class DatabaseAway(DatabaseFault):
    """The server does not answer, or is being restarted."""


class DatabaseDamaged(DatabaseFault):
    pass


class DatabaseUnreadable(DatabaseFault):
    """Any other failure of the file, the disk or the server."""


BY_SQLITE_CODE = {
    sqlite3.SQLITE_BUSY: DatabaseBusy,
    sqlite3.SQLITE_LOCKED: DatabaseBusy,
    sqlite3.SQLITE_CANTOPEN: NoDatabase,
    sqlite3.SQLITE_READONLY: DatabaseReadOnly,
    sqlite3.SQLITE_PERM: DatabaseReadOnly,
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_CORRUPT: DatabaseDamaged,
    sqlite3.SQLITE_NOTADB: DatabaseDamaged,
    sqlite3.SQLITE_IOERR: DatabaseUnreadable,
}

BY_SQLSTATE = {
    "40001": Outrun,  # serialization failure
    "40P01": Outrun,  # deadlock
    "55P03": DatabaseBusy,  # the lock was not to be had in time
    "57014": DatabaseBusy,  # cancelled, for a time limit of the server
    "53100": DiskFull,
    "25006": DatabaseReadOnly,  # a standby
    "42501": DatabaseReadOnly,  # no right to the table
    "3D000": NoDatabase,
    "3F000": NoDatabase,  # no such schema
    "42P01": NoDatabase,  # no such table
    "28000": DatabaseUnreadable,  # this user, from here, without this password
    "28P01": DatabaseUnreadable,
    "57P01": DatabaseAway,  # the server is shut down
    "57P02": DatabaseAway,
    "57P03": DatabaseAway,  # or not up yet
}
BY_SQLSTATE_CLASS = {
    "08": DatabaseAway,  # the connection
    "53": DatabaseUnreadable,  # too many connections, no memory
    "58": DatabaseUnreadable,  # the server's own disk
    "XX": DatabaseDamaged,
}


def fault_of(error: Exception, where: str) -> DatabaseFault | None:
    """The fault behind a driver's error; None for what is a bug or a broken constraint."""
    driver_error = getattr(error, "orig", error)
    if hasattr(driver_error, "sqlstate"):
        return fault_on_server(driver_error, where)
    code = getattr(driver_error, "sqlite_errorcode", None)
    if code is None:
        return None
    fault = BY_SQLITE_CODE.get(code & 0xFF)  # the low byte is the primary code
    if fault is NoDatabase and Path(where).exists():
        fault = DatabaseReadOnly  # it is there, and somebody else's
    elif fault is DatabaseUnreadable and is_full(where):
        fault = DiskFull
    return None if fault is None else fault(where, str(driver_error))


def fault_on_server(error: Any, where: str) -> DatabaseFault | None:
    import psycopg

    state = error.sqlstate
    if state is not None:
        fault = BY_SQLSTATE.get(state) or BY_SQLSTATE_CLASS.get(state[:2])
    else:  # the driver speaks itself: it found no server, or lost it
        fault = DatabaseAway if isinstance(error, psycopg.OperationalError) else None
    # The first line only: what follows may hold values of a row.
    detail = error.diag.message_primary or str(error).partition("\n")[0]
    return None if fault is None else fault(where, detail)


def is_full(where: str) -> bool:
    """Without room even for what is shared between programs, SQLite only says "I/O error"."""
    try:
        return shutil.disk_usage(Path(where).parent).free == 0
    except OSError:
        return False
