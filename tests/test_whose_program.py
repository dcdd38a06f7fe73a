"""A deed and the question whose program it is stand in one transaction."""

import re
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import select

import counter as programs
from counter import operations
from counter.operations import Told
from counter.sign_in import sign_in_operations
from counter.station import station_operations
from counter.supervisor import supervisor_operations
from db.engine import reading
from db.tables import CounterMessage, Ticket
from hall.accounts import station_sign_in
from hall.accounts.sign_in import Seat, sign_in
from hall.accounts.stations import Station
from hall.errors.accounts import SignedOff
from hall.open_hall import OpenHall
from tests.conftest import NINE
from tests.signing_in import RIGHT, MovedByHand, journalled, refused, with_accounts, with_password

pytestmark = pytest.mark.each_engine


@pytest.fixture
def hall(open_hall: OpenHall) -> OpenHall:
    """Clerks 1001 and 1002 have passwords."""
    found = with_accounts(open_hall, MovedByHand(NINE))
    with_password(found, "1002")
    return found


def deed_at_counter(hall: OpenHall, seat: Seat | None) -> Told:
    pause = partial(operations.pause, counter=1, reason="用餐", until=None)
    return sign_in_operations.as_signed_in(hall, 1, seat, pause)


def test_who_was_taken_over_from_between_question_and_deed_does_nothing(hall: OpenHall) -> None:
    seat = sign_in(hall, 1, "1001", RIGHT)

    def taken_over_first(mine: OpenHall) -> Told:
        sign_in(hall, 1, "1001", RIGHT)  # in another program
        return operations.call_next(mine, 1)

    refused(SignedOff, sign_in_operations.as_signed_in, hall, 1, seat, taken_over_first)
    assert journalled(hall, "ticket.called") == []


def test_a_program_nobody_took_over_from_goes_on(hall: OpenHall) -> None:
    hall.rules.numbers.last_counter_needs_consent = False
    assert deed_at_counter(hall, sign_in(hall, 1, "1001", RIGHT)).good
    refused(SignedOff, deed_at_counter, hall, None)


def test_the_same_holds_at_a_station(hall: OpenHall) -> None:
    seat = station_sign_in.sign_in(hall, Station.DESK, "1001", RIGHT)

    def signed_off_first(mine: OpenHall, staff_number: str) -> Told:
        station_sign_in.sign_off(hall, seat)
        return supervisor_operations.send(mine, staff_number, None, "请注意")

    refused(
        SignedOff,
        station_operations.as_signed_in,
        hall,
        Station.DESK,
        "1001",
        seat,
        signed_off_first,
    )
    with reading(hall.engine) as session:
        assert session.exec(select(CounterMessage)).all() == []


def test_every_operation_of_these_programs_asks_in_its_transaction() -> None:
    """`db.engine` would let one through unasked."""
    folder = Path(programs.__file__).parent
    past = [
        path.name
        for path in folder.rglob("*.py")
        if re.search(r"db\.engine|hall\.engine", path.read_text(encoding="utf-8"))
    ]
    assert past == []


def test_it_asks_before_anything_is_read_of_a_citizen(hall: OpenHall) -> None:
    def look(mine: OpenHall) -> Told:
        with mine.reading() as session:
            session.exec(select(Ticket)).all()
        return Told("", {})

    refused(SignedOff, sign_in_operations.as_signed_in, hall, 1, None, look)
