"""A screen ends when it is told to and when its terminal is gone, even while it draws in vain.

Textual draws through a queue: where nobody takes from it, because the terminal hangs or is gone,
the whole program waits for room in it, and no message and no signal of asyncio reaches it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable

GIVE_UP_S = 5.0
"""A screen that cannot end by itself is ended after so long."""


def install(end: Callable[[], None]) -> None:
    """`end` is called in the running event loop: at SIGTERM, SIGHUP or the end of the terminal."""
    loop = asyncio.get_running_loop()

    def told(*_: object) -> None:
        last_resort = threading.Timer(GIVE_UP_S, os._exit, (0,))
        last_resort.daemon = True
        last_resort.start()
        with contextlib.suppress(RuntimeError):  # the loop has ended: so has the screen
            loop.call_soon_threadsafe(end)

    with contextlib.suppress(ValueError):  # not the main thread: a test, a demo
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, told)  # of Python, not of the loop: the loop may be waiting
        if sys.__stdin__ is not None and sys.__stdin__.isatty():
            threading.Thread(target=watch, args=(sys.__stdin__.fileno(), told), daemon=True).start()


def watch(terminal: int, told: Callable[[], None]) -> None:
    """Waits for the other side to hang up, for which no event need be asked."""
    hung_up = select.poll()
    hung_up.register(terminal, 0)
    hung_up.poll()
    told()
