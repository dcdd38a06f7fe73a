"""How soon a clerk's key is answered: alone on the file, and beside fifty others at work."""

import os
import random
import re
import select
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

from bench import bench_hall
from bench.operations import issuing
from bench.terminal import ESCAPES, InTerminal, jiaohao

CONSOLES = 50
PRESSES = 200
PACE_S = 0.2
"""Between two presses anywhere in the hall: fifty clerks who press a key every ten seconds."""
SETTLE_S = 10
"""Fifty programs that have just begun still read what they will not read again."""
LIMIT_S = 240
CALLED = re.compile("已叫".encode())
FINISHED = re.compile("号已办结".encode())


def clock() -> datetime:
    return datetime.now(UTC)


class Consoles:
    """Counters in pseudo-terminals; whatever one does not look at is read away all the time."""

    def __init__(self, screens: list[InTerminal]) -> None:
        self.screens = screens
        self.seen = {one.screen: b"" for one in screens}

    def read(self, wait_s: float) -> None:
        for screen in select.select(list(self.seen), [], [], wait_s)[0]:
            self.seen[screen] += os.read(screen, 65536)

    def rest(self, seconds: float) -> None:
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self.read(left)

    def wait(self, one: InTerminal, shown: re.Pattern[bytes], since: float) -> float:
        """Seconds from `since` until it was drawn; raises TimeoutError."""
        while not shown.search(ESCAPES.sub(b"", self.seen[one.screen])):
            if time.perf_counter() - since > LIMIT_S:
                raise TimeoutError(shown.pattern)
            self.read(0.05)
        return time.perf_counter() - since

    def press(self, one: InTerminal, key: bytes, shown: re.Pattern[bytes]) -> float:
        self.seen = dict.fromkeys(self.seen, b"")
        pressed = time.perf_counter()
        os.write(one.screen, key)
        return self.wait(one, shown, pressed)


def answers(folder: Path, consoles: int, presses: int = PRESSES) -> tuple[float, float]:
    """Median and 95th percentile of seconds from a key to its answer on the screen.

    Next and finish in turn, at one console after another; nothing else is awaited meanwhile.
    """
    hall = bench_hall.make(folder / f"consoles-{consoles}.db", clock, counters=consoles)
    issue = issuing(hall)
    for _ in range(presses + consoles):
        issue()
    url = hall.settings.database_url
    hall.engine.dispose()
    took = []
    with ExitStack() as running:
        screens = [
            running.enter_context(InTerminal(jiaohao(url, "run", "counter", str(number))))
            for number in range(1, consoles + 1)
        ]
        group = Consoles(screens)
        for one in screens:
            group.wait(one, re.compile(rb"A\d\d\d"), time.perf_counter())
        group.rest(SETTLE_S)
        chance = random.Random(50)
        serving: set[int] = set()
        for _ in range(presses):
            at = chance.randrange(consoles)
            if at in serving:
                took.append(group.press(screens[at], b"f", FINISHED))
                serving.remove(at)
            else:
                took.append(group.press(screens[at], b"n", CALLED))
                serving.add(at)
            group.rest(PACE_S)
    return median(took), quantiles(took, n=20)[-1]
