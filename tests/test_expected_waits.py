"""What citizens are told, from the real line, counters and visits of a hall."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from db.engine import writing
from db.tables import Counter, GroupPace, PriorityClass, ServicePace, Ticket
from hall.catalogue import catalogue
from hall.counters import counters
from hall.hall_rules import HallRules
from hall.tickets import (
    calling,
    estimate,
    expected_waits,
    holding,
    next_in_line,
    pace_rows,
    serving,
    tickets,
    transfers,
    undo,
    walk_ins,
)
from hall.tickets.estimate import Waiting
from hall.tickets.tickets import Circumstances, Issued

pytestmark = pytest.mark.each_engine

MINUTE = timedelta(minutes=1)
WITHDRAWALS, LOANS = 1, 2


def issue(
    session: Session,
    rules: HallRules,
    now: datetime,
    service: str = "T201",
    priority_class: PriorityClass = PriorityClass.ORDINARY,
    **kept: int,
) -> Issued:
    matter, group = catalogue.service(session, rules, service)
    return tickets.issue(
        session,
        rules,
        matter,
        group,
        now,
        priority_class=priority_class,
        circumstances=Circumstances(**kept),  # type: ignore[arg-type]
    )


def serve(
    session: Session, rules: HallRules, now: datetime, minutes: float, visits: int, counter: int = 1
) -> datetime:
    """So many visits, one after the other; until when."""
    for _ in range(visits):
        issue(session, rules, now)
        calling.call_next(session, rules, counter, now)
        now += minutes * MINUTE
        serving.finish(session, rules, counter, now)
    return now


def learned(session: Session, rules: HallRules, now: datetime, code: str = "T201") -> float:
    paces = pace_rows.read_paces(session, rules.hall_id, rules.business_day(now))
    matter, group = catalogue.service(session, rules, code)
    assert group.id is not None
    return paces.of(code, group.id, matter.minutes).minutes


def seen(session: Session, code: str = "T201") -> float:
    session.flush()
    row = session.get(ServicePace, (1, code))
    return row.visits if row is not None else 0


def test_what_visits_take_is_what_the_next_citizens_are_told(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    issue(session, rules, nine)
    before = issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    serving.finish(session, rules, 1, nine + 40 * MINUTE)
    calling.call_next(session, rules, 1, nine + 40 * MINUTE)
    serving.finish(session, rules, 1, nine + 80 * MINUTE)
    later = serve(session, rules, nine + 80 * MINUTE, 40, 8)
    issue(session, rules, later)
    after = issue(session, rules, later)

    assert before.wait_high_s is not None and after.wait_high_s is not None
    assert (before.ahead, after.ahead) == (1, 1)
    assert after.wait_high_s > before.wait_high_s
    assert 20 < learned(session, rules, later) < 40


def test_a_counter_is_busy_from_the_call_to_the_end_but_for_what_was_held(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    called = issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    serving.start(session, rules, 1, nine + 2 * MINUTE)
    serving.finish(session, rules, 1, nine + 9 * MINUTE)
    row = session.get_one(ServicePace, (1, "T201"))
    assert (row.visits, row.minutes) == (1, 9)

    held = issue(session, rules, nine + 10 * MINUTE)
    assert held.number != called.number
    calling.call_next(session, rules, 1, nine + 10 * MINUTE)
    serving.start(session, rules, 1, nine + 11 * MINUTE)
    holding.hold(session, rules, 1, "copies", nine + 15 * MINUTE)
    holding.resume(session, rules, 1, held.number, nine + 45 * MINUTE)
    serving.finish(session, rules, 1, nine + 47 * MINUTE)
    session.refresh(row)
    assert (row.visits, row.minutes) == (2, 9 + 6)


def test_what_a_clerk_needs_between_two_who_wait_is_time_too(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    for _ in range(3):
        issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    serving.finish(session, rules, 1, nine + 5 * MINUTE)
    calling.call_next(session, rules, 1, nine + 7 * MINUTE)
    serving.finish(session, rules, 1, nine + 10 * MINUTE)
    row = session.get_one(ServicePace, (1, "T201"))
    assert (row.visits, row.minutes) == (2, 5 + 5)

    rules.numbers.last_counter_needs_consent = False
    counters.pause(session, rules, 1, "lunch", nine + 11 * MINUTE)
    counters.open_counter(session, rules, 1, "1001", nine + 60 * MINUTE)
    calling.call_next(session, rules, 1, nine + 61 * MINUTE)
    serving.finish(session, rules, 1, nine + 65 * MINUTE)
    session.refresh(row)
    assert row.minutes == 10 + 4

    issue(session, rules, nine + 90 * MINUTE)  # nobody waited meanwhile
    calling.call_next(session, rules, 1, nine + 90 * MINUTE)
    serving.finish(session, rules, 1, nine + 96 * MINUTE)
    session.refresh(row)
    assert row.minutes == 14 + 6


def test_an_absent_citizen_and_one_passed_on_take_a_counters_time_too(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    for counter in (1, 2):
        counters.open_counter(session, rules, counter, f"100{counter}", nine)
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    for minute in (1, 2):
        calling.recall(session, rules, 1, nine + minute * MINUTE)
    serving.no_show(session, rules, 1, nine + 3 * MINUTE)
    assert seen(session) == 1

    loan, group = catalogue.service(session, rules, "D301")
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine + 3 * MINUTE)
    transfers.to_service(session, rules, 1, loan, group, nine + 7 * MINUTE, and_return=True)
    assert (seen(session), seen(session, "D301")) == (2, 0)
    calling.call_next(session, rules, 2, nine + 8 * MINUTE)
    serving.finish(session, rules, 2, nine + 9 * MINUTE)  # and back it goes
    assert (seen(session), seen(session, "D301")) == (2, 1)


def test_who_is_served_where_they_stand_says_nothing_about_the_line(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    matter, group = catalogue.service(session, rules, "T201")
    walk_ins.begin(session, rules, 1, matter, group, nine)
    serving.finish(session, rules, 1, nine + MINUTE)
    assert seen(session) == 0


def test_a_finish_taken_back_is_not_learned_from_twice(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    serving.finish(session, rules, 1, nine + MINUTE)
    undo.undo(session, rules, 1, nine + MINUTE)
    assert seen(session) == 0

    serving.finish(session, rules, 1, nine + 9 * MINUTE)
    row = session.get_one(ServicePace, (1, "T201"))
    assert (row.visits, row.minutes) == (1, 9)


def test_years_of_visits_leave_one_row_a_matter(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    for day in (0, 1, 400):
        morning = nine + timedelta(days=day)
        counters.open_counter(session, rules, 1, "1001", morning)
        serve(session, rules, morning, 10, 3)

    assert len(session.exec(select(ServicePace)).all()) == 1
    assert len(session.exec(select(GroupPace)).all()) == 1


def test_every_group_is_told_at_once_what_its_next_citizen_is_told(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    for _ in range(4):
        issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    later = nine + MINUTE

    found = expected_waits.by_group(session, rules, later)
    assert LOANS not in found  # no counter is open for it
    counters.open_counter(session, rules, 3, "1003", later)
    found = expected_waits.by_group(session, rules, later)
    first = issue(session, rules, later)

    assert found[WITHDRAWALS].ahead == first.ahead == 3
    assert (found[WITHDRAWALS].low_s, found[WITHDRAWALS].high_s) == (
        first.wait_low_s,
        first.wait_high_s,
    )
    assert found[LOANS].low_s < found[LOANS].mean_s < found[LOANS].high_s


def test_who_asks_again_is_told_how_it_stands_by_now(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    for _ in range(4):
        issue(session, rules, nine)
    last = issue(session, rules, nine)
    ticket = session.get_one(Ticket, last.ticket_id)
    calling.call_next(session, rules, 1, nine)

    people, expected = expected_waits.of_ticket(session, rules, ticket, nine)
    assert (last.ahead, people) == (4, 3)
    assert expected is not None
    serving.finish(session, rules, 1, nine + 12 * MINUTE)
    calling.call_next(session, rules, 1, nine + 12 * MINUTE)
    people, later = expected_waits.of_ticket(session, rules, ticket, nine + 12 * MINUTE)
    assert later is not None
    assert (people, later.ahead) == (2, 2)
    assert later.mean_s < expected.mean_s


def test_a_clock_set_back_hides_nobody_who_waits(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    for _ in range(3):
        issue(session, rules, nine)

    found = expected_waits.by_group(session, rules, nine - 30 * MINUTE)
    assert found[WITHDRAWALS].ahead == 3


def test_a_pause_with_an_end_is_waited_for_and_one_overdue_is_not(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    rules.numbers.last_counter_needs_consent = False
    counters.pause(session, rules, 1, "printer", nine, until=nine + 30 * MINUTE)
    found = expected_waits.by_group(session, rules, nine)[WITHDRAWALS]
    assert found.mean_s == 30 * 60
    assert found.low_s < 30 * 60 < found.high_s
    assert expected_waits.by_group(session, rules, nine + 31 * MINUTE) == {}


def test_a_ticket_kept_for_one_counter_waits_for_that_one(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    for counter in (1, 3):
        counters.open_counter(session, rules, counter, f"100{counter}", nine)
    for _ in range(2):
        issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    calling.call_next(session, rules, 3, nine)

    everybodys = issue(session, rules, nine)
    kept = issue(session, rules, nine, reserved_counter_id=1)
    assert kept.wait_high_s is not None and everybodys.wait_high_s is not None
    assert kept.wait_high_s > everybodys.wait_high_s
    assert issue(session, rules, nine, reserved_counter_id=2).wait_low_s is None  # it is closed


def test_the_look_ahead_calls_in_the_order_in_which_the_counter_does(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    """Ordinary, privileged and kept tickets of two groups: the same rule twice, in SQL and here."""
    elderly, urgent, ordinary = (
        PriorityClass.ELDERLY,
        PriorityClass.URGENT,
        PriorityClass.ORDINARY,
    )
    counters.open_counter(session, rules, 3, "1003", nine)
    for minute, (service, of_class, kept) in enumerate(
        [
            ("T201", ordinary, {}),
            ("D301", elderly, {}),
            ("T201", elderly, {"reserved_counter_id": 3}),
            ("T201", ordinary, {"reserved_counter_id": 1}),
            ("D301", urgent, {}),
            ("T201", elderly, {"reserved_clerk_id": 3}),
            ("D301", ordinary, {"reserved_clerk_id": 1}),
            ("D301", ordinary, {}),
            ("T201", elderly, {}),
            ("T201", urgent, {}),
            ("D301", ordinary, {"reserved_counter_id": 3}),
        ]
    ):
        issue(session, rules, nine + minute * MINUTE, service, of_class, **kept)
    waiting = session.exec(select(Ticket).order_by(col(Ticket.due_at), col(Ticket.id))).all()
    line = [
        Waiting(
            next_in_line.line_of(
                ticket.group_id, ticket.reserved_counter_id, ticket.reserved_clerk_id
            ),
            10,
            ticket.priority_class != ordinary,
        )
        for ticket in waiting
    ]
    here = session.get_one(Counter, 3)
    limit = rules.numbers.privileged_in_a_row
    lines = next_in_line.lines_at([WITHDRAWALS, LOANS], here.id, here.clerk_id)
    stream = estimate.stream_at(lines, estimate.queues_of(line), limit)
    foreseen, in_a_row = [], 0
    while (first := stream.first(in_a_row)) is not None:
        first.queue.popleft()
        ticket = waiting[first.place]
        foreseen.append(ticket.name)
        in_a_row = next_in_line.in_a_row_after(in_a_row, ticket.priority_class)

    called = []
    now = nine + 20 * MINUTE
    while (next_one := calling.call_next(session, rules, 3, now)) is not None:
        called.append(next_one.number)
        serving.finish(session, rules, 3, now)
    assert foreseen == called
    assert len(called) == 9


def test_in_a_busy_hall_what_is_told_is_about_what_comes(
    engine: Engine, rules: HallRules, nine: datetime
) -> None:
    """A morning through the real operations: six minutes each, whatever the catalogue says."""
    with writing(engine) as session:
        counters.open_counter(session, rules, 1, "1001", nine)
        now = serve(session, rules, nine, 6, 20)
        line = [issue(session, rules, now) for _ in range(10)]
        waits = []
        for _ in line:
            called = calling.call_next(session, rules, 1, now)
            assert called is not None
            waits.append(called.called_at - called_issued(session, called.number))
            now += 6 * MINUTE
            serving.finish(session, rules, 1, now)

    held = [
        one.wait_low_s <= wait.total_seconds() <= one.wait_high_s
        for one, wait in zip(line, waits, strict=True)
        if one.wait_low_s is not None and one.wait_high_s is not None
    ]
    assert len(held) == 10
    assert all(held)
    assert all(one.wait_high_s <= two.wait_high_s for one, two in pairwise(line))  # type: ignore[operator]


def called_issued(session: Session, number: str) -> datetime:
    ticket = session.exec(select(Ticket).where(Ticket.number == int(number[1:]))).one()
    return ticket.issued_at
