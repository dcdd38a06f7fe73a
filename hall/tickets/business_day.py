"""The second day: what the day before left open is closed, so that nobody is called from it."""

from datetime import date, datetime

from sqlmodel import Session, select

from db import journal
from db.tables import Ticket, TicketState
from db.tables.tickets import HELD, IN_HAND, WAITING
from hall.cases import case_rows
from hall.tickets import ticket_changes
from hall.tickets.ticket_course import COURSE, Step


def settle_past(session: Session, hall_id: int, today: date, now: datetime) -> int:
    """Close every ticket of an earlier business day; returns how many there were."""
    waiting = select(Ticket).where(WAITING, Ticket.hall_id == hall_id, Ticket.business_day < today)
    held = select(Ticket).where(HELD, Ticket.hall_id == hall_id, Ticket.business_day < today)
    # At most one a counter; more conditions would lead SQLite away from the partial index.
    in_hand = [
        ticket
        for ticket in session.exec(select(Ticket).where(IN_HAND))
        if ticket.hall_id == hall_id and ticket.business_day < today
    ]
    left = [*session.exec(waiting), *session.exec(held), *in_hand]
    for ticket in left:
        before = ticket_changes.snapshot(ticket)
        was_served = ticket.state == TicketState.SERVING
        ticket.state = COURSE[TicketState(ticket.state), Step.LEFT_OVER]
        ticket.ended_at = now
        told_before, told_after = ticket_changes.difference(before, ticket_changes.snapshot(ticket))
        if was_served:  # nobody pressed finish, but somebody came with a matter
            added = case_rows.add_by_itself(
                session, ticket, ticket.counter_id, ticket.clerk_id, now
            )
            told_after |= case_rows.told_with_step(session, added)
        journal.append(
            session,
            hall_id,
            journal.Entry(
                Step.LEFT_OVER.entry,
                who="system",
                subject=f"ticket/{ticket.id}",
                why="its business day has passed",
                before=told_before,
                after=told_after,
            ),
            now,
        )
    session.flush()
    return len(left)
