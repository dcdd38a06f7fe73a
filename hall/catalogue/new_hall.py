"""A database for a new hall: whole, or not there at all."""

import errno
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, inspect

from db import file_bell, schema_version
from db.engine import open_engine, writing
from db.faults import (
    DatabaseDamaged,
    DatabaseFault,
    DatabaseReadOnly,
    DatabaseUnreadable,
    DiskFull,
    NoDatabase,
)
from db.upgrade import create_on_server, create_or_upgrade
from hall import hall_rules
from hall.catalogue import catalogue_import
from hall.catalogue.catalogue_import import Imported
from hall.errors.catalogue import NoHallToUpdate
from hall.settings import Settings
from hall.workbook.reading import Workbook

DRAFT_PREFIX = ".jiaohao-init-"
DRAFT_LIFETIME_S = 3600
"""Making a hall takes seconds; an older draft is of a program that was killed."""


class PlaceTaken(Exception):
    """Somebody else has made a database there meanwhile."""


def make(path: Path, book: Workbook, now: datetime) -> Imported:
    """A hall in the database at this path, which is made when there is none.

    Raises HallExists and DatabaseFault; then there is no new file and nothing in an old one.
    """
    with file_faults(path):
        there = path.exists()
    if not there:
        try:
            return make_file(path, book, now)
        except PlaceTaken:
            pass
    engine = engine_for_new_hall(path)
    try:
        with writing(engine) as session:
            return catalogue_import.make_hall(session, book, now)
    finally:
        engine.dispose()


def make_on_server(url: str, book: Workbook, now: datetime) -> Imported:
    """A hall in its schema, which is made when there is none. Raises HallExists and DatabaseFault;
    then there are tables at most, and nothing in them."""
    engine = create_on_server(url)
    try:
        with writing(engine) as session:
            return catalogue_import.make_hall(session, book, now)
    finally:
        engine.dispose()


def update(settings: Settings, book: Workbook, now: datetime) -> Imported:
    """Raises NoHallToUpdate, what `catalogue_import.update_hall` raises, and DatabaseFault."""
    try:
        engine = open_engine(settings.database_url)
    except NoDatabase as error:
        raise NoHallToUpdate() from error
    try:
        if schema_version.found_version(engine) is None:
            raise NoHallToUpdate()
        schema_version.check(engine)
        with writing(engine) as session:
            try:
                rules = hall_rules.load(session, settings)
            except NoDatabase as error:
                raise NoHallToUpdate() from error
            return catalogue_import.update_hall(session, rules, book, now)
    finally:
        engine.dispose()


def engine_for_new_hall(path: Path) -> Engine:
    """On a file that is there: an empty one gets its tables, an older one is not upgraded here."""
    if not path.is_file():
        raise DatabaseUnreadable(str(path), os.strerror(errno.EISDIR))
    engine = open_engine(f"sqlite:///{path}")
    if schema_version.found_version(engine) is not None:
        schema_version.check(engine)
        return engine
    try:
        if inspect(engine).get_table_names():
            raise DatabaseDamaged(str(path), "it belongs to another program")
    finally:
        engine.dispose()
    return create_or_upgrade(path)


def make_file(path: Path, book: Workbook, now: datetime) -> Imported:
    """Made beside its place and moved there when it is complete: nobody ever opens half a hall,
    whenever the power fails. Raises PlaceTaken."""
    with file_faults(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        remove_old_drafts(path.parent)
        with tempfile.TemporaryDirectory(prefix=DRAFT_PREFIX, dir=path.parent) as folder:
            draft = Path(folder, path.name)
            imported = fill(draft, book, now)
            put(draft, path)
    file_bell.ring(str(path))
    return imported


def fill(draft: Path, book: Workbook, now: datetime) -> Imported:
    engine = create_or_upgrade(draft)
    try:
        with writing(engine) as session:
            return catalogue_import.make_hall(session, book, now)
    finally:
        engine.dispose()  # the last to leave writes the log back into the file


def put(draft: Path, path: Path) -> None:
    """Never over a file that is there; raises PlaceTaken.

    One after the other: the log beside a hall that somebody has just put here is alive, and must
    not be taken for what a database of old has left.
    """
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if path.exists():
            raise PlaceTaken
        for left in ("-wal", "-shm", "-journal"):
            # Of a database that was removed by hand: SQLite would replay it into the new one.
            with suppress(FileNotFoundError):
                path.with_name(path.name + left).replace(path.with_name(f"{path.name}.old{left}"))
        link(draft, path)
        os.fsync(folder)  # the name, too, survives a power cut
    finally:
        os.close(folder)  # and with it the lock


def link(draft: Path, path: Path) -> None:
    """Raises PlaceTaken, should something else have put a file there."""
    try:
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            path.touch(exist_ok=False)
            draft.replace(path)
    except FileExistsError as error:
        raise PlaceTaken from error


def remove_old_drafts(folder: Path) -> None:
    for draft in folder.glob(f"{DRAFT_PREFIX}*"):
        with suppress(OSError):  # somebody else may be removing it
            if time.time() - draft.stat().st_mtime > DRAFT_LIFETIME_S:
                shutil.rmtree(draft)


@contextmanager
def file_faults(path: Path) -> Iterator[None]:
    """What goes wrong beside the database's place is told of that place."""
    try:
        yield
    except DatabaseFault as fault:
        raise type(fault)(str(path), fault.detail) from fault
    except OSError as error:
        detail = error.strerror or str(error)
        match error.errno:
            case errno.ENOSPC | errno.EDQUOT:
                raise DiskFull(str(path), detail) from error
            case errno.EACCES | errno.EPERM | errno.EROFS:
                raise DatabaseReadOnly(str(path), detail) from error
            case _:
                raise DatabaseUnreadable(str(path), detail) from error
