"""Signing in at a counter: opening it, going on after the screen was locked, taking over."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, exists, select
from sqlmodel import Session

from db.engine import writing
from db.prepared import Prepared
from db.tables import Clerk, Counter, CounterState, Credential, SignIn
from hall import rights
from hall.accounts import signed_in
from hall.accounts.account_journal import tell
from hall.accounts.authentication import authenticate
from hall.accounts.stations import WORDS, Station
from hall.accounts.take_over_reasons import TAKE_OVER_REASONS
from hall.coded_reasons import code_of
from hall.counters import counters
from hall.errors.accounts import (
    PasswordMustChange,
    SignedInAtStation,
    SignedInElsewhere,
    SignedOff,
    SignInRefused,
)
from hall.errors.counters import UnknownCounter
from hall.hall_rules import HallRules
from hall.names import plain
from hall.open_hall import OpenHall
from hall.rights import Right
from hall.tickets import business_day

COUNTER = Counter.__table__  # type: ignore[attr-defined]
SIGN_IN = SignIn.__table__  # type: ignore[attr-defined]
CREDENTIAL = Credential.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Seat:
    """What a program that is signed in holds; only while the database agrees is it worth much."""

    counter: int | None
    """None: at a station (`hall.accounts.stations`)."""
    staff_number: str
    name: str
    token: str = field(repr=False)
    token_digest: str = field(repr=False)


def sign_in(
    hall: OpenHall,
    counter: int,
    staff_number: str,
    password: str,
    *,
    held: Seat | None = None,
    reason: str = "",
) -> Seat:
    """A closed counter is opened; a pause goes on. The post's other person relieves who sits there.

    `held`: what this program held when its screen was locked. `reason`: why the clerk takes over
    from another counter, which is closed then. Where the clerk is signed in at this counter in
    another program, that one is locked without asking: it may be a program that was killed.

    Raises what `authenticate` raises, and PasswordMustChange, NotAllowed, UnknownCounter,
    CounterTaken, SignedInElsewhere, TicketInHand (at the other counter, or of who is relieved).
    """
    place = f"counter {counter}"
    known = authenticate(hall, staff_number, password, place)
    if known.must_change:
        raise PasswordMustChange()
    with rights.refusals_told(hall, place), writing(hall.engine) as session:
        clerk = session.get(Clerk, known.clerk_id)
        if clerk is None or clerk.withdrawn:
            raise SignInRefused()
        return sit(session, hall.rules, counter, clerk, hall.now(), held=held, reason=plain(reason))


def sit(
    session: Session,
    rules: HallRules,
    number: int,
    clerk: Clerk,
    now: datetime,
    *,
    held: Seat | None,
    reason: str,
) -> Seat:
    counter = counters.by_number(session, rules, number)
    rights.check(clerk, Right.SERVE)
    business_day.settle_past(session, rules, now)
    taken = counters.is_taken(counter, clerk)
    if taken:  # asked before the own counter is closed for it
        counters.check_relief(session, rules, counter, clerk, now)
    elif held is not None and signed_in.holds(session, counter, held.token_digest):
        subject = f"clerk/{clerk.id}"
        place = f"counter {number}"
        tell(session, rules, "account.screen_unlocked", now, clerk.staff_number, place, subject)
        return held
    leave_other_place(session, rules, clerk, f"counter {number}", reason, now)
    if taken:
        counters.open_counter(session, rules, number, clerk.staff_number, now)
    signed_in.sign_off(session, rules, counter, clerk.staff_number, now)
    token = secrets.token_urlsafe(32)
    digest = signed_in.digest_of(token)
    signed_in.begin(session, rules, clerk, counter, f"counter {number}", digest, now)
    if counter.state == CounterState.CLOSED:
        counters.open_counter(session, rules, number, clerk.staff_number, now)
    return Seat(number, clerk.staff_number, plain(clerk.name), token, digest)


def leave_other_place(
    session: Session, rules: HallRules, clerk: Clerk, here: str, reason: str, now: datetime
) -> None:
    """`here` as the journal names it: "counter 3", "desk".

    Raises SignedInElsewhere without a reason, TicketInHand while a citizen stands there.
    """
    counter = counters.where_sits(session, clerk)
    found = signed_in.of_clerk(session, clerk)
    if counter is not None and here != f"counter {counter.number}":
        since = found.since if found is not None else signed_in.opened_at(session, counter)
        if not reason:
            clock = signed_in.clock_words(rules, since or now, now)
            raise SignedInElsewhere(clerk=clerk.staff_number, counter=counter.number, since=clock)
        tell_taken_over(session, rules, clerk, f"counter {counter.number}", here, reason, now)
        counters.close(session, rules, counter.number, now)
        # A script may have opened that counter while the clerk was signed in at a station.
        found = signed_in.of_clerk(session, clerk)
    if found is not None and found.counter_id is None:
        if found.place != here and not reason:
            clock = signed_in.clock_words(rules, found.since, now)
            station = WORDS[Station(found.place)]
            raise SignedInAtStation(clerk=clerk.staff_number, station=station, since=clock)
        if found.place != here:
            tell_taken_over(session, rules, clerk, found.place, here, reason, now)
        signed_in.end_of(session, rules, found.token_digest, now)


def tell_taken_over(
    session: Session,
    rules: HallRules,
    clerk: Clerk,
    there: str,
    here: str,
    reason: str,
    now: datetime,
) -> None:
    tell(
        session,
        rules,
        "account.taken_over",
        now,
        clerk.staff_number,
        here,
        f"clerk/{clerk.id}",
        why=code_of(TAKE_OVER_REASONS, reason),
        before={"place": there},
        words=reason,
    )


SIGNED_IN = Prepared(
    select(
        COUNTER.c.id,
        SIGN_IN.c.token_digest,
        exists().where(CREDENTIAL.c.hall_id == COUNTER.c.hall_id),
    )
    .select_from(COUNTER.outerjoin(SIGN_IN, SIGN_IN.c.counter_id == COUNTER.c.id))
    .where(COUNTER.c.hall_id == bindparam("hall"), COUNTER.c.number == bindparam("number"))
    .where(COUNTER.c.withdrawn.is_(False))
)
"""Whose program a counter is, and whether accounts are in force (`accounts.in_force`)."""


def expect_signed_in(session: Session, rules: HallRules, counter: int, held: Seat | None) -> None:
    """In the transaction of each thing done on a screen; raises SignedOff when it is not this
    program's to do."""
    found = SIGNED_IN.one(session, hall=rules.hall_id, number=counter)
    if found is None:
        raise UnknownCounter(counter=counter)
    _, digest, in_force = found
    if not in_force:
        return
    if held is None or digest is None or not secrets.compare_digest(digest, held.token_digest):
        raise SignedOff()


def say_still_here(hall: OpenHall, held: Seat) -> None:
    """So that others see whether the program still runs; no screen shows it by itself."""
    with writing(hall.engine, quietly=True) as session:
        signed_in.seen(session, held.token_digest, hall.now())
