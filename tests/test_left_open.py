"""What is left open overnight is closed where the next day begins, and counts no night."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from db import journal
from db.engine import reading, writing
from db.tables import Counter, CounterGroup, HelpKind, HelpRequest, JournalEntry
from hall.accounts import station_sign_in
from hall.accounts.sign_in import sign_in
from hall.accounts.stations import Station
from hall.catalogue import catalogue
from hall.counters import counter_view, counters, help_requests
from hall.errors.accounts import SignedOff
from hall.errors.counters import CounterNotOpen
from hall.errors.tickets import NoTicketInHand
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from hall.overview.hall_alarms import Kind, alarms
from hall.overview.hall_view import read_hall_now
from hall.tickets import business_day, calling, holding, serving, tickets, walk_ins
from hall.tickets.visit_view import read_visit
from tests.at_work import call, issue, ticket
from tests.conftest import NINE
from tests.signing_in import (
    RIGHT,
    MovedByHand,
    expect_seat,
    journalled,
    refused,
    sit_ins,
    with_accounts,
)

pytestmark = pytest.mark.each_engine

TOMORROW = NINE + timedelta(days=1)
OFFICE_ENDS = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
"""Half past five in the hall."""


@pytest.fixture(autouse=True)
def opened(engine: object, open_hall: OpenHall) -> None:
    """Counter 1 was opened by its A on Monday."""
    with writing(open_hall.engine) as session:
        counters.open_counter(session, open_hall.rules, 1, "1001", NINE)


def state(session: Session, number: int) -> str:
    session.expire_all()
    here = select(Counter).where(Counter.number == number)
    return session.exec(here).one().state


def told(session: Session, what: str) -> list[JournalEntry]:
    return list(session.exec(select(JournalEntry).where(JournalEntry.what == what)).all())


# -- counters ------------------------------------------------------------------------------------


def first_number(session: Session, rules: HallRules) -> None:
    issue(session, rules, TOMORROW)


def another_opens(session: Session, rules: HallRules) -> None:
    counters.open_counter(session, rules, 2, "1002", TOMORROW)


def it_closes(session: Session, rules: HallRules) -> None:
    counters.close(session, rules, 1, TOMORROW)


@pytest.mark.parametrize("begins", [first_number, another_opens, it_closes])
def test_a_counter_left_open_is_closed_wherever_the_next_day_begins(
    session: Session, rules: HallRules, begins: Callable[[Session, HallRules], None]
) -> None:
    begins(session, rules)

    assert state(session, 1) == "closed"
    [entry] = told(session, "counter.left_over")
    assert (entry.who, entry.subject) == ("system", "counter/1")
    assert (entry.before or {})["clerk"] == "1001"
    assert told(session, "counter.closed") == []


def test_one_opened_today_stays_open(session: Session, rules: HallRules) -> None:
    counters.open_counter(session, rules, 2, "1002", TOMORROW)
    issue(session, rules, TOMORROW)
    issue(session, rules, TOMORROW, "D301")
    assert (state(session, 1), state(session, 2)) == ("closed", "open")


def test_its_clerk_opens_any_counter_and_a_colleague_opens_that_one(
    session: Session, rules: HallRules
) -> None:
    counters.open_counter(session, rules, 1, "1003", TOMORROW)
    counters.open_counter(session, rules, 3, "1001", TOMORROW)
    assert (state(session, 1), state(session, 3)) == ("open", "open")


@pytest.mark.parametrize("begins", ["quick", "pause"])
def test_nobody_works_at_it_before_it_is_opened_again(
    session: Session, rules: HallRules, begins: str
) -> None:
    with pytest.raises(CounterNotOpen):
        if begins == "quick":
            walk_ins.begin(session, rules, 1, *catalogue.service(session, rules, "T201"), TOMORROW)
        else:
            counters.pause(session, rules, 1, "用餐", TOMORROW)


def test_lines_lent_and_what_was_asked_for_end_with_the_day(
    session: Session, rules: HallRules
) -> None:
    counters.open_counter(session, rules, 2, "1002", NINE)  # the B of counter 1
    here = counters.by_number(session, rules, 1)
    clerk = counters.clerk_of(session, here)
    kind = HelpKind.DUTY_MANAGER
    help_requests.ask(session, rules, kind, "counter 1", here, clerk, "请来", NINE)
    counters.pause(session, rules, 1, "用餐", NINE)
    lent = select(CounterGroup).where(col(CounterGroup.lent_by_id).is_not(None))
    assert len(session.exec(lent).all()) == 1

    issue(session, rules, TOMORROW)

    assert session.exec(lent).all() == []
    assert [one.ended_at for one in session.exec(select(HelpRequest))] == [TOMORROW]
    assert (state(session, 1), state(session, 2)) == ("closed", "closed")


def test_the_console_says_the_next_day_that_nobody_takes_the_matter(
    session: Session, rules: HallRules
) -> None:
    issue(session, rules, TOMORROW)
    found = alarms(read_hall_now(session, rules, TOMORROW), TOMORROW)
    assert Kind.NOBODY_TAKES in [alarm.kind for alarm in found]


def test_the_first_of_the_day_is_not_promised_a_counter_nobody_has_opened(
    session: Session, rules: HallRules
) -> None:
    of, group = catalogue.service(session, rules, "T201")
    assert tickets.issue(session, rules, of, group, TOMORROW).wait_low_s is None


def test_the_closed_counter_says_since_when_it_had_been_open(
    session: Session, rules: HallRules
) -> None:
    def shown() -> datetime | None:
        return counter_view.read_counter(session, rules, 1, TOMORROW).left_open_since

    assert shown() is None  # while it still stands open
    issue(session, rules, TOMORROW)
    assert shown() == rules.local(NINE)

    counters.open_counter(session, rules, 1, "1001", TOMORROW)
    assert shown() is None
    counters.close(session, rules, 1, TOMORROW)
    assert shown() is None


# -- yesterday's citizen in hand -----------------------------------------------------------------


def test_who_is_still_in_hand_the_next_day_keeps_nobody_from_closing(
    session: Session, rules: HallRules
) -> None:
    number = issue(session, rules, NINE)
    call(session, rules, NINE)
    assert counter_view.read_counter(session, rules, 1, TOMORROW).in_hand is None
    with pytest.raises(NoTicketInHand):
        serving.finish(session, rules, 1, TOMORROW)

    assert counters.close(session, rules, 1, TOMORROW).state == "closed"
    assert ticket(session, number).state == "expired"


def test_the_next_call_after_a_night_finds_the_counter_closed(
    session: Session, rules: HallRules
) -> None:
    issue(session, rules, NINE)
    call(session, rules, NINE)
    with pytest.raises(CounterNotOpen):
        calling.call_next(session, rules, 1, TOMORROW)


# -- times ---------------------------------------------------------------------------------------


def test_a_visit_left_in_service_ends_when_the_office_closed(
    session: Session, rules: HallRules
) -> None:
    number = issue(session, rules, NINE)
    call(session, rules, NINE)
    started = OFFICE_ENDS - timedelta(minutes=10)
    serving.start(session, rules, 1, started)

    business_day.settle_past(session, rules, TOMORROW)

    left = ticket(session, number)
    assert (left.state, left.started_at, left.ended_at) == ("finished", started, OFFICE_ENDS)


def test_one_begun_after_hours_does_not_end_before_it_began(
    session: Session, rules: HallRules
) -> None:
    number = issue(session, rules, NINE)
    late = OFFICE_ENDS + timedelta(minutes=20)
    call(session, rules, late)
    serving.start(session, rules, 1, late)
    business_day.settle_past(session, rules, TOMORROW)
    assert ticket(session, number).ended_at == late


def test_one_put_aside_counts_what_it_was_served_and_what_it_was_held(
    session: Session, rules: HallRules
) -> None:
    number = issue(session, rules, NINE)
    call(session, rules, NINE)
    serving.start(session, rules, 1, NINE)
    put_aside = OFFICE_ENDS - timedelta(minutes=30)
    holding.hold(session, rules, 1, "去复印", put_aside)

    business_day.settle_past(session, rules, TOMORROW)

    left = ticket(session, number)
    assert (left.state, left.held_at, left.held_s) == ("expired", None, 1800)
    assert left.ended_at is not None and left.started_at is not None
    assert left.ended_at - left.started_at == put_aside - NINE


def test_who_was_never_called_has_not_waited_through_the_night(
    session: Session, rules: HallRules
) -> None:
    number = issue(session, rules, NINE)
    business_day.settle_past(session, rules, TOMORROW)
    left = ticket(session, number)
    assert left.ended_at == OFFICE_ENDS
    assert read_visit(session, left).waited == OFFICE_ENDS - NINE
    assert journal.verify(session, rules.hall_id).intact


# -- who is signed in ----------------------------------------------------------------------------


@pytest.fixture
def clock() -> MovedByHand:
    return MovedByHand(NINE)


@pytest.fixture
def hall(open_hall: OpenHall, clock: MovedByHand) -> OpenHall:
    """Clerk 1001 has a password."""
    return with_accounts(open_hall, clock)


def test_the_program_left_signed_in_overnight_is_signed_off(
    hall: OpenHall, clock: MovedByHand
) -> None:
    seat = sign_in(hall, 1, "1001", RIGHT)
    clock.pass_by(days=1)

    business_day.settle(hall)

    assert sit_ins(hall) == []
    refused(SignedOff, expect_seat, hall, 1, seat)
    with reading(hall.engine) as session:
        assert state(session, 1) == "closed"


def test_a_clerk_signed_in_at_the_desk_overnight_signs_in_elsewhere_without_saying_why(
    hall: OpenHall, clock: MovedByHand
) -> None:
    with writing(hall.engine) as session:
        counters.close(session, hall.rules, 1, NINE)
    station_sign_in.sign_in(hall, Station.DESK, "1001", RIGHT)
    clock.pass_by(days=1)

    assert sign_in(hall, 3, "1001", RIGHT).counter == 3
    assert [entry.place for entry in journalled(hall, "account.left_over")] == ["desk"]


def test_the_desk_s_program_is_signed_off_when_the_day_begins(
    hall: OpenHall, clock: MovedByHand
) -> None:
    with writing(hall.engine) as session:
        counters.close(session, hall.rules, 1, NINE)
    station_sign_in.sign_in(hall, Station.DESK, "1001", RIGHT)
    business_day.settle(hall)
    assert len(sit_ins(hall)) == 1  # the same day

    clock.pass_by(days=1)
    business_day.settle(hall)

    assert sit_ins(hall) == []
