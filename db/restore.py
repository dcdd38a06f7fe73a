"""A copy in the hall's place; what stood there is kept."""

import contextlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db import file_bell, place
from db.backup import checked
from db.engine import open_engine
from db.faults import DatabaseDamaged, fault_of
from db.file_lock import take_write_lock
from db.hall_file import faults_of, free_name, put_away, removed_if_it_fails, synced
from db.sqlite_file import database_file
from db.upgrade import create_or_upgrade


@dataclass(frozen=True)
class Restored:
    where: str
    """The hall's address."""
    version: str
    """Of the tables of the copy, before they were brought up to date."""
    kept: str | None
    """Where what stood there lies now, a file or a schema; None: nothing did."""


def restore(source: Path, url: str, now: datetime) -> Restored:
    """Put a copy in the hall's place, brought up to date; what stood there is kept beside it.

    The programs of the hall notice and go on with the copy. Nothing is changed when the source is
    damaged, newer than this program, or no hall. Raises DatabaseFault.
    """
    version = checked(source)
    if place.is_on_server(url):
        kept = on_server(source, url, now)
    else:
        kept = in_file(source, database_file(url), now)
    return Restored(place.address_of(url), version, kept)


def on_server(source: Path, url: str, now: datetime) -> str | None:
    from db.restore_on_server import put_in_place  # its driver is an extra

    hall = open_engine(url)
    try:
        with tempfile.TemporaryDirectory(prefix="jiaohao-") as folder:
            part = Path(folder, "hall.db")
            with faults_of(part):
                fill(part, source)
            copy = open_engine(f"sqlite:///{part}")
            try:
                return put_in_place(copy, hall, now)
            finally:
                copy.dispose()
    finally:
        hall.dispose()


def in_file(source: Path, path: Path, now: datetime) -> str | None:
    part = path.with_name(f"{path.name}.part")
    kept = free_name(path, now)
    with faults_of(part), removed_if_it_fails(part):
        fill(part, source)
        was_there = path.exists()
        # Under the write lock, so that nobody's deed ends in a file that is put away: whoever
        # waits for it finds another file in its place, and tries again.
        with held_still(path) if was_there else contextlib.nullcontext():
            if was_there:
                as_that_was(part, path)
            synced(part)
            put_away(path, kept)
            try:
                part.replace(path)
            except OSError:
                put_away(kept, path)  # the hall must not be left without any
                raise
        synced(path.parent)
    file_bell.ring(str(path))
    return str(kept) if was_there else None


def fill(part: Path, source: Path) -> None:
    """With a copy that is up to date; `source` may lie where nothing can be written."""
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as copy,
        closing(sqlite3.connect(part)) as hall,
    ):
        copy.backup(hall)
    create_or_upgrade(part).dispose()


def as_that_was(part: Path, path: Path) -> None:
    """Whoever restores it, the programs of the hall must be able to write to it."""
    shutil.copymode(path, part)
    before = path.stat()
    with contextlib.suppress(PermissionError):  # not root: then it is the same user's anyway
        os.chown(part, before.st_uid, before.st_gid)


@contextlib.contextmanager
def held_still(path: Path) -> Iterator[None]:
    """Nobody writes meanwhile; a file that cannot even be locked, for it is damaged, is let go."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=0)) as connection:
        connection.isolation_level = None
        try:
            # In its turn: by SQLite's own waiting it would be passed over by all who have one.
            take_write_lock(connection, str(path))
        except sqlite3.DatabaseError as error:
            fault = fault_of(error, str(path))
            if not isinstance(fault, DatabaseDamaged):
                raise
        yield
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
