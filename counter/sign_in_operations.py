"""What signing in asks of the database, run in a thread, as `counter.operations`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from counter.operations import Told
from hall.marked import _

if TYPE_CHECKING:
    from hall.open_hall import OpenHall
    from hall.sign_in import Seat


@dataclass(frozen=True)
class Asked:
    """What a clerk has answered so far; passwords stay in memory only as long as it takes."""

    counter: int
    staff_number: str
    password: str = field(repr=False)
    new_password: str = field(default="", repr=False)
    """Chosen because the other was given by an administrator; empty: not asked for."""
    reason: str = ""
    """Why to take over from another counter."""


def choose_password(hall: OpenHall, asked: Asked) -> Asked:
    """The new one, where one was chosen, is the password from here on."""
    from hall.authentication import change_own

    if not asked.new_password:
        return asked
    place = f"counter {asked.counter}"
    change_own(hall, asked.staff_number, asked.password, asked.new_password, place)
    return replace(asked, password=asked.new_password, new_password="")


def sign_in(hall: OpenHall, asked: Asked, held: Seat | None) -> Seat:
    from hall.sign_in import sign_in as sign_in_at

    return sign_in_at(
        hall,
        asked.counter,
        asked.staff_number,
        asked.password,
        held=held,
        reason=asked.reason,
    )


def as_signed_in(
    hall: OpenHall, counter: int, held: Seat | None, operation: Callable[[OpenHall], Told]
) -> Told:
    """Raises SignedOff when this program is not the one signed in, where accounts are in force."""
    from hall.rights import refusals_told
    from hall.sign_in import expect_signed_in

    expect_signed_in(hall, counter, held)
    with refusals_told(hall, f"counter {counter}"):
        return operation(hall)


def why_lost(hall: OpenHall, lost: Seat) -> Told | None:
    """Where the clerk is signed in by now, if that is why; None when nothing is to be told."""
    from db.engine import reading
    from db.tables import Counter, CounterState
    from hall import accounts, counters, signed_in

    rules = hall.rules
    with reading(hall.engine) as session:
        clerk, _credential = accounts.find(session, rules, lost.staff_number)
        found = signed_in.of_clerk(session, clerk) if clerk is not None else None
        here = counters.by_number(session, rules, lost.counter)
        if found is None:
            if here.state == CounterState.CLOSED:
                return None
            return Told(_("Your sign-in here was ended; sign in again."), {}, good=False)
        since = signed_in.clock_words(rules, found.since, hall.now())
        if found.counter_id == here.id:
            words = _("{clerk} signed in here in another program at {since}; this one is locked.")
            return Told(words, {"clerk": lost.staff_number, "since": since}, good=False)
        there = session.get(Counter, found.counter_id)
    words = _("{clerk} signed in at counter {counter} at {since}; this screen is signed off.")
    number = there.number if there is not None else ""
    return Told(words, {"clerk": lost.staff_number, "counter": number, "since": since}, good=False)


def say_still_here(hall: OpenHall, held: Seat) -> None:
    from hall import sign_in

    sign_in.say_still_here(hall, held)
