"""Fifty programs on one file: all in one instant, each twice a second, and all who listen."""

import multiprocessing
import os
import random
import time
from collections.abc import Callable
from multiprocessing.queues import Queue
from pathlib import Path
from statistics import median, quantiles
from typing import Any, TypeVar

from bench import bench_hall
from bench.operations import finish, issuing, seconds
from db.engine import writing
from db.faults import DatabaseBusy
from db.file_bell import Listener
from hall.open_hall import OpenHall, open_hall
from hall.settings import Settings
from hall.tickets import calling

PROGRAMS = 50
INSTANTS = 12
SECONDS = 15
PACE_S = 0.5
"""Of each program: two deeds a second."""
CHANGES = 60
WARM = 3
CONTEXT = multiprocessing.get_context("forkserver")

Took = list[float]
Told = TypeVar("Told")


def hall_at(url: str) -> OpenHall:
    return open_hall(Settings(database_url=url), lambda: bench_hall.MORNING)


def beside(folder: Path, name: str, work: Callable[..., None]) -> tuple[OpenHall, list[Any], Any]:
    """A hall, and so many programs that do `work` on it; each puts what it took into the queue."""
    hall = bench_hall.make(folder / f"{name}.db")
    # The command as well, which each would else read again: they are forks of one that has.
    CONTEXT.set_forkserver_preload([__name__, "bench.__main__"])
    told: Queue[Took] = CONTEXT.Queue()
    programs = [
        CONTEXT.Process(
            target=work,
            args=(hall.settings.database_url, number, folder / f"{name}.go", told),
            daemon=True,
        )
        for number in range(PROGRAMS)
    ]
    for program in programs:
        program.start()
    return hall, programs, told


def begin(folder: Path, name: str, in_s: float) -> float:
    """Write the moment at which all begin, of the machine's monotonic clock."""
    at = time.monotonic() + in_s
    part = folder / f"{name}.part"
    part.write_text(str(at))
    part.rename(folder / f"{name}.go")
    return at


def moment_in(go: Path) -> float:
    while not go.exists():
        time.sleep(0.005)
    return float(go.read_text())


def until(at: float) -> None:
    while (left := at - time.monotonic()) > 0:
        time.sleep(min(left, 0.05))


def warm_kiosk(url: str, go: Path, told: "Queue[Took]") -> tuple[Callable[[], None], float]:
    """What gives a number, after a few; and when all begin."""
    issue = issuing(hall_at(url))
    for _ in range(WARM):
        patiently(issue)
    told.put([])
    return issue, moment_in(go)


def touch_in_one_instant(url: str, number: int, go: Path, told: "Queue[Took]") -> None:
    issue, begins = warm_kiosk(url, go, told)
    took = []
    for turn in range(INSTANTS):
        at = begins + turn
        until(at)
        patiently(issue)
        took.append(time.monotonic() - at)
    told.put(took)


def patiently(deed: Callable[[], Told]) -> Told:
    """Whoever waited for its turn in vain touches again."""
    while True:
        try:
            return deed()
        except DatabaseBusy:
            continue


def in_one_instant(folder: Path) -> tuple[float, float]:
    """Seconds after the instant when the last of fifty has its number: median and 95th percentile
    of so many instants. A counter empties the line in between, as it is at a kiosk."""
    hall, programs, told = beside(folder, "instant", touch_in_one_instant)
    for _ in programs:
        told.get(timeout=120)
    empty(hall)
    begins = begin(folder, "instant", 2)
    for turn in range(INSTANTS):
        until(begins + turn + 0.5)
        empty(hall)
    took = [told.get(timeout=120) for _ in programs]
    end(hall, programs)
    last = [max(one[turn] for one in took) for turn in range(INSTANTS)]
    return median(last), quantiles(last, n=20)[-1]


def empty(hall: OpenHall) -> None:
    """The counter calls and finishes until nobody waits."""
    while patiently(lambda: call_one(hall)):
        finish(hall, 1)


def call_one(hall: OpenHall) -> bool:
    with writing(hall.engine) as session:
        return calling.call_next(session, hall.rules, 1, hall.now()) is not None


def work_twice_a_second(url: str, number: int, go: Path, told: "Queue[Took]") -> None:
    """A kiosk; the parent is the counters."""
    issue, begins = warm_kiosk(url, go, told)
    chance = random.Random(number)
    took = []
    for turn in range(int(SECONDS / PACE_S)):
        until(begins + turn * PACE_S + chance.uniform(0, PACE_S))
        took.append(seconds(lambda: patiently(issue)))
    told.put(took)


def twice_a_second(folder: Path) -> tuple[float, float, float]:
    """Seconds of a deed: median, 99th percentile; and of a sync of this disk."""
    hall, programs, told = beside(folder, "steady", work_twice_a_second)
    for _ in programs:
        told.get(timeout=120)
    empty(hall)
    begins = begin(folder, "steady", 2)
    while time.monotonic() < begins + SECONDS:
        empty(hall)  # the counters of the hall
        time.sleep(0.02)
    took = sorted(second for _ in programs for second in told.get(timeout=120))
    end(hall, programs)
    return median(took), quantiles(took, n=100)[-1], sync_s(folder)


def sync_s(folder: Path) -> float:
    """Median seconds of a write and its fsync."""
    file = os.open(folder / "sync", os.O_WRONLY | os.O_CREAT)
    took = []
    for _ in range(100):
        begun = time.perf_counter()
        os.write(file, b"x" * 4096)
        os.fsync(file)
        took.append(time.perf_counter() - begun)
    os.close(file)
    return median(took)


def listen(url: str, number: int, go: Path, told: "Queue[Took]") -> None:
    heard = []
    with Listener(Path(url.removeprefix("sqlite:///"))) as listener:
        told.put([])
        ends = moment_in(go) + CHANGES * 0.1 + 2
        while time.monotonic() < ends:
            if listener.wait():
                heard.append(time.monotonic())
    told.put(heard)


def to_listeners(folder: Path) -> tuple[float, float]:
    """Seconds from a commit to each of fifty listeners: median, 99th percentile."""
    hall, programs, told = beside(folder, "bell", listen)
    for _ in programs:
        told.get(timeout=120)
    issue = issuing(hall)
    issue()
    begins = begin(folder, "bell", 1)
    committed = []
    for turn in range(CHANGES):
        until(begins + turn * 0.1)
        issue()
        committed.append(time.monotonic())
    took = []
    for _ in programs:
        heard = told.get(timeout=120)
        for at in committed:
            after = [one - at for one in heard if -0.05 < one - at < 0.09]
            if after:
                took.append(max(0.0, min(after)))
    end(hall, programs)
    assert len(took) > 0.95 * CHANGES * PROGRAMS, "bells were not heard"
    return median(took), quantiles(took, n=100)[-1]


def end(hall: OpenHall, programs: list[Any]) -> None:
    for program in programs:
        program.join(20)
        program.kill()
    hall.engine.dispose()
