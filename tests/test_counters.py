"""Counters: who sits there, and what the sign says."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from db.tables import Counter, JournalEntry
from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors.counters import (
    ClerkElsewhere,
    CounterNotOpen,
    CounterTaken,
    UnknownClerk,
    UnknownCounter,
)
from hall.errors.printing import ReasonMissing
from hall.errors.tickets import TicketInHand
from hall.hall_rules import HallRules
from hall.tickets import calling, tickets

pytestmark = pytest.mark.each_engine


def test_a_clerk_sits_at_one_counter_only(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    with pytest.raises(ClerkElsewhere):
        counters.open_counter(session, rules, 2, "1001", nine)


def test_the_database_itself_keeps_a_clerk_from_two_counters(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    first = counters.open_counter(session, rules, 1, "1001", nine)
    second = counters.by_number(session, rules, 2)
    second.state, second.clerk_id = "open", first.clerk_id
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_a_taken_counter_says_who_has_it(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    with pytest.raises(CounterTaken) as refusal:
        counters.open_counter(session, rules, 1, "1003", nine)
    assert refusal.value.facts == {"counter": 1, "clerk": "1001", "by": "1003"}


def test_opening_twice_is_no_mistake_and_stands_once_in_the_journal(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    for _ in range(2):
        counters.open_counter(session, rules, 1, "1001", nine)
    opened = select(JournalEntry).where(JournalEntry.what == "counter.opened")
    assert len(session.exec(opened).all()) == 1


def test_a_pause_has_a_reason_and_ends_when_the_clerk_opens_again(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    counters.open_counter(session, rules, 3, "1003", nine)  # takes the same matters
    with pytest.raises(ReasonMissing):
        counters.pause(session, rules, 1, " \n", nine)

    until = nine + timedelta(minutes=10)
    paused = counters.pause(session, rules, 1, "用餐", nine, until=until)
    assert (paused.state, paused.pause_reason, paused.pause_until) == ("paused", "用餐", until)

    opened = counters.open_counter(session, rules, 1, "1001", nine)
    assert (opened.state, opened.pause_reason, opened.pause_until) == ("open", None, None)


def test_a_closed_counter_cannot_pause(session: Session, rules: HallRules, nine: datetime) -> None:
    with pytest.raises(CounterNotOpen):
        counters.pause(session, rules, 1, "用餐", nine)


def test_nobody_leaves_with_a_citizen_at_the_counter(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    service, group = catalogue.service(session, rules, "T201")
    tickets.issue(session, rules, service, group, nine)
    calling.call_next(session, rules, 1, nine)
    with pytest.raises(TicketInHand):
        counters.close(session, rules, 1, nine)


def test_a_closed_counter_is_free_for_the_stand_in(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    for _ in range(2):
        counters.close(session, rules, 1, nine)
    counters.open_counter(session, rules, 1, "1002", nine)
    assert session.exec(select(Counter).where(Counter.number == 1)).one().clerk_id == 2


def test_unknown_counters_and_clerks_are_refused(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    with pytest.raises(UnknownCounter):
        counters.open_counter(session, rules, 99, "1001", nine)
    with pytest.raises(UnknownClerk):
        counters.open_counter(session, rules, 1, "9999", nine)
