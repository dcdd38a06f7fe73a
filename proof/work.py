"""What the programs of the hall do in a proof: one function a program, until it is stopped.

They run the very operations of the kiosk, the counter, the spooler and the speaker. What somebody
outside has been told, a number or a call, is written to the program's own ledger after it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from sqlmodel import select

from db.engine import reading, writing
from db.faults import DatabaseBusy
from db.tables import Announcement, AnnouncementState, Ticket
from devices.printing import spooler
from devices.printing.spooler import Spooler
from devices.speech.speaker import Speaker
from hall.catalogue import catalogue
from hall.counters import counters
from hall.tickets import calling, serving, tickets
from proof import guards

if TYPE_CHECKING:
    from hall.open_hall import OpenHall
    from hall.printing.print_queue import Job
    from hall.tickets.tickets import Issued
    from proof.scene import Scene

HEARD_S = 2.0
"""So long a citizen waits to hear the number before coming."""


class Ledger:
    """What was promised outside, one word a line; a line that stands there was promised."""

    def __init__(self, file: Path) -> None:
        self.number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def write(self, word: str) -> None:
        os.write(self.number, f"{word}\n".encode())


class Deeds:
    """Tells whoever kills programs that a deed begins."""

    def __init__(self, told: Connection) -> None:
        self.told = told
        os.set_blocking(told.fileno(), False)

    def begins(self) -> None:
        with contextlib.suppress(OSError):  # nobody reads it at this moment
            os.write(self.told.fileno(), b"!")


def issue(hall: OpenHall, service_code: str) -> Issued:
    with writing(hall.engine) as session:
        service, group = catalogue.service(session, hall.rules, service_code)
        return tickets.issue(
            session, hall.rules, service, group, hall.now(), printer=hall.settings.printer.name
        )


def kiosk(
    scene: Scene,
    told: Connection,
    ledger: Path,
    service: str,
    printer: dict[str, str],
    pace_s: float,
) -> None:
    guards.take_away(scene.guard)
    hall, mine, deeds = scene.open(**printer), Ledger(ledger), Deeds(told)
    while not scene.stop.exists():
        deeds.begins()
        try:
            mine.write(guards.issue_of(scene.guard)(hall, service).number)
        except DatabaseBusy:
            continue  # the citizen touches again
        time.sleep(pace_s)


def counter(scene: Scene, told: Connection, ledger: Path, number: int, until_empty: Path) -> None:
    """Calls, waits until the call was heard, serves; ends where nobody waits any more once
    `until_empty` is there."""
    guards.take_away(scene.guard)
    hall, mine, deeds = scene.open(), Ledger(ledger), Deeds(told)
    while True:
        deeds.begins()
        try:
            ticket = in_hand(hall, number)
            if ticket is None:
                with writing(hall.engine) as session:
                    called = calling.call_next(session, hall.rules, number, hall.now())
                if called is None:
                    if until_empty.exists():
                        return
                    time.sleep(0.05)
                    continue
                mine.write(called.number)
                ticket = called.ticket_id
            wait_until_heard(hall, ticket)
            deeds.begins()
            with writing(hall.engine) as session:
                serving.finish(session, hall.rules, number, hall.now())
        except DatabaseBusy:
            continue  # the clerk presses again


def in_hand(hall: OpenHall, number: int) -> int | None:
    with reading(hall.engine) as session:
        here = counters.by_number(session, hall.rules, number)
        ticket = counters.in_hand(session, here.id, hall.rules.business_day(hall.now()))
        return ticket.id if isinstance(ticket, Ticket) else None


def wait_until_heard(hall: OpenHall, ticket_id: int) -> None:
    of_it = select(Announcement.id).where(
        Announcement.ticket_id == ticket_id, Announcement.state == AnnouncementState.DONE
    )
    gives_up = time.monotonic() + HEARD_S
    while time.monotonic() < gives_up:
        with reading(hall.engine) as session:
            if session.exec(of_it).first() is not None:
                return
        time.sleep(0.03)


def print_slips(scene: Scene, told: Connection, printer: dict[str, str]) -> None:
    guards.take_away(scene.guard)
    spooler.FIRST_RETRY_S = 0.05
    deeds, stop = Deeds(told), stop_on_signal()
    hall = scene.open(**printer)

    class Watched(Spooler):
        def print_one(self, job: Job) -> spooler.Outcome:
            deeds.begins()
            return super().print_one(job)

    Watched(hall).run(stop)


def speak(scene: Scene, told: Connection, heard: Path, sounds_s: float) -> None:
    guards.take_away(scene.guard)
    deeds, stop = Deeds(told), stop_on_signal()

    class Watched(Speaker):
        def speak_next(self) -> bool:
            spoke = super().speak_next()
            deeds.begins()
            return spoke

    player = [sys.executable, "-m", "proof.ear", str(heard), str(sounds_s)]
    Watched(scene.open(), player=player).run(stop)


def stop_on_signal() -> threading.Event:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stop.set())
    return stop
