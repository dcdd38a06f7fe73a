"""After a commit a bell rings, and the screens look again; it carries no data.

Beside a file it is a socket of each listener (`db.file_bell`), on a server LISTEN and NOTIFY
(`db.server_bell`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

from db import file_bell, place

if TYPE_CHECKING:  # slow to import, and the faces need this before their first paint
    from sqlalchemy import Connection, Engine


class Listener(Protocol):
    """Waits for changes to one hall; one per thread, closed when left.

    Works without the database: `wait` then simply times out, and reports a change once it is back.
    """

    @property
    def identity(self) -> int | None:
        """Changes when another database is there than before, or the same one once more after it
        was gone; None while it is gone."""

    def wait(self) -> bool:
        """True when something changed, False after `poll_s` without a change."""

    def look(self) -> None:
        """Whether the database is there, without waiting: `identity` says so afterwards."""

    def wake(self) -> None:
        """End a `wait` from another thread; it returns True."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


def listener(engine: Engine, poll_s: float = 1.0, *, before_others: bool = False) -> Listener:
    """`before_others`: the public looks at it, or hears it; only a bell beside a file has turns."""
    if place.on_server(engine):
        from db.server_bell import ServerListener

        return ServerListener(engine, poll_s)
    return file_bell.Listener(place.file_of(engine), poll_s, before_others=before_others)


def before_commit(connection: Connection) -> None:
    """A server rings with the commit itself."""
    if place.on_server(connection.engine):
        from db.server_bell import ring

        ring(connection)


def after_writing(engine: Engine, *, changed: bool) -> None:
    """Also of who has written nothing in the end: others wait for their turn."""
    if not place.on_server(engine):
        file_bell.ring(engine.url.database or "", changed=changed)
