"""A copy of the hall while it works."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from db import copy_hall, place
from db.damage import damage
from db.engine import faults_named
from db.faults import DatabaseDamaged, DatabaseTooNew, NoDatabase
from db.hall_file import faults_of, removed_if_it_fails, synced
from db.place import file_of
from db.schema_version import CURRENT, found_version
from db.sqlite_file import engine_on
from db.upgrade import create_or_upgrade


@dataclass(frozen=True)
class Copy:
    path: Path
    version: str
    """Of its tables."""
    size: int
    """In bytes."""


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
    version = found_version(engine)
    if version is None:
        raise NoDatabase(place.address(engine))
    copy = create_or_upgrade(part, version)
    try:
        if version == CURRENT:
            copy_hall.copy(engine, copy)
        else:  # before an upgrade
            copy_hall.copy_older(engine, copy)
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
