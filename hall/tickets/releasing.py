"""放回队列: a ticket that is stuck somewhere joins the line again, for every counter."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from db import journal
from db.tables import Clerk, Counter, CounterState, Ticket, TicketState
from hall import rights
from hall.accounts.stations import Station
from hall.announcing import announcements
from hall.counters import counter_messages, counters
from hall.errors.counters import NothingToRelease
from hall.errors.printing import ReasonMissing
from hall.errors.tickets import TicketMoved
from hall.hall_rules import HallRules
from hall.marked import _
from hall.names import plain
from hall.rights import Right
from hall.tickets import steps, ticket_changes, tickets, transfers
from hall.tickets.ticket_course import Step
from hall.wording import Wording

TOLD = _("{number} was taken back into the line by {name}: {reason}")
REASON_SHOWN = 60
"""Characters of it in the message; the rest of the message needs its place."""


@dataclass(frozen=True)
class Seen:
    """Where somebody saw the ticket who then decided to release it."""

    state: str
    counter: int | None
    """In whose hand it was, or who had put it aside."""


def release_ticket(
    session: Session,
    rules: HallRules,
    number: str,
    clerk: Clerk,
    reason: str,
    now: datetime,
    *,
    seen: Seen | None = None,
    place: str = Station.SUPERVISOR,
) -> Ticket:
    """From a counter's hand, put aside, or kept for one counter or clerk: back where it was due.

    What it was served and held so far is kept. Its counter is told, and why; the journal does not
    have the words. Raises NotAllowed, ReasonMissing, UnknownTicket, NotNow, NothingToRelease,
    TicketMoved.
    """
    rights.check(clerk, Right.RELEASE_TICKET)
    reason = plain(reason)
    if not reason:
        raise ReasonMissing()
    ticket = tickets.by_number(session, rules, number, now)
    state = TicketState(ticket.state)
    steps.check(ticket, Step.FREED)
    kept = ticket.reserved_counter_id is not None or ticket.reserved_clerk_id is not None
    if state is TicketState.WAITING and not kept:
        raise NothingToRelease(number=ticket.name)
    holder = session.get(Counter, ticket.counter_id) if ticket.counter_id is not None else None
    at = None if state is TicketState.WAITING or holder is None else holder.number
    if seen is not None and (seen.state, seen.counter) != (ticket.state, at):
        raise TicketMoved(number=ticket.name, state=ticket.state)
    if holder is not None:
        holder.hands_free_at = None
    concerned = told_of_it(session, ticket)
    before = ticket_changes.snapshot(ticket)
    for name, value in times(ticket, now).items():
        setattr(ticket, name, value)
    ticket.state = TicketState.WAITING
    ticket.reserved_counter_id = ticket.reserved_clerk_id = None
    session.flush()
    assert ticket.id is not None
    announcements.withdraw(session, rules.hall_id, ticket.id, now)
    told_before, told_after = ticket_changes.difference(before, ticket_changes.snapshot(ticket))
    journal.append(
        session,
        rules.hall_id,
        journal.Entry(
            Step.FREED.entry,
            who=clerk.staff_number,
            place=place,
            subject=f"ticket/{ticket.id}",
            before=told_before,
            after=told_after,
        ),
        now,
    )
    if concerned is not None:
        words = Wording(rules.numbers.languages[0]).say(
            TOLD, number=ticket.name, name=plain(clerk.name), reason=reason[:REASON_SHOWN]
        )
        words = words[: counter_messages.LONGEST]
        counter_messages.put(session, concerned, words, clerk, now)
    return ticket


def times(ticket: Ticket, now: datetime) -> dict[str, Any]:
    """Uncalled, with what it was served and held until now."""
    served_s, held_s = transfers.served_s(ticket, now), ticket.held_s
    if ticket.held_at is not None:  # served until it was put aside, held from then on
        served_s = transfers.served_s(ticket, ticket.held_at)
        held_s += round(max(now - ticket.held_at, timedelta()).total_seconds())
    return transfers.IN_THE_LINE | {"held_at": None, "held_s": held_s, "served_s": served_s}


def told_of_it(session: Session, ticket: Ticket) -> Counter | None:
    """The counter that has it, or for which it is kept; None when nobody sits there."""
    if ticket.counter_id is not None and ticket.state != TicketState.WAITING:
        counter = session.get(Counter, ticket.counter_id)
    elif ticket.reserved_counter_id is not None:
        counter = session.get(Counter, ticket.reserved_counter_id)
    else:
        keeper = session.get(Clerk, ticket.reserved_clerk_id)
        counter = counters.where_sits(session, keeper) if keeper is not None else None
    return counter if counter is not None and counter.state != CounterState.CLOSED else None
