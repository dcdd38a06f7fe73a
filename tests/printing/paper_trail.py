"""What tests of the spooler do and look at: issue, wait, read what became of the jobs."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from db import journal
from db.engine import reading, writing
from db.tables import Clerk, PrinterHealth
from devices.printing.spooler import Spooler
from hall.catalogue import catalogue
from hall.notices import notices
from hall.open_hall import OpenHall
from hall.settings import PrinterSettings
from hall.tickets import tickets
from hall.tickets.tickets import Issued
from proof.paper.paper_promises import broken_promises
from proof.paper.records import jobs
from proof.paper.virtual_printer import VirtualPrinter


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


def check_promises(hall: OpenHall, *printers: VirtualPrinter) -> None:
    assert broken_promises(hall, *printers) == []
    with reading(hall.engine) as session:
        assert journal.verify(session, hall.rules.hall_id).intact
