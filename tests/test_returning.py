"""Who brings the papers a notice asked for goes back to whoever asked, ahead of new ones."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from db.tables import (
    Clerk,
    Counter,
    CounterGroup,
    JournalEntry,
    Notice,
    NoticeFault,
    PrintJob,
    PriorityClass,
    Role,
    Service,
    Ticket,
    TicketState,
)
from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors.accounts import NotAllowed
from hall.errors.catalogue import ServiceWithdrawn
from hall.errors.counters import UnknownClerk
from hall.errors.notices import UnknownNotice
from hall.errors.tickets import AlreadyBack, NotServedHere
from hall.hall_rules import HallRules
from hall.notices import notice_corrections, notices
from hall.tickets import calling, returning, serving, tickets

pytestmark = pytest.mark.each_engine

MINUTE = timedelta(minutes=1)


@pytest.fixture
def notice(session: Session, rules: HallRules, nine: datetime) -> Notice:
    """Of yesterday, by clerk 1001 at counter 1."""
    service, _ = catalogue.service(session, rules, "T201")
    yesterday = nine - timedelta(days=1)
    at, clerk = session.get_one(Counter, 1), session.get_one(Clerk, 1)
    return notices.issue(session, rules, service, clerk, {1}, {}, yesterday, counter=at)


def issue(
    session: Session,
    rules: HallRules,
    now: datetime,
    priority_class: PriorityClass = PriorityClass.ORDINARY,
) -> str:
    matter, group = catalogue.service(session, rules, "T201")
    return tickets.issue(session, rules, matter, group, now, priority_class=priority_class).number


def seat(session: Session, rules: HallRules, now: datetime, *counter_numbers: int) -> None:
    for counter in counter_numbers:
        counters.open_counter(session, rules, counter, f"100{counter}", now)


def next_at(session: Session, rules: HallRules, counter: int, now: datetime) -> str | None:
    called = calling.call_next(session, rules, counter, now)
    return called.number if called is not None else None


def ticket(session: Session, rules: HallRules, number: str, now: datetime) -> Ticket:
    return tickets.by_number(session, rules, number, now)


# -- refusals


def test_what_is_no_notice_brings_nobody_back(
    session: Session, rules: HallRules, notice: Notice, nine: datetime
) -> None:
    for typed in ("", "LC-2026-000099", notice.code.swapcase(), "\x07"):
        with pytest.raises(UnknownNotice):
            returning.come_back(session, rules, typed, nine)
    assert session.exec(select(Ticket)).all() == []


def test_who_takes_it_has_to_be_somebody_who_may(
    session: Session, rules: HallRules, notice: Notice, nine: datetime
) -> None:
    with pytest.raises(UnknownClerk):
        returning.come_back(session, rules, notice.code, nine, who="9999")
    session.get_one(Clerk, 3).role = Role.ADMINISTRATOR
    with pytest.raises(NotAllowed):
        returning.come_back(session, rules, notice.code, nine, who="1003")


def test_a_matter_nobody_takes_any_more_is_told(
    session: Session, rules: HallRules, notice: Notice, nine: datetime
) -> None:
    session.get_one(Service, notice.service_id).code = "T299"
    object.__setattr__(rules, "catalogue_version", 2)
    with pytest.raises(ServiceWithdrawn, match="购买自住住房提取"):
        returning.come_back(session, rules, notice.code, nine)


def test_who_was_called_and_absent_does_not_come_ahead_with_a_second_number(
    session: Session, rules: HallRules, notice: Notice, nine: datetime
) -> None:
    first = returning.come_back(session, rules, notice.code, nine).number
    ticket(session, rules, first, nine).state = "no_show"
    with pytest.raises(AlreadyBack):
        returning.come_back(session, rules, notice.code, nine)


def test_a_kiosk_takes_the_code_only_for_a_serial_number_can_be_guessed(
    session: Session, rules: HallRules, notice: Notice, nine: datetime
) -> None:
    with pytest.raises(UnknownNotice):
        returning.come_back(session, rules, notice.serial, nine, place="kiosk")
    assert returning.come_back(session, rules, notice.code, nine, place="kiosk").number == "A001"


def test_one_notice_is_one_place_in_the_line(
    session: Session, rules: HallRules, notice: Notice, nine: datetime
) -> None:
    seat(session, rules, nine, 1)
    first = returning.come_back(session, rules, notice.code, nine).number
    for state in (TicketState.WAITING, TicketState.CALLED, TicketState.SERVING):
        with pytest.raises(AlreadyBack) as refused:
            returning.come_back(session, rules, notice.serial, nine, place="desk")
        assert refused.value.facts == {"number": first, "state": state.value}
        if state is TicketState.WAITING:
            next_at(session, rules, 1, nine)
        elif state is TicketState.CALLED:
            serving.start(session, rules, 1, nine)
    serving.finish(session, rules, 1, nine)

    assert returning.come_back(session, rules, notice.serial, nine, place="desk").number == "A002"


def test_a_ticket_of_yesterday_is_no_reason_to_refuse(
    session: Session, rules: HallRules, notice: Notice, nine: datetime
) -> None:
    returning.come_back(session, rules, notice.code, nine - timedelta(days=1))
    assert returning.come_back(session, rules, notice.code, nine).number == "A001"


# -- what is promised


def test_of_ten_who_wait_the_one_who_returns_is_next_at_that_counter_and_at_no_other(
    session: Session, rules: HallRules, notice: Notice, nine: datetime
) -> None:
    seat(session, rules, nine, 1, 3)
    waiting = [issue(session, rules, nine) for _ in range(10)]
    back = returning.come_back(session, rules, notice.code, nine + MINUTE)

    assert back.counters == [1]
    assert back.ahead == 0
    with pytest.raises(NotServedHere):
        group = session.get_one(CounterGroup, (3, 1))
        session.delete(group)
        session.flush()
        calling.call_ticket(session, rules, 3, back.number, "", nine + MINUTE)
    session.add(CounterGroup(counter_id=3, group_id=1))
    session.flush()
    assert next_at(session, rules, 3, nine + MINUTE) == waiting[0]
    assert next_at(session, rules, 1, nine + MINUTE) == back.number


def test_when_that_counter_closes_everyone_may_call_them(
    session: Session, rules: HallRules, notice: Notice, nine: datetime
) -> None:
    seat(session, rules, nine, 1, 3)
    issue(session, rules, nine)
    back = returning.come_back(session, rules, notice.code, nine + MINUTE)
    counters.close(session, rules, 1, nine + MINUTE)

    assert next_at(session, rules, 3, nine + MINUTE) == back.number


def test_the_clerk_is_followed_to_another_counter(
    session: Session, rules: HallRules, notice: Notice, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1003", nine)
    counters.open_counter(session, rules, 2, "1001", nine)
    back = returning.come_back(session, rules, notice.code, nine)

    assert back.counters == [2]
    assert next_at(session, rules, 1, nine) is None
    assert next_at(session, rules, 2, nine) == back.number


def test_without_the_clerk_it_is_the_counter_and_a_pause_is_no_end(
    session: Session, rules: HallRules, notice: Notice, nine: datetime
) -> None:
    seat(session, rules, nine, 3)
    counters.open_counter(session, rules, 1, "1002", nine)
    counters.pause(session, rules, 1, "会议", nine)
    back = returning.come_back(session, rules, notice.code, nine)

    assert back.counters == [1]
    assert ticket(session, rules, back.number, nine).reserved_counter_id == 1
    assert next_at(session, rules, 3, nine) is None


def test_nobody_waits_for_a_counter_that_is_closed_or_does_something_else_by_now(
    session: Session, rules: HallRules, notice: Notice, nine: datetime
) -> None:
    seat(session, rules, nine, 3)
    back = returning.come_back(session, rules, notice.code, nine)
    assert back.counters == [3, 1]  # whoever takes the matter, the open one first
    assert next_at(session, rules, 3, nine) == back.number
    serving.finish(session, rules, 3, nine)

    counters.open_counter(session, rules, 1, "1002", nine)
    session.delete(session.get_one(CounterGroup, (1, 1)))
    session.flush()
    back = returning.come_back(session, rules, notice.code, nine)
    assert back.counters == [3]


def test_a_clock_set_back_does_not_put_them_before_the_urgent_who_came_first(
    session: Session, rules: HallRules, notice: Notice, nine: datetime
) -> None:
    seat(session, rules, nine, 1)
    urgent = issue(session, rules, nine, PriorityClass.URGENT)
    back = returning.come_back(session, rules, notice.code, nine - 30 * MINUTE)

    kept = ticket(session, rules, back.number, nine)
    assert kept.due_at == kept.issued_at > nine
    assert next_at(session, rules, 1, nine) == urgent


def test_a_hall_may_let_them_wait_longer(
    session: Session, rules: HallRules, notice: Notice, nine: datetime
) -> None:
    rules.numbers.returning_target_minutes = 7
    back = returning.come_back(session, rules, notice.code, nine)
    kept = ticket(session, rules, back.number, nine)
    assert kept.due_at - kept.issued_at == 7 * MINUTE


def test_a_corrected_notice_counts_as_its_correction(
    session: Session, rules: HallRules, notice: Notice, nine: datetime
) -> None:
    seat(session, rules, nine, 1, 2)
    colleague = session.get_one(Clerk, 2)
    at = session.get_one(Counter, 2)
    first = returning.come_back(session, rules, notice.code, nine)
    anew = notice_corrections.correct(
        session,
        rules,
        notice.serial,
        NoticeFault.OMITTED,
        colleague,
        {2},
        {},
        nine,
        counter=at,
    )
    with pytest.raises(AlreadyBack):  # the other paper of the same visit
        returning.come_back(session, rules, anew.code, nine)
    next_at(session, rules, 1, nine)
    serving.finish(session, rules, 1, nine)
    back = returning.come_back(session, rules, notice.code, nine)

    assert first.counters == [1]
    assert back.counters == [2]
    assert ticket(session, rules, back.number, nine).notice_serial == anew.serial


def test_what_is_kept_says_who_took_it_and_for_which_notice(
    session: Session, rules: HallRules, notice: Notice, nine: datetime
) -> None:
    by_hand = returning.come_back(
        session, rules, f" {notice.serial.lower()} ", nine, who="1002", place="desk"
    )
    kept = ticket(session, rules, by_hand.number, nine)
    assert (kept.origin, kept.notice_serial) == ("desk", notice.serial)
    entry = session.exec(select(JournalEntry).where(JournalEntry.what == "notice.came_back")).one()
    assert (entry.who, entry.place, entry.subject) == ("1002", "desk", f"ticket/{kept.id}")
    assert entry.after == {"serial": notice.serial, "number": by_hand.number}
    assert session.exec(select(PrintJob).where(PrintJob.ticket_id == kept.id)).one()
    kept.state = TicketState.FINISHED
    session.flush()

    alone = returning.come_back(session, rules, notice.code, nine, print_slip=False)
    kept = ticket(session, rules, alone.number, nine)
    assert kept.origin == "kiosk"
    assert session.exec(select(PrintJob).where(PrintJob.ticket_id == kept.id)).all() == []
