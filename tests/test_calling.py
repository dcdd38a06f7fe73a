"""Calling: who is next, and what goes together."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from db.tables import PriorityClass
from hall import calling, catalogue, counters, tickets
from hall.hall_rules import HallRules
from hall.tickets import Issued


@pytest.fixture
def opened(session: Session, rules: HallRules, nine: datetime) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)


def issue(
    session: Session,
    rules: HallRules,
    now: datetime,
    priority_class: PriorityClass = PriorityClass.ORDINARY,
) -> Issued:
    service, group = catalogue.service(session, rules, "T201")
    return tickets.issue(session, rules, service, group, now, priority_class=priority_class)


@pytest.mark.usefixtures("opened")
def test_first_come_is_first_called(session: Session, rules: HallRules, nine: datetime) -> None:
    first = issue(session, rules, nine)
    issue(session, rules, nine + timedelta(seconds=1))

    called = calling.call_next(session, rules, 1, nine + timedelta(minutes=1))

    assert called is not None
    assert called.number == first.number == "A001"
    assert called.why.waited_s == 60


@pytest.mark.usefixtures("opened")
def test_priority_does_not_overtake_a_half_hour_wait(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    patient = issue(session, rules, nine)
    issue(session, rules, nine + timedelta(minutes=25), PriorityClass.SOLDIER)

    called = calling.call_next(session, rules, 1, nine + timedelta(minutes=26))

    assert called is not None
    assert called.number == patient.number
