"""A spooler that is killed at the worst moments."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hall.open_hall import OpenHall
from tests.printing.paper_trail import drawn, issue, jobs, states, until
from tests.printing.virtual_printer import VirtualPrinter

ROOT = Path(__file__).parents[2]
SPOOLER = """
import sys, threading
from datetime import UTC, datetime
from devices.printing.spooler import Spooler
from hall.open_hall import open_hall
from hall.settings import PrinterSettings, Settings

printer = PrinterSettings(
    address=sys.argv[2], status_seconds=0.3, acknowledge_seconds=2, retry_seconds=0.2
)
nine = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
hall = open_hall(Settings(database_url=sys.argv[1], printer=printer), lambda: nine)
Spooler(hall).run(threading.Event())
"""


@contextmanager
def spooler_process(hall: OpenHall) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            SPOOLER,
            hall.settings.database_url,
            hall.settings.printer.address,
        ],
        cwd=ROOT,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


def test_killed_before_it_could_print_each_slip_comes_out_once(
    printing_hall: OpenHall, printer: VirtualPrinter
) -> None:
    printer.faults.add("paper-out")
    with spooler_process(printing_hall) as process:
        issue(printing_hall)
        issue(printing_hall)
        until(lambda: printer.connections > 1)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    printer.clear()

    with spooler_process(printing_hall):
        until(lambda: set(states(printing_hall).values()) == {"printed"})

    names = drawn(printing_hall)
    assert [names[slip.tobytes()] for slip in printer.slips] == ["ticket/1/1", "ticket/2/1"]


def test_killed_while_sending_the_second_slip_is_marked(
    printing_hall: OpenHall, printer: VirtualPrinter
) -> None:
    printer.paper_out_after = 9000
    issue(printing_hall)
    with spooler_process(printing_hall) as process:
        until(lambda: "paper-out" in printer.faults)
        assert states(printing_hall) == {"ticket/1/1": "sending"}
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    printer.clear()

    with spooler_process(printing_hall):
        until(lambda: states(printing_hall).get("ticket/1/2") == "printed")

    names = drawn(printing_hall)
    out = [names[slip.tobytes()] for slip in printer.slips]
    assert out.count("ticket/1/1") <= 1  # what was in the printer when the program died
    assert out[-1] == "ticket/1/2"
    assert out.count("ticket/1/2") == 1
    assert states(printing_hall)["ticket/1/1"] == "unknown"
    assert jobs(printing_hall)["ticket/1/2"].reprint


def test_killed_again_and_again_no_ticket_is_without_its_slip(
    printing_hall: OpenHall, printer: VirtualPrinter
) -> None:
    for _ in range(6):
        issue(printing_hall)
    for _ in range(3):
        out = len(printer.slips)
        with spooler_process(printing_hall) as process:
            until(lambda before=out: len(printer.slips) > before)  # type: ignore[misc]
            process.send_signal(signal.SIGKILL)
            process.wait(10)

    with spooler_process(printing_hall):
        until(lambda: not {"queued", "sending"} & set(states(printing_hall).values()))

    names = drawn(printing_hall)
    out_in_order = [names[slip.tobytes()] for slip in printer.slips]
    unmarked = [key for key in out_in_order if key.endswith("/1")]
    assert unmarked == sorted(set(unmarked))
    assert {key.split("/")[1] for key in out_in_order} == {"1", "2", "3", "4", "5", "6"}
