"""A printer on a serial line; the line is one end of a pseudo terminal."""

import os
import termios
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import serial

from db.tables import PrinterState
from devices.printing.transports.line import TICK_S
from devices.printing.transports.printer_address import SerialAddress
from devices.printing.transports.serial_line import SerialLine
from devices.printing.transports.transport import Left, NotOut, PrinterDown
from proof.paper.virtual_printer import FileWire, VirtualPrinter
from tests.printing.on_a_line import dots, serving, watching, way_to
from tests.printing.paper_trail import until

KINDS = ["serial:{}", "file:{}"]
"""A terminal line can also be named as a device file, set up by somebody else."""


@dataclass
class Cable:
    path: str
    printer_end: int
    our_end: int
    """Held open, as the system holds a serial line that nobody uses."""
    plugged: bool = True

    def unplug(self) -> None:
        if self.plugged:
            self.plugged = False
            os.close(self.printer_end)
            os.close(self.our_end)


@pytest.fixture
def cable() -> Iterator[Cable]:
    printer_end, our_end = os.openpty()
    cable = Cable(os.ttyname(our_end), printer_end, our_end)
    yield cable
    cable.unplug()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_printed_is_what_was_drawn(
    printer: VirtualPrinter, cable: Cable, kind: str
) -> None:
    pictures = [dots(), dots(height=300)]

    with (
        serving(printer, FileWire(cable.printer_end)),
        way_to(kind.format(cable.path)).connect() as connection,
    ):
        acknowledged = [connection.put(picture, "slip", watching()) for picture in pictures]

    assert acknowledged == ["process-id", "process-id"]
    assert [slip.tobytes() for slip in printer.slips] == [one.tobytes() for one in pictures]
    assert printer.odd == []


def test_the_same_printer_is_opened_again_for_every_slip(
    printer: VirtualPrinter, cable: Cable
) -> None:
    transport = way_to(f"serial:{cable.path}?baud=9600&flow=xonxoff")

    with serving(printer, FileWire(cable.printer_end)):
        for _ in range(2):
            with transport.connect() as connection:
                connection.put(dots(), "slip", watching())

    assert len(printer.slips) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_paper_out_in_the_middle_is_waited_for(
    printer: VirtualPrinter, cable: Cable, kind: str
) -> None:
    printer.paper_out_after = 9000
    told: list[PrinterState] = []

    def put() -> None:
        with way_to(kind.format(cable.path)).connect() as connection:
            connection.put(dots(), "slip", watching(told))

    with serving(printer, FileWire(cable.printer_end)):
        thread = threading.Thread(target=put)
        thread.start()
        until(lambda: told == [PrinterState.PAPER_OUT])
        assert printer.slips == []
        printer.clear()
        thread.join(10)

    assert [slip.tobytes() for slip in printer.slips] == [dots().tobytes()]
    assert told == [PrinterState.PAPER_OUT, PrinterState.READY]


@pytest.mark.parametrize("kind", KINDS)
def test_unplugged_in_the_middle_no_slip_is_out(
    printer: VirtualPrinter, cable: Cable, kind: str
) -> None:
    printer.reset_after = 9000
    transport = way_to(kind.format(cable.path), send_seconds=5)

    with serving(printer, FileWire(cable.printer_end)) as thread:

        def unplug() -> None:
            thread.join()
            cable.unplug()

        threading.Thread(target=unplug).start()
        with pytest.raises(NotOut), transport.connect() as connection:
            connection.put(dots(), "slip", watching())

    assert printer.cuts == 0
    assert transport.left is Left.PART


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_another_program_uses_is_not_shared(
    printer: VirtualPrinter, cable: Cable, kind: str
) -> None:
    with (
        serving(printer, FileWire(cable.printer_end)),
        way_to(kind.format(cable.path)).connect(),
        pytest.raises(PrinterDown) as down,
        way_to(kind.format(cable.path)).connect(),
    ):
        pass

    assert down.value.state is PrinterState.UNREACHABLE
    assert down.value.detail == f"{cable.path}: another program has it open"


@pytest.mark.parametrize("fault", ["mute", "stuck"])
def test_a_printer_that_does_not_answer_is_sent_nothing(
    printer: VirtualPrinter, cable: Cable, fault: str
) -> None:
    printer.faults.add(fault)

    with (
        serving(printer, FileWire(cable.printer_end)),
        pytest.raises(PrinterDown) as down,
        way_to(f"serial:{cable.path}").connect(),
    ):
        pass

    assert (down.value.state, down.value.detail) == (PrinterState.UNREACHABLE, "no answer")
    assert printer.received <= 12  # questions only


def test_a_printer_that_stops_reading_holds_nobody_up(
    printer: VirtualPrinter, cable: Cable
) -> None:
    watch = watching()

    with (
        serving(printer, FileWire(cable.printer_end)),
        pytest.raises(NotOut) as not_out,
        way_to(f"serial:{cable.path}").connect() as connection,
    ):
        printer.faults.add("stuck")
        watch.stop.set()
        connection.put(dots(height=2000), "slip", watch)

    assert not_out.value.why == "stopped while printing"


@pytest.mark.parametrize(
    ("path", "said"), [("/dev/nowhere", "No such file"), ("/dev/null", "no serial line")]
)
def test_what_is_no_serial_line_is_said(path: str, said: str) -> None:
    with pytest.raises(PrinterDown) as down, way_to(f"serial:{path}").connect():
        pass

    assert said in down.value.detail
    assert down.value.detail.count(path) == 1


class Wires:
    """The two handshake wires a pseudo terminal does not have."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.raised = {"cts": True, "dsr": True}
        for name in self.raised:
            patch.setattr(serial.Serial, name, property(self.reader(name)))

    def reader(self, name: str) -> Callable[[serial.Serial], bool]:
        return lambda _: self.raised[name]


def test_the_line_is_set_as_the_address_says(cable: Cable, monkeypatch: pytest.MonkeyPatch) -> None:
    before = termios.tcgetattr(cable.our_end)
    before[2] |= termios.HUPCL  # as a serial line is found
    termios.tcsetattr(cable.our_end, termios.TCSANOW, before)

    line = SerialLine(SerialAddress(cable.path, 19200, "N", "xonxoff"), 1)
    iflag, _, cflag, _, _, speed, _ = termios.tcgetattr(cable.our_end)
    line.close()

    assert speed == termios.B19200
    assert iflag & termios.IXON
    assert not cflag & termios.HUPCL  # DTR stays up between two slips

    asked: dict[str, object] = {}

    def record(*_: object, **settings: object) -> None:
        asked.update(settings)
        raise ValueError("a pseudo terminal has neither of the two")

    monkeypatch.setattr(serial, "Serial", record)
    with pytest.raises(OSError, match="neither"):
        SerialLine(SerialAddress(cable.path, parity="E"), 1)
    assert (asked["parity"], asked["rtscts"]) == (serial.PARITY_EVEN, True)


def test_a_printer_that_is_off_is_told_by_its_wire(
    cable: Cable, monkeypatch: pytest.MonkeyPatch
) -> None:
    wires = Wires(monkeypatch)
    wires.raised["cts"] = False

    with pytest.raises(OSError, match="does not raise CTS"):
        SerialLine(SerialAddress(cable.path), 0.1)

    SerialLine(SerialAddress(cable.path, flow="none"), 0.1).close()


def test_nothing_is_sent_while_the_printer_holds_dsr_down(
    printer: VirtualPrinter, cable: Cable, monkeypatch: pytest.MonkeyPatch
) -> None:
    wires = Wires(monkeypatch)
    line = SerialLine(SerialAddress(cable.path, flow="dsrdtr"), 1)
    data = memoryview(bytes(500))

    wires.raised["dsr"] = False
    assert line.send(data, TICK_S) == 0
    wires.raised["dsr"] = True
    assert 0 < line.send(data, TICK_S) < 500  # no more than a busy printer still has room for

    line.close()
