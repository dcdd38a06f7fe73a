"""Open the hall's database; read from it, write to it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from db import doorbell, place
from db.faults import DatabaseUnreadable, fault_of
from db.file_writer import keep, writer_on
from db.sqlite_file import open_file
from db.write_lock import WRITES

DRIVER_MISSING = "pip install 'jiaohao[postgresql]'"


def open_engine(url: str) -> Engine:
    """An engine on a database that exists; nothing is created.

    `sqlite:///FILE`, or `postgresql+psycopg://…` (`db.postgresql`). Raises NoDatabase when there is
    no such file; a server is asked with the first transaction.
    """
    if place.is_on_server(url):
        return engine_on_server(url)
    return open_file(url)


def engine_on_server(url: str) -> Engine:
    """Raises DatabaseUnreadable for a URL that is none, and where the driver is missing."""
    try:
        from db import postgresql  # slow to import, and most halls have a file
    except ImportError as error:
        raise DatabaseUnreadable(url.partition(":")[0], DRIVER_MISSING) from error
    return postgresql.engine_on_server(url)


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One consistent view of the database; raises DatabaseFault."""
    with faults_named(engine), engine.connect() as connection, Session(connection) as session:
        connection.begin()
        yield session


@contextmanager
def writing(engine: Engine, *, quietly: bool = False) -> Iterator[Session]:
    """A transaction that holds the write lock from its first line; commits when left cleanly.

    Then the doorbell rings, so that the screens look; `quietly`: it does not, for what no screen
    shows. Raises DatabaseFault, and whatever the block raises, after which nothing of the block is
    in the database.
    """
    written = False
    try:
        with faults_named(engine):
            if place.on_server(engine):
                with transaction_on_server(engine, quietly=quietly) as session:
                    yield session
            else:
                writer = writer_on(engine)
                with writer as session:
                    yield session
                keep(engine, writer)
            written = True
    finally:
        doorbell.after_writing(engine, changed=written and not quietly)


@contextmanager
def transaction_on_server(engine: Engine, *, quietly: bool) -> Iterator[Session]:
    with (
        engine.connect().execution_options(**{WRITES: True}) as connection,
        Session(connection, expire_on_commit=False) as session,
    ):
        connection.begin()
        yield session
        session.flush()
        if not quietly:
            doorbell.before_commit(connection)
        connection.commit()


@contextmanager
def faults_named(engine: Engine) -> Iterator[None]:
    """What the driver says is wrong with the database, as a DatabaseFault."""
    driver_error = engine.dialect.loaded_dbapi.Error
    try:
        yield
    except (DBAPIError, driver_error) as error:
        fault = fault_of(error, place.address(engine))
        if fault is None:
            raise
        raise fault from error
