"""A copy of the hall while it works, and the way back to one."""

import contextlib
import itertools
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from db import copy_hall, file_bell, place
from db.damage import damage
from db.engine import faults_named
from db.faults import DatabaseDamaged, DatabaseTooNew, DatabaseUnreadable, NoDatabase, fault_of
from db.place import file_of
from db.schema_version import CURRENT, found_version
from db.sqlite_file import database_file, engine_on
from db.upgrade import create_or_upgrade

BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a file that is in use."""


@dataclass(frozen=True)
class Copy:
    path: Path
    version: str
    """Of its tables."""
    size: int
    """In bytes."""


@dataclass(frozen=True)
class Restored:
    path: Path
    version: str
    """Of the tables of the copy, before they were brought up to date."""
    kept: Path | None
    """Where the file that stood there lies now; None: none did."""


def make(engine: Engine, target: Path) -> Copy:
    """One consistent copy, checked before it has its name; whoever works meanwhile is not held up.

    It holds everything that was committed when it began. Raises FileExistsError, and DatabaseFault
    for either file.
    """
    target = target.absolute()
    if target.exists():
        raise FileExistsError(target)
    part = target.with_name(f"{target.name}.part")
    with faults_of(part), removed_if_it_fails(part):
        if place.on_server(engine):
            fill_from_server(engine, part)
        else:
            fill_from_file(engine, part)
        version = checked(part)
        if place.on_server(engine):
            part.chmod(0o600)
        else:
            shutil.copymode(file_of(engine), part)  # it holds what the hall's own file holds
        synced(part)
        named(part, target)
        synced(target.parent)
    return Copy(target, version, target.stat().st_size)


def fill_from_file(engine: Engine, part: Path) -> None:
    with (
        faults_named(engine),
        closing(sqlite3.connect(f"{file_of(engine).as_uri()}?mode=ro", uri=True)) as hall,
        closing(sqlite3.connect(part)) as copy,
    ):
        # In one step: it reads one state of the hall. In several it would begin anew whenever
        # somebody writes, and never end in a busy one.
        hall.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, to be carried away


def fill_from_server(engine: Engine, part: Path) -> None:
    """A file too: any machine can open it, and `jiaohao db copy` brings it back to a server."""
    copy = create_or_upgrade(part)
    try:
        copy_hall.copy(engine, copy)
    finally:
        copy.dispose()
    with closing(sqlite3.connect(part)) as whole:
        whole.execute("PRAGMA journal_mode = DELETE")


def named(part: Path, target: Path) -> None:
    """Raises FileExistsError for a file that came meanwhile."""
    try:
        os.link(part, target)  # a rename would take its place
    except FileExistsError:
        raise
    except OSError:  # a memory stick knows no links
        if target.exists():
            raise FileExistsError(target) from None
        part.rename(target)
    part.unlink(missing_ok=True)


def synced(path: Path) -> None:
    """On the disk, a folder with the names in it."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def checked(path: Path) -> str:
    """The version of its tables. Raises NoDatabase, DatabaseTooNew, DatabaseDamaged."""
    if not path.is_file():
        raise NoDatabase(str(path))
    engine = engine_on(path.absolute(), mode="ro")
    try:
        with faults_named(engine):
            wrong = damage(path)
            if wrong:
                raise DatabaseDamaged(str(path), "; ".join(wrong[:5]))
            version = found_version(engine)
    finally:
        engine.dispose()
    if version is None:
        raise NoDatabase(str(path), "the file holds no hall")
    if version > CURRENT:
        raise DatabaseTooNew(str(path), f"{version} > {CURRENT}")
    return version


def restore(source: Path, url: str, now: datetime) -> Restored:
    """Put a copy in the hall's place, brought up to date; what stood there is kept beside it.

    The programs of the hall notice and go on with the copy. Nothing is changed when the source is
    damaged, newer than this program, or no hall. Raises DatabaseFault.
    """
    version = checked(source)
    path = database_file(url)
    part = path.with_name(f"{path.name}.part")
    kept = free_name(path, now)
    with faults_of(part), removed_if_it_fails(part):
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as copy,
            closing(sqlite3.connect(part)) as hall,
        ):
            copy.backup(hall)
        create_or_upgrade(part).dispose()
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
    return Restored(path, version, kept if was_there else None)


def free_name(path: Path, now: datetime) -> Path:
    """Beside it, with the time; nothing that was kept before is written over."""
    endings = itertools.chain([""], (f"-{count}" for count in itertools.count(2)))
    names = (
        path.with_name(f"{path.stem}-{now:%Y%m%d-%H%M%S}{end}{path.suffix}") for end in endings
    )
    return next(name for name in names if not name.exists())


def as_that_was(part: Path, path: Path) -> None:
    """Whoever restores it, the programs of the hall must be able to write to it."""
    shutil.copymode(path, part)
    before = path.stat()
    with contextlib.suppress(PermissionError):  # not root: then it is the same user's anyway
        os.chown(part, before.st_uid, before.st_gid)


def put_away(path: Path, kept: Path) -> None:
    """With what belongs to it: left behind, SQLite would take that for the new file's own."""
    for ending in ("", *BESIDE):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(kept.with_name(kept.name + ending))


@contextlib.contextmanager
def held_still(path: Path) -> Iterator[None]:
    """Nobody writes meanwhile; a file that cannot even be locked, for it is damaged, is let go."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=5)) as connection:
        connection.isolation_level = None
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.DatabaseError as error:
            fault = fault_of(error, str(path))
            if not isinstance(fault, DatabaseDamaged):
                raise
        yield
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")


@contextlib.contextmanager
def faults_of(path: Path) -> Iterator[None]:
    """What goes wrong with a file that is being written. Raises DatabaseFault."""
    try:
        yield
    except sqlite3.Error as error:
        raise fault_of(error, str(path)) or DatabaseUnreadable(str(path), str(error)) from error
    except FileExistsError:
        raise
    except OSError as error:
        raise DatabaseUnreadable(str(path), str(error)) from error


@contextlib.contextmanager
def removed_if_it_fails(part: Path) -> Iterator[None]:
    remove(part)
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            remove(part)
        raise


def remove(part: Path) -> None:
    for ending in ("", "-journal", *BESIDE):
        part.with_name(part.name + ending).unlink(missing_ok=True)
