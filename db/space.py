"""How much room the hall's memory takes, and how much is left on this machine."""

import shutil
from pathlib import Path

from sqlalchemy import Engine, text

from db import place
from db.engine import reading


def bytes_of(engine: Engine) -> int:
    """Of the file, or of the hall's tables and indexes on the server."""
    if not place.on_server(engine):
        return place.file_of(engine).stat().st_size
    asked = text(
        "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
    )
    with reading(engine) as session:
        return int(session.connection().execute(asked).scalar_one())


def free_for(folder: Path) -> int:
    """In bytes, where this folder is or is to be."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder.absolute()).free
