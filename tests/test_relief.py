"""B signs in at A's post with the own password, and A's program is signed off."""

import pytest

from counter.sign_in.sign_in_operations import why_lost
from db.engine import reading, writing
from db.tables import Clerk, Counter
from hall.accounts.sign_in import sign_in
from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors.accounts import SignedInElsewhere, SignedOff
from hall.errors.tickets import TicketInHand
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

# Counter 1's A is 1001, its B 1002.


@pytest.fixture
def hall(open_hall: OpenHall) -> OpenHall:
    hall = with_accounts(open_hall, MovedByHand(NINE))
    for number in ("1002", "1003"):
        with_password(hall, number)
    return hall


def who_sits(hall: OpenHall, counter: int) -> tuple[str, int | None]:
    with reading(hall.engine) as session:
        found = session.get_one(Counter, counter)
        return found.state, found.clerk_id


def test_the_posts_other_person_takes_over_and_the_one_before_is_signed_off(
    hall: OpenHall,
) -> None:
    before = sign_in(hall, 1, "1001", RIGHT)
    after = sign_in(hall, 1, "1002", RIGHT)

    assert who_sits(hall, 1) == ("open", 2)
    assert sit_ins(hall) == [(2, 1)]
    refused(SignedOff, expect_seat, hall, 1, before)
    expect_seat(hall, 1, after)
    assert after.staff_number == "1002"
    assert [entry.who for entry in journalled(hall, "counter.relieved")] == ["1002"]
    told = why_lost(hall, before)
    assert told is not None
    assert told.facts == {"name": "周五", "number": "1002"}


def test_at_the_same_screen_it_is_the_newcomers_seat_not_the_one_held(hall: OpenHall) -> None:
    """Else B would work on under A's name."""
    held = sign_in(hall, 1, "1001", RIGHT)
    seat = sign_in(hall, 1, "1002", RIGHT, held=held)
    assert (seat.staff_number, seat.token != held.token) == ("1002", True)
    assert sit_ins(hall) == [(2, 1)]


def test_a_pause_of_a_ends_when_b_takes_over(hall: OpenHall) -> None:
    sign_in(hall, 1, "1001", RIGHT)
    with writing(hall.engine) as session:
        counters.open_counter(session, hall.rules, 3, "1003", NINE)  # takes the same matters
        counters.pause(session, hall.rules, 1, "用餐", NINE)
    sign_in(hall, 1, "1002", RIGHT)
    assert who_sits(hall, 1) == ("open", 2)


def test_a_citizen_is_not_left_standing_and_b_keeps_the_own_counter_until_then(
    hall: OpenHall,
) -> None:
    sign_in(hall, 1, "1001", RIGHT)
    sign_in(hall, 2, "1002", RIGHT)
    with writing(hall.engine) as session:
        service, group = catalogue.service(session, hall.rules, "T201")
        tickets.issue(session, hall.rules, service, group, NINE)
        calling.call_next(session, hall.rules, 1, NINE)
    refused(TicketInHand, sign_in, hall, 1, "1002", RIGHT, reason="替A角")
    assert sorted(sit_ins(hall)) == [(1, 1), (2, 2)]


def test_b_who_sits_elsewhere_says_why_and_that_counter_is_closed(hall: OpenHall) -> None:
    sign_in(hall, 1, "1001", RIGHT)
    sign_in(hall, 2, "1002", RIGHT)
    refused(SignedInElsewhere, sign_in, hall, 1, "1002", RIGHT)
    assert who_sits(hall, 1) == ("open", 1)
    sign_in(hall, 1, "1002", RIGHT, reason="替A角")
    assert (who_sits(hall, 1), who_sits(hall, 2)) == (("open", 2), ("closed", None))


def test_where_b_who_stood_in_takes_over_the_line_is_lent_no_more(hall: OpenHall) -> None:
    sign_in(hall, 1, "1001", RIGHT)
    sign_in(hall, 2, "1002", RIGHT)
    with writing(hall.engine) as session:
        counters.pause(session, hall.rules, 1, "用餐", NINE)
    assert len(journalled(hall, "counter.line_lent")) == 1
    sign_in(hall, 1, "1002", RIGHT, reason="替A角")
    assert len(journalled(hall, "counter.line_returned")) == 1
    assert who_sits(hall, 1) == ("open", 2)


def test_since_when_b_sits_there_is_told_without_a_sign_in_too(hall: OpenHall) -> None:
    with writing(hall.engine) as session:
        counters.open_counter(session, hall.rules, 1, "1001", NINE)
    hall.now.pass_by(minutes=20)  # type: ignore[attr-defined]
    with writing(hall.engine) as session:
        counters.open_counter(session, hall.rules, 1, "1002", hall.now())
        assert session.get_one(Clerk, 2).staff_number == "1002"
    assert "counter 1 since 09:20" in refused(SignedInElsewhere, sign_in, hall, 2, "1002", RIGHT)
