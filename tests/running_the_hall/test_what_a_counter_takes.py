"""A manager moves counters; no group is left without one of its own."""

from datetime import datetime

import pytest
from sqlmodel import Session

from db import journal
from db.tables import (
    Clerk,
    CounterGroup,
)
from hall.counters import counter_groups
from hall.errors import Refused
from hall.errors.catalogue import TicketsLeftWithoutCounter
from hall.errors.counters import (
    GroupLeftWithoutCounter,
    GroupsChanged,
    NoGroupChosen,
    UnknownGroup,
)
from hall.hall_rules import HallRules
from hall.tickets import calling
from tests.running_the_hall.before_the_manager import entries, groups, issue, opened

pytestmark = pytest.mark.each_engine


def test_a_counter_calls_what_it_takes_from_its_next_call_on(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    opened(session, rules, nine, 1)
    loan = issue(session, rules, nine, "D301")
    assert calling.call_next(session, rules, 1, nine) is None

    taken = counter_groups.set_groups(session, rules, 1, ["提取", "B"], manager, nine)

    assert taken.changed and taken.codes == ("提取", "贷款")
    called = calling.call_next(session, rules, 1, nine)
    assert called is not None and called.number == loan
    (entry,) = entries(session, counter_groups.CHANGED)
    assert (entry.who, entry.place, entry.subject) == ("1005", "supervisor", "counter/1")
    assert (entry.before, entry.after) == ({"groups": ["提取"]}, {"groups": ["提取", "贷款"]})


def test_a_group_always_has_a_counter_of_its_own(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    counter_groups.set_groups(session, rules, 3, ["A"], manager, nine)
    with pytest.raises(GroupLeftWithoutCounter):
        counter_groups.set_groups(session, rules, 2, ["A"], manager, nine)
    issue(session, rules, nine, "D301")
    with pytest.raises(TicketsLeftWithoutCounter) as refused:
        counter_groups.set_groups(session, rules, 2, ["A"], manager, nine)
    assert refused.value.facts == {"count": 1, "group": "贷款"}
    assert groups(session, 2) == {2}


def test_what_is_lent_does_not_count_as_taken_and_is_left_alone(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    session.add(CounterGroup(counter_id=1, group_id=2, lent_by_id=2))
    session.flush()
    counter_groups.set_groups(session, rules, 3, ["A"], manager, nine)
    with pytest.raises(GroupLeftWithoutCounter):
        counter_groups.set_groups(session, rules, 2, ["A"], manager, nine)
    assert not counter_groups.set_groups(session, rules, 1, ["A"], manager, nine).changed
    assert groups(session, 1) == {1, 2}

    counter_groups.set_groups(session, rules, 1, ["A", "B"], manager, nine)
    assert session.get_one(CounterGroup, (1, 2)).lent_by_id is None


def test_all_matters_and_back_to_the_workbook(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    assert counter_groups.take_all(session, rules, 1, manager, nine).codes == ("提取", "贷款")
    counter_groups.set_groups(session, rules, 1, ["B"], manager, nine)
    back = counter_groups.as_in_the_workbook(session, rules, 1, manager, nine)
    assert back.codes == ("提取",)
    assert not counter_groups.as_in_the_workbook(session, rules, 2, manager, nine).changed


def test_a_new_workbook_is_what_one_goes_back_to(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    counter_groups.take_all(session, rules, 1, manager, nine)
    imported = journal.Entry("catalogue.imported", subject="catalogue/1")
    journal.append(session, 1, imported, nine)  # it said: both
    assert not counter_groups.as_in_the_workbook(session, rules, 1, manager, nine).changed
    assert groups(session, 1) == {1, 2}


@pytest.mark.parametrize(
    ("codes", "refusal"), [([], NoGroupChosen), (["提取", "没有"], UnknownGroup)]
)
def test_what_is_no_choice_is_refused(
    session: Session,
    rules: HallRules,
    nine: datetime,
    manager: Clerk,
    codes: list[str],
    refusal: type[Refused],
) -> None:
    with pytest.raises(refusal):
        counter_groups.set_groups(session, rules, 1, codes, manager, nine)


def test_the_second_of_two_managers_looks_again(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    counter_groups.set_groups(session, rules, 3, ["A"], manager, nine, seen=["提取", "贷款"])
    with pytest.raises(GroupsChanged):
        counter_groups.set_groups(session, rules, 3, ["B"], manager, nine, seen=["提取", "贷款"])
    assert groups(session, 3) == {1}
