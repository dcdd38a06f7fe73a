"""From the call to the end: start, finish, no-show, and back into the line."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from db import journal
from db.tables import CounterGroup, CounterState, Ticket, TicketState
from hall import announcements, tickets
from hall.calling import CounterAtWork, counter_at_work, ticket_at
from hall.errors import (
    AlreadyStarted,
    CounterNotOpen,
    NotAbsent,
    NotCalledEnough,
    NotServedHere,
)
from hall.hall_rules import HallRules


def start(session: Session, rules: HallRules, counter: int, now: datetime) -> Ticket:
    """The citizen has come."""
    at_work, ticket = ticket_at(session, rules, counter, now)
    if ticket.state == TicketState.SERVING:
        raise AlreadyStarted(number=ticket.name)
    ticket.started_at = now
    return move(session, at_work, ticket, TicketState.SERVING, "ticket.started", now)


def finish(session: Session, rules: HallRules, counter: int, now: datetime) -> Ticket:
    """The matter is done. Start may have been forgotten: then the call counts as the start."""
    at_work, ticket = ticket_at(session, rules, counter, now)
    if ticket.started_at is None:
        ticket.started_at = ticket.called_at
    ticket.ended_at = now
    return move(session, at_work, ticket, TicketState.FINISHED, "ticket.finished", now)


def no_show(session: Session, rules: HallRules, counter: int, now: datetime) -> Ticket:
    """过号: called often enough and nobody came."""
    at_work, ticket = ticket_at(session, rules, counter, now)
    if ticket.state == TicketState.SERVING:
        raise AlreadyStarted(number=ticket.name)
    needed = rules.numbers.calls_before_no_show
    if ticket.calls < needed:
        raise NotCalledEnough(number=ticket.name, calls=ticket.calls, needed=needed)
    ticket.ended_at = now
    return move(session, at_work, ticket, TicketState.NO_SHOW, "ticket.no_show", now)


def requeue(
    session: Session,
    rules: HallRules,
    counter: int,
    number: str,
    now: datetime,
) -> Ticket:
    """One marked absent has come after all: back into the line, behind a few who wait.

    By a counter that takes the matter, so that somebody answers for it and somebody will call.
    """
    at_work = counter_at_work(session, rules, counter)
    if at_work.state == CounterState.CLOSED:
        raise CounterNotOpen(counter=counter)
    ticket = tickets.by_number(session, rules, number, now)
    if ticket.state != TicketState.NO_SHOW:
        raise NotAbsent(number=ticket.name)
    if session.get(CounterGroup, (at_work.id, ticket.group_id)) is None:
        raise NotServedHere(counter=counter, number=ticket.name)
    ticket.due_at = place_in_line(session, rules, ticket.group_id, ticket.business_day, now)
    ticket.state = TicketState.WAITING
    ticket.counter_id = ticket.clerk_id = None
    ticket.called_at = ticket.last_called_at = ticket.ended_at = None
    ticket.calls = 0
    session.flush()
    journal.append(
        session,
        rules.hall_id,
        journal.Entry(
            "ticket.requeued",
            who=at_work.staff_number,
            place=f"counter {counter}",
            subject=f"ticket/{ticket.id}",
            before={"state": TicketState.NO_SHOW.value},
            after={"state": TicketState.WAITING.value, "due_at": ticket.due_at.isoformat()},
        ),
        now,
    )
    return ticket


def place_in_line(
    session: Session, rules: HallRules, group_id: int, today: date, now: datetime
) -> datetime:
    """Due just after the nth of its group, or after the last; now where nobody waits."""
    behind = rules.numbers.requeue_behind
    if behind == 0:
        return now
    dues = session.exec(
        select(Ticket.due_at)
        .where(
            Ticket.hall_id == rules.hall_id,
            Ticket.business_day == today,
            Ticket.group_id == group_id,
            col(Ticket.state) == TicketState.WAITING,
        )
        .order_by(col(Ticket.due_at), col(Ticket.id))
        .limit(behind)
    ).all()
    return dues[-1] + timedelta(microseconds=1) if dues else now


def move(
    session: Session,
    at_work: CounterAtWork,
    ticket: Ticket,
    state: TicketState,
    what: str,
    now: datetime,
) -> Ticket:
    before = {"state": ticket.state}
    ticket.state = state
    session.flush()
    assert ticket.id is not None
    announcements.withdraw(session, ticket.hall_id, ticket.id, now)
    journal.append(
        session,
        ticket.hall_id,
        journal.Entry(
            what,
            who=at_work.staff_number,
            place=f"counter {at_work.number}",
            subject=f"ticket/{ticket.id}",
            before=before,
            after={"state": state.value},
        ),
        now,
    )
    return ticket
