"""A hall in one SQLite file: opened by mode, written to by one at a time."""

import os
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from db import write_lock
from db.faults import DatabaseBusy, DatabaseReadOnly, DatabaseUnreadable, NoDatabase
from db.turn import Turn
from db.write_lock import WRITES

FILE = "jiaohao_file"
"""In the facts of a connection: the file it opened, and its number."""


def database_file(url: str) -> Path:
    """The file behind a SQLite URL; raises DatabaseUnreadable for any other URL."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUnreadable(url, "sqlite:///FILE") from error
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise DatabaseUnreadable(parsed.render_as_string(), "sqlite:///FILE")
    return Path(parsed.database).absolute()


def open_file(url: str) -> Engine:
    """Raises NoDatabase when there is no such file; nothing is created."""
    path = database_file(url)
    try:
        found = path.is_file()
    except OSError as error:  # a folder this user may not look into
        raise DatabaseReadOnly(str(path), str(error)) from error
    if not found:
        raise NoDatabase(str(path))
    return engine_on(path, mode="rw")


def engine_on(path: Path, mode: str) -> Engine:
    """`mode` as in SQLite's URIs: "rw" opens what is there, "rwc" creates it."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        # A database that was moved away must not come back empty, so the file is opened by mode.
        creator=lambda: sqlite3.connect(
            f"{path.as_uri()}?mode={mode}", uri=True, timeout=1, check_same_thread=False
        ),
        hide_parameters=True,  # an error's text may be logged; a row can hold names, or a hash
    )
    event.listen(engine, "connect", prepare_connection)
    event.listen(engine, "connect", lambda _driver, record: remember_file(record, path))
    event.listen(engine, "begin", begin)
    return engine


def prepare_connection(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # BEGIN is ours
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is erased of a person is overwritten
    connection.execute("PRAGMA synchronous = FULL")  # a printed number survives a power cut


def begin(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    if connection.get_execution_options().get(WRITES):
        where, number = connection.info[FILE]
        take_write_lock(driver, where)
        if number != file_number(where):
            driver.execute("ROLLBACK")
            connection.invalidate()
            raise DatabaseBusy(where, "another file stands there now")
    else:
        driver.execute("BEGIN")


def remember_file(record: Any, path: Path) -> None:
    """A file that was put away, for a backup was restored, must get no more deeds."""
    record.info[FILE] = (str(path), file_number(str(path)))


def file_number(path: str) -> int | None:
    """None where there is none, or none that can be looked at."""
    try:
        return os.stat(path).st_ino  # noqa: PTH116 - at every write; a Path takes longer than this
    except OSError:
        return None


def take_write_lock(driver: sqlite3.Connection, database: str) -> None:
    """A write takes the lock before it reads.

    A read that becomes a write fails at once if another program wrote in between, whatever the
    busy timeout. And SQLite's own waiting grows to 100 ms a step, so that under load some
    writers starve for seconds: here each waits for its turn.
    """
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        if is_taken(driver):
            return
        deadline = time.monotonic() + write_lock.LOCK_WAIT_S
        with Turn(database) as turn:
            while not is_taken(driver, or_raise=time.monotonic() > deadline):
                turn.wait()
    finally:
        driver.execute("PRAGMA busy_timeout = 1000")


def is_taken(driver: sqlite3.Connection, *, or_raise: bool = False) -> bool:
    """Whether the lock is ours now; `or_raise`: the driver's error when another has it."""
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if or_raise or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
