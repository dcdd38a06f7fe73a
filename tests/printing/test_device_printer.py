"""A printer behind a device file; what its line can do as a terminal is tested with the serial."""

import errno
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.tables import PrinterState
from devices.printing.transports.device_line import DeviceLine, FileLine
from devices.printing.transports.transport import PrinterDown
from proof.paper.virtual_printer import FileWire, VirtualPrinter
from tests.printing.on_a_line import dots, serving, watching, way_to


@pytest.fixture
def cable() -> Iterator[tuple[int, str]]:
    """The printer's end and the path of ours."""
    printer_end, our_end = os.openpty()
    yield printer_end, os.ttyname(our_end)
    os.close(printer_end)
    os.close(our_end)


def test_a_file_on_disk_is_never_written_to(tmp_path: Path) -> None:
    file = tmp_path / "accounts.xlsx"
    file.write_bytes(b"accounts")

    with pytest.raises(PrinterDown) as down, way_to(f"file:{file}").connect():
        pass

    assert down.value.detail == f"{file} is no device; nothing was written to it"
    assert file.read_bytes() == b"accounts"


def test_a_folder_and_a_device_that_is_not_there_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="is a folder"):
        DeviceLine(str(tmp_path))
    with pytest.raises(OSError, match="No such file or directory") as missing:
        DeviceLine(str(tmp_path / "lp0"))
    assert missing.value.errno == errno.ENOENT


def test_a_printer_without_a_way_back_prints_all_the_same(
    printer: VirtualPrinter, cable: tuple[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    printer_end, path = cable
    really_open = os.open

    def one_way(where: str, flags: int) -> int:
        if flags & os.O_RDWR:
            raise PermissionError(errno.EACCES, "Permission denied")
        return really_open(where, flags)

    monkeypatch.setattr(os, "open", one_way)

    with (
        serving(printer, FileWire(printer_end)),
        way_to(f"file:{path}").connect() as connection,
    ):
        assert connection.state is PrinterState.READY
        acknowledged = connection.put(dots(), "slip", watching())

    assert acknowledged == "pause"
    assert [slip.tobytes() for slip in printer.slips] == [dots().tobytes()]


def test_who_may_not_open_it_is_told_which_group_may(
    cable: tuple[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(where: str, flags: int) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refused)

    with pytest.raises(OSError, match=f"add this user to the group {Path(cable[1]).group()}"):
        DeviceLine(cable[1])


def test_answers_to_an_earlier_program_are_not_taken_for_those_of_now(
    cable: tuple[int, str],
) -> None:
    printer_end, path = cable
    set_up = DeviceLine(path)  # as long as it is no raw terminal it hands on whole lines only
    os.write(printer_end, b"\x12")
    assert set_up.receive(5) == b"\x12"
    os.write(printer_end, b"\x12\x12")
    set_up.close()

    line = DeviceLine(path)

    assert line.receive(0.05) == b""
    line.close()


def test_an_empty_packet_is_no_goodbye() -> None:
    """usblp reads nothing when the printer sends an empty packet; an end of file looks like it."""
    ours, printers = socket.socketpair()
    with printers:
        line = FileLine(ours.detach())
        printers.shutdown(socket.SHUT_WR)

        assert line.receive(0.05) == b""
        line.close()


def test_a_full_line_is_waited_for() -> None:
    ours, printers = socket.socketpair()
    ours.setblocking(False)
    with printers:
        line = FileLine(ours.detach())
        data = memoryview(bytes(4096))
        sent = 0
        while taken := line.send(data, 0):
            sent += taken

        printers_turn = threading.Timer(0.05, printers.recv, (sent, socket.MSG_WAITALL))
        printers_turn.start()

        assert line.send(data, 30) > 0
        printers_turn.join()
        line.close()


def test_waiting_for_an_answer_ends_when_it_comes(cable: tuple[int, str]) -> None:
    printer_end, path = cable
    line = DeviceLine(path)

    threading.Timer(0.05, os.write, (printer_end, b"\x12")).start()

    assert line.receive(30) == b"\x12"
    line.close()
