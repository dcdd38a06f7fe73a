"""转移: to another matter, counter or clerk, with the same number and the place arrival gives."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from db.tables import (
    Clerk,
    Counter,
    CounterGroup,
    CounterState,
    Service,
    ServiceGroup,
    Ticket,
)
from hall.counters import counters
from hall.errors.counters import CounterNotOpen
from hall.errors.tickets import TransferToItself, TransferToNowhere
from hall.hall_rules import HallRules
from hall.names import plain
from hall.tickets import steps
from hall.tickets.calling import CounterAtWork, ticket_at
from hall.tickets.ticket_changes import UNCALLED
from hall.tickets.ticket_course import Step

IN_THE_LINE: dict[str, Any] = UNCALLED | {"started_at": None, "ended_at": None}
"""What a ticket is that waits, wherever it comes from."""


def take(
    session: Session,
    at_work: CounterAtWork,
    ticket: Ticket,
    step: Step,
    now: datetime,
    **changes: Any,
) -> Ticket:
    """As `steps.take`, by the clerk at that counter."""
    return steps.take(
        session,
        ticket,
        step,
        now,
        who=at_work.staff_number,
        counter=at_work.number,
        **changes,
    )


def to_service(
    session: Session,
    rules: HallRules,
    counter: int,
    service: Service,
    group: ServiceGroup,
    now: datetime,
    *,
    note: str = "",
    and_return: bool = False,
) -> Ticket:
    """To whoever takes that matter. Raises TransferToNowhere, TransferToItself."""
    at_work, ticket = ticket_at(session, rules, counter, now)
    if ticket.service_id == service.id:
        raise TransferToItself(number=ticket.name)
    if not has_open_counter(session, group.id):
        raise TransferToNowhere(number=ticket.name)
    return transfer(
        session,
        at_work,
        ticket,
        now,
        note,
        and_return,
        service_id=service.id,
        group_id=group.id,
        reserved_counter_id=None,
        reserved_clerk_id=None,
    )


def to_counter(
    session: Session,
    rules: HallRules,
    counter: int,
    target: int,
    now: datetime,
    *,
    note: str = "",
    and_return: bool = False,
) -> Ticket:
    """To that counter and no other, whatever it takes. Raises CounterNotOpen, TransferToItself."""
    at_work, ticket = ticket_at(session, rules, counter, now)
    there = counters.by_number(session, rules, target)
    if there.id == at_work.id:
        raise TransferToItself(number=ticket.name)
    if there.state == CounterState.CLOSED:
        raise CounterNotOpen(counter=target)
    return transfer(
        session,
        at_work,
        ticket,
        now,
        note,
        and_return,
        reserved_counter_id=there.id,
        reserved_clerk_id=None,
    )


def to_clerk(
    session: Session,
    rules: HallRules,
    counter: int,
    clerk: Clerk,
    now: datetime,
    *,
    note: str = "",
    and_return: bool = False,
) -> Ticket:
    """To that person, at whatever counter. Raises TransferToNowhere, TransferToItself."""
    at_work, ticket = ticket_at(session, rules, counter, now)
    if clerk.id == at_work.clerk_id:
        raise TransferToItself(number=ticket.name)
    if counters.where_sits(session, clerk) is None:
        raise TransferToNowhere(number=ticket.name)
    return transfer(
        session,
        at_work,
        ticket,
        now,
        note,
        and_return,
        reserved_counter_id=None,
        reserved_clerk_id=clerk.id,
    )


def transfer(
    session: Session,
    at_work: CounterAtWork,
    ticket: Ticket,
    now: datetime,
    note: str,
    and_return: bool,
    **where: Any,
) -> Ticket:
    """`due_at` stays: who has waited once does not begin anew.

    Passed on further, it still goes back where that was promised before.
    """
    promised = (ticket.return_counter_id, ticket.return_service_id)
    back = (at_work.id, ticket.service_id) if and_return else promised
    return take(
        session,
        at_work,
        ticket,
        Step.TRANSFERRED,
        now,
        note=plain(note),
        served_s=served_s(ticket, now),
        return_counter_id=back[0],
        return_service_id=back[1],
        **IN_THE_LINE,
        **where,
    )


def send_back(
    session: Session,
    rules: HallRules,
    at_work: CounterAtWork,
    ticket: Ticket,
    now: datetime,
    told: Mapping[str, Any] | None = None,
) -> Ticket:
    """To the counter it came from; to whoever takes the matter, if that one has closed."""
    back = session.get_one(Counter, ticket.return_counter_id)
    service = session.get_one(Service, ticket.return_service_id)
    return take(
        session,
        at_work,
        ticket,
        Step.SENT_BACK,
        now,
        told=told,
        served_s=served_s(ticket, now),
        service_id=service.id,
        group_id=service.group_id,
        reserved_counter_id=None if back.state == CounterState.CLOSED else back.id,
        reserved_clerk_id=None,
        return_counter_id=None,
        return_service_id=None,
        **IN_THE_LINE,
    )


def served_s(ticket: Ticket, now: datetime) -> int:
    """Seconds served so far at all counters; what was held is no part of it."""
    if ticket.started_at is None:
        return ticket.served_s
    return ticket.served_s + max(0, round((now - ticket.started_at).total_seconds()))


def has_open_counter(session: Session, group_id: int | None) -> bool:
    found = session.exec(
        select(Counter.id)
        .join(CounterGroup, col(CounterGroup.counter_id) == col(Counter.id))
        .where(CounterGroup.group_id == group_id, Counter.state != CounterState.CLOSED)
        .limit(1)
    ).first()
    return found is not None
