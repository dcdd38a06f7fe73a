"""What a hall board costs while it hangs there: its processor time, its memory over a week, and
how soon it shows a call beside fifty other listening programs.

`python -m bench.boards`; about eight minutes.
"""

import argparse
import os
import re
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

from rich.console import Console

from bench import bench_hall
from bench.consoles import Consoles
from bench.operations import calling_next, finish, issuing
from bench.terminal import InTerminal, jiaohao
from db.engine import writing
from db.tables import Clerk
from hall.announcing import bulletins
from hall.counters import counters
from hall.open_hall import OpenHall
from hall.tickets import serving

LISTENING = 50
CALLS = 40
STILL_S, BUSY_S = 60, 60
SETTLE_S = 12
SPEED = 2000
"""So many seconds of the simulated week go by in one."""
FROM, UNTIL = 8, 17
PACE_S = 0.04
"""Between two deeds of the simulated day, in real seconds."""
MIB = 1024
TICKS = os.sysconf("SC_CLK_TCK")


def clock() -> datetime:
    return datetime.now(UTC)


def processor_seconds(program: int) -> float:
    fields = Path(f"/proc/{program}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident(program: int) -> float:
    """In MiB."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{program}/status").read_text())
    assert found is not None
    return int(found[1]) / MIB


class Drained:
    """A program's terminal, read away in a thread."""

    def __init__(self, screen: InTerminal) -> None:
        self.screen, self.over = screen, threading.Event()
        self.thread = threading.Thread(target=self.read)

    def read(self) -> None:
        while not self.over.is_set():
            self.screen.drain(0.05)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()


def share_of_a_core(program: int, seconds: float) -> float:
    before, begun = processor_seconds(program), time.perf_counter()
    time.sleep(seconds)
    return (processor_seconds(program) - before) / (time.perf_counter() - begun)


def at_rest(folder: Path) -> tuple[float, float, float]:
    """Shares of a core: while nothing happens, while a call flashes without an end, and while
    somebody is called every three seconds, so that one flashes all the time."""
    hall = bench_hall.make(folder / "rest.db", clock)
    issue, call = issuing(hall), calling_next(hall, 1)
    over = threading.Event()

    def keep_calling() -> None:
        while not over.wait(2.7):  # a call flashes for three seconds
            issue()
            call()
            finish(hall, 1)

    url = hall.settings.database_url
    with InTerminal(jiaohao(url, "run", "board")) as board, Drained(board):
        time.sleep(SETTLE_S)
        still = share_of_a_core(board.program.pid, STILL_S)
        caller = threading.Thread(target=keep_calling)
        caller.start()
        busy = share_of_a_core(board.program.pid, BUSY_S)
        over.set()
        caller.join()
    with InTerminal([sys.executable, "-c", FLASHING, url]) as board, Drained(board):
        time.sleep(SETTLE_S)
        issue()
        call()
        time.sleep(SETTLE_S)
        flashing = share_of_a_core(board.program.pid, STILL_S)
    hall.engine.dispose()
    return still, flashing, busy


FLASHING = """
import sys
from datetime import UTC, datetime
from display import board_body
from display.hall_board import HallBoardApp
from hall.open_hall import open_hall
from hall.settings import Settings

board_body.FLASH_S = 3600
settings = Settings.model_validate(
    {"database_url": sys.argv[1], "board": {"highlight_seconds": 120}}
)
HallBoardApp(lambda: open_hall(settings, lambda: datetime.now(UTC))).run()
"""


LISTENER = """
import sys
from pathlib import Path
from db.file_bell import Listener

with Listener(Path(sys.argv[1])) as listener:
    while True:
        listener.wait()
"""


def beside_others(folder: Path, counters: bool) -> tuple[float, float]:
    """Median and 95th percentile of seconds from a call's commit to its number on the board.

    `counters`: beside programs of counters, which read and paint too; else beside mere listeners.
    """
    path = folder / f"beside-{counters}.db"
    hall = bench_hall.make(path, clock, counters=LISTENING)
    issue, call = issuing(hall), calling_next(hall, 1)
    url = hall.settings.database_url
    commands = [
        jiaohao(url, "run", "counter", str(number))
        if counters
        else [sys.executable, "-c", LISTENER, str(path)]
        for number in range(1, LISTENING)
    ]
    took = []
    with ExitStack() as running:
        others = [running.enter_context(InTerminal(command)) for command in commands]
        board = running.enter_context(InTerminal(jiaohao(url, "run", "board")))
        group = Consoles([*others, board])
        for one in others if counters else ():
            group.wait(one, re.compile("窗口".encode()), time.perf_counter())
        group.rest(SETTLE_S)
        for number in range(1, CALLS + 1):
            issue()
            group.rest(0.5)
            group.seen = dict.fromkeys(group.seen, b"")
            call()
            shown = re.compile(b"A%03d" % number)
            took.append(group.wait(board, shown, time.perf_counter()))
            finish(hall, 1)
            group.rest(0.5)
    hall.engine.dispose()
    return median(took), quantiles(took, n=20)[-1]


CHILD = """
import sys, time
from datetime import datetime, timedelta
from display.hall_board import HallBoardApp
from hall.open_hall import open_hall
from hall.settings import Settings

url, begins, origin, speed = sys.argv[1:]
def now():
    return datetime.fromisoformat(begins) + timedelta(
        seconds=(time.monotonic() - float(origin)) * float(speed)
    )
HallBoardApp(lambda: open_hall(Settings(database_url=url), now)).run()
"""


def some_days(folder: Path, days: int) -> list[tuple[str, float]]:
    """Simulated midnight → the board's resident memory in MiB; the first is after one hour."""
    begins = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    origin = time.monotonic()

    def now() -> datetime:
        return begins + timedelta(seconds=(time.monotonic() - origin) * SPEED)

    hall = bench_hall.make(folder / "week.db", now)
    url = hall.settings.database_url
    command = [sys.executable, "-c", CHILD, url, begins.isoformat(), str(origin), str(SPEED)]
    looks = []
    with InTerminal(command) as board, Drained(board):
        time.sleep(3600 / SPEED + 2)
        looks.append(("after an hour", resident(board.program.pid)))
        for day in range(1, days + 1):
            midnight = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(days=day, hours=-8)
            deeds = live(hall, midnight)
            name = f"day {day}, {deeds} calls"
            looks.append((name, resident(board.program.pid)))
    hall.engine.dispose()
    return looks


def live(hall: OpenHall, midnight: datetime) -> int:
    """One day of the hall until its midnight: numbers, calls, bulletins."""
    issue, calls, put_up = issuing(hall), 0, None
    is_open = False
    while hall.now() < midnight:
        hour = hall.rules.local(hall.now()).hour
        if not FROM <= hour < UNTIL:
            is_open = False
            time.sleep(0.2)  # the night passes by itself
            continue
        if not is_open:
            is_open = True
            with writing(hall.engine) as session:
                for number in (1, 2, 3):
                    counters.open_counter(
                        session, hall.rules, number, str(1000 + number), hall.now()
                    )
        counter = calls % 3 + 1
        issue()
        calling_next(hall, counter)()
        calls += 1
        time.sleep(PACE_S)
        with writing(hall.engine) as session:
            serving.finish(session, hall.rules, counter, hall.now())
            if calls % 20 == 0:
                boss = session.get_one(Clerk, 1)
                boss.role = "duty_manager"
                if put_up is not None:
                    bulletins.take_down(session, hall.rules, put_up, boss, hall.now())
                words = {"zh": f"第 {calls} 次通知", "en": "A notice"}
                put_up = bulletins.put_up(session, hall.rules, words, None, boss, hall.now()).id
        time.sleep(PACE_S)
    return calls


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.boards", description=__doc__)
    parser.add_argument("--days", type=int, default=7, metavar="N")
    days = parser.parse_args().days
    out = Console(highlight=False, markup=False)
    with tempfile.TemporaryDirectory(prefix="jiaohao-boards-") as name:
        folder = Path(name)
        still, flashing, busy = at_rest(folder)
        out.print(f"processor, nothing happens: {still:.2%} of a core (limit 1 %)")
        out.print(f"processor, a call flashes: {flashing:.2%} of a core (limit 2 %)")
        out.print(f"processor, a call every three seconds: {busy:.2%} of a core")
        for counters, what in ((False, "listeners (limit 25 ms p95)"), (True, "counters")):
            middle, late = beside_others(folder, counters)
            out.print(
                f"commit → repaint beside {LISTENING - 1} {what}: "
                f"{late * 1000:.1f} ms p95, {middle * 1000:.1f} ms median"
            )
        for when, memory in some_days(folder, days):
            out.print(f"memory {when}: {memory:.1f} MiB")


if __name__ == "__main__":
    main()
