"""Carry out print jobs: one printer, one slip after the other, none lost, none doubled unmarked."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from sqlmodel import Session

from db import doorbell
from db.engine import reading, writing
from db.faults import DatabaseFault
from db.place import folder_of
from db.tables import AttemptOutcome, PrinterState
from devices.printing.spooler_lock import SpoolerRunning, sole_spooler
from devices.printing.stand_in import StandIn
from devices.printing.transports.printer_address import transport_to
from devices.printing.transports.transport import (
    Connection,
    Interrupted,
    Left,
    NotOut,
    PrinterDown,
    Transport,
    Watch,
)
from hall.open_hall import OpenHall
from hall.printing import print_queue, printers
from hall.printing.print_queue import Drawn, Job
from hall.printing.slip_archive import Piece

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["Spooler", "SpoolerRunning", "slips_folder", "transport_of"]

HEALTH_FRESH_S = 60.0
"""So often a health that has not changed is written again: a spooler that died shows by that."""
FIRST_RETRY_S = 0.5
LISTEN_S = 0.5
JUST_SEEN_S = 1.0
STAND_IN_S = 0.5
"""Longer than a stand-in holds another printer to recover what its spooler left."""
NONE_YET = -1

log = logging.getLogger("jiaohao.printing")

Change = Callable[[Session], object]


class Outcome(Enum):
    PRINTED = auto()
    NOT_PRINTED = auto()
    """Unknown, failed or gone; the next one goes on."""
    WAITS = auto()
    """The printer is down; so do all behind it."""
    BROKEN_OFF = auto()
    """Perhaps on paper, perhaps not; what is behind it waits until the printer has come to."""


HELD_UP = frozenset({Outcome.WAITS, Outcome.BROKEN_OFF})

LEFT_BY: dict[AttemptOutcome | None, Left] = {
    AttemptOutcome.UNKNOWN: Left.PERHAPS,
    AttemptOutcome.NOT_OUT: Left.PART,
}
"""What the last slip of an earlier run may have left in the printer."""


def transport_of(hall: OpenHall) -> Transport:
    """The printer this machine is set up with, or the folder that stands in for one.

    Raises SettingsWrong.
    """
    return transport_to(hall.settings.printer, slips_folder(hall))


def slips_folder(hall: OpenHall) -> Path:
    """Where slips go without a printer."""
    return hall.settings.printer.folder or folder_of(hall.engine) / "slips"


class Spooler:
    """`run` until told to stop, or `print_waiting` once."""

    def __init__(self, hall: OpenHall, transport: Transport | None = None) -> None:
        self.hall = hall
        self.settings = hall.settings.printer
        self.printer = self.settings.name
        self.transport = transport or transport_of(hall)
        self.stand_in = StandIn(hall)
        self.stop = threading.Event()
        self.unsettled: list[Change] = []
        """What happened on paper and is not in the database yet; goes before anything else."""
        self.health: tuple[PrinterState, str] | None = None
        self.health_written_at = 0.0
        self.seen_at = float("-inf")
        self.retry_s = FIRST_RETRY_S
        self.reported = ""

    def run(self, stop: threading.Event) -> None:
        """Print until `stop` is set; whatever the disk or the database does, it tries again.

        Raises SpoolerRunning when another program holds the printer.
        """
        self.stop = stop
        while not stop.is_set():
            try:
                with sole_spooler(self.hall.engine, self.printer, STAND_IN_S):
                    self.work(stop)
            except OSError as error:
                self.report(str(error))  # the folder is read-only or gone
                stop.wait(self.next_retry(Outcome.WAITS))

    def print_waiting(self) -> int:
        """One pass over what waits; how many jobs were printed.

        Raises SpoolerRunning, DatabaseFault, and OSError where no lock can be made.
        """
        self.stop = threading.Event()
        with sole_spooler(self.hall.engine, self.printer):
            self.begin()
            printed, _ = self.print_all()
        return printed

    def work(self, stop: threading.Event) -> None:
        """Until `stop`, or until the database is another one than before: on a server the printer
        is held by a connection, which is gone then."""
        with doorbell.listener(self.hall.engine, poll_s=LISTEN_S) as listener:
            known: int | None = NONE_YET
            changed = True
            while not stop.is_set():
                outcome = Outcome.NOT_PRINTED
                try:
                    if known != NONE_YET and listener.identity not in (known, None):
                        return
                    if listener.identity != known:
                        self.hall.engine.dispose()
                        self.hall.read_rules_again()
                        self.begin()
                        known = listener.identity
                    if changed or self.settings.stands_in_for:
                        _, outcome = self.print_all()
                    if outcome not in HELD_UP:
                        self.check_printer()
                except DatabaseFault as fault:
                    self.report_fault(fault)
                    outcome = Outcome.WAITS
                if outcome in HELD_UP:
                    stop.wait(self.next_retry(outcome))
                    listener.look()
                    changed = True
                else:
                    self.retry_s = FIRST_RETRY_S
                    changed = listener.wait()

    def next_retry(self, outcome: Outcome) -> float:
        """Longer each time; longest for a printer that spoils slips, which costs paper."""
        longest = self.settings.retry_seconds
        if outcome is Outcome.BROKEN_OFF:
            longest *= 6
        wait_s = min(self.retry_s, longest)
        self.retry_s = wait_s * 2
        return wait_s

    def begin(self) -> None:
        """What an earlier run left; holding the lock means that nobody else is sending it."""
        self.settle()
        hall_id = self.hall.rules.hall_id
        with reading(self.hall.engine) as session:
            last = print_queue.last_outcome(session, hall_id, self.printer)
            was_sending = print_queue.is_sending(session, hall_id, self.printer)
        self.transport.left = LEFT_BY.get(last, self.transport.left)
        if was_sending:
            self.transport.left = Left.PERHAPS
            self.settle(self.of_queue(print_queue.recover))

    def print_all(self) -> tuple[int, Outcome]:
        """How many were printed, and how the last one ended."""
        printed, outcome = 0, Outcome.PRINTED
        self.settle()
        while not self.stop.is_set():
            with reading(self.hall.engine) as session:
                job = print_queue.next_job(session, self.hall.rules.hall_id, self.printer)
                stale = print_queue.has_expired(
                    session, self.hall.rules.hall_id, self.printer, self.hall.now()
                )
            if stale:
                self.settle(self.of_queue(print_queue.expire))
                continue
            if job is None:
                if self.stand_in.take_over(self.prints_now):
                    continue
                break
            outcome = self.print_one(job)
            printed += outcome is Outcome.PRINTED
            if outcome in HELD_UP:
                break
        return printed, outcome

    def print_one(self, job: Job) -> Outcome:
        from devices.printing.drawing.fonts import NoFont
        from devices.printing.pictures import LAYOUT_VERSION, pictures_of

        width = self.settings.width_dots
        try:
            pictures = pictures_of(job.kind, job.content, width, job.reprint)
        except NoFont as error:
            self.note_health(PrinterState.ERROR, f"font: {error}")
            return Outcome.WAITS
        except Exception as error:  # what cannot be drawn must not stop those behind it
            log.exception("%s cannot be drawn", job.key, extra={"printer": self.printer})
            self.settle(self.of_job(print_queue.mark_failed, job, type(error).__name__))
            return Outcome.NOT_PRINTED
        pieces = [Piece(one.width, one.height, one.tobytes()) for one in pictures]
        drawn = Drawn(LAYOUT_VERSION, pieces)
        try:
            with self.transport.connect() as connection:
                self.seen(connection)
                with writing(self.hall.engine) as session:
                    taken = print_queue.mark_sending(
                        session, job.id, self.printer, drawn, self.hall.now()
                    )
                if not taken:
                    return Outcome.NOT_PRINTED
                return self.send(job, pictures, connection)
        except PrinterDown as down:
            why = f"{down.state.value} {down.detail}".strip()
            self.report(f"{job.key} waits: {why}")
            self.note_health(down.state, down.detail)
            self.settle()
            if job.error != why:
                self.settle(self.of_job(print_queue.note_why_waiting, job, why))
            return Outcome.WAITS

    def send(self, job: Job, pictures: list[Image], connection: Connection) -> Outcome:
        watch = Watch(self.note_health, self.stop)
        name = job.key.replace("/", "-")
        acknowledged_by, out = "", job.pieces_out
        try:
            for number, picture in enumerate(pictures[out:], start=out + 1):
                piece = name if len(pictures) == 1 else f"{name}-{number}"
                acknowledged_by = connection.put(picture, piece, watch)
                out = number
        except PrinterDown as down:
            why = f"{down.state.value} {down.detail}".strip()
            put_back = self.of_job(print_queue.put_back, job, why)
            self.unsettled.append(
                put_back if out == job.pieces_out else self.not_out(job, why, out)
            )
            raise
        except NotOut as not_out:
            change = self.not_out(job, not_out.why, out)
            if not_out.all_sent:
                change = self.of_job(print_queue.mark_unknown, job, not_out.why)
            return self.broken_off(job, not_out.why, change)
        except Interrupted as interrupted:
            why = f"{interrupted.why} ({out + 1}/{len(pictures)})"
            if interrupted.handed_over:
                self.report(f"{job.key} is perhaps not printed: {why}")
                self.settle(self.of_job(print_queue.mark_handed_over, job, why))
                return Outcome.NOT_PRINTED
            return self.broken_off(job, why, self.of_job(print_queue.mark_unknown, job, why))
        self.settle(self.of_job(print_queue.mark_printed, job, acknowledged_by))
        self.reported = ""
        return Outcome.PRINTED

    def broken_off(self, job: Job, why: str, change: Change) -> Outcome:
        """While the program ends the slip stays in hand: what the printer holds of it may still
        come out, so the next run treats it as unknown."""
        self.report(f"{job.key} broke off: {why}")
        if self.retry_s > FIRST_RETRY_S:  # nothing came of the try before either
            self.note_health(PrinterState.ERROR, why)
        if not self.stop.is_set():
            self.settle(change)
        return Outcome.BROKEN_OFF

    def not_out(self, job: Job, why: str, pieces_out: int) -> Change:
        now = self.hall.now()
        return lambda session: print_queue.mark_not_out(session, job.id, why, pieces_out, now)

    def prints_now(self) -> bool:
        """Asked before a slip is taken from another printer: it would not be given back."""
        ready = self.health is not None and self.health[0] in printers.PRINTS
        if ready and time.monotonic() - self.seen_at > JUST_SEEN_S:
            self.seen_at = float("-inf")
        self.check_printer()
        return self.health is not None and self.health[0] in printers.PRINTS

    def check_printer(self) -> None:
        """Ask an idle printer now and then, so that someone knows before the next citizen."""
        if time.monotonic() - self.seen_at < self.settings.check_seconds:
            return
        self.seen_at = time.monotonic()
        try:
            with self.transport.connect() as connection:
                self.seen(connection)
        except PrinterDown as down:
            self.note_health(down.state, down.detail)

    def seen(self, connection: Connection) -> None:
        self.seen_at = time.monotonic()
        self.note_health(connection.state, "")

    def of_job(self, change: Callable[..., object], job: Job, text: str) -> Change:
        now = self.hall.now()
        return lambda session: change(session, job.id, text, now)

    def of_queue(self, change: Callable[..., object]) -> Change:
        now = self.hall.now()
        return lambda session: change(session, self.hall.rules.hall_id, self.printer, now)

    def settle(self, change: Change | None = None) -> None:
        """Write what has happened; what cannot be written now is kept. Raises DatabaseFault."""
        if change is not None:
            self.unsettled.append(change)
        while self.unsettled:
            with writing(self.hall.engine) as session:
                self.unsettled[0](session)
            del self.unsettled[0]

    def note_health(self, state: PrinterState, detail: str) -> None:
        """Written when it changes. Never fails: paper is more important than the news of it."""
        now = time.monotonic()
        if self.health == (state, detail) and now - self.health_written_at < HEALTH_FRESH_S:
            return
        try:
            with writing(self.hall.engine) as session:
                printers.note_health(
                    session,
                    self.hall.rules.hall_id,
                    self.printer,
                    state,
                    detail,
                    self.hall.now(),
                    place=self.settings.place,
                    stands_in_for=self.settings.stands_in_for,
                )
        except DatabaseFault as fault:
            self.report_fault(fault)
        else:
            if self.health is None or self.health[0] is not state:
                self.log_state(state, detail)
            self.health, self.health_written_at = (state, detail), now

    def log_state(self, state: PrinterState, detail: str) -> None:
        level = logging.INFO if state in printers.PRINTS else logging.WARNING
        facts = {"printer": self.printer, "state": state.value}
        log.log(level, "printer %s: %s %s", self.printer, state.value, detail, extra=facts)

    def report_fault(self, fault: DatabaseFault) -> None:
        self.report(f"{type(fault).__name__}: {fault.where} {fault.detail}")

    def report(self, text: str) -> None:
        """To the log, once as long as it stays the same."""
        if text != self.reported:
            self.reported = text
            log.warning("printer %s: %s", self.printer, text, extra={"printer": self.printer})
