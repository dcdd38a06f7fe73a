"""One of today's tickets as the desk is asked for it: how it stands, where, how long it waited.

Every text in it can reach a terminal as it is.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from db import journal
from db.tables import Counter, CounterGroup, CounterState, Service, Ticket, TicketState
from db.tables.tickets import WAITING
from hall.hall_rules import HallRules
from hall.names import Names, plain_names
from hall.tickets import tickets
from hall.tickets.visit_view import read_visit


@dataclass(frozen=True)
class FoundTicket:
    ticket_id: int
    number: str
    service: Names
    priority_class: str
    state: str
    issued_at: datetime
    """Local time of the hall."""
    counter: int | None
    """Where it is, or was last."""
    counters: tuple[int, ...]
    """Where it can be called, as long as it waits; only the one it is kept for, if it is."""
    ahead: int | None
    """How many of its matter are due before it, as long as it waits."""
    waited: timedelta
    """In the line, in all."""
    ended_at: datetime | None
    """Local time of the hall."""


def read_ticket(session: Session, rules: HallRules, number: str, now: datetime) -> FoundTicket:
    """Raises UnknownTicket."""
    ticket = tickets.by_number(session, rules, number, now)
    assert ticket.id is not None
    at = session.get(Counter, ticket.counter_id) if ticket.counter_id is not None else None
    waits = ticket.state == TicketState.WAITING
    return FoundTicket(
        ticket.id,
        ticket.name,
        plain_names(session.get_one(Service, ticket.service_id).names),
        ticket.priority_class,
        ticket.state,
        rules.local(ticket.issued_at),
        at.number if at is not None and not waits else None,
        called_at(session, ticket) if waits else (),
        ahead_of(session, ticket) if waits else None,
        read_visit(session, ticket).waited + waits_for(session, ticket, now),
        rules.local(ticket.ended_at) if ticket.ended_at is not None else None,
    )


def called_at(session: Session, ticket: Ticket) -> tuple[int, ...]:
    if ticket.reserved_counter_id is not None:
        return (session.get_one(Counter, ticket.reserved_counter_id).number,)
    statement = (
        select(Counter.number)
        .where(Counter.hall_id == ticket.hall_id, Counter.state != CounterState.CLOSED)
        .order_by(col(Counter.number))
    )
    if ticket.reserved_clerk_id is not None:
        return tuple(session.exec(statement.where(Counter.clerk_id == ticket.reserved_clerk_id)))
    of_group = select(CounterGroup.counter_id).where(CounterGroup.group_id == ticket.group_id)
    return tuple(session.exec(statement.where(Counter.id.in_(of_group))))  # type: ignore[union-attr]


def ahead_of(session: Session, ticket: Ticket) -> int:
    return session.exec(
        select(func.count())
        .select_from(Ticket)
        .where(
            WAITING,
            Ticket.hall_id == ticket.hall_id,
            Ticket.business_day == ticket.business_day,
            Ticket.group_id == ticket.group_id,
            Ticket.due_at < ticket.due_at,
        )
    ).one()


def waits_for(session: Session, ticket: Ticket, now: datetime) -> timedelta:
    """How long it has been in the line since it last joined it."""
    since = None
    if ticket.state == TicketState.WAITING:
        for entry in journal.entries(session, ticket.hall_id, subject=f"ticket/{ticket.id}"):
            if (entry.after or {}).get("state") == TicketState.WAITING:
                since = entry.at
    return max(now - since, timedelta()) if since is not None else timedelta()
