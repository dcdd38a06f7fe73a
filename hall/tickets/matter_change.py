"""A ticket that waits for another matter of its group than the one it was taken for."""

from datetime import datetime

from sqlmodel import Session

from db import journal
from db.tables import Clerk, Service, Ticket
from hall.tickets import ticket_changes

CHANGED = "ticket.matter_changed"


def change_matter(
    session: Session, ticket: Ticket, service: Service, clerk: Clerk, place: str, now: datetime
) -> None:
    """Number and place in the line stay. `service` is of the ticket's group, the ticket waits."""
    before = ticket_changes.snapshot(ticket)
    assert service.id is not None
    ticket.service_id = service.id
    session.flush()
    told_before, told_after = ticket_changes.difference(before, ticket_changes.snapshot(ticket))
    entry = journal.Entry(
        CHANGED,
        who=clerk.staff_number,
        place=place,
        subject=f"ticket/{ticket.id}",
        before=told_before,
        after=told_after,
    )
    journal.append(session, ticket.hall_id, entry, now)
