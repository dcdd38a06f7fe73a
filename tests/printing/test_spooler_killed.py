"""A spooler that is killed at the worst moments, or told to end."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hall.open_hall import OpenHall
from proof.paper.paper_promises import at_rest, came_out, whole
from proof.paper.virtual_printer import VirtualPrinter
from tests.printing.paper_trail import (
    check_promises,
    health,
    issue,
    issue_notice,
    states,
    until,
    with_printer,
)
from tests.printing.spooler_process import SHORT, kill, spooler_process

pytestmark = pytest.mark.alone

ROOT = Path(__file__).parents[2]


@pytest.fixture
def printer(lasting_printer: VirtualPrinter) -> VirtualPrinter:
    return lasting_printer


@pytest.fixture
def hall(open_hall: OpenHall, printer: VirtualPrinter) -> OpenHall:
    return with_printer(open_hall, address=printer.address, **SHORT)


def killed_when(hall: OpenHall, condition: Callable[[], object]) -> None:
    with spooler_process(hall) as process:
        until(condition)
        kill(process)


def test_killed_before_it_could_print_each_slip_comes_out_once(
    hall: OpenHall, printer: VirtualPrinter
) -> None:
    printer.faults.add("paper-out")
    issue(hall)
    issue(hall)
    killed_when(hall, lambda: printer.connections > 1)
    printer.clear()

    with spooler_process(hall):
        until(lambda: at_rest(hall))

    assert came_out(hall, printer) == ["ticket/1/1", "ticket/2/1"]
    check_promises(hall, printer)


def test_killed_while_the_printer_holds_the_slip_the_second_one_is_marked(
    hall: OpenHall, printer: VirtualPrinter
) -> None:
    printer.paper_out_after = 9000
    issue(hall)
    issue(hall)
    killed_when(hall, lambda: "paper-out" in printer.faults)
    assert states(hall) == {"ticket/1/1": "sending", "ticket/2/1": "queued"}
    printer.clear()

    with spooler_process(hall):
        until(lambda: at_rest(hall))

    assert states(hall)["ticket/1/1"] == "unknown"
    assert [key for key in whole(came_out(hall, printer)) if key != "ticket/1/1"] == [
        "ticket/1/2",
        "ticket/2/1",
    ]
    check_promises(hall, printer)


@pytest.mark.parametrize("finishes_commands", [False, True])
def test_killed_after_any_number_of_bytes_no_ticket_is_without_its_slip(
    hall: OpenHall, printer: VirtualPrinter, finishes_commands: bool
) -> None:
    printer.finishes_commands = finishes_commands
    for position in range(1, 80_000, 8_000):
        printer.bytes_per_second = 400_000  # else all of it has come before anyone looks
        issue(hall)
        issue(hall)
        if not position // 8000 % 5:
            issue_notice(hall)
        begun = printer.received_in_all
        killed_when(
            hall,
            lambda enough=begun + position: printer.received_in_all >= enough or at_rest(hall),  # type: ignore[misc]
        )
        printer.bytes_per_second = None

    with spooler_process(hall):
        until(lambda: at_rest(hall))
    check_promises(hall, printer)


def test_killed_right_after_each_cut_no_ticket_is_without_its_slip(
    hall: OpenHall, printer: VirtualPrinter
) -> None:
    for _ in range(5):
        issue(hall)
    issue_notice(hall)
    for _ in range(6):
        cuts = printer.cuts
        killed_when(hall, lambda before=cuts: printer.cuts > before)  # type: ignore[misc]

    with spooler_process(hall):
        until(lambda: at_rest(hall))
    check_promises(hall, printer)


def test_told_to_end_while_the_printer_holds_a_slip_it_ends_and_loses_nothing(
    hall: OpenHall, printer: VirtualPrinter
) -> None:
    printer.paper_out_after = 9000
    begun = datetime.now(UTC)  # the program has a clock of its own, and slips do not last for days
    hall.now = lambda: begun
    issue(hall)
    issue(hall)
    environment = {
        **os.environ,
        "JIAOHAO_PRINTER__ADDRESS": printer.address,
        **{f"JIAOHAO_PRINTER__{name.upper()}": str(value) for name, value in SHORT.items()},
    }
    command = [sys.executable, "jiaohao.py", "--database", hall.settings.database_url]
    with subprocess.Popen([*command, "run", "spooler"], cwd=ROOT, env=environment) as process:
        until(lambda: (known := health(hall)) is not None and known.state == "paper_out")
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert states(hall) == {"ticket/1/1": "sending", "ticket/2/1": "queued"}
    printer.clear()

    with spooler_process(hall):
        until(lambda: at_rest(hall))

    assert states(hall)["ticket/1/1"] == "unknown"
    check_promises(hall, printer)
