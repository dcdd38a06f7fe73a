"""What only one program of a hall may hold, on whatever machine: kept by the hall's server."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine

from db.engine import faults_named
from db.place import schema_of
from db.postgresql import lock_number

LOOK_S = 0.05


class NamedLockTaken(Exception):
    """Another program holds it; the text says which, as far as the server tells."""


@contextmanager
def named_lock(engine: Engine, name: str, patience_s: float) -> Iterator[None]:
    """By a connection of its own: the server lets go of it when that ends, however it ends.

    Raises NamedLockTaken when it is held for longer than that, and DatabaseFault.
    """
    number = lock_number(f"{schema_of(engine)}/{name}")
    with faults_named(engine):
        taken = engine.raw_connection()
        driver = taken.driver_connection
        assert driver is not None
        taken.detach()
    try:
        deadline = time.monotonic() + patience_s
        with faults_named(engine):
            while not driver.execute("SELECT pg_try_advisory_lock(%s)", (number,)).fetchone()[0]:
                if time.monotonic() >= deadline:
                    raise NamedLockTaken(holder(driver, number))
                time.sleep(LOOK_S)
        yield
    finally:
        driver.close()


def holder(driver: Any, number: int) -> str:
    """The server shows a number of 64 bits as two of 32."""
    high, low = (number >> 32) & 0xFFFFFFFF, number & 0xFFFFFFFF
    found = driver.execute(
        "SELECT client_addr, backend_start FROM pg_locks JOIN pg_stat_activity USING (pid)"
        " WHERE locktype = 'advisory' AND granted"
        " AND classid = %s::bigint::oid AND objid = %s::bigint::oid LIMIT 1",
        (high, low),
    ).fetchone()
    if found is None:
        return "another program"
    return f"a program at {found[0] or 'this machine'} since {found[1]:%Y-%m-%d %H:%M:%S}"
