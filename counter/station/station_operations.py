"""What a station's screen asks of the database, run in a thread, as `counter.operations`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from sqlmodel import Session

    from hall.accounts.sign_in import Seat
    from hall.accounts.station_sign_in import Colleague
    from hall.accounts.stations import Station
    from hall.open_hall import OpenHall

Answer = TypeVar("Answer")


def asks_password(hall: OpenHall) -> bool:
    from hall.accounts import accounts

    with hall.reading() as session:
        return accounts.in_force(session, hall.rules.hall_id)


def colleague(hall: OpenHall, staff_number: str, held: Seat | None) -> Colleague:
    """Raises SignedOff, UnknownClerk."""
    from hall.accounts.station_sign_in import Colleague, expect_at_station
    from hall.names import plain

    with hall.reading() as session:
        clerk = expect_at_station(session, hall.rules, staff_number, held)
        return Colleague(clerk.staff_number, plain(clerk.name), clerk.role)


def without_password(hall: OpenHall, station: Station, staff_number: str) -> Colleague:
    from hall.accounts import station_sign_in
    from hall.names import plain

    return station_sign_in.works_without_password(hall, station, plain(staff_number))


def as_signed_in(
    hall: OpenHall,
    station: Station,
    staff_number: str,
    held: Seat | None,
    operation: Callable[[OpenHall, str], Answer],
) -> Answer:
    """Raises SignedOff when this program is not the one signed in, where accounts are in force."""
    from hall.accounts.station_sign_in import expect_at_station
    from hall.rights import refusals_told
    from hall.tickets import business_day

    business_day.settle(hall)

    def is_ours(session: Session) -> None:
        expect_at_station(session, hall.rules, staff_number, held)

    with refusals_told(hall, station.value):
        return operation(replace(hall, expects=is_ours), staff_number)


def sign_off(hall: OpenHall, held: Seat) -> None:
    from hall.accounts import station_sign_in

    station_sign_in.sign_off(hall, held)
