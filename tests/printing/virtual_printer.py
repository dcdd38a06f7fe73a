"""A small ESC/POS printer on 127.0.0.1: decodes what it is sent and has the faults printers have.

It prints a slip at its cut, as a picture. While a fault holds it back it keeps what it was sent, as
a receive buffer does, answers DLE EOT, and goes on by itself once the fault is cleared.
"""

import contextlib
import select
import socket
import struct
import threading
import time
from types import TracebackType
from typing import Self

from PIL import Image

HOLDS_PAPER = frozenset({"paper-out", "cover-open", "offline"})


class VirtualPrinter:
    """Faults: refuse, mute, stuck, paper-out, cover-open, offline, near-end, no-process-id,
    no-answer-in-turn. `reset_after`: the line breaks once after so many bytes of a connection."""

    def __init__(self, *faults: str) -> None:
        self.faults = set(faults)
        self.reset_after: int | None = None
        self.paper_out_after: int | None = None
        """Runs out of paper once, when so many bytes of a connection have come."""
        self.slips: list[Image.Image] = []
        self.cuts = 0
        self.odd: list[str] = []
        self.connections = 0
        self.received = 0
        """Bytes of the present connection."""
        self.ended = threading.Event()
        reserved = socket.create_server(("127.0.0.1", 0))
        self.port: int = reserved.getsockname()[1]
        self.door: socket.socket | None = reserved
        self.thread = threading.Thread(target=self.serve, daemon=True)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.ended.set()
        self.thread.join(5)

    def clear(self) -> None:
        self.faults.clear()

    def serve(self) -> None:
        while not self.ended.is_set():
            if "refuse" in self.faults:
                if self.door is not None:
                    self.door.close()
                    self.door = None
                time.sleep(0.01)
                continue
            if self.door is None:
                self.door = socket.create_server(("127.0.0.1", self.port))
            if select.select([self.door], [], [], 0.02)[0]:
                line, _ = self.door.accept()
                self.connections += 1
                with line:
                    PrinterLine(self, line).serve()
        if self.door is not None:
            self.door.close()


class PrinterLine:
    """One connection: its receive buffer and the slip that is being printed."""

    def __init__(self, printer: VirtualPrinter, line: socket.socket) -> None:
        self.printer = printer
        self.line = line
        self.buffer = b""
        self.strips: list[tuple[int, int, bytes]] = []

    def serve(self) -> None:
        self.printer.received = 0
        while not self.printer.ended.is_set() and "refuse" not in self.printer.faults:
            if "stuck" not in self.printer.faults and select.select([self.line], [], [], 0.02)[0]:
                try:
                    data = self.line.recv(4096)
                except OSError:
                    return
                if not data:
                    self.work()
                    return
                self.buffer += data
                self.printer.received += len(data)
                if self.breaks():
                    return
            self.work()

    def breaks(self) -> bool:
        printer = self.printer
        if printer.paper_out_after is not None and printer.received >= printer.paper_out_after:
            printer.paper_out_after = None
            printer.faults.add("paper-out")
        if printer.reset_after is None or printer.received < printer.reset_after:
            return False
        printer.reset_after = None
        self.line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return True

    def work(self) -> None:
        """Carry out what is complete; with a fault only what is answered at once."""
        at, held = 0, b""
        while at < len(self.buffer):
            length = length_of(self.buffer[at:])
            if length == 0:
                break
            command, at = self.buffer[at : at + length], at + length
            if command[:2] == b"\x10\x04":
                self.answer(bytes([self.status(command[2])]))
            elif self.printer.faults & HOLDS_PAPER:
                held += command
            else:
                self.carry_out(command)
        self.buffer = held + self.buffer[at:]

    def status(self, which: int) -> int:
        faults = self.printer.faults
        out, cover = "paper-out" in faults, "cover-open" in faults
        return 0x12 | {
            1: 0x08 * bool(faults & HOLDS_PAPER),
            2: 0x20 * out | 0x04 * cover,
            3: 0,
            4: 0x6C * out | 0x0C * ("near-end" in faults),
        }.get(which, 0)

    def carry_out(self, command: bytes) -> None:
        if command[:3] == b"\x1dv0":
            across, down = struct.unpack("<HH", command[4:8])
            self.strips.append((across * 8, down, command[8:]))
        elif command[:2] == b"\x1dV":
            self.cut()
        elif command[:3] == b"\x1d(H":
            if "no-process-id" not in self.printer.faults:
                self.answer(b"\x37\x22" + command[7:11] + b"\x00")
        elif command[:2] == b"\x1dr":
            if "no-answer-in-turn" not in self.printer.faults:
                self.answer(b"\x00")
        elif command == b"\x1b@":
            self.strips.clear()
        else:
            self.printer.odd.append(command.hex())

    def cut(self) -> None:
        self.printer.cuts += 1
        if not self.strips:
            return
        slip = Image.new("1", (self.strips[0][0], sum(strip[1] for strip in self.strips)), 255)
        top = 0
        for across, down, dots in self.strips:
            slip.paste(Image.frombytes("1", (across, down), dots, "raw", "1;I"), (0, top))
            top += down
        self.strips.clear()
        self.printer.slips.append(slip)

    def answer(self, data: bytes) -> None:
        if "mute" not in self.printer.faults:
            with contextlib.suppress(OSError):  # whoever asked is gone; its slip is printed anyway
                self.line.sendall(data)


def length_of(data: bytes) -> int:
    """Of the command at the start; 0 while more bytes must come. An unknown byte counts as one."""
    fixed = {b"\x1b@": 2, b"\x10\x04": 3, b"\x1dr": 3, b"\x1dV": 4}.get(data[:2])
    if data[:3] == b"\x1dv0":
        if len(data) < 8:
            return 0
        across, down = struct.unpack("<HH", data[4:8])
        fixed = 8 + across * down
    elif data[:2] == b"\x1d(":
        if len(data) < 5:
            return 0
        fixed = 5 + data[3] + 256 * data[4]
    elif fixed is None:
        fixed = 1 if len(data) > 1 or data[0] not in (0x1B, 0x1D, 0x10) else 2
    return fixed if len(data) >= fixed else 0
