"""Where a hall's database is: a file, or a schema of a PostgreSQL server."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # slow to import, and the faces need this before their first paint
    from sqlalchemy import Engine

SERVER = "postgresql"
SCHEMA = "jiaohao_schema"
"""In the execution options of an engine on a server: the schema its hall has for itself."""


def is_on_server(url: str) -> bool:
    return url.startswith(SERVER)


def on_server(engine: Engine) -> bool:
    return engine.dialect.name == SERVER


def schema_of(engine: Engine) -> str:
    """Of an engine on a server."""
    return str(engine.get_execution_options()[SCHEMA])


def file_of(engine: Engine) -> Path:
    """Of a hall in a file."""
    assert engine.url.database is not None
    return Path(engine.url.database)


def address_of(url: str) -> str:
    """As `address`, before anything is opened. Raises DatabaseUnreadable for a URL that is none."""
    if is_on_server(url):
        from db.engine import engine_on_server

        return address(engine_on_server(url))
    from db.sqlite_file import database_file

    return str(database_file(url))


def address(engine: Engine) -> str:
    """For people: the file, or the server's address with the schema and without the password."""
    if not on_server(engine):
        return str(file_of(engine))
    url = engine.url.set(drivername=SERVER, query={})
    return f"{url.render_as_string(hide_password=True)}?schema={schema_of(engine)}"


def folder_for(url: str) -> Path:
    """As `folder_of`, before anything is opened. Raises DatabaseUnreadable."""
    if is_on_server(url):
        from db.engine import engine_on_server

        return folder_of(engine_on_server(url))
    from db.sqlite_file import database_file

    return database_file(url).parent


def folder_of(engine: Engine) -> Path:
    """Where this machine keeps what belongs to the hall: slips, copies, what was told of a crash.

    Beside the file; for a hall on a server a folder of its own among the data of this user.
    """
    if not on_server(engine):
        return file_of(engine).absolute().parent
    from platformdirs import user_data_path

    url = engine.url
    name = "-".join(filter(None, (url.host, str(url.database or ""), schema_of(engine))))
    return user_data_path("jiaohao") / re.sub(r"[^\w.-]", "_", name)
