"""One step of a ticket at a counter: checked against its course, carried out, told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db import journal
from db.tables import Ticket, TicketState
from hall.announcing import announcements
from hall.errors.tickets import NotNow
from hall.tickets import pace_rows, ticket_changes
from hall.tickets.ticket_course import COURSE, Step


def check(ticket: Ticket, step: Step) -> TicketState:
    """The state the step leads to; raises NotNow."""
    found = COURSE.get((TicketState(ticket.state), step))
    if found is None:
        raise NotNow(number=ticket.name, state=str(ticket.state))
    return found


def take(
    session: Session,
    ticket: Ticket,
    step: Step,
    now: datetime,
    *,
    who: str,
    counter: int,
    told: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Ticket:
    """Change the ticket by this step and tell the journal what differs; raises NotNow.

    `told`: what else the step did, beside the ticket.
    `counter` is the number of the counter that takes the step. A call of it that has not been
    spoken yet stays silent.
    """
    state = check(ticket, step)
    pace_rows.note(session, ticket, step, now)
    before = ticket_changes.snapshot(ticket)
    for name, value in changes.items():
        setattr(ticket, name, value)
    ticket.state = state
    session.flush()
    assert ticket.id is not None
    announcements.withdraw(session, ticket.hall_id, ticket.id, now)
    told_before, told_after = ticket_changes.difference(before, ticket_changes.snapshot(ticket))
    told_after |= told or {}
    tell(session, ticket, step, now, who=who, counter=counter, before=told_before, after=told_after)
    return ticket


def tell(
    session: Session,
    ticket: Ticket,
    step: Step,
    now: datetime,
    *,
    who: str,
    counter: int,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> None:
    journal.append(
        session,
        ticket.hall_id,
        journal.Entry(
            step.entry,
            who=who,
            place=f"counter {counter}",
            subject=f"ticket/{ticket.id}",
            before=dict(before),
            after=dict(after),
        ),
        now,
    )
