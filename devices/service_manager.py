"""What the machine's service manager (systemd) hears of a program: it is ready, it is alive.

The protocol is one datagram (sd_notify(3)); without a manager that listens nothing is sent.
"""

import contextlib
import os
import socket

MICROSECONDS = 1_000_000


def tell(state: str) -> None:
    """Never fails: the hall does not depend on it."""
    where = os.environ.get("NOTIFY_SOCKET", "")
    if not where:
        return
    if where.startswith("@"):
        where = "\0" + where[1:]  # a name in the kernel, not in a folder
    with (
        contextlib.suppress(OSError),
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line,
    ):
        line.sendto(state.encode(), where)


def ready() -> None:
    tell("READY=1")


def alive() -> None:
    tell("WATCHDOG=1")


def beat_s() -> float:
    """How often to say so, in seconds, a third of the manager's patience; 0: nobody asks."""
    try:
        return int(os.environ.get("WATCHDOG_USEC", "0")) / MICROSECONDS / 3
    except ValueError:
        return 0.0
