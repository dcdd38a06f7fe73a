"""Hold, transfer, send back, undo: nobody is lost, nobody begins anew."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors.counters import CounterNotOpen
from hall.errors.printing import ReasonMissing
from hall.errors.tickets import (
    NotHeld,
    NoTicketInHand,
    NotServedHere,
    TakenUpElsewhere,
    TicketInHand,
    TransferToItself,
    TransferToNowhere,
    UndoTooLate,
)
from hall.hall_rules import HallRules
from hall.tickets import business_day, calling, holding, line_view, serving, transfers, undo
from tests.at_work import call, issue, ticket, to_service

pytestmark = pytest.mark.each_engine

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def opened(session: Session, rules: HallRules, nine: datetime) -> None:
    """Counter 1 takes withdrawals, counter 2 loans, counter 3 both."""
    for counter in (1, 2, 3):
        counters.open_counter(session, rules, counter, f"100{counter}", nine)


# -- hold ----------------------------------------------------------------------------------------


def test_who_is_put_aside_leaves_the_counter_free(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    first, second = issue(session, rules, nine), issue(session, rules, nine)
    call(session, rules, nine)
    serving.start(session, rules, 1, nine)

    holding.hold(session, rules, 1, "去复印", nine)

    assert (ticket(session, first).state, ticket(session, first).hold_reason) == ("held", "去复印")
    assert call(session, rules, nine) == second


def test_what_was_held_is_no_service_time(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    number = issue(session, rules, nine)
    call(session, rules, nine)
    serving.start(session, rules, 1, nine + MINUTE)
    holding.hold(session, rules, 1, "去复印", nine + 3 * MINUTE)
    holding.resume(session, rules, 1, number, nine + 13 * MINUTE)
    serving.finish(session, rules, 1, nine + 14 * MINUTE)

    done = ticket(session, number)
    assert done.started_at is not None and done.ended_at is not None
    assert done.ended_at - done.started_at == 3 * MINUTE
    assert done.held_s == 600


def test_a_ticket_put_aside_is_taken_up_where_somebody_takes_its_matter(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    number = issue(session, rules, nine)
    call(session, rules, nine)
    holding.hold(session, rules, 1, "去复印", nine)

    with pytest.raises(NotServedHere):
        holding.resume(session, rules, 2, number, nine)
    resumed = holding.resume(session, rules, 3, number, nine)

    assert (resumed.state, resumed.counter_id, resumed.clerk_id) == ("serving", 3, 3)


def test_nothing_is_put_aside_without_saying_why_nor_taken_up_twice(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    number = issue(session, rules, nine)
    with pytest.raises(NoTicketInHand):
        holding.hold(session, rules, 1, "去复印", nine)
    call(session, rules, nine)
    with pytest.raises(ReasonMissing):
        holding.hold(session, rules, 1, " ", nine)
    with pytest.raises(TicketInHand):
        holding.resume(session, rules, 1, number, nine)
    with pytest.raises(NotHeld):
        holding.resume(session, rules, 3, number, nine)


def test_what_is_still_put_aside_the_next_day_is_closed(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    number = issue(session, rules, nine)
    call(session, rules, nine)
    holding.hold(session, rules, 1, "去复印", nine)

    tomorrow = nine + timedelta(days=1)
    business_day.settle_past(session, rules, tomorrow)

    assert ticket(session, number).state == "expired"


# -- transfer ------------------------------------------------------------------------------------


def test_a_transferred_ticket_keeps_number_and_arrival(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    number = issue(session, rules, nine)
    issue(session, rules, nine + MINUTE, "D301")
    before = ticket(session, number)
    issued_at, due_at = before.issued_at, before.due_at
    call(session, rules, nine + 5 * MINUTE)
    serving.start(session, rules, 1, nine + 5 * MINUTE)

    moved = to_service(session, rules, nine + 7 * MINUTE, "D301")

    assert (moved.state, moved.issued_at, moved.due_at) == ("waiting", issued_at, due_at)
    assert (moved.note, moved.served_s, moved.counter_id) == ("请核对户名", 120, None)
    assert call(session, rules, nine + 7 * MINUTE, counter=2) == number  # before the later one


def test_only_the_named_counter_calls_what_was_transferred_to_it(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    number = issue(session, rules, nine)
    call(session, rules, nine)

    transfers.to_counter(session, rules, 1, 2, nine)

    assert call(session, rules, nine, counter=3) is None
    assert call(session, rules, nine, counter=1) is None
    assert call(session, rules, nine, counter=2) == number  # though it takes loans only


def test_only_the_named_clerk_calls_what_was_transferred_to_them(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    number = issue(session, rules, nine)
    call(session, rules, nine)
    clerk = counters.clerk_by_staff_number(session, rules, "1002")

    transfers.to_clerk(session, rules, 1, clerk, nine)

    assert call(session, rules, nine, counter=3) is None
    assert call(session, rules, nine, counter=2) == number


def test_what_waits_for_a_counter_alone_is_free_for_all_when_it_closes(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    number = issue(session, rules, nine)
    call(session, rules, nine)
    transfers.to_counter(session, rules, 1, 2, nine)

    counters.close(session, rules, 2, nine)

    assert call(session, rules, nine, counter=3) == number


def test_an_absent_one_who_comes_back_does_not_wait_for_a_counter_that_has_closed(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    number = issue(session, rules, nine)
    call(session, rules, nine)
    transfers.to_counter(session, rules, 1, 2, nine)
    call(session, rules, nine, counter=2)
    for minute in (1, 2):
        calling.recall(session, rules, 2, nine + minute * MINUTE)
    serving.no_show(session, rules, 2, nine + 2 * MINUTE)
    counters.close(session, rules, 2, nine + 3 * MINUTE)

    serving.requeue(session, rules, 3, number, nine + 4 * MINUTE)

    assert call(session, rules, nine + 4 * MINUTE, counter=3) == number


def test_a_call_is_not_taken_back_to_wait_for_a_counter_that_has_closed(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    number = issue(session, rules, nine)
    call(session, rules, nine)
    transfers.to_counter(session, rules, 1, 2, nine)
    calling.call_ticket(session, rules, 3, number, "等候已久", nine)
    counters.close(session, rules, 2, nine)

    with pytest.raises(UndoTooLate):
        undo.undo(session, rules, 3, nine)

    assert ticket(session, number).counter_id == 3


def test_who_was_sent_to_a_counter_and_was_absent_comes_back_there(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    number = issue(session, rules, nine)
    call(session, rules, nine)
    transfers.to_counter(session, rules, 1, 2, nine)  # which does not take the matter
    call(session, rules, nine, counter=2)
    for minute in (1, 2):
        calling.recall(session, rules, 2, nine + minute * MINUTE)
    serving.no_show(session, rules, 2, nine + 2 * MINUTE)
    there = counters.by_number(session, rules, 2)
    today = rules.business_day(nine)
    assert [one.number for one in line_view.read_absent(session, rules, there, today)] == [number]

    serving.requeue(session, rules, 2, number, nine + 3 * MINUTE)

    assert call(session, rules, nine + 3 * MINUTE, counter=2) == number


def test_nobody_is_transferred_to_where_nobody_sits(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    call(session, rules, nine)
    with pytest.raises(TransferToItself):
        to_service(session, rules, nine, "T201")
    with pytest.raises(TransferToItself):
        transfers.to_counter(session, rules, 1, 1, nine)
    for counter in (2, 3):
        counters.close(session, rules, counter, nine)

    with pytest.raises(TransferToNowhere):
        to_service(session, rules, nine, "D301")
    with pytest.raises(CounterNotOpen):
        transfers.to_counter(session, rules, 1, 3, nine)
    with pytest.raises(TransferToNowhere):
        clerk = counters.clerk_by_staff_number(session, rules, "1002")
        transfers.to_clerk(session, rules, 1, clerk, nine)


def test_who_is_sent_to_the_cashier_comes_back(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    number = issue(session, rules, nine)
    call(session, rules, nine)
    of, group = catalogue.service(session, rules, "D301")
    transfers.to_service(session, rules, 1, of, group, nine, and_return=True)
    call(session, rules, nine, counter=2)
    serving.start(session, rules, 2, nine)

    back = serving.finish(session, rules, 2, nine + MINUTE)

    assert (back.state, back.service_id, back.reserved_counter_id) == ("waiting", 1, 1)
    assert call(session, rules, nine + MINUTE, counter=3) is None
    assert call(session, rules, nine + MINUTE, counter=1) == number
    assert serving.finish(session, rules, 1, nine + 2 * MINUTE).state == "finished"


def test_who_comes_back_to_a_closed_counter_is_served_by_another(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    number = issue(session, rules, nine)
    call(session, rules, nine)
    transfers.to_counter(session, rules, 1, 2, nine, and_return=True)
    call(session, rules, nine, counter=2)
    counters.close(session, rules, 1, nine)

    serving.finish(session, rules, 2, nine)

    assert call(session, rules, nine, counter=3) == number


def test_passed_on_further_it_still_goes_back_where_that_was_promised(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    number = issue(session, rules, nine)
    call(session, rules, nine)
    transfers.to_counter(session, rules, 1, 2, nine, and_return=True)
    call(session, rules, nine, counter=2)
    transfers.to_counter(session, rules, 2, 3, nine)
    call(session, rules, nine, counter=3)

    back = serving.finish(session, rules, 3, nine)

    assert (back.name, back.state, back.reserved_counter_id) == (number, "waiting", 1)


def test_finished_where_it_would_go_back_to_it_is_finished(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    call(session, rules, nine)
    transfers.to_counter(session, rules, 1, 2, nine, and_return=True)
    call(session, rules, nine, counter=2)
    transfers.to_counter(session, rules, 2, 1, nine)
    call(session, rules, nine)

    assert serving.finish(session, rules, 1, nine).state == "finished"


def test_who_comes_too_late_to_take_one_up_is_told_who_has_it(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    number = issue(session, rules, nine)
    call(session, rules, nine)
    holding.hold(session, rules, 1, "去复印", nine)
    holding.resume(session, rules, 3, number, nine)

    with pytest.raises(TakenUpElsewhere) as refused:
        holding.resume(session, rules, 1, number, nine)

    assert refused.value.facts == {"number": number, "counter": 3}
