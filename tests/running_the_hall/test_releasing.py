"""A ticket in a dead hand goes back into the line, and only such a ticket."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from db.engine import writing
from db.tables import (
    Announcement,
    AnnouncementState,
    Clerk,
    CounterMessage,
)
from hall.counters import counters
from hall.errors.counters import (
    NothingToRelease,
)
from hall.errors.printing import ReasonMissing
from hall.errors.tickets import (
    NothingToUndo,
    NoTicketInHand,
    NotNow,
    TicketMoved,
    UndoTooLate,
    UnknownTicket,
)
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from hall.tickets import calling, holding, releasing, serving, transfers, undo
from hall.tickets.releasing import Seen
from tests.running_the_hall.before_the_manager import (
    MINUTE,
    entries,
    in_hand,
    issue,
    opened,
    ticket,
    told,
)

pytestmark = pytest.mark.each_engine


def test_a_ticket_in_a_dead_hand_is_called_by_another_counter(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    number = in_hand(session, rules, nine)
    due_at = ticket(session, rules, number, nine).due_at
    issue(session, rules, nine + MINUTE)

    freed = releasing.release_ticket(
        session, rules, number, manager, "电脑故障 13800000000", nine + 2 * MINUTE
    )

    assert (freed.state, freed.counter_id, freed.calls) == ("waiting", None, 0)
    assert (freed.due_at, freed.served_s, freed.started_at) == (due_at, 120, None)
    called = calling.call_next(session, rules, 3, nine + 2 * MINUTE)
    assert called is not None and called.number == number
    with pytest.raises(NoTicketInHand):
        serving.finish(session, rules, 1, nine + 3 * MINUTE)
    (message,) = session.exec(select(CounterMessage)).all()
    assert (message.counter_id, message.sender_id) == (1, manager.id)
    assert number in message.text and "电脑故障" in message.text
    assert "电脑故障" not in told(session)


def test_the_counter_that_lost_it_undoes_nothing_of_it(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    number = in_hand(session, rules, nine)
    releasing.release_ticket(session, rules, number, manager, "x", nine + MINUTE)
    with pytest.raises((UndoTooLate, NothingToUndo)):
        undo.undo(session, rules, 1, nine + MINUTE)


def test_a_call_that_was_not_spoken_stays_silent(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    opened(session, rules, nine, 1)
    number = issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    releasing.release_ticket(session, rules, number, manager, "x", nine)
    session.expire_all()
    (call,) = session.exec(select(Announcement)).all()
    assert call.state == AnnouncementState.EXPIRED


def test_what_is_put_aside_keeps_what_it_was_served_and_held(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    number = in_hand(session, rules, nine)
    holding.hold(session, rules, 1, "拿材料", nine + 3 * MINUTE)
    freed = releasing.release_ticket(session, rules, number, manager, "x", nine + 10 * MINUTE)
    assert (freed.served_s, freed.held_s, freed.held_at) == (180, 420, None)


def test_what_is_kept_for_one_counter_waits_for_all(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    number = in_hand(session, rules, nine)
    counters.open_counter(session, rules, 2, "1002", nine)
    transfers.to_counter(session, rules, 1, 2, nine)
    assert calling.call_next(session, rules, 3, nine) is None
    releasing.release_ticket(session, rules, number, manager, "x", nine)
    assert [one.counter_id for one in session.exec(select(CounterMessage)).all()] == [2]
    called = calling.call_next(session, rules, 3, nine)
    assert called is not None and called.number == number


def test_a_ticket_that_moved_on_meanwhile_is_left_alone(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    number = in_hand(session, rules, nine)
    seen = Seen("serving", 1)
    releasing.release_ticket(session, rules, number, manager, "x", nine, seen=seen)
    calling.call_next(session, rules, 3, nine)
    serving.start(session, rules, 3, nine)
    with pytest.raises(TicketMoved):  # the second manager saw what the first did
        releasing.release_ticket(session, rules, number, manager, "x", nine, seen=seen)
    serving.finish(session, rules, 3, nine)
    with pytest.raises(NotNow):
        releasing.release_ticket(session, rules, number, manager, "x", nine)


def test_only_what_is_stuck_and_of_today_is_released_and_with_a_reason(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    number = issue(session, rules, nine)
    with pytest.raises(NothingToRelease):
        releasing.release_ticket(session, rules, number, manager, "x", nine)
    with pytest.raises(ReasonMissing):
        releasing.release_ticket(session, rules, number, manager, " \n", nine)
    with pytest.raises(UnknownTicket):
        releasing.release_ticket(session, rules, "A999", manager, "x", nine)
    opened(session, rules, nine, 1)
    calling.call_next(session, rules, 1, nine)
    with pytest.raises(UnknownTicket):
        releasing.release_ticket(session, rules, number, manager, "x", nine + timedelta(days=1))


def test_of_two_managers_at_once_one_releases_it(
    open_hall: OpenHall, rules: HallRules, nine: datetime
) -> None:
    with writing(open_hall.engine) as session:
        in_hand(session, rules, nine)
        for clerk in session.exec(select(Clerk)):
            clerk.role = "duty_manager"
    ready = threading.Barrier(2)

    def act(staff_number: str) -> str:
        ready.wait()
        try:
            with writing(open_hall.engine) as session:
                clerk = counters.clerk_by_staff_number(session, rules, staff_number)
                releasing.release_ticket(session, rules, "A001", clerk, "x", nine)
        except NothingToRelease:
            return "refused"
        return "released"

    with ThreadPoolExecutor() as threads:
        ended = list(threads.map(act, ("1001", "1002")))

    assert sorted(ended) == ["refused", "released"]
    with writing(open_hall.engine) as session:
        assert len(entries(session, "ticket.freed")) == 1
