"""A real program in a terminal of its own, read as text."""

import asyncio
import time
from collections.abc import Callable

from bittty import Board

LEAVE_S = 15.0


async def read_screen(
    command: list[str],
    size: tuple[int, int],
    shown: Callable[[str], bool],
    limit_s: float,
    leave: Callable[[Board], None] | None = None,
) -> str:
    """Run the program until its screen shows what is wanted, and return that screen.

    `size`: columns, rows. `leave` says how a person leaves it; None: it is asked to end. Raises
    TimeoutError with the screen when what is wanted does not come.
    """
    terminal = Board(command=command, width=size[0], height=size[1])
    await terminal.start_process()
    program = terminal.process
    deadline = time.monotonic() + limit_s
    try:
        while True:
            text: str = terminal.capture_text()
            if shown(text):
                break
            if time.monotonic() > deadline or program.poll() is not None:
                raise TimeoutError(text)
            await asyncio.sleep(0.05)
        if leave is not None:
            leave(terminal)
            gone_by = time.monotonic() + LEAVE_S
            while program.poll() is None and time.monotonic() < gone_by:
                await asyncio.sleep(0.05)
        return text
    finally:
        if program.poll() is None:
            program.terminate()
            await asyncio.to_thread(program.wait)
        terminal.stop_process()
