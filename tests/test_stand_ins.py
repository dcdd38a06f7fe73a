"""B takes A's line while A pauses, gives it back, and takes A's post under the own name."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from db import journal
from db.tables import (
    Clerk,
    Counter,
    CounterGroup,
    CounterMessage,
    HelpKind,
    HelpRequest,
    JournalEntry,
    Role,
    Ticket,
)
from hall.catalogue import catalogue
from hall.counters import counter_view, counters, help_requests
from hall.counters.counter_view import Person
from hall.counters.stand_ins import Lent
from hall.errors.counters import ClerkElsewhere, CounterTaken, LastCounter
from hall.errors.tickets import TicketInHand
from hall.hall_rules import HallRules
from hall.tickets import calling, holding, serving, tickets, transfers

pytestmark = pytest.mark.each_engine

# Counter 1 takes withdrawals: A is 1001, B is 1002. Counter 2 takes loans: A is 1002, B is 1003.
HOUR = timedelta(hours=1)


@pytest.fixture
def do(session: Session, rules: HallRules, nine: datetime) -> Callable[..., Any]:
    def operation(called: Callable[..., Any], *given: Any, **named: Any) -> Any:
        return called(session, rules, *given, nine, **named)

    return operation


@pytest.fixture
def lent(do: Callable[..., Any], nine: datetime) -> None:
    """Counter 1 pauses; its B sits at counter 2 and takes its line."""
    for number in (1, 2):
        do(counters.open_counter, number, f"100{number}")
    do(counters.pause, 1, "用餐", until=nine + HOUR)


def issue(do: Callable[..., Any], session: Session, rules: HallRules, code: str = "T201") -> Any:
    service, group = catalogue.service(session, rules, code)
    return do(tickets.issue, service, group)


def takes(session: Session, counter: int) -> dict[int, int | None]:
    """Group → who has lent it."""
    rows = session.exec(select(CounterGroup).where(CounterGroup.counter_id == counter)).all()
    return {row.group_id: row.lent_by_id for row in rows}


def journalled(session: Session, what: str) -> list[JournalEntry]:
    statement = select(JournalEntry).where(JournalEntry.what == what)
    return list(session.exec(statement.order_by(col(JournalEntry.sequence))).all())


# -- the line is lent ----------------------------------------------------------------------------


@pytest.mark.usefixtures("lent")
def test_the_stand_in_takes_the_line_and_is_told_for_whom_and_how_long(
    session: Session, rules: HallRules, do: Callable[..., Any], nine: datetime
) -> None:
    assert takes(session, 2) == {1: 1, 2: None}
    issued = issue(do, session, rules)
    called = do(calling.call_next, 2)
    assert called.number == issued.number

    view = counter_view.read_counter(session, rules, 2, nine)
    assert view.lent == (Lent({"zh": "提取", "en": "Withdrawals"}, 1),)
    (told,) = view.messages
    assert ("1" in told.text, "10:00" in told.text, "提取" in told.text) == (True, True, True)
    assert (told.staff_number, told.name) == ("", "")
    entry = journalled(session, "counter.line_lent")[0]
    assert (entry.who, entry.place) == ("1001", "counter 1")
    assert entry.after == {"to": 2, "groups": [1]}


def test_only_what_would_be_left_alone_is_lent(session: Session, do: Callable[..., Any]) -> None:
    session.add(CounterGroup(counter_id=1, group_id=2))
    for number in (1, 2):
        do(counters.open_counter, number, f"100{number}")
    do(counters.pause, 1, "用餐")
    assert takes(session, 2) == {1: 1, 2: None}


def test_a_stand_in_who_pauses_or_is_not_of_the_post_stands_in_for_nobody(
    session: Session, do: Callable[..., Any]
) -> None:
    do(counters.open_counter, 1, "1001")
    do(counters.open_counter, 2, "1003")  # B of counter 2, nobody for counter 1
    with pytest.raises(LastCounter):
        do(counters.pause, 1, "用餐")
    do(counters.close, 2)
    do(counters.open_counter, 2, "1002")
    session.get_one(Clerk, 2).role = Role.DUTY_MANAGER
    do(counters.pause, 2, "开会")
    with pytest.raises(LastCounter):
        do(counters.pause, 1, "用餐")


@pytest.mark.usefixtures("lent")
@pytest.mark.parametrize("by", ["opening", "closing"])
def test_the_line_goes_back_when_the_pause_ends(
    session: Session, rules: HallRules, do: Callable[..., Any], by: str
) -> None:
    if by == "opening":
        do(counters.open_counter, 1, "1001")
    else:
        do(counters.close, 1)
    assert takes(session, 2) == {2: None}
    entry = journalled(session, "counter.line_returned")[0]
    assert (entry.place, entry.before) == ("counter 1", {"to": 2, "groups": [1]})
    assert journal.verify(session, 1).intact


@pytest.mark.usefixtures("lent")
def test_a_stand_in_is_the_last_one_for_what_was_lent(
    session: Session, do: Callable[..., Any], rules: HallRules, nine: datetime
) -> None:
    do(counters.open_counter, 3, "1003")  # B of counter 2, but takes both itself
    do(counters.close, 3)
    with pytest.raises(LastCounter) as refusal:
        do(counters.pause, 2, "用餐")
    assert refusal.value.facts["groups"] == "提取、贷款"

    do(counters.close, 2)
    assert takes(session, 2) == {2: None}
    assert session.get_one(Counter, 1).state == "paused"


@pytest.mark.usefixtures("lent")
def test_a_stand_in_who_pauses_with_leave_goes_on_standing_in_afterwards(
    session: Session, do: Callable[..., Any]
) -> None:
    session.get_one(Clerk, 2).role = Role.DUTY_MANAGER
    do(counters.pause, 2, "巡查")
    do(counters.open_counter, 2, "1002")
    assert takes(session, 2) == {1: 1, 2: None}


@pytest.mark.usefixtures("lent")
@pytest.mark.parametrize("ends", [1, 2])
def test_what_was_lent_on_goes_back_too(
    session: Session, do: Callable[..., Any], ends: int
) -> None:
    session.delete(session.get_one(CounterGroup, (3, 1)))
    do(counters.open_counter, 3, "1003")  # takes loans, and is B of counter 2
    do(counters.pause, 2, "用餐")
    assert takes(session, 3) == {1: 2, 2: None}
    do(counters.close, ends)
    assert takes(session, 3) == {2: None}
    assert takes(session, 2) == {2: None}


# -- the post is taken over ----------------------------------------------------------------------


@pytest.mark.parametrize("paused", [False, True])
def test_b_relieves_a_under_the_own_name(
    session: Session, rules: HallRules, do: Callable[..., Any], nine: datetime, paused: bool
) -> None:
    do(counters.open_counter, 1, "1001")
    do(counters.open_counter, 3, "1003")
    if paused:
        do(counters.pause, 1, "用餐")
    do(counters.open_counter, 1, "1002")

    counter = session.get_one(Counter, 1)
    assert (counter.state, counter.clerk_id, counter.pause_reason) == ("open", 2, None)
    entry = journalled(session, "counter.relieved")[0]
    assert (entry.who, entry.place) == ("1002", "counter 1")
    assert entry.before == {"state": "paused" if paused else "open", "clerk": "1001"}
    assert entry.after == {"state": "open", "until": None, "clerk": "1002"}
    view = counter_view.read_counter(session, rules, 1, nine)
    assert view.stands_in_for == Person("1001", "李四")
    do(counters.open_counter, 1, "1001")  # and back
    assert counter_view.read_counter(session, rules, 1, nine).stands_in_for is None


def test_nobody_is_relieved_while_a_citizen_stands_there(
    session: Session, rules: HallRules, do: Callable[..., Any]
) -> None:
    do(counters.open_counter, 1, "1001")
    issue(do, session, rules)
    do(calling.call_next, 1)
    with pytest.raises(TicketInHand):
        do(counters.open_counter, 1, "1002")
    assert session.get_one(Counter, 1).clerk_id == 1


def test_only_the_posts_two_people_relieve_each_other(do: Callable[..., Any]) -> None:
    do(counters.open_counter, 1, "1001")
    with pytest.raises(CounterTaken):
        do(counters.open_counter, 1, "1003")
    with pytest.raises(CounterTaken):  # a screen that still showed it closed
        do(counters.open_counter, 1, "1002", relieve=False)
    do(counters.open_counter, 2, "1002")
    with pytest.raises(ClerkElsewhere):
        do(counters.open_counter, 1, "1002")
    do(counters.close, 1)
    do(counters.open_counter, 1, "1003")  # who is of no post there is relieved by nobody
    with pytest.raises(CounterTaken):
        do(counters.open_counter, 1, "1001")


def test_what_waits_for_the_counter_stays_its_own_and_what_waits_for_a_is_everybodys(
    session: Session, rules: HallRules, do: Callable[..., Any]
) -> None:
    for number, clerk in ((1, "1001"), (3, "1003")):
        do(counters.open_counter, number, clerk)
    for target in ("counter", "clerk"):
        issue(do, session, rules)
        do(calling.call_next, 3)
        if target == "counter":
            do(transfers.to_counter, 3, 1)
        else:
            do(transfers.to_clerk, 3, session.get_one(Clerk, 1))
    do(counters.open_counter, 1, "1002")
    found = session.exec(select(Ticket).order_by(col(Ticket.id))).all()
    assert [(one.reserved_counter_id, one.reserved_clerk_id) for one in found] == [
        (1, None),
        (None, None),
    ]


def test_leave_a_asked_for_is_not_given_to_b(
    session: Session, rules: HallRules, do: Callable[..., Any], nine: datetime
) -> None:
    counter = do(counters.open_counter, 1, "1001")
    for kind in (HelpKind.PAUSE, HelpKind.DUTY_MANAGER, HelpKind.EMERGENCY):
        help_requests.ask(session, rules, kind, "counter 1", counter, None, "用餐", nine)
    do(counters.open_counter, 1, "1002")
    still_open = {one.kind for one in session.exec(select(HelpRequest)) if one.ended_at is None}
    assert still_open == {"duty_manager", "emergency"}


# -- the clerk's day -----------------------------------------------------------------------------


def test_the_day_tells_who_is_put_aside_and_how_long_it_was(
    session: Session, rules: HallRules, do: Callable[..., Any], nine: datetime
) -> None:
    minute = timedelta(minutes=1)
    do(counters.open_counter, 1, "1001")
    for _ in range(2):
        issue(do, session, rules)
    do(calling.call_next, 1)
    do(holding.hold, 1, "去复印")
    holding.resume(session, rules, 1, "A001", nine + 4 * minute)
    serving.finish(session, rules, 1, nine + 5 * minute)
    calling.call_next(session, rules, 1, nine + 5 * minute)
    holding.hold(session, rules, 1, "去复印", nine + 6 * minute)

    day = counter_view.read_counter(session, rules, 1, nine + 9 * minute).day
    assert (day.served, day.average) == (1, minute)
    assert (day.held, day.held_time) == (1, 7 * minute)


def test_a_message_of_the_hall_is_not_shown_on_another_day(
    session: Session, rules: HallRules, do: Callable[..., Any], lent: None, nine: datetime
) -> None:
    tomorrow = nine + timedelta(days=1)
    assert len(session.exec(select(CounterMessage)).all()) == 1
    assert counter_view.read_counter(session, rules, 2, tomorrow).messages == ()
