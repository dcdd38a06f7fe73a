"""The second day: what the day before left open is closed, so that nobody is called from it."""

from datetime import date, datetime

from sqlmodel import Session, select

from db import journal
from db.tables import Ticket, TicketState
from db.tables.tickets import IN_HAND, WAITING

LEFT_AS = {
    TicketState.WAITING: TicketState.EXPIRED,
    TicketState.CALLED: TicketState.EXPIRED,
    TicketState.SERVING: TicketState.FINISHED,
}
"""What becomes of a ticket still open: served to the end, or never served."""


def settle_past(session: Session, hall_id: int, today: date, now: datetime) -> int:
    """Close every ticket of an earlier business day; returns how many there were."""
    left = [
        ticket
        for still_open in (WAITING, IN_HAND)  # as their partial indexes have it: no look at history
        for ticket in session.exec(
            select(Ticket).where(still_open, Ticket.hall_id == hall_id, Ticket.business_day < today)
        )
    ]
    for ticket in left:
        before = ticket.state
        ticket.state = LEFT_AS[TicketState(before)]
        ticket.ended_at = now
        journal.append(
            session,
            hall_id,
            journal.Entry(
                "ticket.left_over",
                who="system",
                subject=f"ticket/{ticket.id}",
                why="its business day has passed",
                before={"state": before},
                after={"state": ticket.state},
            ),
            now,
        )
    session.flush()
    return len(left)
