"""An ESC/POS printer on the network: ask it first, send, wait until it says that the slip is out.

That nothing went wrong while sending means nothing: the system takes the whole slip into its own
memory before the printer has read a byte.
"""

from __future__ import annotations

import contextlib
import itertools
import select
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from db.tables import PrinterState
from devices.printing.transports import escpos_bytes
from devices.printing.transports.printer_status import PRINTS, AnswerKind, AnswerReader, state_of
from devices.printing.transports.transport import Interrupted, PrinterDown, Watch
from hall.settings import PrinterSettings

if TYPE_CHECKING:
    from PIL.Image import Image

TICK_S = 0.1
"""How often a wait looks at what else there is."""
PARTING_S = 0.3
NO_ANSWER = "no answer"
TAKES_NO_DATA = "takes no data"
SLIP_INSIDE = "a slip is in it"


class NetworkTransport:
    """Remembers, from slip to slip, which acknowledgement this printer gives."""

    def __init__(self, settings: PrinterSettings) -> None:
        self.settings = settings
        self.address = parse_address(settings.address)
        self.marks = itertools.cycle(f"{number:04d}".encode() for number in range(10_000))
        self.acknowledgement: str = settings.acknowledgement
        self.broke_off = False
        """Part of a slip may hang in the printer."""

    @contextmanager
    def connect(self) -> Iterator[NetworkConnection]:
        try:
            line = socket.create_connection(self.address, timeout=self.settings.connect_seconds)
        except (OSError, UnicodeError, OverflowError) as error:  # the latter two: a strange address
            raise PrinterDown(PrinterState.UNREACHABLE, words_of(error)) from error
        with line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            notice_a_dead_line(line)
            line.setblocking(False)
            connection = NetworkConnection(line, self)
            try:
                connection.check()
            except OSError as error:
                raise PrinterDown(PrinterState.UNREACHABLE, words_of(error)) from error
            yield connection
            connection.part()


class NetworkConnection:
    """One job's connection to a printer that said it is ready."""

    state = PrinterState.READY

    def __init__(self, line: socket.socket, transport: NetworkTransport) -> None:
        self.line = line
        self.transport = transport
        self.settings = transport.settings
        self.answers = AnswerReader()
        self.began = False

    def check(self) -> None:
        """Ask all four questions; raises PrinterDown and OSError."""
        found = self.ask_state()
        if found is None:
            if self.settings.acknowledgement == "pause":
                return  # set up as a printer that answers nothing
            raise PrinterDown(PrinterState.UNREACHABLE, NO_ANSWER)
        if found not in PRINTS:
            raise PrinterDown(found)
        self.state = found

    def ask_state(self) -> PrinterState | None:
        """None when it does not answer; some go silent while the cover is open."""
        values = []
        for question in escpos_bytes.STATUS_QUESTIONS:
            self.line.sendall(question)
            deadline = time.monotonic() + self.settings.status_seconds
            value: bytes | None = None
            while value is None and time.monotonic() < deadline:
                for kind, answer in self.heard(TICK_S):
                    value = answer if kind is AnswerKind.STATUS else value
            if value is None:
                return None
            values.append(value[0])
        return state_of(*values)

    def heard(self, wait_s: float) -> list[tuple[AnswerKind, bytes]]:
        """What the printer says within that time; raises OSError when it hung up."""
        readable, _, _ = select.select([self.line], [], [], wait_s)
        if not readable:
            return []
        data = self.line.recv(1024)
        if not data:
            raise ConnectionResetError(104, "the printer closed the connection")
        return [(answer.kind, answer.value) for answer in self.answers.feed(data)]

    def part(self) -> None:
        """Hang up without leaving answers unread: that would be a reset, not a goodbye."""
        with contextlib.suppress(OSError):
            self.line.shutdown(socket.SHUT_WR)
            deadline = time.monotonic() + PARTING_S
            while time.monotonic() < deadline:
                self.heard(TICK_S)

    def put(self, picture: Image, name: str, watch: Watch) -> str:
        mark = next(self.transport.marks)
        data = escpos_bytes.slip_bytes(picture)
        if self.transport.broke_off:
            data = escpos_bytes.release_bytes(picture.width) + data
        method = self.transport.acknowledgement
        if method in ("auto", "process-id"):
            data += escpos_bytes.ask_process_id(mark)
        if method in ("auto", "paper-status"):
            data += escpos_bytes.ASK_PAPER_IN_TURN
        delivery = Delivery(self, mark, watch)
        try:
            delivery.send(data)
            self.transport.broke_off = False
            return delivery.wait()
        except (OSError, Interrupted) as error:
            if not self.began:
                raise PrinterDown(PrinterState.UNREACHABLE, words_of(error)) from error
            handed_over = isinstance(error, Interrupted) and error.handed_over
            self.transport.broke_off = not handed_over
            raise Interrupted(words_of(error), handed_over=handed_over) from error


class Delivery:
    """One slip on its way, from its first byte to the printer's word that it is out."""

    def __init__(self, connection: NetworkConnection, mark: bytes, watch: Watch) -> None:
        self.connection = connection
        self.transport = connection.transport
        self.settings = connection.settings
        self.mark = mark
        self.watch = watch
        self.all_sent = False
        self.told = connection.state
        self.stopped_at: float | None = None
        self.is_out = False
        """The answer to GS ( H has come."""
        self.in_turn_at: float | None = None
        """When the answer to GS r came."""
        self.status: list[int] = []
        self.answered_at = 0.0
        """When it last answered DLE EOT."""

    def send(self, data: bytes) -> None:
        """Raises OSError, and Interrupted when the program is to end.

        A printer out of paper stops reading. As long as the line holds it will go on by itself;
        sending again would print twice.
        """
        rest = memoryview(data)
        moved_at = time.monotonic()
        while rest:
            _, writable, _ = select.select([], [self.connection.line], [], TICK_S)
            if writable:
                with contextlib.suppress(BlockingIOError):
                    rest = rest[self.connection.line.send(rest) :]
                    self.connection.began = True
                    moved_at = time.monotonic()
            elif time.monotonic() - moved_at > self.settings.send_seconds:
                self.tell(PrinterState.OFFLINE, TAKES_NO_DATA)
            for kind, answer in self.connection.heard(0):
                self.take(kind, answer)
            self.give_up_if_stopped()
        self.all_sent = True

    def wait(self) -> str:
        """How it was acknowledged; raises OSError and Interrupted.

        While the printer says what hinders it, this waits without limit: it keeps the slip and
        goes on by itself.
        """
        method = self.transport.acknowledgement
        progress_at = asked_at = time.monotonic()
        while True:
            for kind, answer in self.connection.heard(TICK_S):
                self.take(kind, answer)
            if self.is_out:
                return self.out("process-id")
            now = time.monotonic()
            hindered = self.told not in PRINTS
            if hindered:
                progress_at = max(progress_at, self.answered_at)
            elif self.in_turn_at is not None and (
                method == "paper-status" or now - self.in_turn_at > self.settings.pause_seconds
            ):
                return self.out("paper-status")
            elif method == "pause" and now - progress_at > self.settings.pause_seconds:
                return self.out("pause")
            if now - progress_at > self.settings.acknowledge_seconds:
                if method == "auto" and self.answered_at > progress_at and not hindered:
                    return self.out("pause")  # it lives, is ready, and knows neither question
                self.transport.acknowledgement = self.settings.acknowledgement  # learn it anew
                raise Interrupted("no acknowledgement", handed_over=self.answered_at > progress_at)
            if now - asked_at > self.settings.status_seconds:
                asked_at = now
                self.status.clear()
                with contextlib.suppress(BlockingIOError):  # it reads nothing at the moment
                    self.connection.line.send(b"".join(escpos_bytes.STATUS_QUESTIONS))
            self.give_up_if_stopped()

    def out(self, method: str) -> str:
        if self.told not in PRINTS:
            self.tell(PrinterState.READY, "")
        if self.transport.acknowledgement == "auto":
            self.transport.acknowledgement = method
        return method

    def take(self, kind: AnswerKind, answer: bytes) -> None:
        if kind is AnswerKind.PROCESS_ID and answer == self.mark:
            self.is_out = True
        if kind is AnswerKind.PAPER and self.in_turn_at is None:
            self.in_turn_at = time.monotonic()
        if kind is AnswerKind.STATUS:
            self.answered_at = time.monotonic()
            self.status.append(answer[0])
            if len(self.status) == len(escpos_bytes.STATUS_QUESTIONS):
                state = state_of(*self.status)
                self.status.clear()
                self.tell(state, "" if state in PRINTS else SLIP_INSIDE)

    def tell(self, state: PrinterState, detail: str) -> None:
        if state != self.told:
            self.told = state
            self.watch.told(state, detail)

    def give_up_if_stopped(self) -> None:
        """The slip in hand may still be finished, but nobody waits for a new roll of paper."""
        if not self.watch.stop.is_set():
            return
        now = time.monotonic()
        self.stopped_at = self.stopped_at or now
        if now - self.stopped_at > self.settings.send_seconds:
            raise Interrupted("stopped while printing")


def words_of(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def parse_address(text: str) -> tuple[str, int]:
    """("10.0.0.5", 9100) of "10.0.0.5:9100"; also "[fe80::1]:9100"; 9100 when no port is named."""
    host, colon, port = text.strip().rpartition(":")
    if not colon or not port.isdigit():
        host, port = text.strip(), "9100"
    return host.strip("[]"), int(port)


def notice_a_dead_line(line: socket.socket) -> None:
    """Within about a quarter of a minute: a printer without power does not say goodbye."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 5)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 3)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3)
