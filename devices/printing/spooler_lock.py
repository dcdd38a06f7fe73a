"""One spooler per printer: two would print every slip twice, or one into the other."""

import fcntl
import os
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from db import place


class SpoolerRunning(Exception):
    """Another program prints on this printer already; `holder` says which."""

    def __init__(self, printer: str, holder: str) -> None:
        super().__init__(f"{printer}: {holder}")
        self.printer = printer
        self.holder = holder


def lock_file(engine: Engine, printer: str) -> Path:
    folder = place.folder_of(engine)
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^A-Za-z0-9_-]", "_", printer)
    hall = "" if place.on_server(engine) else f"{place.file_of(engine).name}."
    return folder / f"{hall}{name}.spooler"


@contextmanager
def sole_spooler(engine: Engine, printer: str, patience_s: float = 0) -> Iterator[None]:
    """Hold the printer; the system lets go of it when the program ends, however it ends.

    A hall on a server has several machines: there the server holds it too, for this program.

    Raises SpoolerRunning when another holds it for longer than that, and OSError where no lock can
    be made.
    """
    with os.fdopen(
        os.open(lock_file(engine, printer), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644), "r+"
    ) as file:
        deadline = time.monotonic() + patience_s
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise SpoolerRunning(printer, file.read().strip()) from None
            time.sleep(0.05)  # flock with a time limit there is not
        file.truncate()
        since = datetime.now(UTC).isoformat(timespec="seconds")
        file.write(f"process {os.getpid()} on {socket.gethostname()} since {since}\n")
        file.flush()
        with sole_on_server(engine, printer, patience_s):
            yield


@contextmanager
def sole_on_server(engine: Engine, printer: str, patience_s: float) -> Iterator[None]:
    if not place.on_server(engine):
        yield
        return
    from db.named_lock import NamedLockTaken, named_lock

    try:
        with named_lock(engine, f"printer/{printer}", patience_s):
            yield
    except NamedLockTaken as taken:
        raise SpoolerRunning(printer, str(taken)) from None
