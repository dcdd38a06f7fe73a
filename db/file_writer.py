"""Writing to a file on a connection that stays open from one transaction to the next.

To borrow a connection of SQLAlchemy, to begin, to commit and to give it back takes as long as
SQLite needs for the rows of a ticket (docs/decisions/0004). So an engine on a file keeps one for
its next writer; its transaction is begun and ended on the driver, and the session joins it.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import cast

from sqlalchemy import Engine, event
from sqlmodel import Session

from db import file_lock
from db.faults import DatabaseBusy

KEPT = "jiaohao_kept_writers"
"""Among the execution options of an engine: the writer nobody uses at the moment, if any."""
FILE = "jiaohao_file"
"""In the facts of a connection: the file it opened, and its number."""


class Writer:
    """One connection for one transaction after the other: commits when left cleanly.

    Whatever is raised in between, nothing of it is in the database; the connection is given up
    then, for its state is anybody's guess.
    """

    def __init__(self, engine: Engine) -> None:
        self.connection = engine.connect()
        self.driver = cast(sqlite3.Connection, self.connection.connection.driver_connection)
        self.driver.execute("PRAGMA busy_timeout = 0")  # it waits for its turn (db.file_lock)
        self.file, self.number = self.connection.info[FILE]
        # What a caller keeps from a block is the last it will see of it, not read again.
        self.session = Session(self.connection, expire_on_commit=False)

    def __enter__(self) -> Session:
        try:
            file_lock.take_write_lock(self.driver, self.file)
            if self.number != file_lock.file_number(self.file):
                raise DatabaseBusy(self.file, "another file stands there now")
        except BaseException:
            self.close()
            raise
        return self.session

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self.commit()
        except BaseException:
            self.close()
            raise
        if kind is not None:
            self.close()

    def commit(self) -> None:
        self.session.flush()
        if self.session.in_transaction():
            self.session.commit()
            self.session.close()
        if self.driver.in_transaction:  # in which the session has not done anything
            self.driver.execute("COMMIT")

    def close(self) -> None:
        """What is not committed is rolled back by SQLite itself."""
        with contextlib.suppress(sqlite3.Error):
            self.driver.close()
        self.connection.invalidate()
        self.session.close()
        self.connection.close()


def writer_on(engine: Engine) -> Writer:
    """The kept one, or another where it is in use or there is none yet."""
    try:
        return kept(engine).pop()
    except IndexError:
        return Writer(engine)


def keep(engine: Engine, writer: Writer) -> None:
    if kept(engine):
        writer.close()
    else:
        kept(engine).append(writer)


def kept(engine: Engine) -> list[Writer]:
    return cast(list[Writer], engine.get_execution_options()[KEPT])


def keeps_writer(engine: Engine) -> None:
    """For an engine just made; its `dispose` closes what is kept."""
    engine.update_execution_options(**{KEPT: []})
    event.listen(engine, "engine_disposed", forget_writer)


def forget_writer(engine: Engine) -> None:
    while kept(engine):
        kept(engine).pop().close()
