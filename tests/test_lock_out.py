"""A wrong password costs something, and the same for a number nobody has."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from db.engine import reading, writing
from db.tables import UnknownSignIn
from hall.accounts import accounts, passwords
from hall.accounts.authentication import authenticate
from hall.accounts.lock_out import lock_length
from hall.counters import counters
from hall.errors import Refused
from hall.errors.accounts import LockedOut, SignInRefused
from hall.open_hall import OpenHall
from hall.settings import AccountSettings
from tests.conftest import NINE
from tests.signing_in import CHEAP, RIGHT, WRONG, MovedByHand, journalled, refused, with_accounts

pytestmark = pytest.mark.each_engine


@pytest.fixture
def clock() -> MovedByHand:
    return MovedByHand(NINE)


@pytest.fixture
def hall(open_hall: OpenHall, clock: MovedByHand) -> OpenHall:
    """Clerk 1001 has a password; 1002 and 1003 have none."""
    return with_accounts(open_hall, clock)


def test_each_further_wrong_password_locks_for_longer_up_to_a_limit() -> None:
    settings = AccountSettings(free_tries=2, first_delay_s=30, delay_factor=2, longest_delay_s=100)
    lengths = [lock_length(failed, settings) for failed in range(1, 7)]
    seconds = [None if length is None else length.total_seconds() for length in lengths]
    assert seconds == [None, None, 30, 60, 100, 100]
    assert lock_length(100_000, settings) == timedelta(seconds=100)


@pytest.mark.parametrize("number", ["1001", "7777"])
def test_a_lock_out_grows_and_ends(hall: OpenHall, clock: MovedByHand, number: str) -> None:
    for _ in range(CHEAP.free_tries):
        refused(SignInRefused, authenticate, hall, number, WRONG, "counter 1")
    told = refused(LockedOut, authenticate, hall, number, WRONG, "counter 1")
    assert "09:00:30" in told
    clock.pass_by(seconds=29)
    assert "09:00:30" in refused(LockedOut, authenticate, hall, number, RIGHT, "counter 1")
    clock.pass_by(seconds=1)
    assert "09:01:30" in refused(LockedOut, authenticate, hall, number, WRONG, "counter 1")
    locks = journalled(hall, "account.locked")
    assert [entry.who for entry in locks] == ["1001" if number == "1001" else ""] * 2


def test_after_the_lock_out_the_right_password_starts_anew(
    hall: OpenHall, clock: MovedByHand
) -> None:
    for _ in range(CHEAP.free_tries + 1):
        with pytest.raises(Refused):
            authenticate(hall, "1001", WRONG, "counter 1")
    clock.pass_by(seconds=30)
    authenticate(hall, "1001", RIGHT, "counter 1")
    refused(SignInRefused, authenticate, hall, "1001", WRONG, "counter 1")


def test_an_administrator_ends_a_lock_out(hall: OpenHall) -> None:
    for _ in range(CHEAP.free_tries + 1):
        with pytest.raises(Refused):
            authenticate(hall, "1001", WRONG, "counter 1")
    with writing(hall.engine) as session:
        clerk = counters.clerk_by_staff_number(session, hall.rules, "1001")
        assert accounts.unlock(session, hall.rules, clerk, NINE, who="9001", place="here")
    authenticate(hall, "1001", RIGHT, "counter 1")
    assert journalled(hall, "account.unlocked")[-1].who == "9001"


def test_many_at_once_get_no_more_tries_than_one(
    hall: OpenHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Argon2 found out before the account was locked is worth nothing after it."""
    real = passwords.is_right

    def others_first(*known: Any) -> bool:
        monkeypatch.undo()
        for _ in range(CHEAP.free_tries + 1):
            with pytest.raises(Refused):
                authenticate(hall, "1001", WRONG, "counter 2")
        return real(*known)

    monkeypatch.setattr(passwords, "is_right", others_first)
    refused(LockedOut, authenticate, hall, "1001", RIGHT, "counter 1")


def test_numbers_nobody_has_do_not_fill_the_disk(hall: OpenHall, clock: MovedByHand) -> None:
    for number in ("7001", "7002"):
        refused(SignInRefused, authenticate, hall, number, WRONG, "counter 1")
    clock.pass_by(days=1, seconds=1)
    refused(SignInRefused, authenticate, hall, "7003", WRONG, "counter 1")
    with reading(hall.engine) as session:
        assert len(session.exec(select(UnknownSignIn)).all()) == 1
