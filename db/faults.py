"""What can be wrong with the database itself, told apart so that the reader can act on it."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # slow to import, and the faces name faults before their first paint
    from sqlalchemy.exc import DBAPIError


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


def fault_of(error: DBAPIError | sqlite3.Error, where: str) -> DatabaseFault | None:
    """The fault behind a driver's error; None for what is a bug or a broken constraint."""
    driver_error = getattr(error, "orig", error)
    code = getattr(driver_error, "sqlite_errorcode", None)
    if code is None:
        return None
    fault = BY_SQLITE_CODE.get(code & 0xFF)  # the low byte is the primary code
    if fault is NoDatabase and Path(where).exists():
        fault = DatabaseReadOnly  # it is there, and somebody else's
    elif fault is DatabaseUnreadable and is_full(where):
        fault = DiskFull
    return None if fault is None else fault(where, str(driver_error))


def is_full(where: str) -> bool:
    """Without room even for what is shared between programs, SQLite only says "I/O error"."""
    try:
        return shutil.disk_usage(Path(where).parent).free == 0
    except OSError:
        return False
