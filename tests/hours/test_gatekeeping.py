"""Who takes a number for himself gets one when the hall gives them, and as many as there are."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, func, select

from db.engine import writing
from db.tables import Ticket, TicketState
from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors.hours import AfterHours, NoNumbersNow, QuotaReached, TimeTooShort
from hall.hall_rules import HallRules
from hall.hours import gatekeeping
from hall.tickets import assistance, tickets
from hall.wording import Wording

pytestmark = pytest.mark.each_engine


def with_numbers(rules: HallRules, **numbers: Any) -> HallRules:
    return replace(rules, numbers=rules.numbers.model_copy(update=numbers))


def take(session: Session, rules: HallRules, now: datetime, service: str = "T201") -> str:
    of, group = catalogue.service(session, rules, service)
    return tickets.issue(
        session, rules, of, group, now, circumstances=tickets.BY_ONESELF, print_slip=False
    ).number


def test_after_hours_a_citizen_gets_no_number_but_staff_can_give_one(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    evening = nine + timedelta(hours=9)
    with pytest.raises(AfterHours):
        take(session, rules, evening)
    of, group = catalogue.service(session, rules, "T201")
    clerk = counters.clerk_by_staff_number(session, rules, "1001")
    given = assistance.take_for(session, rules, of, group, clerk, "", evening)
    assert given.number == "A001"


def test_a_line_that_takes_longer_than_the_morning_gets_nobody_more(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 2, "1002", nine)
    for _ in range(3):
        take(session, rules, nine, "D301")
    late = nine + timedelta(hours=2)  # half an hour is left, a loan takes more
    with pytest.raises(TimeTooShort) as refused:
        take(session, rules, late, "D301")
    assert refused.value.facts["minutes"] == 30


def test_what_is_refused_says_why_when_again_and_what_else(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    with pytest.raises(NoNumbersNow) as refused:
        take(session, rules, nine + timedelta(hours=9))
    assert Wording("zh").refusal(refused.value) == (
        "今天已停止取号。11月24日（星期二）08:00起可以取号。"
        "咨询电话：0883-2120001。此事项可到咨询台预约。"
    )
    assert (
        Wording("en")
        .refusal(refused.value)
        .startswith(
            "No more numbers are given today. Numbers are given again from Tuesday 24/11, 08:00."
        )
    )


def test_a_quota_is_of_one_matter_and_one_session(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    rules = with_numbers(rules, quotas={"T201": 2})
    take(session, rules, nine)
    take(session, rules, nine)
    with pytest.raises(QuotaReached) as refused:
        take(session, rules, nine)
    assert refused.value.facts["again"] == rules.local(nine + timedelta(hours=5))
    take(session, rules, nine, "D301")
    assert take(session, rules, nine + timedelta(hours=6)) == "A003"


def test_a_void_number_does_not_come_back_and_staffs_do_not_count(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    rules = with_numbers(rules, quotas={"T201": 1})
    of, group = catalogue.service(session, rules, "T201")
    clerk = counters.clerk_by_staff_number(session, rules, "1001")
    assistance.take_for(session, rules, of, group, clerk, "", nine)
    take(session, rules, nine)
    for ticket in session.exec(select(Ticket)):
        ticket.state = TicketState.EXPIRED
        session.add(ticket)
    session.flush()
    with pytest.raises(QuotaReached):
        take(session, rules, nine)


def test_every_matter_is_answered_for_at_once(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    rules = with_numbers(rules, quotas={"T201": 2})
    take(session, rules, nine)
    offered = [found for group in catalogue.groups(session, rules) for found in group.services]
    gates = gatekeeping.gates(session, rules, offered, nine)
    assert (gates["T201"].remaining, gates["D301"].remaining) == (1, None)
    gates = gatekeeping.gates(session, rules, offered, nine + timedelta(hours=9))
    assert {gate.why for gate in gates.values()} == {AfterHours}


def test_many_kiosks_at_once_give_no_number_beyond_the_quota(
    engine: Engine, rules: HallRules, nine: datetime
) -> None:
    rules = with_numbers(rules, quotas={"T201": 5})

    def one_citizen(_: int) -> bool:
        try:
            with writing(engine) as session:
                take(session, rules, nine)
        except QuotaReached:
            return False
        return True

    with ThreadPoolExecutor(4) as kiosks:
        served = sum(kiosks.map(one_citizen, range(16)))
    with writing(engine) as session:
        kept = session.exec(select(func.count()).select_from(Ticket)).one()
    assert (served, kept) == (5, 5)


def test_a_refused_citizen_uses_up_no_number(
    engine: Engine, rules: HallRules, nine: datetime
) -> None:
    full = with_numbers(rules, quotas={"T201": 0})
    with pytest.raises(QuotaReached), writing(engine) as session:
        take(session, full, nine)
    with writing(engine) as session:
        assert take(session, rules, nine) == "A001"
