"""Passwords: given, chosen, kept so that nobody reads them, and whose they are."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from db.engine import reading, writing
from db.tables import Clerk, Credential, SignIn
from hall.accounts import accounts, authentication, passwords
from hall.accounts.authentication import authenticate, change_own, give_one_time
from hall.accounts.sign_in import sign_in
from hall.errors import Refused
from hall.errors.accounts import (
    OneTimePasswordOver,
    PasswordMustChange,
    PasswordNotNew,
    PasswordTooEasy,
    PasswordTooShort,
    SignInRefused,
    StaffNumberTaken,
)
from hall.open_hall import OpenHall
from hall.settings import AccountSettings
from tests.conftest import NINE
from tests.signing_in import (
    CHEAP,
    RIGHT,
    WRONG,
    MovedByHand,
    journalled,
    refused,
    sit_ins,
    with_accounts,
    with_password,
)

pytestmark = pytest.mark.each_engine


@pytest.fixture
def clock() -> MovedByHand:
    return MovedByHand(NINE)


@pytest.fixture
def hall(open_hall: OpenHall, clock: MovedByHand) -> OpenHall:
    """Clerk 1001 has a password; 1002 and 1003 have none."""
    return with_accounts(open_hall, clock)


def in_force(hall: OpenHall) -> bool:
    with reading(hall.engine) as session:
        return accounts.in_force(session, hall.rules.hall_id)


# -- passwords -----------------------------------------------------------------------------------


def test_accounts_are_in_force_from_the_first_password_on(open_hall: OpenHall) -> None:
    assert not in_force(open_hall)
    open_hall.settings.accounts = CHEAP
    first = give_one_time(open_hall, "1001", by="", place="here")
    assert in_force(open_hall)
    assert (first.first, first.without) == (True, 2)
    assert not give_one_time(open_hall, "1002", by="", place="here").first


def test_the_password_is_asked_however_the_staff_number_is_typed(hall: OpenHall) -> None:
    assert authenticate(hall, " １００１ ", RIGHT, "counter 1").staff_number == "1001"
    refused(SignInRefused, authenticate, hall, "1001", WRONG, "counter 1")
    refused(SignInRefused, authenticate, hall, "1001", "", "counter 1")


def test_a_password_typed_in_full_width_is_the_same(hall: OpenHall) -> None:
    with_password(hall, "1002", "abcd1234")
    authenticate(hall, "1002", "ａｂｃｄ１２３４", "counter 1")


def test_a_number_nobody_has_is_not_told_from_a_wrong_password(hall: OpenHall) -> None:
    known: list[str] = []
    unknown: list[str] = []
    for told, number in ((known, "1001"), (unknown, "7777")):
        for _ in range(8):
            with pytest.raises(Refused) as refusal:
                authenticate(hall, number, WRONG, "counter 1")
            told.append(str(refusal.value))
    assert known == unknown
    assert len(set(known)) > 1  # the lock-out is among them


@pytest.mark.parametrize("number", ["1001", "1002", "7777"])  # with a password, without, nobody
@pytest.mark.parametrize("locked", [False, True])
def test_the_effort_is_the_same_for_a_number_nobody_has(
    hall: OpenHall, monkeypatch: pytest.MonkeyPatch, number: str, locked: bool
) -> None:
    for _ in range(6 if locked else 0):
        with pytest.raises(Refused):
            authenticate(hall, number, WRONG, "counter 1")
    done: list[str] = []

    def counted(name: str) -> None:
        real = getattr(passwords, name)

        def watched(*given: Any) -> Any:
            done.append("argon2")
            return real(*given)

        monkeypatch.setattr(passwords, name, watched)

    counted("is_right")
    counted("slow_digest")
    with pytest.raises(Refused):
        authenticate(hall, number, WRONG, "counter 1")
    assert done == ["argon2"]


def test_what_is_typed_as_an_unknown_number_is_kept_nowhere(hall: OpenHall, database: Path) -> None:
    slipped = "MY-PASSWORD-IN-THE-WRONG-FIELD"
    refused(SignInRefused, authenticate, hall, slipped, WRONG, "counter 1")
    entry = journalled(hall, "account.refused")[-1]
    assert (entry.who, entry.place, entry.subject) == ("", "counter 1", "")
    assert entry.why == "unknown_number"
    hall.engine.dispose()
    assert slipped.encode() not in every_byte_of(database)


def test_a_stolen_database_has_hashes_only(hall: OpenHall, database: Path) -> None:
    given = give_one_time(hall, "1002", by="", place="here")
    seat = sign_in(hall, 1, "1001", RIGHT)
    hall.engine.dispose()
    stolen = every_byte_of(database)
    assert b"$argon2id$" in stolen
    for secret in (RIGHT, given.password, given.password.replace("-", ""), seat.token):
        assert secret.encode() not in stolen


def every_byte_of(database: Path) -> bytes:
    files = database.parent.glob(f"{database.name}*")
    return b"".join(file.read_bytes() for file in files if file.is_file())


def test_no_hash_and_no_password_is_shown_by_accident(hall: OpenHall) -> None:
    given = give_one_time(hall, "1002", by="", place="here")
    seat = sign_in(hall, 1, "1001", RIGHT)
    with reading(hall.engine) as session:
        rows: list[Any] = [*session.exec(select(Credential)), *session.exec(select(SignIn))]
        shown = [repr(one) for one in [*rows, given, seat]]
        shown += [str(one) for one in rows]
        shown.append(repr(authenticate(hall, "1001", RIGHT, "counter 1")))
        hidden = [one.password_hash for one in session.exec(select(Credential))]
    for text in shown:
        assert "argon2" not in text
        for secret in (*hidden, given.password, seat.token, seat.token_digest):
            assert secret not in text


def test_an_error_of_the_database_does_not_tell_what_was_being_kept(hall: OpenHall) -> None:
    with pytest.raises(IntegrityError) as error, writing(hall.engine) as session:
        session.add(
            Credential(
                clerk_id=1, hall_id=1, password_hash="$argon2id$", must_change=False,
                changed_at=NINE,
            )
        )  # fmt: skip
        session.flush()
    assert "$argon2id$" not in str(error.value)


def test_a_password_kept_with_other_costs_is_kept_anew(hall: OpenHall) -> None:
    def kept() -> str:
        with reading(hall.engine) as session:
            return session.get_one(Credential, 1).password_hash

    hall.settings.accounts = CHEAP.model_copy(update={"time_cost": 2})
    refused(SignInRefused, authenticate, hall, "1001", WRONG, "counter 1")
    assert "t=1," in kept()
    authenticate(hall, "1001", RIGHT, "counter 1")
    assert "t=2," in kept()
    authenticate(hall, "1001", RIGHT, "counter 1")


def test_the_costs_are_those_of_the_rfc_where_nothing_else_is_set() -> None:
    assert "$argon2id$v=19$m=65536,t=3,p=4$" in passwords.hashed(AccountSettings(), RIGHT)


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("kurz", PasswordTooShort),
        ("七个字的密码呀", PasswordTooShort),
        ("10011001", PasswordTooEasy),
        ("aaaaaaaaaa", PasswordTooEasy),
        ("        ", PasswordTooEasy),
        (RIGHT, PasswordNotNew),
    ],
)
def test_a_password_that_is_none_is_refused(hall: OpenHall, new: str, why: type[Refused]) -> None:
    refused(why, change_own, hall, "1001", RIGHT, new, "here")
    authenticate(hall, "1001", RIGHT, "counter 1")


def test_ones_own_password_is_changed_with_the_old_one_only(hall: OpenHall) -> None:
    refused(SignInRefused, change_own, hall, "1001", WRONG, "another one", "here")
    change_own(hall, "1001", RIGHT, "another one", "here")
    refused(SignInRefused, authenticate, hall, "1001", RIGHT, "counter 1")
    authenticate(hall, "1001", "another one", "counter 1")
    assert journalled(hall, "account.password_changed")[-1].who == "1001"


def test_an_administrators_reset_is_not_undone_by_a_change_under_way(
    hall: OpenHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = []

    def slowly(*known: Any) -> str:
        monkeypatch.undo()
        given.append(give_one_time(hall, "1001", by="", place="here"))
        return passwords.hashed(*known)

    monkeypatch.setattr(passwords, "hashed", slowly)
    refused(SignInRefused, change_own, hall, "1001", RIGHT, "another one", "here")
    assert authenticate(hall, "1001", given[0].password, "counter 1").must_change


def test_a_password_changed_while_it_is_checked_is_checked_again(
    hall: OpenHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = passwords.is_right

    def meanwhile(*known: Any) -> bool:
        right = real(*known)
        monkeypatch.undo()
        with_password(hall, "1001", "another one")
        return right

    monkeypatch.setattr(passwords, "is_right", meanwhile)
    refused(SignInRefused, authenticate, hall, "1001", RIGHT, "counter 1")


def test_a_one_time_password_must_be_changed_before_anything_else(
    hall: OpenHall, clock: MovedByHand
) -> None:
    given = give_one_time(hall, "1002", by="", place="here")
    refused(PasswordMustChange, sign_in, hall, 2, "1002", given.password)
    assert sit_ins(hall) == []
    change_own(hall, "1002", given.password, "my own words", "counter 2")
    assert sign_in(hall, 2, "1002", "my own words").staff_number == "1002"
    refused(SignInRefused, authenticate, hall, "1002", given.password, "counter 2")


def test_a_one_time_password_does_not_wait_for_ever(hall: OpenHall, clock: MovedByHand) -> None:
    given = give_one_time(hall, "1002", by="", place="here")
    clock.pass_by(hours=CHEAP.one_time_hours)
    refused(OneTimePasswordOver, authenticate, hall, "1002", given.password, "counter 2")
    refused(SignInRefused, authenticate, hall, "1002", WRONG, "counter 2")


def test_one_time_passwords_differ_and_can_be_typed_without_shift() -> None:
    made = {passwords.one_time() for _ in range(50)}
    assert len(made) == 50
    assert all(one == one.lower() and len(one) == 14 for one in made)


def test_who_has_left_cannot_sign_in(hall: OpenHall) -> None:
    with writing(hall.engine) as session:
        session.get_one(Clerk, 1).withdrawn = True
    refused(SignInRefused, authenticate, hall, "1001", RIGHT, "counter 1")
    assert in_force(hall)  # nor is everybody let in, now that nobody is left who could


# -- people ----------------------------------------------------------------------------------------


def test_a_staff_number_is_given_once(engine: Engine, hall: OpenHall) -> None:
    def add(number: str) -> Clerk:
        with writing(engine) as session:
            return accounts.add_clerk(
                session, hall.rules, number, "新人\x1b[31m", "lead", NINE, who="", place="here"
            )

    refused(StaffNumberTaken, add, "1001")
    assert (add(" ｘ９ ").staff_number, add("Y9").name) == ("X9", "新人[31m")
    with writing(engine) as session:
        session.get_one(Clerk, 1).withdrawn = True
    assert add("1001").id == 1  # who comes back is the same person


def test_everybody_is_listed_with_what_they_can_sign_in_with(
    hall: OpenHall, clock: MovedByHand
) -> None:
    authentication.give_one_time(hall, "1002", by="", place="here")
    sign_in(hall, 1, "1001", RIGHT)
    for _ in range(CHEAP.free_tries + 1):
        with pytest.raises(Refused):
            authenticate(hall, "1002", WRONG, "counter 2")
    with reading(hall.engine) as session:
        one, two, three = accounts.listed(session, hall.rules, clock())
    assert (one.password, one.place, one.since) == ("own", "counter 1", NINE)
    assert (two.password, two.locked_until) == ("one_time", NINE + timedelta(seconds=30))
    assert (three.password, three.place, three.locked_until) == ("none", "", None)
