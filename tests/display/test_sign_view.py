"""What the sign of a counter is told."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from db.tables import Clerk, Counter, CounterGroup
from hall.catalogue import catalogue
from hall.counters import counters
from hall.counters.sign_view import SignView, read_sign
from hall.errors.counters import UnknownCounter
from hall.hall_rules import HallRules
from hall.tickets import calling, serving, tickets
from tests.display.before_the_board import NINE


def look(session: Session, rules: HallRules, number: int = 1) -> SignView:
    session.flush()
    return read_sign(session, rules, number, NINE)


def test_a_closed_counter_names_nobody(session: Session, rules: HallRules) -> None:
    counters.open_counter(session, rules, 1, "1001", NINE)
    counters.close(session, rules, 1, NINE)

    view = look(session, rules)

    assert (view.state, view.clerk, view.in_hand, view.asked) == ("closed", None, None, None)


def test_the_number_in_hand_is_told_with_its_matter(session: Session, rules: HallRules) -> None:
    counters.open_counter(session, rules, 1, "1001", NINE)
    service, group = catalogue.service(session, rules, "T201")
    tickets.issue(session, rules, service, group, NINE)
    calling.call_next(session, rules, 1, NINE)

    called = look(session, rules).in_hand
    serving.start(session, rules, 1, NINE)
    serving_now = look(session, rules).in_hand

    assert called is not None and serving_now is not None
    assert (called.number, called.state, called.called_at) == ("A001", "called", NINE)
    assert called.service["zh"] == "购买自住住房提取"
    assert serving_now.state == "serving"
    assert read_sign(session, rules, 1, NINE + timedelta(days=1)).in_hand is None


def test_who_sits_there_is_told_under_the_own_name(session: Session, rules: HallRules) -> None:
    session.get_one(Clerk, 1).party_member = True
    session.get_one(Counter, 1).sign = "共产党员示范岗\x1b"
    counters.open_counter(session, rules, 1, "1001", NINE)

    view = look(session, rules)

    assert view.sign == "共产党员示范岗"
    assert view.clerk is not None
    assert (view.clerk.name, view.clerk.staff_number, view.clerk.party_member) == (
        "李四", "1001", True,
    )  # fmt: skip
    assert view.clerk.stands_in_for == ""


@pytest.mark.parametrize("staff_number", ["1002", "1003"])
def test_who_is_not_the_posts_a_stands_in_for_a(
    session: Session, rules: HallRules, staff_number: str
) -> None:
    counters.open_counter(session, rules, 1, staff_number, NINE)
    view = look(session, rules)
    assert view.clerk is not None
    assert (view.clerk.staff_number, view.clerk.stands_in_for) == (staff_number, "李四")


def test_nobody_stands_in_for_who_has_left_the_office(session: Session, rules: HallRules) -> None:
    session.get_one(Clerk, 1).withdrawn = True
    counters.open_counter(session, rules, 1, "1002", NINE)
    view = look(session, rules)
    assert view.clerk is not None and view.clerk.stands_in_for == ""


def test_a_pause_whose_time_has_passed_names_no_time(session: Session, rules: HallRules) -> None:
    counters.open_counter(session, rules, 1, "1001", NINE)
    counters.open_counter(session, rules, 3, "1003", NINE)
    counters.pause(session, rules, 1, "取材料", NINE, until=NINE + timedelta(minutes=10))

    before = look(session, rules)
    after = read_sign(session, rules, 1, NINE + timedelta(minutes=10))

    assert before.pause_until is not None and f"{before.pause_until:%H:%M}" == "09:10"
    assert (after.pause_reason, after.pause_until) == ("取材料", None)


def test_a_paused_counters_line_is_told_at_both(session: Session, rules: HallRules) -> None:
    for number in (1, 2):
        counters.open_counter(session, rules, number, f"100{number}", NINE)
    session.add(CounterGroup(counter_id=2, group_id=1, lent_by_id=1))

    assert (look(session, rules, 1).taken_over_at, look(session, rules, 1).takes_over) == ((2,), ())
    assert (look(session, rules, 2).taken_over_at, look(session, rules, 2).takes_over) == ((), (1,))
    counters.close(session, rules, 2, NINE)
    assert look(session, rules, 1).taken_over_at == ()


def test_an_unknown_counter_is_told(session: Session, rules: HallRules) -> None:
    with pytest.raises(UnknownCounter):
        read_sign(session, rules, 9, NINE)
