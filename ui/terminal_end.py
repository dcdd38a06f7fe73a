"""A screen ends when it is told to and when its terminal is gone, even while it draws in vain.

Textual draws through a queue: where nobody takes from it, because the terminal hangs or is gone,
the whole program waits for room in it, and no message and no signal of asyncio reaches it. So a
thread of its own waits for the end, from the beginning on.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable

GIVE_UP_S = 5.0
"""A screen that cannot end by itself is ended after so long."""


def install(end: Callable[[], None]) -> None:
    """`end` is called in the running event loop: at SIGTERM, SIGHUP or the end of the terminal."""
    loop = asyncio.get_running_loop()
    heard, signalled = os.pipe()
    os.set_blocking(signalled, False)

    def told(*_: object) -> None:
        with contextlib.suppress(BlockingIOError):  # it was told often enough
            os.write(signalled, b"!")  # takes no lock that the interrupted program may hold

    try:
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, told)  # of Python, not of the loop: the loop may be waiting
    except ValueError:  # not the main thread: a test, a demo
        os.close(heard)
        os.close(signalled)
        return

    def wait() -> None:
        wait_for_the_end(heard)
        with contextlib.suppress(RuntimeError):  # the loop has ended: so has the screen
            loop.call_soon_threadsafe(end)
        time.sleep(GIVE_UP_S)  # a thread that nobody waits for: it ends with the program
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def wait_for_the_end(heard: int) -> None:
    """Until a signal has come, or the other side of the terminal has hung up."""
    either = select.poll()
    either.register(heard, select.POLLIN)
    if sys.__stdin__ is not None and sys.__stdin__.isatty():
        either.register(sys.__stdin__.fileno(), 0)  # hanging up need not be asked for
    either.poll()
