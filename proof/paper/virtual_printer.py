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

from proof.paper.escpos_decoder import Paper, length_of

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


class NoWire:
    """Nobody is there: what still waits in the printer is worked through all the same."""

    def fileno(self) -> int:
        raise OSError

    def recv(self, size: int) -> bytes:
        raise OSError

    def sendall(self, data: bytes) -> None:
        raise OSError


class LineBroken(Exception):
    """The line is to be reset."""


class Memory:
    """What was sent and is not worked through, and what hangs in the printer, not cut."""

    def __init__(self) -> None:
        self.buffer = b""
        self.paper = Paper()


class VirtualPrinter:
    """Faults: refuse, power-loss, mute, stuck, paper-out, cover-open, offline, cutter-error,
    near-end, no-process-id, no-answer-in-turn. Each of `reset_after`, `paper_out_after` and
    `power_loss_after` happens once, when so many bytes of a connection have come; so does whatever
    `begins_after` names."""

    def __init__(self, *faults: str) -> None:
        self.faults = set(faults)
        self.reset_after: int | None = None
        self.paper_out_after: int | None = None
        self.power_loss_after: int | None = None
        self.begins_after: dict[str, int] = {}
        """Other faults, each with its number of bytes."""
        self.breaks_at_cut = False
        """The line breaks once right after a cut, before its acknowledgement."""
        self.breaks_before_cut = False
        """The line breaks once when a cut comes, and it is not cut."""
        self.one_memory = False
        """What it holds and what hangs in it outlives a connection, as in most real printers: the
        next slip is printed below it. Without this it is torn off when the line ends."""
        self.finishes_commands = False
        """With `one_memory`: a picture that broke off goes on with the first bytes of the next
        connection, until it has its size."""
        self.memory = Memory()
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
        self.received_in_all = 0
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
            if "power-loss" in self.faults:
                self.memory.buffer = b""
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
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                with line:
                    self.serve_line(line)
            elif self.one_memory:
                with contextlib.suppress(LineBroken):
                    PrinterLine(self, NoWire()).work()
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
        self.memory = printer.memory if printer.one_memory else Memory()
        self.memory.paper.answer = self.answer
        self.is_asked = printer.finishes_commands
        """And nothing else yet."""

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
        self.forget_half_a_command()
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
        room = max(1, slow // 50) if slow else 4096
        data = self.wire.recv(min(room, self.until_something_happens()))
        if not data:
            return False
        printer.received += len(data)
        printer.received_in_all += len(data)
        self.memory.buffer += self.without_questions(data)
        for fault in [name for name in list(printer.begins_after) if self.has_come(name)]:
            printer.faults.add(fault)
        if self.has_come("paper_out_after"):
            printer.faults.add("paper-out")
        if self.has_come("reset_after"):
            self.work()  # the line breaks, not the printer
            raise LineBroken
        if self.has_come("power_loss_after"):
            printer.faults.add("power-loss")
            raise LineBroken
        return True

    def until_something_happens(self) -> int:
        """In bytes; more than one takes at a time when nothing is to happen."""
        printer = self.printer
        limits = [printer.reset_after, printer.paper_out_after, printer.power_loss_after]
        limits += printer.begins_after.values()
        return max(1, min((n - printer.received for n in limits if n is not None), default=1 << 16))

    def has_come(self, limit: str) -> bool:
        begins_after = self.printer.begins_after
        after: int | None = begins_after.get(limit) or getattr(self.printer, limit, None)
        if after is None or self.printer.received < after:
            return False
        if limit in begins_after:
            del begins_after[limit]
        else:
            setattr(self.printer, limit, None)
        return True

    def without_questions(self, data: bytes) -> bytes:
        """Whoever connects asks first how it is; that is answered also in the middle of a picture,
        and is no part of it."""
        while self.is_asked and data[:2] == b"\x10\x04" and len(data) > 2:
            self.answer(bytes([self.status(data[2])]))
            data = data[3:]
        self.is_asked &= not data
        return data

    def finish(self) -> None:
        """Whoever sent is gone; what has come is printed, once the printer can."""
        if self.printer.one_memory:
            self.work()
            self.forget_half_a_command()
            return
        self.work()
        if self.memory.buffer and self.printer.faults & HOLDS_PAPER:
            self.printer.held.append(self)
            return
        paper = self.memory.paper
        if paper.strips:
            paper.tear_off()
            self.printer.uncut.append(paper.slips.pop())

    def forget_half_a_command(self) -> None:
        """What is whole stays; the start of a command of which no more comes does not."""
        if self.printer.finishes_commands:
            return
        at, buffer = 0, self.memory.buffer
        while at < len(buffer) and (length := length_of(buffer[at:])):
            at += length
        self.memory.buffer = buffer[:at]

    def work(self) -> None:
        """Carry out what is complete; with a fault only what is answered at once."""
        at, held = 0, b""
        buffer, holds = self.memory.buffer, bool(self.printer.faults & HOLDS_PAPER)
        while at < len(buffer):
            length = length_of(buffer[at:])
            if length == 0:
                break
            command, at = buffer[at : at + length], at + length
            if command[:2] == b"\x10\x04":
                self.answer(bytes([self.status(command[2])]))
            elif holds:
                held += command
            else:
                self.memory.buffer = buffer[at:]  # if the line breaks at this command
                self.carry_out(command)
        self.memory.buffer = held + buffer[at:]

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
        printer, paper = self.printer, self.memory.paper
        if printer.breaks_before_cut and command[:2] == b"\x1dV":
            printer.breaks_before_cut = False
            raise LineBroken
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
