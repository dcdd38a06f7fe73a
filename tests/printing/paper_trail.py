"""What tests of the spooler do and look at: issue, wait, read what became of the jobs."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlmodel import col, select

from db.engine import reading, writing
from db.tables import Clerk, PrintAttempt, PrinterHealth, PrintJob
from devices.printing.pictures import pictures_of
from devices.printing.slips import void_mark
from devices.printing.spooler import Spooler
from hall.catalogue import catalogue
from hall.notices import notices
from hall.open_hall import OpenHall
from hall.printing import slip_archive
from hall.settings import PrinterSettings
from hall.tickets import tickets
from hall.tickets.tickets import Issued


def with_printer(hall: OpenHall, **printer: Any) -> OpenHall:
    settings = hall.settings.model_copy(update={"printer": PrinterSettings(**printer)})
    return replace(hall, settings=settings)


def issue(hall: OpenHall, language: str = "zh") -> Issued:
    with writing(hall.engine) as session:
        service, group = catalogue.service(session, hall.rules, "T201")
        return tickets.issue(
            session,
            hall.rules,
            service,
            group,
            hall.now(),
            language=language,
            printer=hall.settings.printer.name,
        )


def issue_notice(hall: OpenHall) -> str:
    """The serial of a notice in which material 1 is missing and 2 is wrong."""
    with writing(hall.engine) as session:
        service, _ = catalogue.service(session, hall.rules, "T201")
        clerk = session.get_one(Clerk, 1)
        return notices.issue(
            session,
            hall.rules,
            service,
            clerk,
            {1},
            {2: "户名不符"},
            hall.now(),
            printer=hall.settings.printer.name,
        ).serial


def jobs(hall: OpenHall) -> dict[str, PrintJob]:
    """By key, in the order they were made."""
    with reading(hall.engine) as session:
        rows = session.exec(select(PrintJob).order_by(col(PrintJob.id))).all()
        session.expunge_all()
    return {row.key: row for row in rows}


def attempts(hall: OpenHall, subject: str) -> list[PrintAttempt]:
    """Every time a slip of this subject was sent, in order."""
    with reading(hall.engine) as session:
        found = [
            one.attempt
            for one in slip_archive.archived(session, hall.rules.hall_id, subject)
            if not one.damage
        ]
        session.expunge_all()
    return found


def states(hall: OpenHall) -> dict[str, str]:
    return {key: row.state for key, row in jobs(hall).items()}


def until(condition: Callable[[], object], seconds: float = 20) -> None:
    """Wait for something another thread or program does."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.02)


@contextmanager
def running(spooler: Spooler) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=spooler.run, args=(stop,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(10)
        assert not thread.is_alive()


def health(hall: OpenHall) -> PrinterHealth | None:
    with reading(hall.engine) as session:
        row = session.get(PrinterHealth, (hall.rules.hall_id, hall.settings.printer.name))
        session.expunge_all()
    return row


def drawn(hall: OpenHall) -> dict[bytes, str]:
    """The dots of every slip there should be, and the job it belongs to."""
    width = hall.settings.printer.width_dots
    found = {void_mark.picture(width).tobytes(): "void mark"}
    for key, job in jobs(hall).items():
        pictures = pictures_of(job.kind, job.content, width, job.reprint)
        for number, picture in enumerate(pictures, start=1):
            found[picture.tobytes()] = key if len(pictures) == 1 else f"{key} copy {number}"
    return found
