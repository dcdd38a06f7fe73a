"""People with passwords, cheap ones, in the small hall; and what the journal has of them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from db.engine import reading, writing
from db.tables import Clerk, JournalEntry, SignIn
from hall.accounts import accounts, passwords
from hall.accounts.sign_in import Seat, expect_signed_in
from hall.errors import Refused
from hall.open_hall import OpenHall
from hall.settings import AccountSettings

RIGHT, WRONG = "correct horse 马", "battery staple"
CHEAP = AccountSettings(time_cost=1, memory_kib=32)


class MovedByHand:
    """The hall's time."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **length: float) -> None:
        self.now += timedelta(**length)


def with_password(
    hall: OpenHall, staff_number: str, password: str = RIGHT, *, must_change: bool = False
) -> None:
    """As if it had been chosen long ago, or given just now."""
    fresh = passwords.hashed(hall.settings.accounts, password)
    with writing(hall.engine) as session:
        clerk = session.exec(select(Clerk).where(Clerk.staff_number == staff_number)).one()
        accounts.keep_password(
            session,
            hall.rules,
            clerk,
            fresh,
            hall.now(),
            must_change=must_change,
            who="",
            place="",
        )


def with_accounts(hall: OpenHall, clock: MovedByHand) -> OpenHall:
    """Clerk 1001 has a password; 1002 and 1003 have none."""
    hall.settings.accounts = CHEAP.model_copy()
    hall.now = clock
    with_password(hall, "1001")
    return hall


def refused(kind: type[Refused], operation: Callable[..., Any], *given: Any, **named: Any) -> str:
    """What was told."""
    with pytest.raises(kind) as refusal:
        operation(*given, **named)
    assert type(refusal.value) is kind
    return str(refusal.value)


def expect_seat(hall: OpenHall, counter: int, held: Seat) -> None:
    """Raises SignedOff when a deed of that program would be refused."""
    with reading(hall.engine) as session:
        expect_signed_in(session, hall.rules, counter, held)


def sit_ins(hall: OpenHall) -> list[tuple[int, int | None]]:
    """Who is signed in at which counter, by their ids."""
    with reading(hall.engine) as session:
        return [(one.clerk_id, one.counter_id) for one in session.exec(select(SignIn)).all()]


def journalled(hall: OpenHall, what: str) -> list[JournalEntry]:
    with reading(hall.engine) as session:
        found = list(
            session.exec(
                select(JournalEntry)
                .where(JournalEntry.what == what)
                .order_by(col(JournalEntry.sequence))
            ).all()
        )
        for entry in found:
            session.expunge(entry)
        return found
