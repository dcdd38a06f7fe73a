"""Bytes on their way to a printer, until it says that it has worked through them."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from db.tables import PrinterState
from devices.printing.transports import escpos_bytes
from devices.printing.transports.line import TICK_S
from devices.printing.transports.printer_status import AnswerKind, state_of
from devices.printing.transports.transport import Interrupted, Watch
from hall.printing.printers import PRINTS

if TYPE_CHECKING:
    from devices.printing.transports.escpos_transport import EscposConnection

TOLD_AGAIN_S = 30.0
"""A spooler that waits for paper for an hour must not count as silent."""
TAKES_NO_DATA = "takes no data"
SLIP_INSIDE = "a slip is in it"
SAYS_NOTHING = "says nothing any more"


class Delivery:
    """One slip on its way; `hand_over` may be called again for the next part of it."""

    def __init__(self, connection: EscposConnection, watch: Watch) -> None:
        self.connection = connection
        self.transport = connection.transport
        self.settings = connection.settings
        self.watch = watch
        self.began = False
        """Bytes have left."""
        self.all_sent = False
        self.told = connection.state
        self.told_at = time.monotonic()
        self.stopped_at: float | None = None
        self.mark = b""
        self.is_out = False
        """The answer to GS ( H has come."""
        self.in_turn_at: float | None = None
        """When the answer to GS r came."""
        self.status: list[int] = []
        self.answered_at = 0.0
        """When it last answered DLE EOT."""

    def hand_over(self, data: bytes) -> str:
        """Send it and wait until the printer has worked through it; how it said so.

        Raises OSError, and Interrupted when it says nothing or the program is to end.
        """
        self.mark, self.is_out, self.in_turn_at = next(self.transport.marks), False, None
        method = self.connection.acknowledgement
        asked = b""
        if method in ("auto", "process-id"):
            asked += escpos_bytes.ask_process_id(self.mark)
        if method in ("auto", "paper-status"):
            asked += escpos_bytes.ASK_PAPER_IN_TURN
        self.all_sent = False
        self.send(data + asked)
        self.all_sent = True
        return self.wait(method, len(data) / self.settings.slowest_bytes_per_second)

    def send(self, data: bytes) -> None:
        """A printer out of paper stops reading. As long as the line holds it will go on by itself;
        sending again would print twice."""
        rest = memoryview(data)
        moved_at = time.monotonic()
        while rest:
            taken = self.connection.line.send(rest, TICK_S)
            if taken:
                rest = rest[taken:]
                self.began = True
                moved_at = time.monotonic()
            elif time.monotonic() - moved_at > self.settings.send_seconds:
                self.tell(PrinterState.OFFLINE, TAKES_NO_DATA)
            self.listen(0)
            self.give_up_if_stopped()

    def wait(self, method: str, printing_s: float) -> str:
        """While the printer says what hinders it, this waits without limit: it keeps the slip and
        goes on by itself.

        `printing_s`: how long a slow printer takes for so much.
        """
        patience_s = self.settings.acknowledge_seconds + printing_s
        began_at = progress_at = asked_at = time.monotonic()
        while True:
            self.listen(TICK_S)
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
            if now - progress_at > patience_s:
                if method == "auto" and self.answered_at > progress_at and not hindered:
                    return self.out("pause")  # it lives, is ready, and knows neither question
                self.transport.acknowledgement = self.settings.acknowledgement  # learn it anew
                raise Interrupted("no acknowledgement", handed_over=self.answered_at > progress_at)
            if now - max(began_at, self.answered_at) > self.settings.acknowledge_seconds:
                self.tell(PrinterState.OFFLINE, SAYS_NOTHING)
            if now - asked_at > self.settings.status_seconds:
                asked_at = now
                self.ask()
            self.give_up_if_stopped()

    def ask(self) -> None:
        if not self.connection.line.talks_back:
            return
        self.status.clear()
        with contextlib.suppress(BlockingIOError):  # it reads nothing at the moment
            self.connection.line.send(memoryview(b"".join(escpos_bytes.STATUS_QUESTIONS)), 0)

    def out(self, method: str) -> str:
        if self.told not in PRINTS:
            self.tell(PrinterState.READY, "")
        if self.transport.acknowledgement == "auto":
            self.transport.acknowledgement = method
        return method

    def listen(self, wait_s: float) -> None:
        for kind, answer in self.connection.heard(wait_s):
            self.take(kind, answer)

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
        now = time.monotonic()
        if state != self.told or now - self.told_at > TOLD_AGAIN_S:
            self.told, self.told_at = state, now
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
