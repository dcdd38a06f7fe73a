"""How soon a screen is there, and how soon it shows what another process has committed."""

import re
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

from bench import bench_hall
from bench.operations import calling_next, finish, issuing
from bench.terminal import InTerminal, jiaohao

STARTS = 7
CALLS = 40
SOMETHING = re.compile(rb"[^\s\x00-\x1f]")
A_DIGIT = re.compile("[0-9▀▄█▌▐▖▗▘▙▚▛▜▝▞▟]|[╭╮╰╯╶╷╵╴│─┌┐└┘├┤]".encode())


def clock() -> datetime:
    return datetime.now(UTC)


BARE = """
from textual.app import App
from textual.widgets import Digits
class Bare(App):
    def compose(self):
        yield Digits("12")
Bare().run()
"""
"""The least a Textual program can do: what the physical limit is here."""


def starts(folder: Path) -> dict[str, tuple[float, float]]:
    """Program → median seconds to its first drawn text, and of a bare Textual program."""
    hall = bench_hall.make(folder / "starts.db", clock)
    hall.engine.dispose()
    url = hall.settings.database_url
    commands = {
        "board": jiaohao(url, "run", "board"),
        "kiosk": jiaohao(url, "run", "kiosk"),
        "counter": jiaohao(url, "run", "counter", "1"),
    }
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(STARTS):
        for name, command in commands.items():
            wanted = A_DIGIT if name == "board" else SOMETHING
            took[name].append(
                (first_text(command, wanted), first_text([sys.executable, "-c", BARE], wanted))
            )
    return {
        name: (median(ours for ours, _ in rows), median(bare for _, bare in rows))
        for name, rows in took.items()
    }


def first_text(command: list[str], wanted: re.Pattern[bytes]) -> float:
    with InTerminal(command) as screen:
        return screen.seconds_until(wanted, screen.begun)


def commit_to_repaint(folder: Path) -> tuple[float, float]:
    """Median and 95th percentile of seconds from a call's commit to its number on the board."""
    hall = bench_hall.make(folder / "repaint.db", clock)  # the board shows today
    issue, call = issuing(hall), calling_next(hall, 1)
    took = []
    with InTerminal(jiaohao(hall.settings.database_url, "run", "board")) as board:
        board.seconds_until(SOMETHING, board.begun)
        board.drain(1.5)
        for number in range(1, CALLS + 1):
            issue()
            board.drain(0.2)
            call()
            took.append(board.seconds_until(re.compile(b"A%03d" % number), time.perf_counter()))
            finish(hall, 1)
            board.drain(0.2)
    hall.engine.dispose()
    return median(took), quantiles(took, n=20)[-1]
