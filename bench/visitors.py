"""What ten thousand visitors leave behind in a kiosk: its memory, in a real terminal, by mouse.

`python -m bench.visitors [--visitors N]`; about a quarter of a second each.
"""

import argparse
import os
import re
import select
import tempfile
import time
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from rich.console import Console

from bench.terminal import ESCAPES, InTerminal, jiaohao
from db.engine import writing
from hall.catalogue import new_hall
from hall.counters import counters
from hall.open_hall import OpenHall, open_hall
from hall.settings import Settings
from hall.tickets import calling, serving
from hall.workbook.reading import read_workbook

DEMO_HALL = Path(__file__).parent.parent / "assets" / "demo-hall.xlsx"
LOOK_EVERY = 500
BEGINNING = 1000
"""Visitors after whom everything has been needed once."""
TOUCHES, PATIENCE_S = 8, 1.0
IDLE_S = 5
"""The kiosk finds its first page by itself after so long."""
QUIET_S = 0.05
"""A page that draws nothing for so long is whole."""
KIB = 1024

AT_ANY_HOUR = {
    "JIAOHAO_HALL__NUMBERS_AT_ANY_HOUR": "true",
    "JIAOHAO_KIOSK__SETTLE_SECONDS": "0",
    "JIAOHAO_KIOSK__IDLE_SECONDS": f"{IDLE_S}",
}
"""The environment of the kiosk."""

Step = tuple[int, int, re.Pattern[bytes]]
"""Where is touched, on 100 columns and 30 rows, and what is shown then."""


def shown(text: str) -> re.Pattern[bytes]:
    return re.compile(text.encode())


GROUPS, SERVICES, MATTER = shown("请选择业务类别"), shown("请选择事项"), shown("材料")
FIRST, SECOND, MAIN, BACK = (20, 9), (20, 15), (20, 24), (3, 28)
TO_MATTER: list[Step] = [(*FIRST, SERVICES), (*FIRST, MATTER)]
LOOK: list[Step] = [(*FIRST, SERVICES), (*BACK, GROUPS)]
NUMBER = [*TO_MATTER, (*MAIN, shown("您的号码")), (50, 12, GROUPS)]
LIST = [
    *TO_MATTER,
    (*FIRST, shown("✓")),
    (*FIRST, shown("✗")),
    (70, 24, shown("完成")),
    (50, 12, GROUPS),
]
ENGLISH = [(92, 1, shown("Welcome")), (92, 1, GROUPS)]
LARGE = [(58, 1, shown("普通字")), (58, 1, shown("大字"))]
VISITS = [NUMBER, LOOK, LARGE, LOOK, ENGLISH, LOOK, LIST, LOOK, LARGE, ENGLISH]


def touch(kiosk: InTerminal, x: int, y: int) -> None:
    """As a terminal tells of it (SGR)."""
    for end in ("M", "m"):
        os.write(kiosk.screen, f"\x1b[<0;{x + 1};{y + 1}{end}".encode())


def reach(kiosk: InTerminal, step: Step) -> int:
    """Touch until it is shown; how often that was once more. Raises TimeoutError."""
    x, y, pattern = step
    kiosk.drain(QUIET_S)
    seen = b""
    for again in range(TOUCHES):
        touch(kiosk, x, y)
        until = time.perf_counter() + PATIENCE_S
        while time.perf_counter() < until:
            if select.select([kiosk.screen], [], [], 0.05)[0]:
                seen += os.read(kiosk.screen, 65536)
                if pattern.search(ESCAPES.sub(b"", seen)):
                    return again
    raise TimeoutError(pattern.pattern.decode())


def find_first_page(kiosk: InTerminal) -> None:
    """From wherever a touch has led that came too late, in whatever language and type."""
    kiosk.drain(2 * IDLE_S)
    for step in ENGLISH:
        reach(kiosk, step)


def memory(kiosk: InTerminal) -> float:
    """Resident, in MiB."""
    status = Path(f"/proc/{kiosk.program.pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+)", status)
    assert found is not None
    return int(found[1]) / KIB


def make_hall(folder: Path) -> OpenHall:
    path = folder / "visitors.db"
    new_hall.make(path, read_workbook(DEMO_HALL), datetime.now(UTC))
    settings = Settings(database_url=f"sqlite:///{path}")
    hall = open_hall(settings, lambda: datetime.now(UTC))
    with writing(hall.engine) as session:
        counters.open_counter(session, hall.rules, 1, "1001", hall.now())
    return hall


def serve(hall: OpenHall) -> None:
    """So that the line stays as short as in a hall."""
    with writing(hall.engine) as session:
        if calling.call_next(session, hall.rules, 1, hall.now()) is not None:
            serving.finish(session, hall.rules, 1, hall.now())


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.visitors", description=__doc__)
    parser.add_argument("--visitors", type=int, default=10_000, metavar="N")
    visitors = parser.parse_args().visitors
    out = Console(highlight=False, markup=False)
    os.environ |= AT_ANY_HOUR
    with tempfile.TemporaryDirectory(prefix="jiaohao-visitors-") as folder:
        hall = make_hall(Path(folder))
        begun = time.perf_counter()
        looks: dict[int, float] = {}
        again = lost = 0
        with InTerminal(jiaohao(hall.settings.database_url, "run", "kiosk")) as kiosk:
            kiosk.seconds_until(GROUPS, time.perf_counter())
            kiosk.drain(1)
            for count, steps in zip(range(1, visitors + 1), cycle(VISITS), strict=False):
                try:
                    again += sum(reach(kiosk, step) for step in steps)
                except TimeoutError:
                    lost += 1
                    find_first_page(kiosk)
                if steps is NUMBER:
                    serve(hall)
                if count % LOOK_EVERY == 0 or count == visitors:
                    looks[count] = memory(kiosk)
                    out.print(f"{count:>6} visitors  {looks[count]:.1f} MiB")
        last = looks[max(looks)]
        first = looks.get(BEGINNING, last)
        out.print(
            f"{(time.perf_counter() - begun) / visitors:.2f} s a visitor, {again} touches again"
        )
        out.print(f"{last - first:+.1f} MiB since visitor {BEGINNING}")


if __name__ == "__main__":
    main()
