"""A hall in one SQLite file: opened by mode, written to by one at a time."""

import sqlite3
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from db import file_lock
from db.faults import DatabaseBusy, DatabaseReadOnly, DatabaseUnreadable, NoDatabase
from db.file_writer import FILE, keeps_writer
from db.write_lock import WRITES

BUSY_MS = 1000
"""How long SQLite itself waits for another program, in what does not write."""


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
            f"{path.as_uri()}?mode={mode}",
            uri=True,
            timeout=BUSY_MS / 1000,
            check_same_thread=False,
        ),
        json_serializer=lambda value: orjson.dumps(value).decode(),
        hide_parameters=True,  # an error's text may be logged; a row can hold names, or a hash
    )
    event.listen(engine, "connect", prepare_connection)
    event.listen(engine, "connect", lambda _driver, record: remember_file(record, path))
    event.listen(engine, "begin", begin)
    keeps_writer(engine)
    return engine


def prepare_connection(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # BEGIN is ours
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is erased of a person is overwritten
    connection.execute("PRAGMA synchronous = FULL")  # a printed number survives a power cut


def begin(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    if driver.in_transaction:  # of `db.file_writer`
        return
    if not connection.get_execution_options().get(WRITES):
        driver.execute("BEGIN")
        return
    where, number = connection.info[FILE]
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        file_lock.take_write_lock(driver, where)
    finally:
        driver.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    if number != file_lock.file_number(where):
        driver.execute("ROLLBACK")
        connection.invalidate()
        raise DatabaseBusy(where, "another file stands there now")


def remember_file(record: Any, path: Path) -> None:
    """A file that was put away, for a backup was restored, must get no more deeds."""
    record.info[FILE] = (str(path), file_lock.file_number(str(path)))
