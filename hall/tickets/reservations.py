"""Tickets that wait for one counter or one clerk alone."""

from datetime import datetime

from sqlmodel import Session, col, select

from db.tables import Counter, Ticket, TicketState
from hall.hall_rules import HallRules
from hall.tickets import steps, ticket_changes
from hall.tickets.ticket_course import Step


def release(
    session: Session,
    rules: HallRules,
    counter: Counter,
    clerk_id: int | None,
    now: datetime,
    *,
    counter_stays: bool = False,
) -> int:
    """When a counter closes, what waits for it or its clerk alone waits for everybody again.

    `counter_stays`: only the clerk leaves. Also what does not wait just now: it may come back into
    the line, and would wait for ever.
    """
    of_clerk = col(Ticket.reserved_clerk_id) == clerk_id
    rows = session.exec(
        select(Ticket).where(
            Ticket.hall_id == rules.hall_id,
            Ticket.business_day == rules.business_day(now),
            Ticket.state != TicketState.EXPIRED,
            of_clerk
            if counter_stays
            else (col(Ticket.reserved_counter_id) == counter.id) | of_clerk,
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
