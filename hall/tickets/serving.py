"""From the call to the end: start, finish, no-show, and back into the line."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from db.tables import CounterGroup, CounterState, Notice, Ticket, TicketState
from hall.cases import case_rows
from hall.cases.cases import Given, record_at_the_end
from hall.errors.cases import MattersRecorded, NoticeGiven
from hall.errors.counters import CounterNotOpen
from hall.errors.tickets import AlreadyStarted, NotAbsent, NotCalledEnough, NotServedHere
from hall.hall_rules import HallRules
from hall.tickets import tickets, transfers
from hall.tickets.calling import counter_at_work, ticket_at
from hall.tickets.ticket_course import Step
from hall.tickets.transfers import IN_THE_LINE, take


def start(session: Session, rules: HallRules, counter: int, now: datetime) -> Ticket:
    """The citizen has come."""
    at_work, ticket = ticket_at(session, rules, counter, now)
    if ticket.state == TicketState.SERVING:
        raise AlreadyStarted(number=ticket.name)
    return take(session, at_work, ticket, Step.STARTED, now, started_at=now)


def finish(
    session: Session,
    rules: HallRules,
    counter: int,
    now: datetime,
    *,
    cases: Given = (),
) -> Ticket:
    """The visit is over. Start may have been forgotten: then the call counts as the start.

    `cases`: what it was about besides what was recorded before; with neither, what the ticket is
    for is recorded by itself. A ticket transferred here to be sent back goes back instead, unless
    this is where to. Raises TooManyCases.
    """
    at_work, ticket = ticket_at(session, rules, counter, now)
    told = record_at_the_end(session, rules, at_work, ticket, cases, now)
    back = (ticket.return_counter_id, ticket.return_service_id)
    if ticket.return_counter_id is not None and back != (at_work.id, ticket.service_id):
        return transfers.send_back(session, rules, at_work, ticket, now, told)
    return take(
        session,
        at_work,
        ticket,
        Step.FINISHED,
        now,
        told=told,
        started_at=ticket.started_at or ticket.called_at,
        ended_at=now,
    )


def no_show(session: Session, rules: HallRules, counter: int, now: datetime) -> Ticket:
    """过号: called often enough and nobody came."""
    at_work, ticket = ticket_at(session, rules, counter, now)
    if ticket.state == TicketState.SERVING:
        raise AlreadyStarted(number=ticket.name)
    needed = rules.numbers.calls_before_no_show
    if ticket.calls < needed:
        raise NotCalledEnough(number=ticket.name, calls=ticket.calls, needed=needed)
    here = case_rows.recorded_at(session, ticket, at_work.id)
    if any(ticket.called_at is not None and case.recorded_at >= ticket.called_at for case in here):
        raise MattersRecorded(number=ticket.name)
    given = select(Notice.id).where(
        Notice.ticket_id == ticket.id,
        Notice.counter_id == at_work.id,
        col(Notice.issued_at) >= ticket.called_at,
    )
    if session.exec(given.limit(1)).first() is not None:
        raise NoticeGiven(number=ticket.name)
    return take(session, at_work, ticket, Step.NO_SHOW, now, ended_at=now)


def requeue(
    session: Session,
    rules: HallRules,
    counter: int,
    number: str,
    now: datetime,
) -> Ticket:
    """One marked absent has come after all: back into the line, behind a few who wait.

    By a counter that takes the matter, or that it was sent to: somebody answers for it and will
    call.
    """
    at_work = counter_at_work(session, rules, counter)
    if at_work.state == CounterState.CLOSED:
        raise CounterNotOpen(counter=counter)
    ticket = tickets.by_number(session, rules, number, now)
    if ticket.state != TicketState.NO_SHOW:
        raise NotAbsent(number=ticket.name)
    is_for_it = at_work.id == ticket.reserved_counter_id
    takes_it = session.get(CounterGroup, (at_work.id, ticket.group_id)) is not None
    if not (takes_it or is_for_it or at_work.clerk_id == ticket.reserved_clerk_id):
        raise NotServedHere(counter=counter, number=ticket.name)
    return take(
        session,
        at_work,
        ticket,
        Step.REQUEUED,
        now,
        due_at=place_in_line(session, rules, ticket.group_id, ticket.business_day, now),
        **IN_THE_LINE,
    )


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
