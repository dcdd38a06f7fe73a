"""Signing in at a station: the information desk, the manager's console."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db.engine import reading, writing
from db.tables import Clerk
from hall import rights
from hall.accounts import accounts, signed_in
from hall.accounts.account_journal import tell
from hall.accounts.authentication import authenticate
from hall.accounts.sign_in import Seat, leave_other_place
from hall.accounts.stations import Station
from hall.counters import counters
from hall.errors.accounts import PasswordMustChange, SignedOff, SignInRefused
from hall.hall_rules import HallRules
from hall.names import plain
from hall.open_hall import OpenHall
from hall.rights import Right
from hall.tickets import business_day

NEEDS = {Station.DESK: Right.ASSIST, Station.SUPERVISOR: Right.SEE_HALL}


@dataclass(frozen=True)
class Colleague:
    """Who works at a station, as its screen names the person."""

    staff_number: str
    name: str
    role: str


def sign_in(
    hall: OpenHall,
    station: Station,
    staff_number: str,
    password: str,
    *,
    held: Seat | None = None,
    reason: str = "",
) -> Seat:
    """As at a counter (`hall.accounts.sign_in`); several clerks may be signed in at the desk.

    Raises what `authenticate` raises, and PasswordMustChange, NotAllowed, SignedInElsewhere,
    TicketInHand (at the clerk's counter).
    """
    known = authenticate(hall, staff_number, password, station.value)
    if known.must_change:
        raise PasswordMustChange()
    with rights.refusals_told(hall, station.value), writing(hall.engine) as session:
        clerk = session.get(Clerk, known.clerk_id)
        if clerk is None or clerk.withdrawn:
            raise SignInRefused()
        return sit(session, hall.rules, station, clerk, hall.now(), held, plain(reason))


def sit(
    session: Session,
    rules: HallRules,
    station: Station,
    clerk: Clerk,
    now: datetime,
    held: Seat | None,
    reason: str,
) -> Seat:
    rights.check(clerk, NEEDS[station])
    business_day.settle_past(session, rules, now)
    found = signed_in.of_clerk(session, clerk)
    if held is not None and found is not None and found.token_digest == held.token_digest:
        subject = f"clerk/{clerk.id}"
        place = station.value
        tell(session, rules, "account.screen_unlocked", now, clerk.staff_number, place, subject)
        return held
    leave_other_place(session, rules, clerk, station.value, reason, now)
    if held is not None:  # a colleague takes over the screen
        signed_in.end_of(session, rules, held.token_digest, now)
    token = secrets.token_urlsafe(32)
    digest = signed_in.digest_of(token)
    signed_in.begin(session, rules, clerk, None, station.value, digest, now)
    return Seat(None, clerk.staff_number, plain(clerk.name), token, digest)


def sign_off(hall: OpenHall, held: Seat) -> None:
    """The clerk leaves the station; signed off already is no mistake."""
    with writing(hall.engine) as session:
        signed_in.end_of(session, hall.rules, held.token_digest, hall.now())


def works_without_password(hall: OpenHall, station: Station, staff_number: str) -> Colleague:
    """Who has typed only a staff number, where no accounts are in force.

    Raises UnknownClerk, NotAllowed, SignInRefused (they are in force).
    """
    with rights.refusals_told(hall, station.value), reading(hall.engine) as session:
        if accounts.in_force(session, hall.rules.hall_id):
            raise SignInRefused()
        clerk = counters.clerk_by_staff_number(session, hall.rules, staff_number)
        rights.check(clerk, NEEDS[station])
        return Colleague(clerk.staff_number, plain(clerk.name), clerk.role)


def expect_at_station(
    session: Session, rules: HallRules, staff_number: str, held: Seat | None
) -> Clerk:
    """Who works there; raises SignedOff when the program is not signed in any more, UnknownClerk.

    Without accounts the staff number that was typed is believed.
    """
    clerk = counters.clerk_by_staff_number(session, rules, staff_number)
    if not accounts.in_force(session, rules.hall_id):
        return clerk
    found = signed_in.of_clerk(session, clerk)
    if held is None or found is None or found.counter_id is not None:
        raise SignedOff()
    if not secrets.compare_digest(found.token_digest, held.token_digest):
        raise SignedOff()
    return clerk
