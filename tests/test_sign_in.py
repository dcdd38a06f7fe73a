"""One place for a clerk, one clerk at a counter, and whoever goes on elsewhere is told apart."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from db import journal
from db.engine import reading, writing
from db.tables import Counter, SignIn
from hall.accounts import station_sign_in
from hall.accounts.authentication import give_one_time
from hall.accounts.sign_in import sign_in
from hall.accounts.stations import Station
from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors.accounts import SignedInElsewhere, SignedOff
from hall.errors.counters import CounterTaken
from hall.errors.tickets import TicketInHand
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from hall.tickets import calling, tickets
from tests.conftest import NINE
from tests.signing_in import (
    RIGHT,
    MovedByHand,
    expect_seat,
    journalled,
    refused,
    sit_ins,
    with_accounts,
    with_password,
)

pytestmark = pytest.mark.each_engine

SIGNER = Path(__file__).with_name("sign_in_worker.py")


@pytest.fixture
def clock() -> MovedByHand:
    return MovedByHand(NINE)


@pytest.fixture
def hall(open_hall: OpenHall, clock: MovedByHand) -> OpenHall:
    """Clerk 1001 has a password; 1002 and 1003 have none."""
    return with_accounts(open_hall, clock)


def test_signing_in_opens_the_counter_and_closing_signs_off(hall: OpenHall) -> None:
    sign_in(hall, 1, "1001", RIGHT)
    assert sit_ins(hall) == [(1, 1)]
    assert journalled(hall, "account.signed_in")[0].place == "counter 1"
    with writing(hall.engine) as session:
        assert counters.by_number(session, hall.rules, 1).state == "open"
        counters.close(session, hall.rules, 1, NINE)
    assert sit_ins(hall) == []
    assert journalled(hall, "account.signed_off")[0].who == "1001"


def test_a_counter_with_another_clerk_is_not_taken(hall: OpenHall) -> None:
    with_password(hall, "1003")
    sign_in(hall, 1, "1001", RIGHT)
    refused(CounterTaken, sign_in, hall, 1, "1003", RIGHT)
    assert sit_ins(hall) == [(1, 1)]


def test_a_second_sign_in_says_where_the_first_is_and_needs_a_reason(
    hall: OpenHall, clock: MovedByHand
) -> None:
    first = sign_in(hall, 1, "1001", RIGHT)
    clock.pass_by(minutes=5)
    told = refused(SignedInElsewhere, sign_in, hall, 3, "1001", RIGHT)
    assert "counter 1 since 09:00" in told
    refused(SignedInElsewhere, sign_in, hall, 3, "1001", RIGHT, reason=" \n")
    assert sit_ins(hall) == [(1, 1)]

    second = sign_in(hall, 3, "1001", RIGHT, reason="那台电脑坏了")

    assert sit_ins(hall) == [(1, 3)]
    entry = journalled(hall, "account.taken_over")[0]
    assert (entry.who, entry.place, entry.why) == ("1001", "counter 3", "other")
    with reading(hall.engine) as session:
        assert journal.words_of(session, 1, [entry.sequence]) == {entry.sequence: "那台电脑坏了"}
    assert entry.before == {"place": "counter 1"}
    refused(SignedOff, expect_seat, hall, 1, first)
    expect_seat(hall, 3, second)
    with reading(hall.engine) as session:
        assert journal.verify(session, 1).intact


def test_nobody_is_left_standing_at_the_counter_that_is_taken_over(
    hall: OpenHall, rules: HallRules
) -> None:
    sign_in(hall, 1, "1001", RIGHT)
    with writing(hall.engine) as session:
        service, group = catalogue.service(session, rules, "T201")
        tickets.issue(session, rules, service, group, NINE)
        calling.call_next(session, rules, 1, NINE)
    refused(TicketInHand, sign_in, hall, 3, "1001", RIGHT, reason="换窗口")
    assert sit_ins(hall) == [(1, 1)]


def test_a_counter_opened_from_the_command_line_is_an_elsewhere_too(
    hall: OpenHall, rules: HallRules
) -> None:
    with writing(hall.engine) as session:
        counters.open_counter(session, rules, 1, "1001", NINE)
    assert "counter 1 since 09:00" in refused(SignedInElsewhere, sign_in, hall, 3, "1001", RIGHT)


def test_going_on_here_in_another_program_locks_the_one_before(hall: OpenHall) -> None:
    first = sign_in(hall, 1, "1001", RIGHT)
    second = sign_in(hall, 1, "1001", RIGHT)
    refused(SignedOff, expect_seat, hall, 1, first)
    expect_seat(hall, 1, second)


def test_unlocking_ones_own_screen_changes_nothing(hall: OpenHall) -> None:
    seat = sign_in(hall, 1, "1001", RIGHT)
    with writing(hall.engine) as session:
        counters.open_counter(session, hall.rules, 3, "1003", NINE)  # takes the same matters
        counters.pause(session, hall.rules, 1, "用餐", NINE)
    assert sign_in(hall, 1, "1001", RIGHT, held=seat) == seat
    with reading(hall.engine) as session:
        assert counters.by_number(session, hall.rules, 1).state == "paused"


def test_a_new_one_time_password_ends_the_sign_in(hall: OpenHall) -> None:
    seat = sign_in(hall, 1, "1001", RIGHT)
    give_one_time(hall, "1001", by="", place="here")
    refused(SignedOff, expect_seat, hall, 1, seat)


@pytest.mark.parametrize(
    "clash", [{"clerk_id": 1, "counter_id": 2}, {"clerk_id": 2, "counter_id": 1}]
)
def test_the_database_itself_keeps_one_place_for_a_clerk_and_one_clerk_for_a_counter(
    hall: OpenHall, clash: dict[str, int]
) -> None:
    sign_in(hall, 1, "1001", RIGHT)
    with pytest.raises(IntegrityError), writing(hall.engine) as session:
        session.add(SignIn(hall_id=1, place="", since=NINE, seen_at=NINE, token_digest="", **clash))
        session.flush()


def test_two_programs_that_sign_the_same_clerk_in_at_once_one_wins(
    hall: OpenHall, database: Path
) -> None:
    go = database.with_name("go")
    started = [
        subprocess.Popen(
            [sys.executable, str(SIGNER), f"sqlite:///{database}", str(go), number],
            stdout=subprocess.PIPE,
            text=True,
            cwd=SIGNER.parent.parent,
            env={"PYTHONPATH": str(SIGNER.parent.parent), "PATH": ""},
        )
        for number in ("1", "3")
    ]
    try:
        deadline = time.monotonic() + 60
        while len(list(go.parent.glob("go.ready-*"))) < len(started):
            assert time.monotonic() < deadline, "the programs did not start"
            time.sleep(0.01)
        go.touch()
        told = sorted(program.communicate(timeout=60)[0].strip() for program in started)
    finally:
        for program in started:
            program.kill()
            program.wait()
            assert program.stdout is not None
            program.stdout.close()
    assert told == ["signed in", "signed_in_elsewhere"]
    assert len(sit_ins(hall)) == 1
    with reading(hall.engine) as session:
        found = session.exec(select(Counter).where(Counter.state != "closed")).all()
        assert [counter.clerk_id for counter in found] == [1]


def test_who_is_at_the_desk_and_at_a_counter_opened_by_a_script_leaves_both(hall: OpenHall) -> None:
    station_sign_in.sign_in(hall, Station.DESK, "1001", RIGHT)
    with writing(hall.engine) as session:
        counters.open_counter(session, hall.rules, 1, "1001", NINE)
    sign_in(hall, 3, "1001", RIGHT, reason="换到三号窗口")
    assert sit_ins(hall) == [(1, 3)]
