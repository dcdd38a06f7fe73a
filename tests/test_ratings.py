"""A visit is rated once, by its citizen; nobody at a counter sees, skips or changes it."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from db import journal
from db.tables import Rating, Ticket
from hall.cases import ratings
from hall.cases.ratings import Asked, rate, waiting_for_rating
from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors.cases import AlreadyRated, NoSuchRating, VisitNotOver
from hall.errors.tickets import UndoTooLate, UnknownTicket
from hall.hall_rules import HallRules
from hall.tickets import calling, holding, serving, tickets, undo, walk_ins

pytestmark = pytest.mark.each_engine

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _open(session: Session, rules: HallRules, nine: datetime) -> None:
    for number in (1, 2, 3):
        counters.open_counter(session, rules, number, f"100{number}", nine)


def visit(session: Session, rules: HallRules, now: datetime, counter: int = 1) -> Ticket:
    """From the kiosk to the end, all at once."""
    service, group = catalogue.service(session, rules, "T201")
    tickets.issue(session, rules, service, group, now)
    calling.call_next(session, rules, counter, now)
    serving.start(session, rules, counter, now)
    return serving.finish(session, rules, counter, now)


def call(session: Session, rules: HallRules, now: datetime, counter: int = 1) -> None:
    service, group = catalogue.service(session, rules, "T201")
    tickets.issue(session, rules, service, group, now)
    assert calling.call_next(session, rules, counter, now)


def asked_number(session: Session, rules: HallRules, now: datetime, counter: int = 1) -> str:
    asked = waiting_for_rating(session, rules, counter, now)
    return asked.number if asked else ""


def id_of(ticket: Ticket) -> int:
    assert ticket.id is not None
    return ticket.id


def test_a_rating_is_kept_with_who_finished_the_visit(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    ticket = visit(session, rules, nine, counter=3)

    rate(session, rules, id_of(ticket), 2, nine + SECOND, place="counter-sign 3")

    kept = session.exec(select(Rating)).one()
    assert (kept.ticket_id, kept.stars, kept.counter_id, kept.clerk_id, kept.place) == (
        ticket.id, 2, 3, 3, "counter-sign 3",
    )  # fmt: skip


def test_the_journal_tells_neither_who_nor_how(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    ticket = visit(session, rules, nine)
    rate(session, rules, id_of(ticket), 1, nine, place="counter-sign 1")

    entry = next(journal.newest(session, 1, 1))

    assert (entry.what, entry.who, entry.place, entry.subject, entry.why) == (
        "rating.given", "", "counter-sign 1", "rating", "",
    )  # fmt: skip
    assert (entry.before, entry.after) == (None, None)
    assert journal.verify(session, 1).intact


def test_a_visit_is_rated_once(session: Session, rules: HallRules, nine: datetime) -> None:
    ticket = visit(session, rules, nine)
    rate(session, rules, id_of(ticket), 1, nine, place="counter-sign 1")

    with pytest.raises(AlreadyRated):
        rate(session, rules, id_of(ticket), 5, nine, place="command line")

    assert [rating.stars for rating in session.exec(select(Rating))] == [1]


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_there_are_five_stars(
    session: Session, rules: HallRules, nine: datetime, stars: int
) -> None:
    ticket = visit(session, rules, nine)
    with pytest.raises(NoSuchRating):
        rate(session, rules, id_of(ticket), stars, nine, place="counter-sign 1")


def test_a_visit_that_goes_on_is_not_rated_yet(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    call(session, rules, nine)
    with pytest.raises(VisitNotOver):
        rate(session, rules, 1, 5, nine, place="counter-sign 1")


def test_only_visits_of_today_are_rated(session: Session, rules: HallRules, nine: datetime) -> None:
    ticket = visit(session, rules, nine)
    with pytest.raises(UnknownTicket):
        rate(session, rules, id_of(ticket), 5, nine + timedelta(days=1), place="counter-sign 1")
    with pytest.raises(UnknownTicket):
        rate(session, rules, 4711, 5, nine, place="counter-sign 1")


def test_the_last_visit_is_asked_about_for_a_while(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    ticket = visit(session, rules, nine)
    seconds = rules.numbers.rating_seconds

    asked = waiting_for_rating(session, rules, 1, nine + SECOND)

    assert asked == Asked(
        journal.last_sequence(session, 1), id_of(ticket), "A001", nine + seconds * SECOND
    )
    assert asked_number(session, rules, nine + (seconds - 1) * SECOND) == "A001"
    assert asked_number(session, rules, nine + seconds * SECOND) == ""
    assert asked_number(session, rules, nine, counter=3) == ""


def test_once_rated_it_is_not_asked_about(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    visit(session, rules, nine)
    last = visit(session, rules, nine + SECOND)
    rate(session, rules, id_of(last), 4, nine + SECOND, place="command line")

    assert asked_number(session, rules, nine + 2 * SECOND) == ""


def test_a_clerk_who_pauses_or_leaves_does_not_skip_it(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    visit(session, rules, nine)
    counters.pause(session, rules, 1, "取材料", nine)
    assert asked_number(session, rules, nine) == "A001"
    counters.close(session, rules, 1, nine)
    assert asked_number(session, rules, nine) == "A001"


def test_nobody_rates_over_the_next_ones_head(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    visit(session, rules, nine)
    call(session, rules, nine)
    assert asked_number(session, rules, nine) == ""
    holding.hold(session, rules, 1, "去复印", nine)
    assert asked_number(session, rules, nine) == ""


def test_who_is_taken_up_again_is_the_next_one(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    call(session, rules, nine)
    holding.hold(session, rules, 1, "去复印", nine)
    visit(session, rules, nine)
    assert asked_number(session, rules, nine) == "A002"
    holding.resume(session, rules, 1, "A001", nine)
    assert asked_number(session, rules, nine) == ""
    serving.finish(session, rules, 1, nine)
    assert asked_number(session, rules, nine) == "A001"


def test_other_counters_and_other_work_do_not_end_it(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    call(session, rules, nine)
    for minute in (1, 2):
        calling.recall(session, rules, 1, nine + timedelta(minutes=minute))
    now = nine + timedelta(minutes=2)
    serving.no_show(session, rules, 1, now)
    visit(session, rules, now)
    serving.requeue(session, rules, 1, "A001", now)
    call(session, rules, now, counter=3)

    assert asked_number(session, rules, now) == "A002"


def test_a_clock_set_back_asks_about_the_last_visit_all_the_same(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    visit(session, rules, nine)
    visit(session, rules, nine - 20 * SECOND)

    assert asked_number(session, rules, nine - 20 * SECOND) == "A002"
    # Seen by a machine whose clock is behind: not longer than ever.
    asked = waiting_for_rating(session, rules, 1, nine - 30 * SECOND)
    assert asked is not None and asked.until == nine + (60 - 10 - 30) * SECOND


def test_yesterdays_visit_is_not_asked_about(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    late = nine + timedelta(hours=14, minutes=59, seconds=50)
    for number in (1, 2, 3):
        counters.close(session, rules, number, nine)
    counters.open_counter(session, rules, 1, "1001", late)
    visit(session, rules, late)
    assert asked_number(session, rules, late + 9 * SECOND) == "A001"

    assert asked_number(session, rules, late + 11 * SECOND) == ""


def test_who_is_served_without_a_call_is_the_next_one(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    visit(session, rules, nine)
    service, group = catalogue.service(session, rules, "T201")
    walk_ins.begin(session, rules, 1, service, group, nine)
    assert asked_number(session, rules, nine) == ""
    serving.finish(session, rules, 1, nine)
    assert asked_number(session, rules, nine) == "A002"


def test_an_undone_end_is_not_asked_about_until_it_ends_again(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    visit(session, rules, nine)
    first = waiting_for_rating(session, rules, 1, nine)
    undo.undo(session, rules, 1, nine)
    assert asked_number(session, rules, nine) == ""
    serving.finish(session, rules, 1, nine)

    again = waiting_for_rating(session, rules, 1, nine)

    assert first is not None and again is not None
    assert again.ticket_id == first.ticket_id and again.sequence > first.sequence


def test_a_rated_visit_is_not_reopened(session: Session, rules: HallRules, nine: datetime) -> None:
    ticket = visit(session, rules, nine)
    assert undo.find(session, rules, 1, nine) is not None
    rate(session, rules, id_of(ticket), 1, nine, place="counter-sign 1")

    assert undo.find(session, rules, 1, nine) is None
    with pytest.raises(UndoTooLate):
        undo.undo(session, rules, 1, nine)


def test_a_rating_keeps_no_clerk_from_undoing_the_next_call(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    ticket = visit(session, rules, nine)
    call(session, rules, nine)
    rate(session, rules, id_of(ticket), 1, nine, place="kiosk")

    undone, _ = undo.undo(session, rules, 1, nine)

    assert undone.name == "A002"


def test_many_rows_of_others_do_not_hide_it_at_once(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    visit(session, rules, nine)
    for _ in range(300):
        journal.append(session, 1, journal.Entry("ticket.called", place="counter 3"), nine)
    assert asked_number(session, rules, nine) == "A001"


def test_ratings_are_told_apart_from_ticket_steps() -> None:
    """What begins with "ticket." is read by the clerks' screens and by undo."""
    assert not ratings.GIVEN.startswith(("ticket.", "counter."))
