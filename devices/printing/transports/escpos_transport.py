"""An ESC/POS printer: ask it first, send the slip, cut it only once it is drawn, wait for its word.

That nothing went wrong while sending means nothing: the system takes the whole slip into its own
memory before the printer has read a byte. So the cut is held back until the printer has said that
everything before it is on paper. What breaks off before is no slip, and can be sent again as it
was; only what breaks off between the cut and its acknowledgement may be out or not. A printer that
falls silent with all but the cut in it may have printed that much, and a person can tear it off.
"""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from db.tables import PrinterState
from devices.printing.slips import void_mark
from devices.printing.transports.delivery import Delivery, words_of
from devices.printing.transports.escpos_bytes import (
    START,
    STATUS_QUESTIONS,
    STRIP_ROWS,
    cut_bytes,
    features,
    picture_bytes,
)
from devices.printing.transports.line import TICK_S, Line
from devices.printing.transports.printer_status import (
    AnswerKind,
    AnswerReader,
    state_of,
)
from devices.printing.transports.transport import Interrupted, Left, NotOut, PrinterDown, Watch
from hall.printing.printers import PRINTS
from hall.settings import PrinterSettings

if TYPE_CHECKING:
    from PIL.Image import Image

NO_ANSWER = "no answer"
MARKS = 10_000
QR_TEXT = 7000
"""So many bytes the store for it takes in any printer that has one."""


class EscposTransport:
    """Remembers, from slip to slip, which acknowledgement this printer gives."""

    def __init__(self, settings: PrinterSettings, open_line: Callable[[], Line]) -> None:
        self.settings = settings
        self.open_line = open_line
        """Raises OSError when there is no way to the printer."""
        # A printer may still answer what a program that was killed asked it.
        first = random.randrange(MARKS)
        self.marks = itertools.cycle(
            f"{(first + number) % MARKS:04d}".encode() for number in range(MARKS)
        )
        self.acknowledgement: str = settings.acknowledgement
        self.left = Left.NOTHING

    @contextmanager
    def connect(self) -> Iterator[EscposConnection]:
        try:
            line = self.open_line()
        except (OSError, UnicodeError, OverflowError) as error:  # the latter two: a strange address
            raise PrinterDown(PrinterState.UNREACHABLE, words_of(error)) from error
        with closing(line):
            connection = EscposConnection(line, self)
            try:
                connection.check()
            except OSError as error:
                raise PrinterDown(PrinterState.UNREACHABLE, words_of(error)) from error
            yield connection


def release_bytes(left: Left, width_dots: int, profile: str) -> bytes:
    """Let out what an earlier slip may have left, apart from the next."""
    if left is Left.NOTHING:
        return b""
    void = picture_bytes(void_mark.picture(width_dots), profile) if left is Left.PART else START
    return strip_end(width_dots, profile) + void + cut_bytes(profile)


def strip_end(width_dots: int, profile: str) -> bytes:
    """White for the rest of a strip that broke off: a printer that waits for it would take whatever
    comes next for dots, and from then on dots for commands.

    Where nothing is waited for this is the text of a QR code that is never printed, or, to a
    printer without any, zeros, which mean nothing.
    """
    white = bytes(STRIP_ROWS * width_dots // 8)
    if not features(profile).get("qrCode"):
        return white
    texts = (white[at : at + QR_TEXT] for at in range(0, len(white), QR_TEXT))
    return b"".join(
        b"\x1d(k" + (len(text) + 3).to_bytes(2, "little") + b"1P0" + text for text in texts
    )


class EscposConnection:
    """One job's connection to a printer that said it is ready."""

    state = PrinterState.READY

    def __init__(self, line: Line, transport: EscposTransport) -> None:
        self.line = line
        self.transport = transport
        self.settings = transport.settings
        self.answers = AnswerReader()

    def check(self) -> None:
        """Ask all four questions; raises PrinterDown and OSError."""
        if not self.line.talks_back:
            return
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
        for question in STATUS_QUESTIONS:
            deadline = time.monotonic() + self.settings.status_seconds
            rest = memoryview(question)
            value: bytes | None = None
            while value is None and time.monotonic() < deadline:
                if rest:
                    rest = rest[self.line.send(rest, TICK_S) :]
                    continue
                for kind, answer in self.heard(TICK_S):
                    value = answer if kind is AnswerKind.STATUS else value
            if value is None:
                return None
            values.append(value[0])
        return state_of(*values)

    def heard(self, wait_s: float) -> list[tuple[AnswerKind, bytes]]:
        """What the printer says within that time; raises OSError when it hung up."""
        data = self.line.receive(wait_s) if self.line.talks_back else b""
        return [(answer.kind, answer.value) for answer in self.answers.feed(data)]

    @property
    def acknowledgement(self) -> str:
        return self.transport.acknowledgement if self.line.talks_back else "pause"

    def put(self, picture: Image, name: str, watch: Watch) -> str:
        profile = self.settings.profile
        drawn = picture_bytes(picture, profile)
        cut = cut_bytes(profile)
        release = release_bytes(self.transport.left, picture.width, profile)
        delivery = Delivery(self, watch)
        if self.acknowledgement == "pause":
            return self.put_at_once(delivery, release + drawn + cut)
        try:
            delivery.hand_over(release + drawn)
        except (OSError, Interrupted) as error:
            if not delivery.began:
                raise PrinterDown(PrinterState.UNREACHABLE, words_of(error)) from error
            silent = delivery.all_sent and isinstance(error, Interrupted)
            self.transport.left = Left.PERHAPS if silent else Left.PART
            raise NotOut(words_of(error), all_sent=silent) from error
        self.transport.left = Left.NOTHING
        try:
            return delivery.hand_over(cut)
        except (OSError, Interrupted) as error:
            raise self.interrupted(error) from error

    def put_at_once(self, delivery: Delivery, data: bytes) -> str:
        """To a printer that says nothing there is nothing to wait for before the cut."""
        try:
            return delivery.hand_over(data)
        except (OSError, Interrupted) as error:
            if not delivery.began:
                raise PrinterDown(PrinterState.UNREACHABLE, words_of(error)) from error
            raise self.interrupted(error) from error
        finally:
            if delivery.all_sent:
                self.transport.left = Left.NOTHING

    def interrupted(self, error: Exception) -> Interrupted:
        handed_over = isinstance(error, Interrupted) and error.handed_over
        if not handed_over:
            self.transport.left = Left.PERHAPS
        return Interrupted(words_of(error), handed_over=handed_over)
