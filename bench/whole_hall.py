"""What a hall of fifty programs costs while nothing happens, and the memory of each program."""

import os
import subprocess
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bench import bench_hall
from bench.boards import processor_seconds, resident
from bench.consoles import Consoles
from bench.screens import SOMETHING
from bench.terminal import InTerminal, jiaohao

COUNTERS = 40
OTHERS = (
    *[("kiosk",)] * 4,
    *[("board",)] * 2,
    ("desk",),
    ("supervisor",),
)
DEVICES = (("spooler",), ("speaker",))
PROGRAMS = COUNTERS + len(OTHERS) + len(DEVICES)
LOOK_S, LOOKS, STILL_S = 5, 24, 20
"""Fifty programs on two cores take a minute to begin: they open the hall after the first paint."""


def clock() -> datetime:
    return datetime.now(UTC)


def at_rest(folder: Path) -> tuple[float, dict[str, float]]:
    """The processor time of all in a second of a core; and program → resident memory in MiB."""
    hall = bench_hall.make(folder / "whole.db", clock, counters=COUNTERS)
    url = hall.settings.database_url
    screens = [("counter", str(number)) for number in range(1, COUNTERS + 1)]
    named: dict[str, list[int]] = {}
    with ExitStack() as running:
        shown = []
        for words in (*screens, *OTHERS):
            screen = running.enter_context(InTerminal(jiaohao(url, "run", *words)))
            shown.append(screen)
            named.setdefault(words[0], []).append(screen.program.pid)
        for words in DEVICES:
            device = subprocess.Popen(
                jiaohao(url, "run", *words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            running.callback(device.wait)
            running.callback(device.kill)
            named.setdefault(words[0], []).append(device.pid)
        group = Consoles(shown)
        for screen in shown:
            group.wait(screen, SOMETHING, time.perf_counter())
        programs = [pid for pids in named.values() for pid in pids]
        assert len(programs) == PROGRAMS
        shares = [share_of(programs, group, LOOK_S)]
        while len(shares) < LOOKS and still_begin(shares):
            shares.append(share_of(programs, group, LOOK_S))
        share = share_of(programs, group, STILL_S)
        memory = {name: median(map(resident, pids)) for name, pids in named.items()}
    hall.engine.dispose()
    return share, memory


def still_begin(shares: list[float]) -> bool:
    """As long as they take all there is, or less each time."""
    *before, last = shares
    return last > 0.8 * (os.cpu_count() or 1) or not before or last < 0.85 * before[-1]


def share_of(programs: list[int], group: Consoles, seconds: float) -> float:
    """Of a core, by all of them."""
    before, begun = sum(map(processor_seconds, programs)), time.perf_counter()
    group.rest(seconds)
    return (sum(map(processor_seconds, programs)) - before) / (time.perf_counter() - begun)
