"""A hall goes from one database to another while it works: nothing is lost on the way."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from db import place, schema_version
from db.copy_hall import Copied, NotEmpty, copy_from
from db.engine import open_engine, reading, writing
from db.hall_file import free_name, put_away, remove
from db.sqlite_file import database_file
from db.upgrade import create_on_server, create_or_upgrade


@dataclass(frozen=True)
class Moved:
    copied: Copied
    source: str
    target: str
    kept: Path | None
    """Where the file it came from lies now; None: it is where it was, and goes on."""


def move(source_url: str, target_url: str, now: datetime, *, keep: bool = False) -> Moved:
    """Nobody writes meanwhile; what was a file is then put away, so that nobody goes on in it.

    `keep`: nobody is held up, and the source goes on. So does a hall on a server, which has no
    file to be put away. Raises NotEmpty and DatabaseFault; then the source is as it was.
    """
    source = open_engine(source_url)
    try:
        schema_version.check(source)
        with new_hall_at(target_url) as target:
            if keep or place.on_server(source):
                with reading(source) as there:
                    return told(copy_from(there, target), source, target, None)
            with writing(source, quietly=True) as there:
                copied = copy_from(there, target)
                path = place.file_of(source)
                kept = free_name(path, now)
                put_away(path, kept)
            return told(copied, source, target, kept)
    finally:
        source.dispose()


@contextlib.contextmanager
def new_hall_at(url: str) -> Iterator[Engine]:
    """The tables, with nothing in them. Raises NotEmpty for a file that is there."""
    if place.is_on_server(url):
        engine = create_on_server(url)
    else:
        path = database_file(url)
        if path.exists():
            raise NotEmpty(str(path))
        engine = create_or_upgrade(path)
    try:
        yield engine
    except BaseException:
        engine.dispose()
        if not place.on_server(engine):  # it would stand in the way of the next try
            remove(place.file_of(engine))
        raise
    engine.dispose()


def told(copied: Copied, source: Engine, target: Engine, kept: Path | None) -> Moved:
    return Moved(copied, place.address(source), place.address(target), kept)
