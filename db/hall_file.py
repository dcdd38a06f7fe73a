"""A hall's file among other files, with what SQLite keeps beside it."""

import contextlib
import itertools
import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from db.faults import DatabaseUnreadable, fault_of

BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a file that is in use."""


def free_name(path: Path, now: datetime) -> Path:
    """Beside it, with the time; nothing that was kept before is written over."""
    endings = itertools.chain([""], (f"-{count}" for count in itertools.count(2)))
    names = (
        path.with_name(f"{path.stem}-{now:%Y%m%d-%H%M%S}{end}{path.suffix}") for end in endings
    )
    return next(name for name in names if not name.exists())


def put_away(path: Path, kept: Path) -> None:
    """With what belongs to it: left behind, SQLite would take that for the new file's own."""
    for ending in ("", *BESIDE):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(kept.with_name(kept.name + ending))


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


def synced(path: Path) -> None:
    """On the disk, a folder with the names in it."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


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
