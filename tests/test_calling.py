"""Calling: who is next, why, and what goes together."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from db import journal
from db.tables import Announcement, Call, PriorityClass, Ticket
from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors.counters import CounterNotOpen, CounterPausedNow, UnknownCounter
from hall.errors.tickets import (
    AlreadyStarted,
    NotAbsent,
    NotCalledEnough,
    NoTicketInHand,
    NotServedHere,
    RecallLimitReached,
    TicketInHand,
    TicketNotCallable,
)
from hall.hall_rules import HallRules
from hall.tickets import calling, serving, tickets
from hall.tickets.tickets import Issued

pytestmark = pytest.mark.each_engine

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def opened(session: Session, rules: HallRules, nine: datetime) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)


def issue(
    session: Session,
    rules: HallRules,
    now: datetime,
    priority_class: PriorityClass = PriorityClass.ORDINARY,
    service: str = "T201",
) -> Issued:
    of, group = catalogue.service(session, rules, service)
    return tickets.issue(session, rules, of, group, now, priority_class=priority_class)


def call_next(session: Session, rules: HallRules, now: datetime) -> str:
    called = calling.call_next(session, rules, 1, now)
    assert called is not None
    serving.finish(session, rules, 1, now)
    return called.number


def test_first_come_is_first_called_and_the_reason_is_kept(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    first = issue(session, rules, nine)
    issue(session, rules, nine + timedelta(seconds=1))

    called = calling.call_next(session, rules, 1, nine + MINUTE)

    assert called is not None
    assert called.number == first.number == "A001"
    call = session.exec(select(Call)).one()
    assert call.reason["rule"] == "earliest_due"
    assert call.reason["waited_s"] == 60


def test_a_call_and_its_announcement_are_written_together(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)

    told = session.exec(select(Announcement)).one()
    said = {"number": "A001", "counter": 1, "languages": ["zh", "en"]}
    assert told.content == said | {"own": "zh"}
    assert told.expires_at == nine + timedelta(seconds=rules.numbers.announcement_lifetime_s)


def test_nobody_waiting_is_no_call(session: Session, rules: HallRules, nine: datetime) -> None:
    issue(session, rules, nine, service="D301")  # not this counter's
    assert calling.call_next(session, rules, 1, nine) is None


def test_priority_goes_before_those_who_have_just_come(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    soldier = issue(session, rules, nine + MINUTE, PriorityClass.SOLDIER)

    assert call_next(session, rules, nine + MINUTE) == soldier.number


def test_priority_does_not_overtake_a_half_hour_wait(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    patient = issue(session, rules, nine)
    issue(session, rules, nine + 25 * MINUTE, PriorityClass.SOLDIER)

    assert call_next(session, rules, nine + 26 * MINUTE) == patient.number


def test_after_two_privileged_an_ordinary_ticket_has_its_turn(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    ordinary = issue(session, rules, nine)
    privileged = [issue(session, rules, nine, PriorityClass.URGENT) for _ in range(3)]

    order = [call_next(session, rules, nine) for _ in range(4)]

    assert order == [
        privileged[0].number,
        privileged[1].number,
        ordinary.number,
        privileged[2].number,
    ]


def test_privileged_go_on_when_no_ordinary_ticket_waits(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    privileged = [issue(session, rules, nine, PriorityClass.URGENT) for _ in range(4)]
    assert [call_next(session, rules, nine) for _ in range(4)] == [one.number for one in privileged]


def test_a_counter_with_a_citizen_in_hand_calls_nobody_else(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    for _ in range(2):
        issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)

    with pytest.raises(TicketInHand):
        calling.call_next(session, rules, 1, nine)


def test_a_closed_paused_or_unknown_counter_calls_nobody(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    with pytest.raises(CounterNotOpen):
        calling.call_next(session, rules, 2, nine)
    counters.open_counter(session, rules, 3, "1003", nine)  # takes the same matters
    counters.pause(session, rules, 1, "用餐", nine)
    with pytest.raises(CounterPausedNow):
        calling.call_next(session, rules, 1, nine)
    with pytest.raises(UnknownCounter):
        calling.call_next(session, rules, 99, nine)


def test_a_chosen_ticket_is_called_with_the_clerks_reason(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    second = issue(session, rules, nine)

    called = calling.call_ticket(session, rules, 1, "Ａ００２", "行动不便\x1b[31m", nine)

    assert called.number == second.number
    assert session.exec(select(Call)).one().reason["told"] == "行动不便[31m"


def test_a_chosen_ticket_must_be_this_counters_and_still_be_waiting(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine, service="D301")
    issue(session, rules, nine)
    with pytest.raises(NotServedHere):
        calling.call_ticket(session, rules, 1, "B001", "", nine)
    call_next(session, rules, nine)
    with pytest.raises(TicketNotCallable):
        calling.call_ticket(session, rules, 1, "A001", "", nine)


def test_a_quick_recall_is_spoken_once_more_but_counts_as_one_call(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    for second in (1, 2, 3):
        calling.recall(session, rules, 1, nine + timedelta(seconds=second))

    assert session.exec(select(Ticket)).one().calls == 1
    assert len(session.exec(select(Announcement)).all()) == 1  # the one that still waits


def test_absent_only_after_the_set_number_of_calls(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    with pytest.raises(NotCalledEnough):
        serving.no_show(session, rules, 1, nine)
    for minute in (1, 2):
        calling.recall(session, rules, 1, nine + minute * MINUTE)

    assert serving.no_show(session, rules, 1, nine + 3 * MINUTE).state == "no_show"


def test_recalls_have_a_cap(session: Session, rules: HallRules, nine: datetime) -> None:
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    for minute in range(1, rules.numbers.recall_limit):
        calling.recall(session, rules, 1, nine + minute * MINUTE)

    with pytest.raises(RecallLimitReached):
        calling.recall(session, rules, 1, nine + timedelta(hours=1))


def test_nobody_is_recalled_or_marked_absent_while_served(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    serving.start(session, rules, 1, nine)
    for verb in (calling.recall, serving.no_show, serving.start):
        with pytest.raises(AlreadyStarted):
            verb(session, rules, 1, nine)


def test_verbs_without_a_citizen_are_refused(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    for verb in (calling.recall, serving.start, serving.finish, serving.no_show):
        with pytest.raises(NoTicketInHand):
            verb(session, rules, 1, nine)


def test_a_call_not_yet_spoken_is_silent_once_the_citizen_has_come(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    serving.start(session, rules, 1, nine)

    assert session.exec(select(Announcement)).one().state == "expired"


def test_one_who_comes_back_stands_behind_three(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    late = issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    for minute in (1, 2):
        calling.recall(session, rules, 1, nine + minute * MINUTE)
    serving.no_show(session, rules, 1, nine + 3 * MINUTE)
    waiting = [issue(session, rules, nine + 4 * MINUTE) for _ in range(4)]

    serving.requeue(session, rules, 1, late.number, nine + 5 * MINUTE)

    order = [call_next(session, rules, nine + 6 * MINUTE) for _ in range(5)]
    assert order == [*(one.number for one in waiting[:3]), late.number, waiting[3].number]


def test_only_the_absent_can_come_back(session: Session, rules: HallRules, nine: datetime) -> None:
    waiting = issue(session, rules, nine)
    with pytest.raises(NotAbsent):
        serving.requeue(session, rules, 1, waiting.number, nine)


def test_finishing_without_start_counts_from_the_call(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine + MINUTE)

    ticket = serving.finish(session, rules, 1, nine + 5 * MINUTE)

    assert ticket.started_at == nine + MINUTE
    assert ticket.ended_at == nine + 5 * MINUTE


def test_a_hall_that_wants_many_calls_can_make_them(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    numbers = rules.numbers.model_copy(update={"calls_before_no_show": 8, "recall_limit": 6})
    patient = replace(rules, numbers=numbers)
    issue(session, patient, nine)
    calling.call_next(session, patient, 1, nine)
    for minute in range(1, 8):
        calling.recall(session, patient, 1, nine + minute * MINUTE)

    assert serving.no_show(session, patient, 1, nine + timedelta(hours=1)).state == "no_show"


def test_recalls_count_also_while_the_clock_is_behind(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    for minute in (60, 59, 58):  # set back by an hour, then going on
        calling.recall(session, rules, 1, nine - minute * MINUTE)

    assert session.exec(select(Ticket)).one().calls == 4


def test_operations_can_be_joined_with_a_ticket_that_was_looked_at(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issued = issue(session, rules, nine)
    looked_at = tickets.by_number(session, rules, issued.number, nine)  # the session keeps it
    assert looked_at.state == "waiting"
    calling.call_next(session, rules, 1, nine)

    calling.recall(session, rules, 1, nine + MINUTE)  # refused if the session still saw it waiting

    assert looked_at.state == "called"


def test_what_a_clerk_says_of_a_citizen_stays_out_of_the_journal(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issued = issue(session, rules, nine)
    calling.call_ticket(session, rules, 1, issued.number, "张三，行动不便", nine)

    told = [entry.why for entry in journal.entries(session, rules.hall_id)]
    assert "chosen" in told
    assert not any("张三" in why for why in told)
