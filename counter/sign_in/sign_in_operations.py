"""What signing in asks of the database, run in a thread, as `counter.operations`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from counter.operations import Told
from hall.accounts.stations import Station
from hall.marked import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from hall.accounts.sign_in import Seat
    from hall.open_hall import OpenHall


@dataclass(frozen=True)
class Asked:
    """What a clerk has answered so far; passwords stay in memory only as long as it takes."""

    at: int | Station
    """A counter's number, or a station."""
    staff_number: str
    password: str = field(repr=False)
    new_password: str = field(default="", repr=False)
    """Chosen because the other was given by an administrator; empty: not asked for."""
    reason: str = ""
    """Why to take over from another place."""

    @property
    def place(self) -> str:
        """As the journal names it."""
        return self.at.value if isinstance(self.at, Station) else f"counter {self.at}"


def choose_password(hall: OpenHall, asked: Asked) -> Asked:
    """The new one, where one was chosen, is the password from here on."""
    from hall.accounts.authentication import change_own

    if not asked.new_password:
        return asked
    change_own(hall, asked.staff_number, asked.password, asked.new_password, asked.place)
    return replace(asked, password=asked.new_password, new_password="")


def sign_in(hall: OpenHall, asked: Asked, held: Seat | None) -> Seat:
    from hall.accounts import sign_in as at_counter
    from hall.accounts import station_sign_in as at_station

    who = (asked.staff_number, asked.password)
    if isinstance(asked.at, Station):
        return at_station.sign_in(hall, asked.at, *who, held=held, reason=asked.reason)
    return at_counter.sign_in(hall, asked.at, *who, held=held, reason=asked.reason)


def as_signed_in(
    hall: OpenHall, counter: int, held: Seat | None, operation: Callable[[OpenHall], Told]
) -> Told:
    """Raises SignedOff when this program is not the one signed in, where accounts are in force."""
    from hall.accounts.sign_in import expect_signed_in
    from hall.rights import refusals_told
    from hall.tickets import business_day

    business_day.settle(hall)

    def is_ours(session: Session) -> None:
        expect_signed_in(session, hall.rules, counter, held)

    with refusals_told(hall, f"counter {counter}"):
        return operation(replace(hall, expects=is_ours))


WENT_TO = {
    Station.DESK: _("{clerk} signed in at the information desk at {since}; this is off."),
    Station.SUPERVISOR: _("{clerk} signed in at the manager's console at {since}; this is off."),
}


def why_lost(hall: OpenHall, lost: Seat) -> Told | None:
    """Where the clerk is signed in by now, if that is why; None when nothing is to be told."""
    from db.tables import Counter
    from hall.accounts import accounts, signed_in

    rules = hall.rules
    with hall.reading() as session:
        clerk, _credential = accounts.find(session, rules, lost.staff_number)
        found = signed_in.of_clerk(session, clerk) if clerk is not None else None
        if found is None:
            return why_ended(session, hall, lost)
        since = signed_in.clock_words(rules, found.since, hall.now())
        facts = {"clerk": lost.staff_number, "since": since}
        if found.counter_id is None:
            return Told(WENT_TO[Station(found.place)], facts, good=False)
        there = session.get_one(Counter, found.counter_id).number
    if there == lost.counter:
        words = _("{clerk} signed in here in another program at {since}; this one is locked.")
    else:
        words = _("{clerk} signed in at counter {counter} at {since}; this screen is signed off.")
    return Told(words, facts | {"counter": there}, good=False)


def why_ended(session: Session, hall: OpenHall, lost: Seat) -> Told | None:
    """A counter that was closed tells so itself."""
    from db.tables import CounterState
    from hall.counters import counters
    from hall.names import plain

    if lost.counter is not None:
        here = counters.by_number(session, hall.rules, lost.counter)
        if here.state == CounterState.CLOSED:
            return None
        clerk = counters.clerk_of(session, here)
        if clerk.staff_number != lost.staff_number:
            words = _("{name} {number} has taken over this counter; you are signed off.")
            facts = {"name": plain(clerk.name), "number": clerk.staff_number}
            return Told(words, facts, good=False)
    return Told(_("Your sign-in here was ended; sign in again."), {}, good=False)


def say_still_here(hall: OpenHall, held: Seat) -> None:
    from hall.accounts import sign_in

    sign_in.say_still_here(hall, held)
