"""A copy in the place of a hall on a server: filled beside it, then the two change names."""

import contextlib
import itertools
import time
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from db import copy_hall, write_lock
from db.engine import faults_named, writing
from db.faults import DatabaseBusy, DatabaseFault
from db.named_lock import NamedLockTaken, named_lock
from db.place import address, schema_of
from db.postgresql import engine_beside, make_schema, quoted
from db.schema_version import found_version
from db.server_bell import ANOTHER, ring
from db.upgrade import upgrade

FILLING = "_restoring"
"""How the name of a schema ends into which a copy is being put."""
NAP_S = 0.01
"""Between two attempts to have all tables at once."""


def put_in_place(copy: Engine, hall: Engine, now: datetime) -> str | None:
    """The schema in which lies what stood there; None: there was no hall. `copy`: up to date.

    Nobody is held up but for the moment in which the names change; whoever writes then goes on
    with the copy. Two at once come one after the other. Raises DatabaseFault; then the hall is as
    it was.
    """
    with the_only_one(hall):
        if found_version(hall) is None:
            make(hall, copy)
            return None
        filling = engine_beside(hall, schema_of(hall) + FILLING)
        with dropped_if_it_fails(filling):
            make(filling, copy)
            return change_names(hall, filling, now)


@contextlib.contextmanager
def the_only_one(hall: Engine) -> Iterator[None]:
    """Another would take the schema that is being filled for one left behind, and drop it."""
    try:
        with named_lock(hall, "restore", write_lock.LOCK_WAIT_S):
            yield
    except NamedLockTaken as taken:
        raise DatabaseBusy(address(hall), f"{taken} restores a copy") from taken


def make(engine: Engine, copy: Engine) -> None:
    with faults_named(engine):
        make_schema(engine)
    upgrade(engine)
    copy_hall.copy(copy, engine)


@contextlib.contextmanager
def dropped_if_it_fails(filling: Engine) -> Iterator[None]:
    drop(filling)  # of one that was killed in the middle
    try:
        yield
    except BaseException:
        with contextlib.suppress(DatabaseFault):  # the server may be away; the next one drops it
            drop(filling)
        raise
    finally:
        filling.dispose()


def drop(filling: Engine) -> None:
    with faults_named(filling), filling.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute(f"DROP SCHEMA IF EXISTS {quoted(schema_of(filling))} CASCADE")


def change_names(hall: Engine, filling: Engine, now: datetime) -> str:
    """In one transaction, in which nobody writes or reads; the name the old schema has now."""
    schema = schema_of(hall)
    with writing(hall, quietly=True) as session:
        connection = session.connection()
        lock_tables(connection, schema)
        kept = free_schema(connection, schema, now)
        rename(connection, schema, kept)
        rename(connection, schema_of(filling), schema)
        ring(connection, ANOTHER)
    return kept


def lock_tables(connection: Connection, schema: str) -> None:
    """All at once or none: who reads one of them already may want another.

    A reader's view is older than the copy; under the new name it would find empty tables.
    """
    names = connection.scalars(
        text("SELECT tablename FROM pg_tables WHERE schemaname = :schema"), {"schema": schema}
    )
    tables = ", ".join(f"{quoted(schema)}.{quoted(name)}" for name in names)
    deadline = time.monotonic() + write_lock.LOCK_WAIT_S
    while True:
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(f"LOCK TABLE {tables} NOWAIT")
            return
        except OperationalError:
            if time.monotonic() > deadline:
                raise
        time.sleep(NAP_S)


def free_schema(connection: Connection, schema: str, now: datetime) -> str:
    taken = set(connection.scalars(text("SELECT nspname FROM pg_namespace")))
    endings = itertools.chain([""], (f"-{count}" for count in itertools.count(2)))
    names = (f"{schema}_{now:%y%m%d%H%M%S}{end}" for end in endings)
    return next(name for name in names if name not in taken)


def rename(connection: Connection, schema: str, name: str) -> None:
    connection.exec_driver_sql(f"ALTER SCHEMA {quoted(schema)} RENAME TO {quoted(name)}")
