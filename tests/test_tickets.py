"""Numbers: one a day and prefix, in order, whatever the clock does."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from db import journal
from db.tables import CounterGroup, PrintJob, Ticket
from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors.catalogue import ServiceWithdrawn, UnknownService
from hall.errors.counters import CounterNotOpen
from hall.errors.tickets import NoTicketInHand, UnknownTicket
from hall.hall_rules import HallRules
from hall.tickets import calling, serving, tickets
from hall.tickets.tickets import Issued, parse_number

pytestmark = pytest.mark.each_engine


def issue(session: Session, rules: HallRules, now: datetime, service: str = "T201") -> Issued:
    of, group = catalogue.service(session, rules, service)
    return tickets.issue(session, rules, of, group, now)


def test_each_group_counts_for_itself(session: Session, rules: HallRules, nine: datetime) -> None:
    numbers = [issue(session, rules, nine, code).number for code in ("T201", "D301", "T201")]
    assert numbers == ["A001", "B001", "A002"]


def test_the_business_day_is_the_halls_own(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    late = datetime(2026, 11, 23, 15, 59, tzinfo=UTC)  # 23:59 in the hall
    issue(session, rules, late)
    after_midnight = issue(session, rules, late + timedelta(minutes=2))

    assert after_midnight.number == "A001"
    assert after_midnight.business_day.isoformat() == "2026-11-24"


def test_what_yesterday_left_open_is_closed_and_nobody_is_called_from_it(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    for _ in range(2):
        issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    tomorrow = nine + timedelta(days=1)

    first = issue(session, rules, tomorrow)
    counters.open_counter(session, rules, 1, "1001", tomorrow)
    called = calling.call_next(session, rules, 1, tomorrow)

    assert called is not None
    assert called.ticket_id == first.ticket_id
    yesterday = select(Ticket).where(Ticket.business_day < first.business_day)
    assert [ticket.state for ticket in session.exec(yesterday)] == ["expired", "expired"]


def test_a_clock_set_back_neither_repeats_a_number_nor_reorders_the_line(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    before = [issue(session, rules, nine + timedelta(hours=1)).number for _ in range(2)]
    # The clock is set back by an hour, and the hall goes on.
    called = calling.call_next(session, rules, 1, nine)
    assert called is not None
    assert called.number == before[0]
    serving.finish(session, rules, 1, nine)
    newcomer = issue(session, rules, nine + timedelta(minutes=1))

    assert newcomer.number == "A003"
    called = calling.call_next(session, rules, 1, nine + timedelta(minutes=2))
    assert called is not None
    assert called.number == before[1]


def test_a_counter_left_with_a_citizen_overnight_has_nobody_in_the_morning(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    for _ in range(2):
        issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    tomorrow = nine + timedelta(days=1)
    journal.append(session, rules.hall_id, journal.Entry("print.expired"), tomorrow)

    with pytest.raises(NoTicketInHand):
        serving.finish(session, rules, 1, tomorrow)
    with pytest.raises(CounterNotOpen):
        calling.call_next(session, rules, 1, tomorrow)

    states = [ticket.state for ticket in session.exec(select(Ticket))]
    assert states == ["expired", "expired"]


def test_the_citizen_learns_how_many_are_ahead_and_how_long_it_takes(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    alone = issue(session, rules, nine)
    assert (alone.ahead, alone.wait_low_s) == (0, None)  # no counter is open: nobody can say

    counters.open_counter(session, rules, 3, "1003", nine)
    second = issue(session, rules, nine)

    assert second.ahead == 1
    assert second.counters == [3, 1]  # the open one first
    # The 12 minutes before, of which little is known yet.
    assert (second.wait_low_s, second.wait_high_s) == (60, 25 * 60)


def test_a_shared_counters_other_line_is_ahead_too(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 3, "1003", nine)  # the only one, for both groups
    for _ in range(5):
        issue(session, rules, nine)

    assert issue(session, rules, nine, "D301").ahead == 5


def test_a_slip_is_queued_with_the_ticket_and_says_what_the_citizen_needs(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issued = issue(session, rules, nine)

    job = session.exec(select(PrintJob)).one()
    assert job.key == f"ticket/{issued.ticket_id}/1"
    assert job.content["number"] == "A001"
    assert job.content["phone"] == "0883-2120000"
    assert job.content["issued_at"] == "2026-11-23T09:00:00+08:00"
    assert job.content["code"] == issued.code


def test_without_a_slip_when_none_is_wanted(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    service, group = catalogue.service(session, rules, "T201")
    tickets.issue(session, rules, service, group, nine, print_slip=False)

    assert session.exec(select(PrintJob)).all() == []


def test_the_code_stands_in_no_journal(session: Session, rules: HallRules, nine: datetime) -> None:
    issued = issue(session, rules, nine)
    told = [str(entry.after) for entry in journal.entries(session, rules.hall_id)]
    assert told
    assert not any(issued.code in text for text in told)


def test_a_kiosk_with_an_old_catalogue_gives_no_number_nobody_would_call(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    service, group = catalogue.service(session, rules, "T201")
    for served in session.exec(select(CounterGroup).where(CounterGroup.group_id == group.id)):
        session.delete(served)
    session.flush()

    with pytest.raises(ServiceWithdrawn):
        tickets.issue(session, rules, service, group, nine)

    assert session.exec(select(Ticket)).all() == []


def test_unknown_services_and_numbers_are_refused(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    with pytest.raises(UnknownService):
        catalogue.service(session, rules, "X999")
    for text in ("A009", "", "A", "12", "号A1", "A0000000000001"):
        with pytest.raises(UnknownTicket):
            tickets.by_number(session, rules, text, nine)


@given(st.sampled_from("ABCDEFGH"), st.integers(1, 99999))
def test_a_number_is_understood_however_it_is_typed(prefix: str, number: int) -> None:
    plain = f"{prefix}{number:03d}"
    full_width = "".join(chr(ord(sign) + 0xFEE0) for sign in plain)
    for typed in (plain, plain.lower(), f"  {plain} ", full_width, f"{prefix}{number}"):
        assert parse_number(typed) == (prefix, number)


@given(st.text(max_size=12))
def test_no_text_at_all_breaks_the_number_parser(text: str) -> None:
    parsed = parse_number(text)
    assert parsed is None or (1 <= len(parsed[0]) <= 2 and parsed[1] >= 0)
