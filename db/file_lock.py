"""The lock of a file: who writes takes it before reading, and waits for a turn."""

import os
import sqlite3
import time

from db import write_lock
from db.turn import Turn


def take_write_lock(driver: sqlite3.Connection, database: str) -> None:
    """Begin a transaction that writes; the connection must not wait by itself (no busy timeout).

    A read that becomes a write fails at once if another program wrote in between, whatever the
    busy timeout. And SQLite's own waiting grows to 100 ms a step, so that under load some
    writers starve for seconds: here each waits for its turn.
    """
    if is_taken(driver):
        return
    deadline = time.monotonic() + write_lock.LOCK_WAIT_S
    with Turn(database) as turn:
        while not is_taken(driver, or_raise=time.monotonic() > deadline):
            turn.wait()


def is_taken(driver: sqlite3.Connection, *, or_raise: bool = False) -> bool:
    """Whether the lock is ours now; `or_raise`: the driver's error when another has it."""
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if or_raise or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def file_number(path: str) -> int | None:
    """None where there is none, or none that can be looked at."""
    try:
        return os.stat(path).st_ino  # noqa: PTH116 - at every write; a Path takes longer than this
    except OSError:
        return None
