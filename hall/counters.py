"""Counters: opened, paused, closed, and by whom."""

from datetime import datetime

from sqlmodel import Session, col, select

from db import journal
from db.tables import Clerk, Counter, CounterState, Ticket
from db.tables.tickets import IN_HAND
from hall import business_day, reservations, rights, signed_in
from hall.errors import (
    ClerkElsewhere,
    CounterNotOpen,
    CounterTaken,
    PauseOver,
    ReasonMissing,
    TicketInHand,
    UnknownClerk,
    UnknownCounter,
    UnknownZone,
)
from hall.hall_rules import HallRules
from hall.names import plain, tidy_code
from hall.rights import Right


def by_number(session: Session, rules: HallRules, number: int) -> Counter:
    """Raises UnknownCounter."""
    counter = session.exec(
        select(Counter).where(
            Counter.hall_id == rules.hall_id,
            Counter.number == number,
            col(Counter.withdrawn).is_(False),
        )
    ).first()
    if counter is None:
        raise UnknownCounter(counter=number)
    return counter


def clerk_by_staff_number(session: Session, rules: HallRules, staff_number: str) -> Clerk:
    """Raises UnknownClerk."""
    clerk = session.exec(
        select(Clerk).where(
            Clerk.hall_id == rules.hall_id,
            Clerk.staff_number == tidy_code(staff_number),
            col(Clerk.withdrawn).is_(False),
        )
    ).first()
    if clerk is None:
        raise UnknownClerk(clerk=staff_number)
    return clerk


def clerk_of(session: Session, counter: Counter) -> Clerk:
    """Who sits there; the counter must not be closed."""
    clerk = session.get(Clerk, counter.clerk_id)
    assert clerk is not None
    return clerk


def where_sits(session: Session, clerk: Clerk) -> Counter | None:
    """The counter this clerk has open; None when at none."""
    return session.exec(
        select(Counter).where(Counter.clerk_id == clerk.id, Counter.state != CounterState.CLOSED)
    ).first()


def in_hand(session: Session, counter_id: int | None) -> Ticket | None:
    """The ticket called to this counter or served there."""
    return session.exec(select(Ticket).where(IN_HAND, Ticket.counter_id == counter_id)).first()


def open_counter(
    session: Session, rules: HallRules, number: int, staff_number: str, now: datetime
) -> Counter:
    """A clerk sits down, or comes back from a pause. Opening what is open already is no mistake.

    Asks no password: who stands behind a screen has signed in before (`hall.sign_in`), and the
    command line of a machine is trusted. Raises NotAllowed, CounterTaken, ClerkElsewhere.
    """
    counter = by_number(session, rules, number)
    clerk = clerk_by_staff_number(session, rules, staff_number)
    business_day.settle_past(session, rules.hall_id, rules.business_day(now), now)
    if counter.state != CounterState.CLOSED and counter.clerk_id != clerk.id:
        raise CounterTaken(counter=number, clerk=clerk_of(session, counter).staff_number)
    if counter.state == CounterState.OPEN:
        return counter
    rights.check(clerk, Right.SERVE)
    staff_number = clerk.staff_number
    elsewhere = session.exec(
        select(Counter).where(
            Counter.hall_id == rules.hall_id,
            Counter.clerk_id == clerk.id,
            Counter.state != CounterState.CLOSED,
            Counter.id != counter.id,
        )
    ).first()
    if elsewhere is not None:
        raise ClerkElsewhere(clerk=staff_number, counter=elsewhere.number)
    counter.clerk_id = clerk.id
    return change(session, counter, CounterState.OPEN, "counter.opened", staff_number, now)


def pause(
    session: Session,
    rules: HallRules,
    number: int,
    reason: str,
    now: datetime,
    *,
    until: datetime | None = None,
) -> Counter:
    """暂停服务, with what the sign says. A citizen in hand is served to the end meanwhile."""
    counter = by_number(session, rules, number)
    if counter.state == CounterState.CLOSED:
        raise CounterNotOpen(counter=number)
    reason = plain(reason)
    if not reason:
        raise ReasonMissing()
    if until is not None and until <= now:
        raise PauseOver(until=rules.local(until).strftime("%H:%M"))
    clerk = clerk_of(session, counter)
    rights.check(clerk, Right.PAUSE)
    return change(
        session,
        counter,
        CounterState.PAUSED,
        "counter.paused",
        clerk.staff_number,
        now,
        reason=reason,
        until=until,
    )


def close(session: Session, rules: HallRules, number: int, now: datetime) -> Counter:
    """The clerk leaves and is signed off. Closing what is closed is no mistake."""
    counter = by_number(session, rules, number)
    if counter.state == CounterState.CLOSED:
        return counter
    ticket = in_hand(session, counter.id)
    if ticket is not None:
        raise TicketInHand(counter=number, number=ticket.name)
    clerk = clerk_of(session, counter)
    reservations.release(session, rules, counter, clerk.id, now)
    signed_in.sign_off(session, rules, counter, clerk.staff_number, now)
    counter.clerk_id = None
    counter.privileged_in_a_row = 0
    return change(session, counter, CounterState.CLOSED, "counter.closed", clerk.staff_number, now)


def change(
    session: Session,
    counter: Counter,
    state: CounterState,
    what: str,
    who: str,
    now: datetime,
    *,
    reason: str | None = None,
    until: datetime | None = None,
) -> Counter:
    before = {"state": counter.state}
    counter.state = state
    counter.pause_reason = reason
    counter.pause_until = until
    session.flush()
    journal.append(
        session,
        counter.hall_id,
        journal.Entry(
            what,
            who=who,
            place=f"counter {counter.number}",
            subject=f"counter/{counter.id}",
            why=reason or "",
            before=before,
            after={"state": state.value, "until": until.isoformat() if until else None},
        ),
        now,
    )
    return counter


def check_zone(session: Session, rules: HallRules, zone: str) -> None:
    """Raises UnknownZone when no counter stands there: nothing would ever be called in it."""
    found = session.exec(
        select(Counter.id).where(Counter.hall_id == rules.hall_id, Counter.zone == zone)
    ).first()
    if found is None:
        raise UnknownZone(zone=zone)
