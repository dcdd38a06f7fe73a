"""挂起: put aside while the citizen fetches a paper, and taken up again."""

from datetime import datetime, timedelta

from sqlmodel import Session

from db.tables import Counter, CounterGroup, Ticket, TicketState
from hall.errors.printing import ReasonMissing
from hall.errors.tickets import NotHeld, NotServedHere, TakenUpElsewhere
from hall.hall_rules import HallRules
from hall.names import plain
from hall.tickets import tickets
from hall.tickets.calling import ready_counter, ticket_at
from hall.tickets.ticket_course import Step
from hall.tickets.transfers import take


def hold(session: Session, rules: HallRules, counter: int, reason: str, now: datetime) -> Ticket:
    """The counter's hands are free; the ticket stays its own. Raises ReasonMissing."""
    at_work, ticket = ticket_at(session, rules, counter, now)
    reason = plain(reason)
    if not reason:
        raise ReasonMissing()
    return take(
        session,
        at_work,
        ticket,
        Step.HELD,
        now,
        started_at=ticket.started_at or ticket.called_at,
        held_at=now,
        hold_reason=reason,
    )


def resume(session: Session, rules: HallRules, counter: int, number: str, now: datetime) -> Ticket:
    """At the counter that held it, or at another one that takes the matter.

    Raises TicketInHand, NotHeld, NotServedHere.
    """
    at_work = ready_counter(session, rules, counter, now)
    ticket = tickets.by_number(session, rules, number, now)
    if ticket.state in (TicketState.CALLED, TicketState.SERVING):
        holder = session.get_one(Counter, ticket.counter_id)
        raise TakenUpElsewhere(number=ticket.name, counter=holder.number)
    if ticket.state != TicketState.HELD:
        raise NotHeld(number=ticket.name)
    takes_it = session.get(CounterGroup, (at_work.id, ticket.group_id)) is not None
    if ticket.counter_id != at_work.id and not takes_it:
        raise NotServedHere(counter=counter, number=ticket.name)
    assert ticket.held_at is not None and ticket.started_at is not None
    pause = max(now - ticket.held_at, timedelta())
    return take(
        session,
        at_work,
        ticket,
        Step.RESUMED,
        now,
        counter_id=at_work.id,
        clerk_id=at_work.clerk_id,
        held_at=None,
        held_s=ticket.held_s + round(pause.total_seconds()),
        # The service time is what lies between start and end; what was held is moved out of it.
        started_at=ticket.started_at + pause,
    )
