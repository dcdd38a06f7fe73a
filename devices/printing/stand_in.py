"""What a spooler does for the printers its own one stands in for, while they are down."""

import contextlib
from collections.abc import Callable
from datetime import timedelta

from db.engine import reading, writing
from devices.printing.spooler_lock import SpoolerRunning, sole_spooler
from hall.open_hall import OpenHall
from hall.printing import print_queue, printers


class StandIn:
    def __init__(self, hall: OpenHall) -> None:
        self.hall = hall
        self.settings = hall.settings.printer

    def take_over(self, prints_now: Callable[[], bool]) -> bool:
        """Whether a slip that waited for another printer waits for this one now.

        `prints_now`: whether this one prints; what is taken is not given back. Raises
        DatabaseFault.
        """
        names, hall_id, now = self.settings.stands_in_for, self.hall.rules.hall_id, self.hall.now()
        if not names:
            return False
        since = now - timedelta(seconds=self.settings.take_over_seconds)
        with reading(self.hall.engine) as session:
            down = printers.down(session, hall_id, names, now)
            broken_off = [
                name
                for name, silent in down.items()
                if silent and print_queue.is_sending(session, hall_id, name)
            ]
            stale = [name for name in down if print_queue.has_expired(session, hall_id, name, now)]
            found = printers.stranded(session, hall_id, names, since, now)
        for name in broken_off:
            self.recover(name)
        for name in stale:
            with writing(self.hall.engine) as session:
                print_queue.expire(session, hall_id, name, now)
        if found is None or not prints_now():
            return False
        with writing(self.hall.engine) as session:
            return printers.take_over(session, hall_id, self.settings.name, names, since, now)

    def recover(self, name: str) -> None:
        """What its spooler was sending when it ended; one that holds its printer has not ended."""
        with (
            contextlib.suppress(SpoolerRunning, OSError),
            writing(self.hall.engine) as session,
            sole_spooler(self.hall.engine, name),
        ):
            print_queue.recover(session, self.hall.rules.hall_id, name, self.hall.now())
