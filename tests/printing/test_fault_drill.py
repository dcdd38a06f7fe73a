"""Whatever happens to the printer, no slip is lost and none is doubled without a mark."""

import random
from collections.abc import Callable

import pytest

from devices.printing.pictures import pictures_of
from devices.printing.spooler import Spooler
from devices.printing.transports.escpos_bytes import STRIP_ROWS, picture_bytes
from hall.open_hall import OpenHall
from proof.paper.paper_promises import VOID, at_rest, came_out, whole
from proof.paper.records import jobs
from proof.paper.virtual_printer import VirtualPrinter
from tests.printing.paper_trail import (
    check_promises,
    health,
    issue,
    issue_notice,
    until,
    with_printer,
)
from tests.printing.spooler_process import SHORT, spooler_process

pytestmark = pytest.mark.alone

START, HEAD = 2, 8
STRIP = HEAD + STRIP_ROWS * 384 // 8
UNASKED = 10
"""Bytes of the question whether it is printed, but for the last."""
QUESTIONS = 12
"""Bytes of them at the start of every connection."""


@pytest.fixture
def printer(lasting_printer: VirtualPrinter) -> VirtualPrinter:
    return lasting_printer


@pytest.fixture
def hall(open_hall: OpenHall, printer: VirtualPrinter) -> OpenHall:
    return with_printer(open_hall, address=printer.address, **SHORT)


def set_fault(fault: str) -> Callable[[VirtualPrinter], None]:
    return lambda printer: printer.faults.add(fault)


def begin_fault(fault: str, after: int) -> Callable[[VirtualPrinter], None]:
    return lambda printer: printer.begins_after.update({fault: after})


def set_to(name: str, value: object) -> Callable[[VirtualPrinter], None]:
    return lambda printer: setattr(printer, name, value)


FAULTS: dict[str, Callable[[VirtualPrinter], None]] = {
    **{
        fault: set_fault(fault)
        for fault in (
            "paper-out",
            "cover-open",
            "offline",
            "cutter-error",
            "refuse",
            "mute",
            "stuck",
            "power-loss",
            "near-end",
        )
    },
    **{
        f"{fault} in the middle": begin_fault(fault, 9000)
        for fault in ("paper-out", "cover-open", "cutter-error", "mute", "stuck", "power-loss")
    },
    "stuck at the first byte": begin_fault("stuck", QUESTIONS),
    "reset in the middle": set_to("reset_after", 9000),
    "power loss in the middle": set_to("power_loss_after", 9000),
    "broken before the cut": set_to("breaks_before_cut", True),
    "broken after the cut": set_to("breaks_at_cut", True),
    "slow": set_to("bytes_per_second", 60_000),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_no_slip_is_lost_by_a_fault(hall: OpenHall, printer: VirtualPrinter, fault: str) -> None:
    with spooler_process(hall):
        issue(hall)
        until(lambda: at_rest(hall))
        FAULTS[fault](printer)
        for _ in range(2):
            issue(hall)
        issue_notice(hall)
        happened(hall, printer)
        issue(hall)
        printer.clear()
        until(lambda: at_rest(hall))

    check_promises(hall, printer)


@pytest.mark.parametrize("seed", range(6))
def test_no_slip_is_lost_by_one_fault_after_the_other(
    hall: OpenHall, printer: VirtualPrinter, seed: int
) -> None:
    chance = random.Random(seed)
    printer.finishes_commands = bool(seed % 2)
    with spooler_process(hall):
        for _ in range(8):
            set_fault = FAULTS[chance.choice([*FAULTS])]
            for _ in range(chance.randint(0, 2)):
                issue(hall)
            set_fault(printer)
            if chance.random() < 0.2:
                issue_notice(hall)
            issue(hall)
            happened(hall, printer)
            printer.clear()
            if chance.random() < 0.3:  # else the next fault meets what this one left
                until(lambda: at_rest(hall))
        until(lambda: at_rest(hall))

    check_promises(hall, printer)


@pytest.mark.parametrize("finishes_commands", [False, True])
@pytest.mark.parametrize("restarted", [False, True])
def test_wherever_a_slip_breaks_off_it_comes_again_as_it_was_if_it_was_not_cut(
    hall: OpenHall, printer: VirtualPrinter, finishes_commands: bool, restarted: bool
) -> None:
    printer.finishes_commands = finishes_commands
    spooler = Spooler(hall)
    length = slip_length(hall)
    spooler.print_waiting()
    positions = [1, *range(20, length, length // 20), length - 1, length, length + UNASKED]
    if finishes_commands:  # where a few bytes are missing it prints letters, on the void slip
        positions = [one for one in positions[1:-3] if (one - START) % STRIP >= HEAD] + [length]
    for position in positions:
        issue(hall)
        printer.reset_after = QUESTIONS + position
        assert spooler.print_waiting() == 0
        assert printer.reset_after is None
        if restarted:
            spooler = Spooler(hall)
        spooler.print_waiting()

    out = came_out(hall, printer)
    assert whole(out) == [*jobs(hall)]
    assert out.count(VOID) >= 20
    check_promises(hall, printer)


def slip_length(hall: OpenHall) -> int:
    """Bytes of a ticket's picture; every one of this hall has the same size."""
    issue(hall)
    job = jobs(hall)["ticket/1/1"]
    (picture,) = pictures_of(job.kind, job.content, 384)
    return len(picture_bytes(picture))


def happened(hall: OpenHall, printer: VirtualPrinter) -> None:
    """The spooler has met the fault."""
    until(lambda: not is_to_come(printer))
    if printer.faults:
        until(lambda: (known := health(hall)) is not None and known.state != "ready")


def is_to_come(printer: VirtualPrinter) -> bool:
    return bool(
        printer.begins_after
        or printer.reset_after
        or printer.power_loss_after
        or printer.breaks_at_cut
        or printer.breaks_before_cut
    )
