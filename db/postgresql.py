"""A hall on a PostgreSQL server, in a schema of its own.

`postgresql+psycopg://USER@HOST/DATABASE?schema=NAME`; without a name it is "public". Several halls
of a city stand in one database, each in its schema, and see nothing of each other. `lock=row` is
for servers that speak PostgreSQL's protocol and have no advisory locks (docs/decisions/0034).
"""

import hashlib
import random
import time
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from db import write_lock
from db.faults import DatabaseUnreadable
from db.place import SCHEMA
from db.write_lock import WRITES

EXAMPLE = "postgresql+psycopg://USER@HOST/DATABASE?schema=NAME"
CONNECT_S = 5
"""How long a server may take to answer at all."""
ALIVE = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
"""A server whose machine lost its power says nothing: after about 11 s it counts as gone."""
LONGEST_SCHEMA = 48  # of the 63 bytes of a name, for what is built of it
BY_ROW = "jiaohao_lock_by_row"
"""Execution option of an engine: its server has no advisory locks."""
NAP_S = (0.0005, 0.004)
"""Between two attempts to change the row."""
HELD = "jiaohao_lock_held"
"""In the facts of a connection: it holds its hall's write lock."""


def engine_on_server(url: str) -> Engine:
    """Nothing is asked of the server yet. Raises DatabaseUnreadable for a URL that is none."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUnreadable(url.partition(":")[0], EXAMPLE) from error
    schema, lock = parsed.query.get("schema", "public"), parsed.query.get("lock", "advisory")
    if lock not in ("advisory", "row") or not isinstance(schema, str) or not is_schema(schema):
        raise DatabaseUnreadable(parsed.render_as_string(), EXAMPLE)
    bare = parsed.set(drivername="postgresql+psycopg").difference_update_query(["schema", "lock"])
    return engine_in(bare, schema, by_row=lock == "row")


def engine_beside(engine: Engine, schema: str) -> Engine:
    """On another schema of the same database."""
    return engine_in(engine.url, schema, by_row=engine.get_execution_options()[BY_ROW])


def engine_in(url: URL, schema: str, *, by_row: bool) -> Engine:
    engine = create_engine(
        url,
        connect_args={"connect_timeout": CONNECT_S, "application_name": "jiaohao"} | ALIVE,
        pool_pre_ping=True,  # a server that was restarted has forgotten its connections
        hide_parameters=True,  # an error's text may be logged; a row can hold names, or a hash
        execution_options={SCHEMA: schema, BY_ROW: by_row},
    )
    event.listen(engine, "connect", lambda driver, _record: prepare_connection(driver, schema))
    event.listen(engine, "begin", begin)
    event.listen(engine, "reset", release)
    return engine


def is_schema(name: str) -> bool:
    return 0 < len(name.encode()) <= LONGEST_SCHEMA and "\0" not in name


def prepare_connection(driver: psycopg.Connection[Any], schema: str) -> None:
    driver.autocommit = True  # BEGIN is ours
    driver.execute("SELECT set_config('search_path', %s, false)", (quoted(schema),))
    driver.execute("SET TIME ZONE 'UTC'")
    driver.execute(
        "SELECT set_config('lock_timeout', %s, false)",
        (str(int(write_lock.LOCK_WAIT_S * 1000)),),
    )


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def lock_number(schema: str) -> int:
    """The advisory lock of this hall; a number of 64 bits with a sign, as the server wants it."""
    digest = hashlib.sha256(f"jiaohao/{schema}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)


def channel(schema: str) -> str:
    """What this hall's bell is called on the server."""
    return f"jiaohao_{hashlib.sha256(schema.encode()).hexdigest()[:16]}"


def begin(connection: Connection) -> None:
    """A write takes its hall's lock before it reads, and finds at its commit whoever did not."""
    driver: Any = connection.connection.driver_connection
    if not connection.get_execution_options().get(WRITES):
        driver.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    elif connection.get_execution_options()[BY_ROW]:
        begin_with_row(driver)
    else:
        number = lock_number(connection.get_execution_options()[SCHEMA])
        # Before BEGIN: a transaction sees the database as it was at its first question, and
        # asked for inside, the lock would come after that. Whoever waits is served in turn.
        driver.execute("SELECT pg_advisory_lock(%s)", (number,))
        connection.info[HELD] = number
        driver.execute("BEGIN ISOLATION LEVEL SERIALIZABLE")


def begin_with_row(driver: Any) -> None:
    """The lock is the hall's own row, changed first of all to what it is.

    Whoever waited for it is told that somebody else was first, has done nothing yet, and begins
    anew: this needs nothing but SERIALIZABLE, which engines that are spread over several machines
    have too. Raises psycopg.errors.SerializationFailure when it lasts longer than `LOCK_WAIT_S`.
    """
    deadline = time.monotonic() + write_lock.LOCK_WAIT_S
    while True:
        driver.execute("BEGIN ISOLATION LEVEL SERIALIZABLE")
        try:
            driver.execute("UPDATE hall SET address = address")
            return
        except psycopg.errors.UndefinedTable:  # it is being made
            driver.execute("ROLLBACK")
            driver.execute("BEGIN ISOLATION LEVEL SERIALIZABLE")
            return
        except psycopg.errors.SerializationFailure:
            driver.execute("ROLLBACK")
            if time.monotonic() > deadline:
                raise
        time.sleep(random.uniform(*NAP_S))


def release(driver: Any, record: Any, _state: Any) -> None:
    """When a connection goes back, however its transaction ended; a lost one holds nothing."""
    number = record.info.pop(HELD, None)
    if number is not None and not driver.closed:
        driver.rollback()
        driver.execute("SELECT pg_advisory_unlock(%s)", (number,))


def make_schema(engine: Engine) -> None:
    """Two who make it at once make one: the server counts a race for a name as an error."""
    schema = engine.get_execution_options()[SCHEMA]
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("SELECT pg_advisory_lock(%s)", (lock_number(schema),))
        try:
            driver.execute(f"CREATE SCHEMA IF NOT EXISTS {quoted(schema)}")
        finally:
            driver.execute("SELECT pg_advisory_unlock(%s)", (lock_number(schema),))
