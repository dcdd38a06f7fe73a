"""From the touch that takes a number to the last byte of its slip at the printer.

A kiosk in a terminal and a spooler, each a program, and a printer on 127.0.0.1.
"""

import os
import subprocess
import time
from pathlib import Path
from statistics import median, quantiles

from bench import visitors
from bench.terminal import InTerminal, jiaohao
from proof.paper.virtual_printer import VirtualPrinter

SLIPS = 20
WARM = 3
LIMIT_S = 15.0
LOOK_S = 0.001
"""How often is looked whether more has come."""


def touch_to_paper(folder: Path) -> tuple[float, float]:
    """Seconds: median and 95th percentile."""
    hall = visitors.make_hall(folder)
    url = hall.settings.database_url
    os.environ |= visitors.AT_ANY_HOUR
    took = []
    with VirtualPrinter() as printer:
        address = {"JIAOHAO_PRINTER__ADDRESS": f"127.0.0.1:{printer.port}"}
        spooler = subprocess.Popen(
            jiaohao(url, "run", "spooler"), env=os.environ | address, stdout=subprocess.DEVNULL
        )
        try:
            with InTerminal(jiaohao(url, "run", "kiosk")) as kiosk:
                kiosk.seconds_until(visitors.GROUPS, time.perf_counter())
                for turn in range(WARM + SLIPS):
                    second = until_last_byte(kiosk, printer)
                    if turn >= WARM:
                        took.append(second)
                    visitors.serve(hall)
        finally:
            spooler.kill()
            spooler.wait()
    hall.engine.dispose()
    return median(took), quantiles(took, n=20)[-1]


def until_last_byte(kiosk: InTerminal, printer: VirtualPrinter) -> float:
    *before, (x, y, _shown), after = visitors.NUMBER
    for step in before:
        visitors.reach(kiosk, step)
    kiosk.drain(visitors.QUIET_S)
    slips, received = len(printer.slips), printer.received_in_all
    touched = last_byte_at = time.perf_counter()
    visitors.touch(kiosk, x, y)
    while len(printer.slips) == slips:  # it is drawn at its cut
        if received != printer.received_in_all:
            received, last_byte_at = printer.received_in_all, time.perf_counter()
        if time.perf_counter() - touched > LIMIT_S:
            raise TimeoutError("no slip came")
        kiosk.drain(LOOK_S)
    visitors.reach(kiosk, after)
    return last_byte_at - touched
