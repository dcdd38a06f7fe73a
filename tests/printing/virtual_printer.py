"""A small ESC/POS printer on 127.0.0.1: decodes what it is sent and has the faults printers have.

It prints a slip at its cut, as a picture. While a fault holds it back it keeps what it was sent, as
a receive buffer does, answers DLE EOT, and goes on by itself once the fault is cleared.
"""

import contextlib
import os
import select
import socket
import struct
import threading
import time
from types import TracebackType
from typing import Protocol, Self

from PIL import Image

from tests.printing.escpos_decoder import Paper, length_of

HOLDS_PAPER = frozenset({"paper-out", "cover-open", "offline", "cutter-error"})
GONE = frozenset({"refuse", "power-loss"})
"""No way to the printer; with power-loss what it held is forgotten as well."""


class Wire(Protocol):
    """The printer's end of a line."""

    def fileno(self) -> int: ...
    def recv(self, size: int, /) -> bytes: ...
    def sendall(self, data: bytes, /) -> None: ...


class FileWire:
    """A terminal or pipe instead of a network connection."""

    def __init__(self, file: int) -> None:
        self.file = file

    def fileno(self) -> int:
        return self.file

    def recv(self, size: int) -> bytes:
        return os.read(self.file, size)

    def sendall(self, data: bytes) -> None:
        os.write(self.file, data)


class LineBroken(Exception):
    """The line is to be reset."""


class VirtualPrinter:
    """Faults: refuse, power-loss, mute, stuck, paper-out, cover-open, offline, cutter-error,
    near-end, no-process-id, no-answer-in-turn. Each of `reset_after`, `paper_out_after` and
    `power_loss_after` happens once, when so many bytes of a connection have come."""

    def __init__(self, *faults: str) -> None:
        self.faults = set(faults)
        self.reset_after: int | None = None
        self.paper_out_after: int | None = None
        self.power_loss_after: int | None = None
        self.breaks_at_cut = False
        """The line breaks once right after a cut, before its acknowledgement."""
        self.bytes_per_second: int | None = None
        """None: as fast as it gets them."""
        self.slips: list[Image.Image] = []
        """In the order they came out."""
        self.uncut: list[Image.Image] = []
        """What hung in it, not cut, when a connection ended."""
        self.held: list[PrinterLine] = []
        """Connections that ended while it could not print: what came on them is still inside."""
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
        self.bytes_per_second = None

    def serve(self) -> None:
        while not self.ended.is_set():
            self.print_held()
            if self.faults & GONE:
                if self.door is not None:
                    self.door.close()
                    self.door = None
                time.sleep(0.01)
                continue
            if self.door is None:
                self.door = socket.create_server(("127.0.0.1", self.port))
            if select.select([self.door], [], [], 0.02)[0]:
                line, _ = self.door.accept()
                with line:
                    self.serve_line(line)
        if self.door is not None:
            self.door.close()

    def print_held(self) -> None:
        if "power-loss" in self.faults:
            self.held.clear()
        while self.held and not self.faults & HOLDS_PAPER:
            self.held.pop(0).finish()

    def serve_line(self, wire: Wire) -> None:
        """Until the other end hangs up, the line breaks, or the printer is ended."""
        self.connections += 1
        PrinterLine(self, wire).serve()


class PrinterLine:
    """One connection: its receive buffer and the paper that is being printed."""

    def __init__(self, printer: VirtualPrinter, wire: Wire) -> None:
        self.printer = printer
        self.wire = wire
        self.buffer = b""
        self.paper = Paper(self.answer)

    def serve(self) -> None:
        self.printer.received = 0
        try:
            while not self.printer.ended.is_set() and not self.printer.faults & GONE:
                self.printer.print_held()
                if not self.read_on():
                    self.finish()
                    return
                self.work()
        except (LineBroken, OSError):
            pass
        if isinstance(self.wire, socket.socket):  # hang up with a reset
            linger = struct.pack("ii", 1, 0)
            with contextlib.suppress(OSError):
                self.wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

    def read_on(self) -> bool:
        """False when the other end has hung up. Raises LineBroken and OSError."""
        printer = self.printer
        if "stuck" in printer.faults or not select.select([self.wire], [], [], 0.02)[0]:
            time.sleep(0.01 if "stuck" in printer.faults else 0)
            return True
        slow = printer.bytes_per_second
        if slow:
            time.sleep(0.02)
        data = self.wire.recv(max(1, slow // 50) if slow else 4096)
        if not data:
            return False
        self.buffer += data
        printer.received += len(data)
        if self.has_come("paper_out_after"):
            printer.faults.add("paper-out")
        if self.has_come("reset_after"):
            raise LineBroken
        if self.has_come("power_loss_after"):
            printer.faults.add("power-loss")
            raise LineBroken
        return True

    def has_come(self, limit: str) -> bool:
        after: int | None = getattr(self.printer, limit)
        if after is None or self.printer.received < after:
            return False
        setattr(self.printer, limit, None)
        return True

    def finish(self) -> None:
        """Whoever sent is gone; what has come is printed, once the printer can."""
        self.work()
        if self.buffer and self.printer.faults & HOLDS_PAPER:
            self.printer.held.append(self)
            return
        if self.paper.strips:
            self.paper.tear_off()
            self.printer.uncut.append(self.paper.slips.pop())

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
        out, cover, cutter = (
            "paper-out" in faults,
            "cover-open" in faults,
            "cutter-error" in faults,
        )
        return 0x12 | {
            1: 0x08 * bool(faults & HOLDS_PAPER),
            2: 0x20 * out | 0x04 * cover | 0x40 * cutter,
            3: 0x08 * cutter,
            4: 0x6C * out | 0x0C * ("near-end" in faults),
        }.get(which, 0)

    def carry_out(self, command: bytes) -> None:
        printer, paper = self.printer, self.paper
        knows_not = {"no-process-id": "process-id", "no-answer-in-turn": "in-turn"}
        paper.silent_on = frozenset(knows_not[f] for f in printer.faults if f in knows_not)
        paper.carry_out(command)
        printer.cuts += paper.cuts
        printer.slips += paper.slips
        printer.odd += paper.odd
        was_cut = bool(paper.cuts)
        paper.cuts = 0
        paper.slips.clear()
        paper.odd.clear()
        if was_cut and printer.breaks_at_cut:
            printer.breaks_at_cut = False
            raise LineBroken

    def answer(self, data: bytes) -> None:
        if "mute" not in self.printer.faults:
            with contextlib.suppress(OSError):  # whoever asked is gone; its slip is printed anyway
                self.wire.sendall(data)
