"""The slip of a number somebody has, once more; imported and called in worker threads only."""

from db.engine import writing
from hall.open_hall import OpenHall
from hall.printing import reprints
from kiosk.hall_reader import slip_in
from kiosk.offer import SlipNews

REASON = "lost"
"""Whoever asks for a second number most often has lost the first one's slip."""


def print_again(hall: OpenHall, ticket_id: int) -> SlipNews:
    """Raises DatabaseFault, Refused."""
    subject, printer = f"ticket/{ticket_id}", hall.settings.printer.name
    with writing(hall.engine) as session:
        reprints.ask(session, hall.rules, subject, REASON, hall.now(), printer=printer)
        return slip_in(session, hall, subject)
