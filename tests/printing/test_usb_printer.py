"""A printer on USB: pyusb itself, with a bus of our own below it."""

import errno
import socket
import threading
from collections.abc import Iterator

import pytest

from db.tables import PrinterState
from devices.printing.transports.escpos_transport import EscposTransport
from devices.printing.transports.printer_address import UsbAddress
from devices.printing.transports.transport import Left, NotOut, PrinterDown, Transport
from devices.printing.transports.usb_line import UsbLine
from proof.paper.virtual_printer import VirtualPrinter
from tests.printing.on_a_line import dots, short_waits, watching, way_to
from tests.printing.paper_trail import until
from tests.printing.usb_backend import UsbBus, UsbPrinter, plugged_in

ADDRESS = UsbAddress(0x04B8, 0x0E15)


@pytest.fixture
def on_usb(printer: VirtualPrinter) -> Iterator[UsbPrinter]:
    with plugged_in(printer) as on_usb:
        yield on_usb


def way_on(
    *printers: UsbPrinter, address: UsbAddress = ADDRESS, **settings: object
) -> EscposTransport:
    bus = UsbBus(*printers)
    return EscposTransport(short_waits(**settings), lambda: UsbLine(address, bus))


def why_down(transport: Transport) -> str:
    with pytest.raises(PrinterDown) as down, transport.connect():
        pass
    assert down.value.state is PrinterState.UNREACHABLE
    return down.value.detail


@pytest.mark.parametrize("at_most", [1 << 20, 100])
def test_what_is_printed_is_what_was_drawn(
    printer: VirtualPrinter, on_usb: UsbPrinter, at_most: int
) -> None:
    on_usb.takes_at_most = at_most
    pictures = [dots(), dots(height=300)]

    with way_on(on_usb).connect() as connection:
        acknowledged = [connection.put(picture, "slip", watching()) for picture in pictures]

    assert acknowledged == ["process-id", "process-id"]
    assert [slip.tobytes() for slip in printer.slips] == [one.tobytes() for one in pictures]
    assert printer.odd == []


def test_the_printer_is_given_back_as_it_was_found(on_usb: UsbPrinter) -> None:
    with way_on(on_usb).connect():
        assert (on_usb.claimed, on_usb.kernel_driver) == (True, False)

    assert (on_usb.claimed, on_usb.kernel_driver, on_usb.open_handles) == (False, True, 0)


def test_without_a_driver_of_the_system_none_is_given_back(on_usb: UsbPrinter) -> None:
    on_usb.kernel_driver = False

    with way_on(on_usb).connect():
        pass

    assert not on_usb.kernel_driver


def test_a_printer_just_plugged_in_is_configured(on_usb: UsbPrinter) -> None:
    on_usb.configured = False

    with way_on(on_usb).connect():
        assert on_usb.configured


def test_of_several_settings_the_one_for_both_ways_and_plain_bytes_is_taken(
    on_usb: UsbPrinter,
) -> None:
    on_usb.protocols = [4, 1, 2]  # IPP over USB, one way, both ways

    with way_on(on_usb).connect():
        assert on_usb.alternate == 2


def test_paper_out_in_the_middle_is_waited_for(printer: VirtualPrinter, on_usb: UsbPrinter) -> None:
    printer.paper_out_after = 9000
    told: list[PrinterState] = []

    def put() -> None:
        with way_on(on_usb).connect() as connection:
            connection.put(dots(), "slip", watching(told))

    thread = threading.Thread(target=put)
    thread.start()
    until(lambda: told == [PrinterState.PAPER_OUT])
    assert printer.slips == []
    printer.clear()
    thread.join(10)

    assert [slip.tobytes() for slip in printer.slips] == [dots().tobytes()]


def test_pulled_out_in_the_middle_no_slip_is_out(
    printer: VirtualPrinter, on_usb: UsbPrinter
) -> None:
    on_usb.unplugged_after = 9000
    transport = way_on(on_usb)

    with pytest.raises(NotOut, match="disconnected"), transport.connect() as connection:
        connection.put(dots(), "slip", watching())

    assert printer.cuts == 0
    assert transport.left is Left.PART
    assert "none is plugged in" in why_down(transport)


def test_a_printer_that_takes_nothing_holds_nobody_up(
    printer: VirtualPrinter, on_usb: UsbPrinter
) -> None:
    watch = watching()

    with pytest.raises(NotOut), way_on(on_usb).connect() as connection:
        printer.faults.add("stuck")
        watch.stop.set()
        connection.put(dots(height=2000), "slip", watch)

    assert on_usb.longest_wait_ms <= 100


def test_a_mute_printer_is_down(printer: VirtualPrinter, on_usb: UsbPrinter) -> None:
    printer.faults.add("mute")
    assert why_down(way_on(on_usb)) == "no answer"


def test_without_a_way_back_it_prints_all_the_same(
    printer: VirtualPrinter, on_usb: UsbPrinter
) -> None:
    on_usb.answers, on_usb.protocols = False, [1]

    with way_on(on_usb).connect() as connection:
        acknowledged = connection.put(dots(), "slip", watching())

    assert acknowledged == "pause"
    until(lambda: printer.slips)


def test_who_may_not_open_it_is_told_the_missing_rule(on_usb: UsbPrinter) -> None:
    on_usb.allowed = False

    said = why_down(way_on(on_usb))

    assert "a udev rule is missing" in said
    assert 'ATTR{idVendor}=="04b8", ATTR{idProduct}=="0e15", MODE="0660"' in said
    assert "\n" not in said


def test_a_printer_another_program_uses_is_left_to_it_and_to_the_system(
    on_usb: UsbPrinter,
) -> None:
    on_usb.busy = True

    assert why_down(way_on(on_usb)) == "USB printer 04b8:0e15: another program has it open"
    assert (on_usb.kernel_driver, on_usb.open_handles) == (True, 0)


def test_two_printers_of_the_same_kind_are_told_apart_by_their_serial(
    printer: VirtualPrinter, on_usb: UsbPrinter
) -> None:
    on_usb.serial = "J9X001"
    ours, _other_end = socket.socketpair()
    with ours, _other_end:
        other = UsbPrinter(ours, serial="J9X002")

        assert "name one by its serial: J9X002, J9X001" in why_down(way_on(other, on_usb))
        there_is_none = UsbAddress(0x04B8, 0x0E15, "J9X003")
        assert "J9X003: none" in why_down(way_on(other, on_usb, address=there_is_none))
        address = UsbAddress(0x04B8, 0x0E15, "J9X001")
        with way_on(other, on_usb, address=address).connect() as connection:
            connection.put(dots(), "slip", watching())

    assert len(printer.slips) == 1
    assert (other.open_handles, on_usb.open_handles) == (0, 0)


def test_a_serial_that_may_not_be_read_is_told_as_such(on_usb: UsbPrinter) -> None:
    on_usb.serial, on_usb.allowed = "J9X001", False
    address = UsbAddress(0x04B8, 0x0E15, "J9X001")

    assert "a udev rule is missing" in why_down(way_on(on_usb, address=address))


def test_what_is_no_printer_is_not_written_to(on_usb: UsbPrinter) -> None:
    on_usb.interface_class = 8  # a disk

    assert "it is no printer" in why_down(way_on(on_usb))
    assert on_usb.received == 0


def test_answers_to_an_earlier_program_are_not_taken_for_those_of_now(
    printer: VirtualPrinter,
) -> None:
    ours, printers = socket.socketpair()
    with ours, printers:
        printers.send(b"\x12\x12")

        line = UsbLine(ADDRESS, UsbBus(UsbPrinter(ours)))

        assert line.receive(0.05) == b""
        line.close()


def test_empty_packets_before_an_answer_are_passed_over() -> None:
    ours, printers = socket.socketpair()
    with ours, printers:
        on_usb = UsbPrinter(ours)
        line = UsbLine(ADDRESS, UsbBus(on_usb))
        on_usb.empty_packets = 3
        printers.send(b"\x12")

        assert line.receive(30) == b"\x12"
        line.close()


def test_after_a_stall_the_printer_can_be_opened_again(on_usb: UsbPrinter) -> None:
    line = UsbLine(ADDRESS, UsbBus(on_usb))
    on_usb.stalled = True

    with pytest.raises(OSError, match="Pipe error") as broken:
        line.send(memoryview(b"\x1b@"), 0.1)

    assert broken.value.errno == errno.EPIPE
    assert line.send(memoryview(b"\x1b@"), 0.1) == 2
    line.close()


def test_the_library_for_the_real_bus_comes_with_the_installation() -> None:
    assert "none is plugged in" in why_down(way_to("usb:ffff:fffe"))
