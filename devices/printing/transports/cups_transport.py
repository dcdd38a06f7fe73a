"""A queue of CUPS, where a printer has no other way to it.

CUPS says when it has handed a slip over, not when it is on paper; that much less is known here.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from db.tables import PrinterState
from devices.printing.transports.cups_queue import CupsQueue, JobState, QueueState
from devices.printing.transports.delivery import TOLD_AGAIN_S, words_of
from devices.printing.transports.escpos_bytes import cut_bytes, picture_bytes
from devices.printing.transports.escpos_transport import release_bytes
from devices.printing.transports.transport import Interrupted, Left, PrinterDown, Watch
from hall.names import plain
from hall.printing.printers import PRINTS
from hall.settings import PrinterSettings

if TYPE_CHECKING:
    from PIL.Image import Image

GLANCE_S = 0.2
SETTLE_S = 0.4
"""After a cancellation CUPS still reads what its program at the printer had to say."""
WAITS_FOR_SOMEBODY = {
    "media-empty": PrinterState.PAPER_OUT,
    "media-needed": PrinterState.PAPER_OUT,
    "cover-open": PrinterState.COVER_OPEN,
    "door-open": PrinterState.COVER_OPEN,
    "interlock-open": PrinterState.COVER_OPEN,
}


class CupsTransport:
    def __init__(self, settings: PrinterSettings, queue: str, server: str) -> None:
        self.settings = settings
        self.queue = queue
        self.server = server
        self.left = Left.NOTHING
        self.forgotten = False
        """A slip may lie on hold in the queue whose number was never told."""

    @contextmanager
    def connect(self) -> Iterator[CupsConnection]:
        try:
            queue = CupsQueue(self.queue, self.server, self.settings.status_seconds)
            found = queue.state()
        except OSError as error:
            raise PrinterDown(PrinterState.UNREACHABLE, plain(words_of(error))) from error
        if not found.runs or not found.accepts:
            how = "is stopped" if not found.runs else "accepts no jobs"
            told = f"the queue {self.queue} {how}: {found.message}".strip(": ")
            raise PrinterDown(PrinterState.OFFLINE, plain(told))
        yield CupsConnection(queue, self, found)


class CupsConnection:
    """One job's way to a queue that runs."""

    def __init__(self, queue: CupsQueue, transport: CupsTransport, found: QueueState) -> None:
        self.queue = queue
        self.transport = transport
        self.settings = transport.settings
        self.announces_paper = found.announces_paper
        # Whatever else was wrong is of the last job: CUPS learns only by the next that it is right.
        self.state = PrinterState.NEAR_END if "media-low" in found.reasons else PrinterState.READY

    def put(self, picture: Image, name: str, watch: Watch) -> str:
        profile, transport = self.settings.profile, self.transport
        release = release_bytes(transport.left, picture.width, profile)
        data = release + picture_bytes(picture, profile) + cut_bytes(profile)
        try:
            if transport.forgotten or transport.left is not Left.NOTHING:
                self.queue.cancel_ours()
                transport.forgotten = False
            job = self.queue.hold(data, name)
        except OSError as error:
            transport.forgotten = True
            raise PrinterDown(PrinterState.UNREACHABLE, plain(words_of(error))) from error
        try:
            self.queue.release(job)
        except OSError as error:
            self.give_up(job, PrinterState.UNREACHABLE, words_of(error))
        else:
            self.wait(job, len(data) / self.settings.slowest_bytes_per_second, watch)
        transport.left = Left.NOTHING
        return "cups"

    def wait(self, job: int, printing_s: float, watch: Watch) -> None:
        """Until CUPS has handed it over. Raises PrinterDown and Interrupted.

        As long as the printer has no paper or stands open this waits without limit: CUPS keeps the
        slip and goes on by itself.
        """
        patience_s = self.settings.acknowledge_seconds + printing_s
        told = self.state
        progress_at = told_at = time.monotonic()
        stopped_at: float | None = None
        why = "CUPS does not get rid of it"
        while True:
            try:
                found, queue = self.queue.job(job), self.queue.state()
            except OSError as error:
                why = words_of(error)
            else:
                if found is None or found.printed:
                    break
                why = found.message or queue.message or why
                if found.ended:
                    self.not_printed(found, PrinterState.ERROR, f"CUPS gave it up: {why}")
                if not queue.runs:
                    self.give_up(job, PrinterState.OFFLINE, f"the queue stopped: {queue.message}")
                    break
                hindered = hindrance(queue) if found.given else None
                if hindered:
                    progress_at = time.monotonic()
                now = time.monotonic()
                if (hindered or self.state) is not told or now - told_at > TOLD_AGAIN_S:
                    told, told_at = hindered or self.state, now
                    watch.told(told, plain(queue.message) if hindered else "")
            now = time.monotonic()
            if now - progress_at > patience_s:
                self.give_up(job, PrinterState.UNREACHABLE, why)
                break
            if watch.stop.wait(GLANCE_S):
                stopped_at = stopped_at or now
                if now - stopped_at > self.settings.send_seconds:
                    self.give_up(job, PrinterState.OFFLINE, "stopped while printing")
                    break
                time.sleep(GLANCE_S)  # the event is set by now and would not wait any more
        if told not in PRINTS:
            watch.told(self.state, "")

    def give_up(self, job: int, state: PrinterState, why: str) -> None:
        """Take it back, so that it does not come out by itself later.

        Returns when it was handed over after all; raises PrinterDown when nothing of it can have
        left, Interrupted when some may have.
        """
        try:
            self.queue.cancel(job)
        except OSError as error:
            why = f"{why}; {words_of(error)}"  # it may also be over already
        time.sleep(SETTLE_S)  # CUPS answers before it has stopped the printer's filter
        try:
            found = self.queue.job(job)
        except OSError:
            found = None
        if found is None or not found.ended:
            self.transport.left = Left.PERHAPS
            raise Interrupted(plain(why))
        if not found.printed:
            self.not_printed(found, state, why)

    def not_printed(self, job: JobState, state: PrinterState, why: str) -> NoReturn:
        if not job.given or (self.announces_paper and not job.sheets):
            raise PrinterDown(state, plain(why))
        self.transport.left = Left.PERHAPS
        raise Interrupted(plain(why))


def hindrance(queue: QueueState) -> PrinterState | None:
    """What somebody has to go to the printer for."""
    return next(filter(None, map(WAITS_FOR_SOMEBODY.get, queue.reasons)), None)
