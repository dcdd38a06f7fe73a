"""What a clerk is told of the ticket in hand: whom it comes from, what was said, how long."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from db.tables import CaseResult, Ticket
from hall.cases import cases
from hall.catalogue import catalogue
from hall.counters import counters
from hall.hall_rules import HallRules
from hall.tickets import calling, holding, serving, tickets, transfers, undo
from hall.tickets.visit_view import Visit, read_visit

pytestmark = pytest.mark.each_engine

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def called(session: Session, rules: HallRules, nine: datetime) -> None:
    """Counter 1 has called A001, five minutes after it was issued."""
    for counter in (1, 2, 3):
        counters.open_counter(session, rules, counter, f"100{counter}", nine)
    of, group = catalogue.service(session, rules, "T201")
    tickets.issue(session, rules, of, group, nine)
    calling.call_next(session, rules, 1, nine + 5 * MINUTE)


def visit(session: Session) -> Visit:
    return read_visit(session, session.exec(select(Ticket).order_by(col(Ticket.id))).one())


def test_a_first_call_has_only_waited(session: Session, rules: HallRules, nine: datetime) -> None:
    found = visit(session)

    assert (found.origin, found.note, found.returns_to) == (None, "", None)
    assert (found.counters, found.calls, found.waited) == ((1,), 1, 5 * MINUTE)
    assert found.held == timedelta()


def test_only_the_time_in_the_line_is_waiting(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    serving.start(session, rules, 1, nine + 6 * MINUTE)
    holding.hold(session, rules, 1, "去复印", nine + 7 * MINUTE)
    holding.resume(session, rules, 1, "A001", nine + 17 * MINUTE)
    transfers.to_counter(session, rules, 1, 3, nine + 20 * MINUTE)
    calling.call_next(session, rules, 3, nine + 22 * MINUTE)

    found = visit(session)

    assert (found.waited, found.held) == (7 * MINUTE, 10 * MINUTE)
    assert (found.counters, found.calls) == ((1, 3), 2)


def test_a_transfer_names_its_counter_clerk_and_note(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    transfers.to_counter(session, rules, 1, 3, nine, note="请核对\x1b户名", and_return=True)
    calling.call_next(session, rules, 3, nine)

    found = visit(session)

    assert found.origin is not None
    assert (found.origin.counter, found.origin.clerk, found.origin.sent_back) == (1, "李四", False)
    assert (found.note, found.returns_to) == ("请核对户名", 1)


def test_sent_back_it_comes_from_there_and_ones_own_note_is_no_news(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    transfers.to_counter(session, rules, 1, 3, nine, note="请核对户名", and_return=True)
    calling.call_next(session, rules, 3, nine)
    serving.finish(session, rules, 3, nine)
    calling.call_next(session, rules, 1, nine)

    found = visit(session)

    assert found.origin is not None
    assert (found.origin.counter, found.origin.sent_back) == (3, True)
    assert (found.note, found.returns_to, found.counters) == ("", None, (1, 3, 1))


def test_a_transfer_that_was_undone_is_none(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    transfers.to_counter(session, rules, 1, 3, nine, note="请核对户名")
    undo.undo(session, rules, 1, nine)

    found = visit(session)

    assert (found.origin, found.note) == (None, "")


def test_the_note_of_a_transfer_that_was_undone_is_nobody_elses(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    transfers.to_counter(session, rules, 1, 2, nine, note="请核对户名")
    calling.call_next(session, rules, 2, nine)
    transfers.to_counter(session, rules, 2, 3, nine, note="写错了")
    undo.undo(session, rules, 2, nine)

    found = visit(session)

    assert found.origin is not None and found.origin.counter == 1
    assert found.note == ""  # what counter 1 wrote has been written over


@pytest.mark.parametrize("recorded", [False, True])
def test_what_was_undone_takes_no_time_from_waiting_and_adds_none(
    session: Session, rules: HallRules, nine: datetime, recorded: bool
) -> None:
    if recorded:  # no step, though it stands in the journal under the ticket
        of, _ = catalogue.service(session, rules, "T201")
        case = cases.record(session, rules, 1, of, CaseResult.DONE, nine + 6 * MINUTE)
        assert case.id is not None
        cases.strike(session, rules, 1, case.id, nine + 6 * MINUTE)
    undo.undo(session, rules, 1, nine + 7 * MINUTE)
    calling.call_next(session, rules, 1, nine + 9 * MINUTE)
    assert visit(session).waited == 9 * MINUTE

    transfers.to_counter(session, rules, 1, 3, nine + 10 * MINUTE)
    undo.undo(session, rules, 1, nine + 12 * MINUTE)
    assert visit(session).waited == 9 * MINUTE
