"""A printer behind a queue of CUPS: a real cupsd, and the virtual printer at its far end."""

import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.tables import PrinterState
from devices.printing.transports import cups_queue
from devices.printing.transports.escpos_bytes import cut_bytes, picture_bytes
from devices.printing.transports.transport import Interrupted, Left, PrinterDown, Transport
from proof.paper.virtual_printer import VirtualPrinter
from tests.printing.on_a_line import dots, watching, way_to
from tests.printing.paper_trail import until
from tests.printing.private_cups import IS_THERE, PrivateCups, private_cups

pytestmark = pytest.mark.skipif(
    not IS_THERE and not os.environ.get("CI"), reason="CUPS is not installed"
)


@pytest.fixture(scope="module")
def cups() -> Iterator[PrivateCups]:
    with private_cups() as cups:
        yield cups


@pytest.fixture
def queue(cups: PrivateCups, printer: VirtualPrinter) -> Iterator[str]:
    """The name of a queue to the virtual printer."""
    name = f"slips-{printer.port}"
    cups.queue(name, f"socket://{printer.address}")
    yield name
    cups.run("lpadmin", "-x", name)  # with all that waits in it


def way_through(cups: PrivateCups, queue: str, **settings: object) -> Transport:
    quick = {"slowest_bytes_per_second": 100_000, **settings}
    return way_to(f"cups:{queue}@{cups.server}", **quick)


def why_down(transport: Transport) -> tuple[PrinterState, str]:
    with pytest.raises(PrinterDown) as down, transport.connect():
        pass
    return down.value.state, down.value.detail


def test_what_is_printed_is_what_was_drawn(
    printer: VirtualPrinter, cups: PrivateCups, queue: str
) -> None:
    pictures = [dots(), dots(height=300)]
    transport = way_through(cups, queue)

    with transport.connect() as connection:
        acknowledged = [connection.put(picture, "slip", watching()) for picture in pictures]

    assert acknowledged == ["cups", "cups"]  # handed over; whether it is on paper CUPS cannot say
    assert [slip.tobytes() for slip in printer.slips] == [one.tobytes() for one in pictures]
    assert printer.odd == []
    assert cups.waiting(queue) == []


def test_a_queue_may_have_a_chinese_name(printer: VirtualPrinter, cups: PrivateCups) -> None:
    cups.queue("取号-1", f"socket://{printer.address}")

    with way_through(cups, "取号-1").connect() as connection:
        connection.put(dots(), "slip", watching())

    assert [slip.tobytes() for slip in printer.slips] == [dots().tobytes()]


def test_the_server_is_the_one_this_machine_names(
    cups: PrivateCups, queue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUPS_SERVER", cups.server)

    with way_to(f"cups:{queue}").connect() as connection:
        assert connection.state is PrinterState.READY


def test_a_queue_somebody_stopped_is_down_and_gets_nothing(cups: PrivateCups, queue: str) -> None:
    cups.run("cupsdisable", "-r", "paper is on its way", queue)
    said = f"the queue {queue} is stopped: paper is on its way"
    assert why_down(way_through(cups, queue)) == (PrinterState.OFFLINE, said)
    cups.run("cupsenable", queue)

    cups.run("cupsreject", "-r", "moved", queue)
    said = f"the queue {queue} accepts no jobs: moved"
    assert why_down(way_through(cups, queue)) == (PrinterState.OFFLINE, said)


def test_what_is_missing_is_said(
    cups: PrivateCups, printer: VirtualPrinter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    state, said = why_down(way_through(cups, "nowhere"))
    assert (state, said) == (PrinterState.UNREACHABLE, "CUPS has no queue nowhere")

    printer.faults.add("refuse")
    until(lambda: printer.door is None)
    state, said = why_down(way_to(f"cups:slips@{printer.address}"))
    assert (state, said) == (
        PrinterState.UNREACHABLE,
        f"CUPS at {printer.address}: Connection refused",
    )

    monkeypatch.setenv("PATH", str(tmp_path))
    state, said = why_down(way_to("cups:slips"))
    assert (state, said) == (
        PrinterState.UNREACHABLE,
        "no CUPS client: lpstat is not installed",
    )


def test_a_slip_for_a_printer_that_is_off_is_taken_back(
    printer: VirtualPrinter, cups: PrivateCups, queue: str
) -> None:
    printer.faults.add("refuse")
    until(lambda: printer.door is None)
    transport = way_through(cups, queue)

    with pytest.raises(PrinterDown) as down, transport.connect() as connection:
        connection.put(dots(), "slip", watching())

    assert down.value.state is PrinterState.UNREACHABLE
    assert "unavailable" in down.value.detail
    assert cups.waiting(queue) == []
    assert transport.left is Left.NOTHING


def test_a_slip_that_hangs_half_way_is_taken_back_and_may_be_out(
    printer: VirtualPrinter, cups: PrivateCups, queue: str
) -> None:
    printer.faults.add("stuck")
    transport = way_through(cups, queue)

    with pytest.raises(Interrupted), transport.connect() as connection:
        connection.put(dots(), "slip", watching())

    assert cups.waiting(queue) == []
    assert transport.left is Left.PERHAPS


def test_paper_out_is_told_and_waited_for(cups: PrivateCups, tmp_path: Path) -> None:
    paper = cups.folder / "paper"
    cups.queue("paperless", f"outofpaper:{paper}")
    told: list[PrinterState] = []
    acknowledged: list[str] = []

    def put() -> None:
        with way_through(cups, "paperless").connect() as connection:
            acknowledged.append(connection.put(dots(), "slip", watching(told)))

    thread = threading.Thread(target=put)
    thread.start()
    until(lambda: told == [PrinterState.PAPER_OUT])
    thread.join(2.5)  # longer than CUPS may take over a slip it can hand over
    assert thread.is_alive()
    paper.touch()
    thread.join(10)

    assert acknowledged == ["cups"]
    assert told == [PrinterState.PAPER_OUT, PrinterState.READY]


def test_a_slip_somebody_takes_out_of_the_queue_is_not_called_printed(
    printer: VirtualPrinter, cups: PrivateCups, queue: str
) -> None:
    printer.faults.add("stuck")
    transport = way_through(cups, queue, acknowledge_seconds=20)

    def take_out() -> None:
        until(lambda: cups.waiting(queue))
        until(lambda: printer.connections)
        cups.take_out(queue, cups_queue.USER)

    thread = threading.Thread(target=take_out)
    thread.start()
    with pytest.raises(Interrupted, match="gave it up"), transport.connect() as connection:
        connection.put(dots(), "slip", watching())
    thread.join()


def test_a_queue_that_stops_meanwhile_keeps_no_slip(
    printer: VirtualPrinter, cups: PrivateCups, queue: str
) -> None:
    printer.faults.add("refuse")
    until(lambda: printer.door is None)
    transport = way_through(cups, queue, acknowledge_seconds=20)

    def stop() -> None:
        until(lambda: cups.waiting(queue))
        cups.run("cupsdisable", queue)

    thread = threading.Thread(target=stop)
    thread.start()
    with pytest.raises(PrinterDown) as down, transport.connect() as connection:
        connection.put(dots(), "slip", watching())
    thread.join()

    assert down.value.state is PrinterState.OFFLINE
    assert cups.waiting(queue) == []


def test_the_end_of_the_program_leaves_no_slip_in_the_queue(
    printer: VirtualPrinter, cups: PrivateCups, queue: str
) -> None:
    printer.faults.add("refuse")
    until(lambda: printer.door is None)
    watch = watching()
    watch.stop.set()

    with (
        pytest.raises(PrinterDown) as down,
        way_through(cups, queue, acknowledge_seconds=20).connect() as connection,
    ):
        connection.put(dots(), "slip", watch)

    assert down.value.detail == "stopped while printing"
    assert cups.waiting(queue) == []


def test_what_an_earlier_run_left_in_the_queue_does_not_come_out_any_more(
    printer: VirtualPrinter, cups: PrivateCups, queue: str
) -> None:
    printer.faults.add("stuck")
    slips = {"somebody": dots(height=100), cups_queue.USER: dots(height=200)}
    for user, picture in slips.items():
        data = picture_bytes(picture) + cut_bytes()
        cups.run("lp", "-U", user, "-d", queue, "-o", "raw", data=data)
    _, left_over = (line.split()[0] for line in cups.waiting(queue))
    transport = way_through(cups, queue, acknowledge_seconds=20)
    transport.left = Left.PERHAPS

    def clear() -> None:
        until(lambda: not any(line.startswith(left_over) for line in cups.waiting(queue)))
        printer.clear()

    thread = threading.Thread(target=clear)
    thread.start()
    with transport.connect() as connection:
        connection.put(dots(), "slip", watching())
    thread.join()

    wanted = [slips["somebody"], dots()]
    assert [slip.tobytes() for slip in printer.slips] == [one.tobytes() for one in wanted]
    assert transport.left is Left.NOTHING


def test_a_client_that_hangs_leaves_nothing_to_come_out(
    printer: VirtualPrinter,
    cups: PrivateCups,
    queue: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """It handed the slip over, but its answer is lost."""
    lp = subprocess.run(["which", "lp"], capture_output=True, text=True, check=True).stdout.strip()
    hanging = tmp_path / "lp"
    hanging.write_text(f'#!/bin/sh\n"{lp}" "$@" >/dev/null\nexec sleep 3\n')
    hanging.chmod(0o755)
    transport = way_through(cups, queue)

    with monkeypatch.context() as patch:
        patch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        patch.setattr(cups_queue, "COMMAND_S", 0.5)
        with pytest.raises(PrinterDown), transport.connect() as connection:
            connection.put(dots(), "slip", watching())
    assert len(cups.waiting(queue)) == 1  # on hold

    with transport.connect() as connection:
        connection.put(dots(height=300), "slip", watching())

    assert [slip.tobytes() for slip in printer.slips] == [dots(height=300).tobytes()]
    assert cups.waiting(queue) == []


def test_a_cups_that_dies_leaves_open_whether_the_slip_is_out(printer: VirtualPrinter) -> None:
    printer.faults.add("stuck")
    watch = watching()
    with private_cups() as cups:
        cups.queue("slips", f"socket://{printer.address}")
        transport = way_through(cups, "slips", acknowledge_seconds=20)

        def kill() -> None:
            until(lambda: printer.connections)
            cups.process.kill()
            cups.process.wait()
            watch.stop.set()

        killer = threading.Thread(target=kill)
        killer.start()
        with (
            pytest.raises(Interrupted, match="Unable to connect"),  # nor could it be taken back
            transport.connect() as connection,
        ):
            connection.put(dots(), "slip", watch)
        killer.join()

    assert transport.left is Left.PERHAPS
