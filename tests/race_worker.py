"""One of several processes on one file: issues, or calls and finishes until nobody waits.

"press" does what the clerk's keys do. Prints the numbers it got, one a line. Waits for the file
`go`, so that all begin together.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from counter import operations
from counter.operations import Told
from counter.patience import patiently
from db.engine import reading, writing
from hall.catalogue import catalogue
from hall.counters import counters
from hall.open_hall import OpenHall, open_hall
from hall.settings import Settings
from hall.tickets import calling, serving, tickets

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def main(url: str, go: Path, work: str, amount: int) -> None:
    hall = open_hall(Settings(database_url=url), lambda: NOW)
    with writing(hall.engine) as session:
        service, group = catalogue.service(session, hall.rules, "T201")
    Path(f"{go}.ready-{work}-{amount}-{time.monotonic_ns()}").touch()
    while not go.exists():
        time.sleep(0.001)
    if work == "issue":
        for _ in range(amount):
            with writing(hall.engine) as session:
                issued = tickets.issue(session, hall.rules, service, group, NOW)
            print(issued.number)  # noqa: T201
        return
    if work == "press":
        press_until_nobody_waits(hall, amount)
        return
    while True:  # `amount` is the counter
        with writing(hall.engine) as session:
            called = calling.call_next(session, hall.rules, amount, NOW)
        if called is None:
            return
        print(called.number)  # noqa: T201
        with writing(hall.engine) as session:
            serving.finish(session, hall.rules, amount, NOW)


def press_until_nobody_waits(hall: OpenHall, counter: int) -> None:
    """Waits for the lock as the screen does; anything else that goes wrong ends this program."""

    def do(operation: Callable[[], Told]) -> Told:
        return patiently(operation, lambda: False, lambda: None)

    while True:
        told = do(partial(operations.call_next, hall, counter))
        if not told.good:
            return
        print(told.facts["number"])  # noqa: T201
        ticket_id = in_hand(hall, counter)
        do(partial(operations.start, hall, counter, ticket_id))
        do(partial(operations.finish, hall, counter, ticket_id))


def in_hand(hall: OpenHall, counter: int) -> int:
    """As the screen knows it."""
    with reading(hall.engine) as session:
        here = counters.by_number(session, hall.rules, counter)
        ticket = counters.in_hand(session, here.id, hall.rules.business_day(hall.now()))
        assert ticket is not None and ticket.id is not None
        return ticket.id


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
