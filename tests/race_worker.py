"""One of several processes on one file: issues, or calls and finishes until nobody waits.

Prints the numbers it got, one a line. Waits for the file `go`, so that all begin together.
"""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from db.engine import writing
from hall import calling, catalogue, serving, tickets
from hall.open_hall import open_hall
from hall.settings import Settings

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
    while True:  # `amount` is the counter
        with writing(hall.engine) as session:
            called = calling.call_next(session, hall.rules, amount, NOW)
        if called is None:
            return
        print(called.number)  # noqa: T201
        with writing(hall.engine) as session:
            serving.finish(session, hall.rules, amount, NOW)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
