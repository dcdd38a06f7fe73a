"""The second day: what the day before left open is closed, so that nothing goes on from it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import String, bindparam, cast, literal, or_, select
from sqlmodel import Session
from sqlmodel import select as rows_of

from db import journal
from db.engine import reading, writing
from db.prepared import Prepared
from db.tables import Clerk, Counter, CounterState, JournalEntry, Ticket, TicketState
from db.tables.tickets import HELD, IN_HAND, WAITING
from hall.accounts import signed_in
from hall.cases import case_rows
from hall.counters import closing, open_help
from hall.hall_rules import HallRules
from hall.tickets import real_names, ticket_changes
from hall.tickets.ticket_course import COURSE, Step

if TYPE_CHECKING:
    from hall.open_hall import OpenHall

WHY = "its business day has passed"

COUNTER = Counter.__table__  # type: ignore[attr-defined]
JOURNAL = JournalEntry.__table__  # type: ignore[attr-defined]

OPENED = Prepared(
    select(
        COUNTER.c.id,
        select(JOURNAL.c.at)
        .where(
            JOURNAL.c.hall_id == COUNTER.c.hall_id,
            JOURNAL.c.subject == literal("counter/").concat(cast(COUNTER.c.id, String)),
            or_(*(JOURNAL.c.what == what for what in signed_in.OPENED)),
        )
        .order_by(JOURNAL.c.sequence.desc())
        .limit(1)
        .scalar_subquery(),
    ).where(COUNTER.c.hall_id == bindparam("hall"), COUNTER.c.state != CounterState.CLOSED.value)
)
"""The counters at work, and when each was last opened."""


# -- rules ---------------------------------------------------------------------------------------


def ended_at(rules: HallRules, ticket: Ticket, last_heard: datetime) -> datetime:
    """When the visit of a ticket that nobody ended was over: nobody serves or waits overnight.

    When the office closed on its business day; where something was heard of it after that, then.
    """
    moments = [ticket.called_at, ticket.started_at, ticket.held_at]
    moments.append(rules.closes_at(ticket.business_day))
    return max([ticket.issued_at, last_heard, *(moment for moment in moments if moment)])


# -- reading -------------------------------------------------------------------------------------


def left_open(session: Session, rules: HallRules, now: datetime) -> list[int]:
    """The counters that were opened on an earlier business day, by their id."""
    today = rules.business_day(now)
    return [
        counter
        for counter, at in OPENED.all(session, hall=rules.hall_id)
        if at is not None and rules.business_day(at) < today
    ]


def left_in_hand(session: Session, rules: HallRules, now: datetime) -> Sequence[Ticket]:
    # At most one a counter; more conditions would lead SQLite away from the partial index.
    today = rules.business_day(now)
    found = session.exec(rows_of(Ticket).where(IN_HAND)).all()
    return [one for one in found if one.hall_id == rules.hall_id and one.business_day < today]


# -- operations ----------------------------------------------------------------------------------


def settle(hall: "OpenHall") -> None:
    """In a transaction of its own, so that it stays done when what comes after it is refused."""
    with reading(hall.engine) as session:
        given = (session, hall.rules, hall.now())
        if not left_open(*given) and not signed_in.left_at_stations(*given):
            return
    with writing(hall.engine) as session:
        settle_past(session, hall.rules, hall.now())


def settle_past(session: Session, rules: HallRules, now: datetime) -> int:
    """Close every ticket and counter of an earlier business day, end what was asked for then, sign
    off who is still signed in and forget who was named then; returns how many tickets and counters
    there were."""
    tickets = settle_tickets(session, rules, now)
    counters = close_counters(session, rules, now)
    signed_in.end_past(session, rules, now)
    open_help.end_past(session, rules, now)
    real_names.forget_past(session, rules, now)
    return tickets + counters


def settle_tickets(session: Session, rules: HallRules, now: datetime) -> int:
    past = (Ticket.hall_id == rules.hall_id, Ticket.business_day < rules.business_day(now))
    left = [
        *session.exec(rows_of(Ticket).where(WAITING, *past)),
        *session.exec(rows_of(Ticket).where(HELD, *past)),
        *left_in_hand(session, rules, now),
    ]
    for ticket in left:
        settle_ticket(session, rules, ticket, now)
    session.flush()
    return len(left)


def settle_ticket(session: Session, rules: HallRules, ticket: Ticket, now: datetime) -> None:
    subject = f"ticket/{ticket.id}"
    before = ticket_changes.snapshot(ticket)
    was_served = ticket.state == TicketState.SERVING
    ticket.state = COURSE[TicketState(ticket.state), Step.LEFT_OVER]
    ended = ended_at(rules, ticket, journal.last_of(session, rules.hall_id, subject) or now)
    ticket.ended_at = ended
    if ticket.held_at is not None and ticket.started_at is not None:
        put_aside = ended - ticket.held_at
        ticket.started_at += put_aside  # as when it is taken up again
        ticket.held_s += round(put_aside.total_seconds())
        ticket.held_at = None
    told_before, told_after = ticket_changes.difference(before, ticket_changes.snapshot(ticket))
    if was_served:  # nobody pressed finish, but somebody came with a matter
        added = case_rows.add_by_itself(session, ticket, ticket.counter_id, ticket.clerk_id, ended)
        told_after |= case_rows.told_with_step(session, added)
    journal.append(
        session,
        rules.hall_id,
        journal.Entry(
            Step.LEFT_OVER.entry,
            who="system",
            subject=subject,
            why=WHY,
            before=told_before,
            after=told_after,
        ),
        now,
    )


def close_counters(session: Session, rules: HallRules, now: datetime) -> int:
    """But for one that serves somebody of today: somebody works there."""
    today = rules.business_day(now)
    at_work = {
        one.counter_id
        for one in session.exec(rows_of(Ticket).where(IN_HAND))
        if one.business_day >= today
    }
    left = [one for one in left_open(session, rules, now) if one not in at_work]
    for counter_id in left:
        counter = session.get_one(Counter, counter_id, populate_existing=True)
        clerk = session.get(Clerk, counter.clerk_id) if counter.clerk_id is not None else None
        closing.shut(
            session,
            rules,
            counter,
            "system",
            now,
            signed_in.LEFT_OVER,
            before={"clerk": clerk.staff_number} if clerk is not None else None,
        )
    return len(left)
