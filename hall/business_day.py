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
    waiting = select(Ticket).where(WAITING, Ticket.hall_id == hall_id, Ticket.business_day < today)
    # At most one a counter; more conditions would lead SQLite away from the partial index.
    in_hand = [
        ticket
        for ticket in session.exec(select(Ticket).where(IN_HAND))
        if ticket.hall_id == hall_id and ticket.business_day < today
    ]
    left = [*session.exec(waiting), *in_hand]
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
