"""One printer stands in for another: each slip once, wherever it comes out."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from db.engine import open_engine
from db.tables import PrinterState
from devices.printing.spooler import Spooler
from devices.printing.spooler_lock import sole_spooler
from hall.open_hall import OpenHall
from hall.printing.printers import SPOOLER_SILENT
from proof.paper.paper_promises import VOID, at_rest, came_out, whole
from proof.paper.records import jobs
from proof.paper.virtual_printer import VirtualPrinter
from tests.printing.paper_trail import (
    check_promises,
    health,
    issue,
    running,
    states,
    until,
    with_printer,
)
from tests.printing.spooler_process import SHORT, kill, spooler_process

pytestmark = pytest.mark.alone

PATIENT = SHORT | {"acknowledge_seconds": 5}
"""Two printers and two spoolers in one program: an answer may take a while."""


@pytest.fixture
def kiosk_printer(lasting_printer: VirtualPrinter) -> VirtualPrinter:
    return lasting_printer


@pytest.fixture
def desk_printer(printer: VirtualPrinter) -> VirtualPrinter:
    return printer


@pytest.fixture
def kiosk(open_hall: OpenHall, kiosk_printer: VirtualPrinter) -> OpenHall:
    return with_printer(
        open_hall, name="kiosk", address=kiosk_printer.address, check_seconds=1, **PATIENT
    )


@pytest.fixture
def desk(kiosk: OpenHall, desk_printer: VirtualPrinter) -> OpenHall:
    """Another machine with the same database."""
    hall = with_printer(
        kiosk,
        name="desk",
        address=desk_printer.address,
        stands_in_for=["kiosk"],
        take_over_seconds=0,
        check_seconds=1,
        **PATIENT,
    )
    engine = open_engine(hall.settings.database_url)
    # No two rows of the journal have the same moment: several slips of nine are a little later.
    return later(replace(hall, engine=engine), timedelta(seconds=1))


def later(hall: OpenHall, by: timedelta) -> OpenHall:
    moment = hall.now() + by
    return replace(hall, now=lambda: moment)


def state_of(hall: OpenHall) -> str:
    known = health(hall)
    return known.state if known is not None else ""


def test_while_the_kiosks_printer_is_down_its_slips_come_out_at_the_desk_in_order(
    kiosk: OpenHall,
    desk: OpenHall,
    kiosk_printer: VirtualPrinter,
    desk_printer: VirtualPrinter,
) -> None:
    kiosk_printer.faults.add("paper-out")
    with running(Spooler(kiosk)), running(Spooler(desk)):
        until(lambda: state_of(kiosk) == PrinterState.PAPER_OUT)
        for _ in range(3):
            issue(kiosk)
        until(lambda: at_rest(kiosk))
        assert came_out(desk, desk_printer) == ["ticket/1/1", "ticket/2/1", "ticket/3/1"]

        kiosk_printer.clear()
        until(lambda: state_of(kiosk) == PrinterState.READY)
        issue(kiosk)
        until(lambda: at_rest(kiosk))

    assert came_out(kiosk, kiosk_printer) == ["ticket/4/1"]
    check_promises(kiosk, kiosk_printer, desk_printer)


def test_a_slip_the_printer_holds_stays_with_it_those_behind_it_do_not(
    kiosk: OpenHall,
    desk: OpenHall,
    kiosk_printer: VirtualPrinter,
    desk_printer: VirtualPrinter,
) -> None:
    kiosk_printer.paper_out_after = 9000
    with running(Spooler(kiosk)), running(Spooler(desk)):
        until(lambda: state_of(kiosk) == PrinterState.READY)
        issue(kiosk)
        issue(kiosk)
        until(lambda: states(kiosk)["ticket/2/1"] == "printed")
        assert states(kiosk)["ticket/1/1"] == "sending"
        kiosk_printer.clear()
        until(lambda: at_rest(kiosk))

    assert came_out(kiosk, kiosk_printer) == ["ticket/1/1"]
    assert came_out(desk, desk_printer) == ["ticket/2/1"]
    check_promises(kiosk, kiosk_printer, desk_printer)


def test_a_slip_too_young_to_be_taken_over_waits(kiosk: OpenHall, desk: OpenHall) -> None:
    desk.settings.printer.take_over_seconds = 15
    issue(kiosk)

    assert Spooler(desk).print_waiting() == 0
    assert Spooler(later(desk, timedelta(seconds=14))).print_waiting() == 1


def test_a_stand_in_that_is_down_itself_takes_nothing(
    kiosk: OpenHall,
    desk: OpenHall,
    kiosk_printer: VirtualPrinter,
    desk_printer: VirtualPrinter,
) -> None:
    kiosk_printer.faults.add("cover-open")
    desk_printer.faults.add("paper-out")
    issue(kiosk)

    assert Spooler(kiosk).print_waiting() == 0
    assert Spooler(desk).print_waiting() == 0
    assert jobs(kiosk)["ticket/1/1"].printer == "kiosk"
    kiosk_printer.clear()
    assert Spooler(kiosk).print_waiting() == 1


def test_both_after_the_same_slips_print_each_once(
    kiosk: OpenHall,
    desk: OpenHall,
    kiosk_printer: VirtualPrinter,
    desk_printer: VirtualPrinter,
) -> None:
    """The kiosk's printer comes and goes, so that its slips are now its own, now the desk's."""
    with running(Spooler(kiosk)), running(Spooler(desk)):
        for number in range(20):
            kiosk_printer.faults.symmetric_difference_update({"cover-open"})
            issue(kiosk)
            if number % 3 == 0:
                until(lambda: at_rest(kiosk) or kiosk_printer.faults)
        kiosk_printer.clear()
        until(lambda: at_rest(kiosk))

    assert sorted(came_out(kiosk, kiosk_printer, desk_printer)) == sorted(jobs(kiosk))
    check_promises(kiosk, kiosk_printer, desk_printer)


def test_what_a_killed_spooler_was_sending_comes_out_at_the_desk_marked(
    kiosk: OpenHall,
    desk: OpenHall,
    kiosk_printer: VirtualPrinter,
    desk_printer: VirtualPrinter,
) -> None:
    kiosk_printer.paper_out_after = 9000
    issue(kiosk)
    issue(kiosk)
    silent = later(desk, SPOOLER_SILENT + timedelta(seconds=1))
    with spooler_process(kiosk) as process:
        until(lambda: state_of(kiosk) == PrinterState.PAPER_OUT)
        Spooler(silent).print_waiting()
        assert states(kiosk) == {"ticket/1/1": "sending", "ticket/2/1": "printed"}  # it lives
        kill(process)
    Spooler(desk).print_waiting()
    assert states(kiosk)["ticket/1/1"] == "sending"  # it may be started again

    Spooler(silent).print_waiting()
    assert states(kiosk)["ticket/1/1"] == "unknown"
    assert Spooler(later(silent, timedelta(seconds=1))).print_waiting() == 1
    assert came_out(desk, desk_printer) == ["ticket/2/1", "ticket/1/2"]

    kiosk_printer.clear()
    issue(kiosk)
    assert Spooler(kiosk).print_waiting() == 1
    assert whole(came_out(kiosk, kiosk_printer))[-1] == "ticket/3/1"
    check_promises(kiosk, kiosk_printer, desk_printer)


def test_what_hangs_in_a_printer_is_let_out_even_if_its_slip_was_taken_over(
    kiosk: OpenHall,
    desk: OpenHall,
    kiosk_printer: VirtualPrinter,
    desk_printer: VirtualPrinter,
) -> None:
    kiosk_printer.reset_after = 20_000
    issue(kiosk)
    assert Spooler(kiosk).print_waiting() == 0
    kiosk_printer.faults.add("paper-out")
    issue(kiosk)
    Spooler(kiosk).print_waiting()
    assert Spooler(desk).print_waiting() == 2

    kiosk_printer.clear()
    issue(kiosk)
    assert Spooler(kiosk).print_waiting() == 1  # started again, it knows nothing of its own

    assert came_out(kiosk, kiosk_printer) == [VOID, "ticket/3/1"]
    assert came_out(desk, desk_printer) == ["ticket/1/1", "ticket/2/1"]


def test_a_printer_that_spoils_slip_after_slip_is_stood_in_for(
    kiosk: OpenHall, desk: OpenHall, kiosk_printer: VirtualPrinter, desk_printer: VirtualPrinter
) -> None:
    issue(kiosk)
    spooler = Spooler(kiosk)
    told = []
    for _ in range(2):
        kiosk_printer.reset_after = 9000
        _, outcome = spooler.print_all()
        spooler.next_retry(outcome)
        told.append(state_of(kiosk))

    assert told == [PrinterState.READY, PrinterState.ERROR]
    assert Spooler(desk).print_waiting() == 1
    assert came_out(desk, desk_printer)[-1] == "ticket/1/1"


def test_a_spooler_that_starts_while_another_looks_after_its_printer_waits_a_moment(
    kiosk: OpenHall, kiosk_printer: VirtualPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("devices.printing.spooler.STAND_IN_S", 20)
    issue(kiosk)
    stop = threading.Event()
    thread = threading.Thread(target=Spooler(kiosk).run, args=(stop,))
    with sole_spooler(kiosk.engine, "kiosk"):
        thread.start()
        thread.join(0.2)  # one that does not wait ends at once
        assert thread.is_alive()
    until(lambda: at_rest(kiosk))
    stop.set()
    thread.join(10)

    assert came_out(kiosk, kiosk_printer) == ["ticket/1/1"]


def test_what_waits_for_a_dead_printer_does_not_wait_for_ever(
    kiosk: OpenHall, desk: OpenHall, desk_printer: VirtualPrinter
) -> None:
    issue(kiosk)
    desk_printer.faults.add("paper-out")

    Spooler(later(desk, timedelta(days=1))).print_waiting()

    assert states(kiosk) == {"ticket/1/1": "expired"}


def test_a_spooler_that_waits_for_paper_is_not_taken_for_a_dead_one(
    kiosk: OpenHall, kiosk_printer: VirtualPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("devices.printing.transports.delivery.TOLD_AGAIN_S", 0)
    monkeypatch.setattr("devices.printing.spooler.HEALTH_FRESH_S", 0)
    kiosk_printer.paper_out_after = 9000
    issue(kiosk)
    with running(Spooler(kiosk)):
        until(lambda: state_of(kiosk) == PrinterState.PAPER_OUT)
        moment = kiosk.now() + SPOOLER_SILENT
        kiosk.now = lambda: moment
        until(lambda: (known := health(kiosk)) is not None and known.seen_at == moment)
        kiosk_printer.clear()
        until(lambda: at_rest(kiosk))
