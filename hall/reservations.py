"""Tickets that wait for one counter or one clerk alone."""

from datetime import datetime

from sqlmodel import Session, col, select

from db.tables import Counter, Ticket
from db.tables.tickets import WAITING
from hall import steps, ticket_changes
from hall.ticket_course import Step


def release(session: Session, counter: Counter, clerk_id: int | None, now: datetime) -> int:
    """When a counter closes, what waits for it or its clerk alone waits for everybody again."""
    rows = session.exec(
        select(Ticket).where(
            WAITING,
            Ticket.hall_id == counter.hall_id,
            (col(Ticket.reserved_counter_id) == counter.id)
            | (col(Ticket.reserved_clerk_id) == clerk_id),
        )
    ).all()
    for ticket in rows:
        before = ticket_changes.snapshot(ticket)
        ticket.reserved_counter_id = ticket.reserved_clerk_id = None
        told_before, told_after = ticket_changes.difference(before, ticket_changes.snapshot(ticket))
        steps.tell(
            session,
            ticket,
            Step.RELEASED,
            now,
            who="system",
            counter=counter.number,
            before=told_before,
            after=told_after,
        )
    session.flush()
    return len(rows)
