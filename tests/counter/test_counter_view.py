"""What is read for a counter, and the rules behind it."""

from datetime import datetime, timedelta

import pytest
from rich.cells import cell_len
from sqlmodel import Session

from counter.dialogs.pause_dialog import clock_time
from counter.phrases import length_words, stopwatch
from db.tables import PriorityClass
from hall.catalogue import catalogue
from hall.counters import counters
from hall.counters.counter_view import CounterView, expect_in_hand, read_counter
from hall.errors.counters import UnknownCounter
from hall.errors.tickets import ChangedMeanwhile, NoTicketInHand
from hall.hall_rules import HallRules
from hall.tickets import calling, holding, serving, tickets, transfers
from tests.counter.at_the_counter import NINE
from ui.cells import fit

ORDINARY, SOLDIER = PriorityClass.ORDINARY, PriorityClass.SOLDIER


def issue(
    session: Session,
    rules: HallRules,
    now: datetime,
    service: str = "T201",
    priority_class: PriorityClass = ORDINARY,
) -> tickets.Issued:
    found, group = catalogue.service(session, rules, service)
    return tickets.issue(session, rules, found, group, now, priority_class=priority_class)


def view(session: Session, rules: HallRules, counter: int, now: datetime) -> CounterView:
    return read_counter(session, rules, counter, now)


def test_the_next_tickets_are_listed_as_they_will_be_called(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    for minute in range(4):
        issue(session, rules, nine + timedelta(minutes=minute), priority_class=SOLDIER)
        issue(session, rules, nine + timedelta(minutes=minute))
    later = nine + timedelta(minutes=5)

    listed = [ticket.number for ticket in view(session, rules, 1, later).next_tickets]
    called = []
    for _ in listed:
        found = calling.call_next(session, rules, 1, later)
        assert found is not None
        called.append(found.number)
        serving.finish(session, rules, 1, later)

    assert listed == called
    assert listed[2] == "A002"  # two soldiers, then it is an ordinary citizen's turn


def test_only_what_the_counter_takes_is_counted(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    issue(session, rules, nine + timedelta(minutes=1), service="D301")
    issue(session, rules, nine + timedelta(minutes=2), service="D301")

    loans = view(session, rules, 2, nine)
    both = view(session, rules, 3, nine)

    assert (loans.waiting, loans.oldest_at) == (2, nine + timedelta(minutes=1))
    assert [(g.prefix, g.waiting) for g in both.groups] == [("A", 1), ("B", 2)]
    assert both.oldest_at == nine


def test_who_was_sent_to_this_counter_alone_is_in_its_line_and_in_no_other(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    for counter in (1, 2, 3):
        counters.open_counter(session, rules, counter, f"100{counter}", nine)
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    transfers.to_counter(session, rules, 1, 2, nine)

    loans, both = view(session, rules, 2, nine), view(session, rules, 3, nine)

    assert [(t.number, t.only_here) for t in loans.next_tickets] == [("A001", True)]
    assert [(g.prefix, g.waiting) for g in loans.groups] == [("B", 0), ("A", 1)]
    assert (both.next_tickets, both.waiting) == ((), 0)


def test_nobody_at_a_counter_is_not_everybody(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)

    closed = view(session, rules, 2, nine)

    assert (closed.next_tickets, closed.waiting) == ((), 0)


def test_the_longest_put_aside_comes_first_after_ones_own_and_yesterdays_never(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    for minute, counter in enumerate((1, 3, 1)):
        moment = nine + timedelta(minutes=minute)
        counters.open_counter(session, rules, counter, f"100{counter}", nine)
        issue(session, rules, moment)
        calling.call_next(session, rules, counter, moment)
        holding.hold(session, rules, counter, "去复\x1b印", moment)

    held = view(session, rules, 3, nine).held

    assert [(h.number, h.own, h.counter) for h in held] == [
        ("A002", True, 3),
        ("A001", False, 1),
        ("A003", False, 1),
    ]
    assert (held[0].reason, held[0].since) == ("去复印", nine + timedelta(minutes=1))
    assert view(session, rules, 2, nine).held == ()
    assert view(session, rules, 3, nine + timedelta(days=1)).held == ()


def test_the_absent_are_listed_until_they_come_back(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    for call in (1, 2):
        calling.recall(session, rules, 1, nine + timedelta(seconds=20 * call))
    serving.no_show(session, rules, 1, nine + timedelta(minutes=1))
    assert [ticket.number for ticket in view(session, rules, 1, nine).absent] == ["A001"]
    assert view(session, rules, 2, nine).absent == ()

    serving.requeue(session, rules, 1, "A001", nine + timedelta(minutes=2))
    assert view(session, rules, 1, nine).absent == ()


def test_the_day_is_the_clerks_own_and_todays(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    for counter, minutes in ((1, 4), (3, 10), (1, 6)):
        counters.open_counter(session, rules, counter, f"100{counter}", nine)
        issue(session, rules, nine)
        calling.call_next(session, rules, counter, nine)
        serving.start(session, rules, counter, nine)
        serving.finish(session, rules, counter, nine + timedelta(minutes=minutes))

    day = view(session, rules, 1, nine).day
    assert (day.served, day.average) == (2, timedelta(minutes=5))
    assert view(session, rules, 1, nine + timedelta(days=1)).day.served == 0


def test_an_unknown_counter_is_refused(session: Session, rules: HallRules, nine: datetime) -> None:
    with pytest.raises(UnknownCounter):
        view(session, rules, 9, nine)


def test_a_press_is_held_to_the_ticket_it_was_meant_for(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    ticket_id = issue(session, rules, nine).ticket_id
    with pytest.raises(NoTicketInHand):
        expect_in_hand(session, rules, 1, ticket_id, nine)
    calling.call_next(session, rules, 1, nine)
    expect_in_hand(session, rules, 1, ticket_id, nine)
    for other in (ticket_id + 1, None):
        with pytest.raises(ChangedMeanwhile):
            expect_in_hand(session, rules, 1, other, nine)


@pytest.mark.parametrize("text", ["", "A", "购买自住住房", "䶮𠮷", "é", "[red]x[/red]"])
@pytest.mark.parametrize("cells", [0, 1, 2, 3, 7, 40])
def test_columns_keep_their_width_in_every_script(text: str, cells: int) -> None:
    assert cell_len(fit(text, cells)) == cells
    assert cell_len(fit(text, cells, "right")) == cells


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("12:30", 12, 30),
        ("9：05", 9, 5),
        ("0930", 9, 30),
        ("１２：３０", 12, 30),
        (" 17:00 ", 17, 0),
    ],
)
def test_a_time_is_understood_as_clerks_write_it(typed: str, hour: int, minute: int) -> None:
    found = clock_time(typed, NINE)
    assert found is not None
    assert (found.hour, found.minute, found.date()) == (hour, minute, NINE.date())


@pytest.mark.parametrize(
    "typed", ["", "12", "24:00", "12:60", "noon", "12:30:00", "-1:30", "²2:30"]
)
def test_what_is_no_time_is_none(typed: str) -> None:
    assert clock_time(typed, NINE) is None


def say(words: str, **facts: object) -> str:
    return words.format(**facts)


def test_a_clock_set_back_gives_no_negative_waits() -> None:
    assert length_words(say, timedelta(minutes=-5)) == "under a minute"
    assert stopwatch(timedelta(seconds=-5)) == "00:00"
    assert stopwatch(timedelta(hours=1, seconds=5)) == "1:00:05"
    assert length_words(say, timedelta(minutes=61)) == "1 h 1 min"
