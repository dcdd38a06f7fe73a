"""A printer on the network: asked before, believed only afterwards."""

import logging
import tempfile
import threading
from pathlib import Path

import pytest

from db.tables import PrinterState
from devices.printing.pictures import pictures_of
from devices.printing.slips import void_mark
from devices.printing.slips.samples import NOTICE, TICKET
from devices.printing.transports import escpos_bytes
from devices.printing.transports.delivery import Delivery
from devices.printing.transports.escpos_transport import EscposTransport
from devices.printing.transports.printer_address import transport_to
from devices.printing.transports.printer_status import Answer, AnswerKind, AnswerReader, state_of
from devices.printing.transports.transport import Interrupted, Left, NotOut, PrinterDown, Watch
from hall.settings import PrinterSettings
from proof.paper.virtual_printer import VirtualPrinter
from tests.printing.paper_trail import until


def network(printer: VirtualPrinter, **settings: object) -> EscposTransport:
    short = {
        "status_seconds": 0.2,
        "acknowledge_seconds": 1,
        "pause_seconds": 0.2,
        "send_seconds": 0.2,
    }
    found = transport_to(
        PrinterSettings.model_validate({"address": printer.address, **short, **settings}), Path()
    )
    assert isinstance(found, EscposTransport)
    return found


def watch(told: list[PrinterState] | None = None) -> Watch:
    heard = told if told is not None else []
    return Watch(lambda state, _: heard.append(state), threading.Event())


@pytest.mark.parametrize("width", [384, 576])
def test_what_is_printed_is_what_was_drawn(printer: VirtualPrinter, width: int) -> None:
    pictures = [*pictures_of("ticket", TICKET, width), *pictures_of("notice", NOTICE, width)]

    with network(printer).connect() as connection:
        acknowledged = [connection.put(picture, "slip", watch()) for picture in pictures]

    assert acknowledged == ["process-id"] * 3
    assert [slip.tobytes() for slip in printer.slips] == [p.tobytes() for p in pictures]
    assert printer.odd == []


def test_no_strip_is_higher_than_printers_take() -> None:
    (picture,) = pictures_of("ticket", TICKET, 576)
    data, heights, at = escpos_bytes.picture_bytes(picture), [], 2

    while data[at : at + 3] == b"\x1dv0":
        across, down = (int.from_bytes(data[at + n : at + n + 2], "little") for n in (4, 6))
        heights.append(down)
        at += 8 + across * down

    assert sum(heights) == picture.height
    assert max(heights) <= 255
    assert (data[:2], data[at:]) == (b"\x1b@", b"")


def test_the_byte_builder_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    handlers = list(logging.getLogger().handlers)

    escpos_bytes.python_escpos.cache_clear()
    escpos_bytes.picture_bytes(pictures_of("ticket", TICKET, 576)[0])

    assert list(tmp_path.iterdir()) == []
    assert logging.getLogger().handlers == handlers
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        ("refuse", PrinterState.UNREACHABLE),
        ("mute", PrinterState.UNREACHABLE),
        ("stuck", PrinterState.UNREACHABLE),
        ("paper-out", PrinterState.PAPER_OUT),
        ("cover-open", PrinterState.COVER_OPEN),
        ("offline", PrinterState.OFFLINE),
    ],
)
def test_a_printer_that_cannot_print_is_sent_nothing(
    printer: VirtualPrinter, fault: str, state: PrinterState
) -> None:
    printer.faults.add(fault)
    if fault == "refuse":
        until(lambda: printer.door is None)

    with pytest.raises(PrinterDown) as down, network(printer).connect():
        pass

    assert down.value.state == state
    assert printer.received <= 12  # questions only


def test_a_roll_near_its_end_still_prints(printer: VirtualPrinter) -> None:
    printer.faults.add("near-end")

    with network(printer).connect() as connection:
        assert connection.state == PrinterState.NEAR_END
        connection.put(pictures_of("ticket", TICKET, 576)[0], "slip", watch())

    assert len(printer.slips) == 1


@pytest.mark.parametrize(
    ("faults", "acknowledged_by"),
    [
        (set(), "process-id"),
        ({"no-process-id"}, "paper-status"),
        ({"no-process-id", "no-answer-in-turn"}, "pause"),
    ],
)
def test_the_acknowledgement_a_printer_gives_is_learnt(
    printer: VirtualPrinter, faults: set[str], acknowledged_by: str
) -> None:
    printer.faults |= faults
    transport = network(printer)

    for _ in range(2):
        with transport.connect() as connection:
            picture = pictures_of("ticket", TICKET, 576)[0]
            assert connection.put(picture, "slip", watch()) == acknowledged_by

    assert transport.acknowledgement == acknowledged_by
    assert len(printer.slips) == 2


def test_paper_out_in_the_middle_is_waited_for_and_nothing_is_sent_again(
    printer: VirtualPrinter,
) -> None:
    printer.paper_out_after = 9000
    told: list[PrinterState] = []

    def put() -> None:
        with network(printer).connect() as connection:
            connection.put(pictures_of("ticket", TICKET, 576)[0], "slip", watch(told))

    thread = threading.Thread(target=put)
    thread.start()
    until(lambda: told == [PrinterState.PAPER_OUT])
    received, connections = printer.received, printer.connections
    assert printer.slips == []
    thread.join(1.5)  # longer than a printer in order may take to acknowledge
    assert thread.is_alive()
    printer.clear()
    thread.join(10)

    assert len(printer.slips) == 1
    assert printer.connections == connections == 1
    assert printer.received - received < 200  # questions only
    assert told == [PrinterState.PAPER_OUT, PrinterState.READY]


def test_a_line_that_breaks_before_the_cut_has_printed_no_slip(printer: VirtualPrinter) -> None:
    printer.reset_after = 9000
    transport = network(printer)

    with pytest.raises(NotOut), transport.connect() as connection:
        connection.put(pictures_of("ticket", TICKET, 576)[0], "slip", watch())

    assert printer.cuts == 0
    assert transport.left is Left.PART


def test_a_line_that_breaks_at_the_cut_leaves_open_whether_the_slip_is_out(
    printer: VirtualPrinter,
) -> None:
    printer.breaks_at_cut = True
    transport = network(printer)

    with pytest.raises(Interrupted) as interrupted, transport.connect() as connection:
        connection.put(pictures_of("ticket", TICKET, 576)[0], "slip", watch())

    assert not interrupted.value.handed_over
    assert len(printer.slips) == 1
    assert transport.left is Left.PERHAPS


def test_nothing_is_cut_before_it_is_drawn(printer: VirtualPrinter) -> None:
    printer.bytes_per_second = 20_000
    cuts_when_drawn = []
    (picture,) = pictures_of("ticket", TICKET, 576)

    with network(printer).connect() as connection:
        hand_over = Delivery.hand_over

        def watched(delivery: Delivery, data: bytes) -> str:
            said = hand_over(delivery, data)
            cuts_when_drawn.append((printer.cuts, printer.received >= len(data)))
            return said

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Delivery, "hand_over", watched)
            connection.put(picture, "slip", watch())

    assert cuts_when_drawn == [(0, True), (1, True)]


@pytest.mark.parametrize("left", [Left.PART, Left.PERHAPS])
def test_what_hangs_in_the_printer_comes_out_before_the_next_slip(
    printer: VirtualPrinter, left: Left
) -> None:
    transport = network(printer)
    transport.left = left
    (picture,) = pictures_of("ticket", TICKET, 576)

    with transport.connect() as connection:
        connection.put(picture, "slip", watch())

    assert printer.cuts == 2
    void = [void_mark.picture(576).tobytes()] if left is Left.PART else []
    assert [slip.tobytes() for slip in printer.slips] == [*void, picture.tobytes()]
    assert transport.left is Left.NOTHING


def test_a_missing_acknowledgement_is_not_taken_for_one(printer: VirtualPrinter) -> None:
    printer.faults |= {"no-process-id"}
    transport = network(printer, acknowledgement="process-id", slowest_bytes_per_second=100_000)

    with pytest.raises(NotOut), transport.connect() as connection:
        connection.put(pictures_of("ticket", TICKET, 576)[0], "slip", watch())


def test_the_end_of_the_program_does_not_wait_for_paper(printer: VirtualPrinter) -> None:
    printer.paper_out_after = 9000
    watching = watch()
    watching.stop.set()

    with pytest.raises(NotOut), network(printer).connect() as connection:
        connection.put(pictures_of("ticket", TICKET, 576)[0], "slip", watching)


def test_a_name_no_host_can_have_is_a_printer_that_cannot_be_reached() -> None:
    transport = transport_to(PrinterSettings(address="打" * 60 + ":9100"), Path())

    with pytest.raises(PrinterDown), transport.connect():
        pass


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ((0x12, 0x12, 0x12, 0x12), PrinterState.READY),
        ((0x12, 0x12, 0x12, 0x1E), PrinterState.NEAR_END),
        ((0x1A, 0x32, 0x12, 0x7E), PrinterState.PAPER_OUT),
        ((0x1A, 0x16, 0x12, 0x12), PrinterState.COVER_OPEN),
        ((0x1A, 0x12, 0x12, 0x12), PrinterState.OFFLINE),
        ((0x1A, 0x52, 0x1A, 0x12), PrinterState.ERROR),
    ],
)
def test_status_bytes_name_the_cause(
    answers: tuple[int, int, int, int], state: PrinterState
) -> None:
    assert state_of(*answers) == state


def test_answers_are_told_apart_however_they_arrive() -> None:
    reader = AnswerReader()
    unasked = b"\x14\x00\x00\x0f"  # reported by the printer itself; no answer to anything
    data = b"\x12" + unasked + b"\x37\x220042\x00" + b"\x00"

    answers = [answer for byte in data for answer in reader.feed(bytes([byte]))]

    assert answers == [
        Answer(AnswerKind.STATUS, b"\x12"),
        Answer(AnswerKind.PROCESS_ID, b"0042"),
        Answer(AnswerKind.PAPER, b"\x00"),
    ]
