"""Counters: opened, paused, closed, and by whom."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from db.tables import Clerk, Counter, CounterState, HelpKind, Ticket
from db.tables.tickets import IN_HAND
from hall import forbidden_phrases, rights
from hall.accounts import signed_in
from hall.counters import open_help, stand_ins
from hall.counters.closing import change, shut
from hall.errors.announcing import UnknownZone
from hall.errors.counters import (
    ClerkElsewhere,
    CounterNotOpen,
    CounterTaken,
    PauseOver,
    UnknownClerk,
    UnknownCounter,
)
from hall.errors.printing import ReasonMissing
from hall.errors.tickets import TicketInHand
from hall.hall_rules import HallRules
from hall.names import plain, tidy_code
from hall.rights import Right
from hall.tickets import business_day, reservations


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


def in_hand(session: Session, counter_id: int | None, today: date) -> Ticket | None:
    """The ticket called to this counter or served there; what an earlier day left there is not."""
    found = session.exec(select(Ticket).where(IN_HAND, Ticket.counter_id == counter_id)).first()
    return found if found is not None and found.business_day >= today else None


def open_counter(
    session: Session,
    rules: HallRules,
    number: int,
    staff_number: str,
    now: datetime,
    *,
    relieve: bool = True,
) -> Counter:
    """A clerk sits down, or comes back from a pause. Opening what is open already is no mistake.

    The post's other person relieves whoever sits there, unless `relieve` is False: then it is
    taken, as it is for everybody else.

    Asks no password: who stands behind a screen has signed in (`hall.accounts.sign_in`), and the
    command line of a machine is trusted. Raises NotAllowed, CounterTaken, ClerkElsewhere,
    TicketInHand (of who is relieved).
    """
    counter = by_number(session, rules, number)
    clerk = clerk_by_staff_number(session, rules, staff_number)
    business_day.settle_past(session, rules, now)
    taken = is_taken(counter, clerk)
    if taken and not relieve:
        sitting = clerk_of(session, counter)
        raise CounterTaken(counter=number, clerk=sitting.staff_number, by=clerk.staff_number)
    if taken:
        check_relief(session, rules, counter, clerk, now)
    elif counter.state == CounterState.OPEN:
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
    stand_ins.give_back(session, counter, staff_number, now)
    if taken:
        return take_over(session, rules, counter, clerk, now)
    counter.clerk_id = clerk.id
    return change(session, counter, CounterState.OPEN, "counter.opened", staff_number, now)


def is_taken(counter: Counter, clerk: Clerk) -> bool:
    """Somebody else sits there."""
    return counter.state != CounterState.CLOSED and counter.clerk_id != clerk.id


def check_relief(
    session: Session, rules: HallRules, counter: Counter, clerk: Clerk, now: datetime
) -> None:
    """Whether this clerk may relieve who sits there, A角 and B角 of the post.

    Raises CounterTaken, TicketInHand.
    """
    sitting = clerk_of(session, counter)
    if stand_ins.other_person(session, counter, sitting.id) != clerk.id:
        raise CounterTaken(
            counter=counter.number, clerk=sitting.staff_number, by=clerk.staff_number
        )
    check_hands(session, rules, counter, now)


def take_over(
    session: Session, rules: HallRules, counter: Counter, clerk: Clerk, now: datetime
) -> Counter:
    """Under the own name. What waits for the counter goes on waiting for it; what waits for the
    clerk who leaves waits for everybody."""
    relieved, who = clerk_of(session, counter), clerk.staff_number
    reservations.release(session, rules, counter, relieved.id, now, counter_stays=True)
    open_help.withdraw_of(session, counter, [HelpKind.PAUSE], who, now)
    signed_in.sign_off(session, rules, counter, who, now)
    counter.clerk_id = clerk.id
    return change(
        session,
        counter,
        CounterState.OPEN,
        "counter.relieved",
        who,
        now,
        before={"clerk": relieved.staff_number},
        after={"clerk": who},
    )


def pause(
    session: Session,
    rules: HallRules,
    number: int,
    reason: str,
    now: datetime,
    *,
    until: datetime | None = None,
    consent: Clerk | None = None,
) -> Counter:
    """暂停服务, with what the sign says. A citizen in hand is served to the end meanwhile.

    Into office hours the last open counter of a matter pauses only when its stand-in takes its
    line meanwhile, or with the consent of who may give it (`hall.counters.stand_ins`); begun
    outside of them without `until`, it lasts until they begin.

    Raises CounterNotOpen, ReasonMissing, ForbiddenPhrase, PauseOver, NotAllowed, LastCounter.
    """
    counter = by_number(session, rules, number)
    business_day.settle_past(session, rules, now)
    if counter.state == CounterState.CLOSED:
        raise CounterNotOpen(counter=number)
    clerk = clerk_of(session, counter)
    reason = plain(reason)
    check_pause(rules, clerk, reason, until, now)
    until, consented = stand_ins.cover(session, rules, counter, clerk, until, consent, now)
    open_help.withdraw_of(session, counter, [HelpKind.PAUSE], clerk.staff_number, now)
    return change(
        session,
        counter,
        CounterState.PAUSED,
        "counter.paused",
        clerk.staff_number,
        now,
        reason=reason,
        until=until,
        after={"consent": consented.staff_number} if consented is not None else None,
    )


def check_pause(
    rules: HallRules, clerk: Clerk, reason: str, until: datetime | None, now: datetime
) -> None:
    """Raises ReasonMissing, ForbiddenPhrase, PauseOver, NotAllowed. The reason is plain."""
    if not reason:
        raise ReasonMissing()
    forbidden_phrases.check(rules, reason)
    if until is not None and until <= now:
        raise PauseOver(until=rules.local(until).strftime("%H:%M"))
    rights.check(clerk, Right.PAUSE)


def close(session: Session, rules: HallRules, number: int, now: datetime) -> Counter:
    """The clerk leaves and is signed off. Closing what is closed is no mistake.

    Never refused because of who waits; `stand_ins.leaves_behind` tells of them before.
    """
    counter = by_number(session, rules, number)
    business_day.settle_past(session, rules, now)
    if counter.state == CounterState.CLOSED:
        return counter
    check_hands(session, rules, counter, now)
    return shut(session, rules, counter, clerk_of(session, counter).staff_number, now)


def check_hands(session: Session, rules: HallRules, counter: Counter, now: datetime) -> None:
    """Nobody is left standing there; raises TicketInHand."""
    ticket = in_hand(session, counter.id, rules.business_day(now))
    if ticket is not None:
        raise TicketInHand(counter=counter.number, number=ticket.name)


def check_zone(session: Session, rules: HallRules, zone: str) -> None:
    """Raises UnknownZone when no counter stands there: nothing would ever be called in it."""
    found = session.exec(
        select(Counter.id).where(Counter.hall_id == rules.hall_id, Counter.zone == zone)
    ).first()
    if found is None:
        raise UnknownZone(zone=zone)
