"""A bell beside a database that is a file: after a commit the writer rings, the screens look again.

The bell carries no data. A ring missed (a writer killed between commit and ring, a foreign
program) is caught by `PRAGMA data_version`, asked once a second. Who waits to write has a place
in the same folder, and is told first when its turn has come (`db.turn`).
"""

import contextlib
import hashlib
import os
import select
import socket
import sqlite3
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Self

SOCKET_PATH_LIMIT = 100  # bytes; the system's own limit is 107
LONGEST_NAME = "/000000000000-4194304.turn"
TURN = ".turn"
"""How the name of a place ends where somebody waits to write."""


@lru_cache(maxsize=16)
def bell_folder(database: str) -> str:
    """Where the listeners of this database, and who waits to write to it, have their sockets."""
    beside = f"{database}.bell"
    if len(os.fsencode(beside)) <= SOCKET_PATH_LIMIT - len(LONGEST_NAME):
        return beside
    short = hashlib.sha256(os.fsencode(database)).hexdigest()[:16]
    return str(Path(tempfile.gettempdir(), f"jiaohao-{os.getuid()}-{short}.bell"))


def ring(database: str, *, changed: bool = True) -> None:
    """Give the turn to write on; then, when something has `changed`, wake every listener.

    Never waits, never fails: whatever was written is committed already.
    """
    folder = bell_folder(database)
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - at every write; Paths take longer
    except OSError:
        return
    turns = [name for name in names if name.endswith(TURN)]
    listeners = [name for name in names if not name.endswith(TURN)] if changed else []
    if not turns and not listeners:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bell:
        bell.setblocking(False)
        any(is_told(bell, f"{folder}/{name}") for name in turns)  # who has waited longest
        for name in listeners:
            is_told(bell, f"{folder}/{name}")


def is_told(bell: socket.socket, path: str) -> bool:
    """False where nobody is any more."""
    try:
        bell.sendto(b"!", path)
    except BlockingIOError:
        return True  # full: a ring is waiting there already
    except ConnectionRefusedError:
        Path(path).unlink(missing_ok=True)  # its program is dead
        return False
    except OSError:
        return False
    return True


class Listener:
    """Waits for changes to one database; one per thread, closed when left.

    Works without the file: `wait` then simply times out, and reports a change once it is back.
    """

    opened = 0

    def __init__(self, database: Path, poll_s: float = 1.0, *, before_others: bool = False) -> None:
        """`before_others`: the public looks at it, or hears it; fifty programs that wake at once
        take the processor from each other."""
        self.database = database
        self.poll_s = poll_s
        self.version: tuple[int, int] | None = None
        self.connection: sqlite3.Connection | None = None
        self.bell: socket.socket | None = None
        # Ends a wait from another thread; also what is waited on where no bell can be hung up.
        self.waker, self.wakened = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        Listener.opened += 1
        turn = "0-" if before_others else ""  # they are rung in the order of their names
        folder = Path(bell_folder(str(database)))
        self.path = folder / f"{turn}{os.getpid()}-{Listener.opened}.sock"

    def __enter__(self) -> Self:
        try:
            self.path.parent.mkdir(mode=0o700, exist_ok=True)
            self.path.unlink(missing_ok=True)
            self.bell = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            self.bell.setblocking(False)
            self.bell.bind(str(self.path))
        except OSError:
            self.bell = None  # a read-only folder: looking once a second has to do
        self.look()
        return self

    def __exit__(self, *_: object) -> None:
        if self.bell is not None:
            self.bell.close()
            self.path.unlink(missing_ok=True)
        self.waker.close()
        self.wakened.close()
        self.forget_connection()

    def wait(self) -> bool:
        """True when something changed, False after `poll_s` without a change."""
        rung = self.rung()
        before, self.version = self.version, self.read_version()
        return rung or before != self.version

    def look(self) -> None:
        self.version = self.read_version()

    @property
    def identity(self) -> int | None:
        """Of the file: changes when another stands in its place; None while there is none."""
        return self.version[0] if self.version else None

    def wake(self) -> None:
        """End a `wait` from another thread; it returns True."""
        with contextlib.suppress(OSError):
            self.waker.send(b"!")

    def rung(self) -> bool:
        ears = [self.wakened] if self.bell is None else [self.wakened, self.bell]
        heard, _, _ = select.select(ears, [], [], self.poll_s)
        for ear in heard:
            with contextlib.suppress(BlockingIOError):
                while ear.recv(1, socket.MSG_DONTWAIT):  # several rings are one change
                    pass
        return bool(heard)

    def read_version(self) -> tuple[int, int] | None:
        """Which file it is and how often others changed it; None while it cannot be read."""
        try:
            inode = self.database.stat().st_ino
            if self.connection is None or (self.version and self.version[0] != inode):
                self.forget_connection()
                self.connection = sqlite3.connect(
                    f"{self.database.as_uri()}?mode=ro",
                    uri=True,
                    timeout=0.2,
                    check_same_thread=False,
                )
            (version,) = self.connection.execute("PRAGMA data_version").fetchone()
        except (OSError, sqlite3.Error):
            self.forget_connection()
            return None
        return inode, version

    def forget_connection(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None
