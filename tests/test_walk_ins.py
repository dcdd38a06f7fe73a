"""快办: served where one stands; counted as a visit, but as nobody who waited or was called."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from db.tables import Announcement, Call, Case, CaseResult, Clerk, Counter, PrintJob, Ticket
from hall import board_view
from hall.cases import cases
from hall.catalogue import catalogue
from hall.counters import counter_view, counters
from hall.errors.counters import CounterNotOpen, CounterPausedNow
from hall.errors.tickets import NothingToUndo, NotServedHere, TicketInHand, UndoTooLate
from hall.hall_rules import HallRules
from hall.notices import notices
from hall.tickets import calling, serving, tickets, undo, walk_ins
from hall.tickets.ticket_course import Step
from hall.tickets.visit_view import read_visit

pytestmark = pytest.mark.each_engine

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def opened(session: Session, rules: HallRules, nine: datetime) -> None:
    for counter in (1, 3):
        counters.open_counter(session, rules, counter, f"100{counter}", nine)


def begin(
    session: Session, rules: HallRules, now: datetime, counter: int = 1, code: str = "T201"
) -> Ticket:
    return walk_ins.begin(session, rules, counter, *catalogue.service(session, rules, code), now)


def issue(session: Session, rules: HallRules, now: datetime) -> str:
    return tickets.issue(session, rules, *catalogue.service(session, rules, "T201"), now).number


def rows(session: Session, table: type[Ticket]) -> list[Ticket]:
    return list(session.exec(select(table).order_by(col(table.id))).all())


def test_it_is_served_at_once_and_nobody_is_called_nor_anything_printed(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    ticket = begin(session, rules, nine)

    assert (ticket.name, ticket.state, ticket.origin) == ("A001", "serving", "counter")
    assert (ticket.counter_id, ticket.clerk_id, ticket.started_at) == (1, 1, nine)
    assert (ticket.calls, ticket.called_at) == (0, None)
    for table in (Call, Announcement, PrintJob):
        assert session.exec(select(table)).all() == []
    board = board_view.read_board(session, rules, nine, 6)
    assert board.calls == () and board.counters[0].ticket == "A001"


def test_who_waits_for_nothing_is_no_figure_of_waiting(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    ticket = begin(session, rules, nine + MINUTE)

    assert (ticket.ahead, ticket.wait_low_s, ticket.wait_high_s) == (0, None, None)
    visit = read_visit(session, ticket)
    assert (visit.waited, visit.calls, visit.counters) == (timedelta(), 0, (1,))


def test_it_takes_no_turn_from_the_line(session: Session, rules: HallRules, nine: datetime) -> None:
    session.get_one(Counter, 1).privileged_in_a_row = 2
    waits = issue(session, rules, nine)
    begin(session, rules, nine)
    assert session.get_one(Counter, 1).privileged_in_a_row == 2
    serving.finish(session, rules, 1, nine + MINUTE)

    called = calling.call_next(session, rules, 1, nine + MINUTE)
    assert called is not None and called.number == waits


def test_it_counts_as_a_visit_with_its_matter_and_its_time(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    begin(session, rules, nine)
    serving.finish(session, rules, 1, nine + 2 * MINUTE)

    assert [case.service_id for case in session.exec(select(Case))] == [1]
    day = counter_view.read_counter(session, rules, 1, nine + 2 * MINUTE).day
    assert (day.served, day.average) == (1, 2 * MINUTE)


def test_it_needs_an_open_counter_empty_hands_and_a_matter_that_is_taken_there(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    with pytest.raises(CounterNotOpen):
        begin(session, rules, nine, counter=2)
    with pytest.raises(NotServedHere):
        begin(session, rules, nine, code="D301")
    counters.pause(session, rules, 1, "打印机故障", nine)
    with pytest.raises(CounterPausedNow):
        begin(session, rules, nine)
    begin(session, rules, nine, counter=3, code="D301")
    with pytest.raises(TicketInHand):
        begin(session, rules, nine, counter=3)

    assert [ticket.name for ticket in rows(session, Ticket)] == ["B001"]


def test_one_begun_by_mistake_is_void_counts_nowhere_and_never_waits(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    begin(session, rules, nine)
    ticket, step = undo.undo(session, rules, 1, nine + MINUTE)

    assert (step, ticket.state, ticket.ended_at) == (Step.WALKED_IN, "expired", nine + MINUTE)
    assert (ticket.counter_id, ticket.started_at) == (None, None)
    assert session.exec(select(Case)).all() == []
    assert calling.call_next(session, rules, 1, nine + MINUTE) is None
    assert begin(session, rules, nine + MINUTE).name == "A002"


def test_one_in_which_something_was_done_is_not_made_void(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    matter, _ = catalogue.service(session, rules, "T201")
    ticket = begin(session, rules, nine)
    case = cases.record(session, rules, 1, matter, CaseResult.ANSWERED, nine)
    assert undo.find(session, rules, 1, nine) is None
    with pytest.raises(UndoTooLate):
        undo.undo(session, rules, 1, nine)
    assert case.id is not None
    cases.strike(session, rules, 1, case.id, nine)
    assert undo.find(session, rules, 1, nine) is not None
    notices.issue(session, rules, matter, session.get_one(Clerk, 1), {1}, {}, nine, ticket=ticket)
    with pytest.raises(UndoTooLate):
        undo.undo(session, rules, 1, nine)

    assert ticket.state == "serving"


def test_it_settles_what_was_done_before_it(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    serving.finish(session, rules, 1, nine)
    begin(session, rules, nine)
    undo.undo(session, rules, 1, nine)
    with pytest.raises(NothingToUndo):
        undo.undo(session, rules, 1, nine)
