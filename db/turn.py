"""A turn to write: who finds the lock of a file taken waits at a place of its own.

Whoever has written tells the one who has waited longest (`db.file_bell.ring`), so that fifty who
wait need not ask all the time, which would take the processor from the one who writes. A turn
that nobody gives on (a writer killed, a foreign program) is found by asking now and then.
"""

import os
import random
import select
import socket
import time
from pathlib import Path
from typing import Self

from db.file_bell import TURN, bell_folder

ASK_AGAIN_S = (0.01, 0.03)
"""How long to wait for one's turn before one asks all the same."""
NAP_S = (0.0005, 0.004)
"""Between two tries where no place can be had: a folder that cannot be written to."""


class Turn:
    """A place in the order of coming; given up when left."""

    def __init__(self, database: str) -> None:
        # Of two in one microsecond the second finds its place taken, and naps.
        name = f"{time.monotonic_ns() // 1000:012x}-{os.getpid()}{TURN}"
        self.path = Path(bell_folder(database), name)
        self.ear: socket.socket | None = None

    def __enter__(self) -> Self:
        ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            self.path.parent.mkdir(mode=0o700, exist_ok=True)
            ear.bind(str(self.path))
        except OSError:
            ear.close()
        else:
            self.ear = ear
        return self

    def __exit__(self, *_: object) -> None:
        if self.ear is not None:
            self.path.unlink(missing_ok=True)
            self.ear.close()

    def wait(self) -> None:
        """Until the lock may be free."""
        if self.ear is None:
            time.sleep(random.uniform(*NAP_S))
        elif select.select([self.ear], [], [], random.uniform(*ASK_AGAIN_S))[0]:
            self.ear.recv(1)
