"""The bell of a hall on a server: NOTIFY in the transaction that changes something, LISTEN here."""

import contextlib
import itertools
import select
import socket
from typing import Any, Self

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from db.place import schema_of
from db.postgresql import channel, quoted

connections = itertools.count(1)


ANOTHER = "another"
"""What a ring says when another hall stands in the place of this one."""


def ring(connection: Connection, word: str = "") -> None:
    """Heard when this transaction is committed, and only then."""
    name = channel(schema_of(connection.engine))
    connection.exec_driver_sql("SELECT pg_notify(%s, %s)", (name, word))


class ServerListener:
    """As `db.doorbell.Listener`; a server that went away is looked for every `poll_s`."""

    def __init__(self, engine: Engine, poll_s: float) -> None:
        self.engine = engine
        self.poll_s = poll_s
        self.driver: psycopg.Connection[Any] | None = None
        self.identity: int | None = None
        self.waker, self.wakened = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)

    def __enter__(self) -> Self:
        self.connect()
        return self

    def __exit__(self, *_: object) -> None:
        self.hang_up()
        self.waker.close()
        self.wakened.close()

    def look(self) -> None:
        if self.driver is None:
            self.connect()

    def connect(self) -> None:
        try:
            taken = self.engine.raw_connection()
            driver: Any = taken.driver_connection
            taken.detach()  # it is no longer the pool's, which would forget what it listens to
            driver.execute(f"LISTEN {quoted(channel(schema_of(self.engine)))}")
        except (SQLAlchemyError, psycopg.Error):
            return
        self.driver, self.identity = driver, next(connections)

    def hang_up(self) -> None:
        if self.driver is not None:
            with contextlib.suppress(psycopg.Error):
                self.driver.close()
        self.driver = self.identity = None

    def wait(self) -> bool:
        before = self.identity
        ears: list[Any] = [self.wakened] if self.driver is None else [self.wakened, self.driver]
        heard, _, _ = select.select(ears, [], [], self.poll_s)
        if self.wakened in heard:
            with contextlib.suppress(BlockingIOError):
                while self.wakened.recv(1, socket.MSG_DONTWAIT):
                    pass
        if self.driver is None:
            self.look()
        elif self.driver in heard:
            self.take_rings(self.driver)
        return bool(heard) or before != self.identity

    def take_rings(self, driver: psycopg.Connection[Any]) -> None:
        """Several are one change."""
        try:
            for told in driver.notifies(timeout=0):
                if told.payload == ANOTHER:
                    self.identity = next(connections)
        except psycopg.Error:
            self.hang_up()

    def wake(self) -> None:
        with contextlib.suppress(OSError):
            self.waker.send(b"!")
