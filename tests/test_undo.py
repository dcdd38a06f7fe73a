"""The last step of a counter can be taken back, and nothing else."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from db import journal
from db.tables import (
    Announcement,
    AnnouncementState,
    CaseResult,
    Clerk,
    Counter,
    PriorityClass,
)
from hall.cases import cases
from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors.cases import NoticeGiven
from hall.errors.tickets import DoneSince, NothingToUndo, StepFollowed, UndoTooLate
from hall.hall_rules import HallRules
from hall.notices import notices
from hall.tickets import calling, holding, serving, tickets, undo
from hall.tickets.ticket_course import Step
from tests.at_work import call, issue, ticket, to_service

pytestmark = pytest.mark.each_engine

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def opened(session: Session, rules: HallRules, nine: datetime) -> None:
    """Counter 1 takes withdrawals, counter 2 loans, counter 3 both."""
    for counter in (1, 2, 3):
        counters.open_counter(session, rules, counter, f"100{counter}", nine)


@pytest.mark.parametrize(
    "step", ["called", "started", "finished", "no_show", "held", "transferred"]
)
def test_the_last_step_can_be_taken_back(
    session: Session, rules: HallRules, nine: datetime, step: str
) -> None:
    number = issue(session, rules, nine)
    if step != "called":
        call(session, rules, nine)
    if step == "no_show":
        for minute in (1, 2):
            calling.recall(session, rules, 1, nine + minute * MINUTE)
    last: dict[str, Callable[[], object]] = {
        "called": lambda: call(session, rules, nine),
        "started": lambda: serving.start(session, rules, 1, nine),
        "finished": lambda: serving.finish(session, rules, 1, nine),
        "no_show": lambda: serving.no_show(session, rules, 1, nine + 2 * MINUTE),
        "held": lambda: holding.hold(session, rules, 1, "去复印", nine),
        "transferred": lambda: to_service(session, rules, nine, "D301"),
    }
    before = ticket(session, number).model_dump(exclude={"hold_reason", "note"})
    last[step]()

    undone, what = undo.undo(session, rules, 1, nine + 2 * MINUTE)

    assert what == Step(step)
    assert undone.model_dump(exclude={"hold_reason", "note"}) == before
    assert journal.verify(session, rules.hall_id).intact


def test_a_call_taken_back_is_not_spoken_and_counts_no_turn(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    of, group = catalogue.service(session, rules, "T201")
    tickets.issue(session, rules, of, group, nine, priority_class=PriorityClass.ELDERLY)
    call(session, rules, nine)
    assert session.get_one(Counter, 1).privileged_in_a_row == 1

    undo.undo(session, rules, 1, nine)

    session.expire_all()
    assert session.get_one(Counter, 1).privileged_in_a_row == 0
    assert session.exec(select(Announcement.state)).all() == [AnnouncementState.EXPIRED]


def test_nothing_is_taken_back_when_something_followed(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    number = issue(session, rules, nine)
    call(session, rules, nine)
    to_service(session, rules, nine, "D301")
    call(session, rules, nine, counter=2)

    with pytest.raises(UndoTooLate):
        undo.undo(session, rules, 1, nine)

    assert ticket(session, number).counter_id == 2


def test_one_step_is_taken_back_not_a_chain_of_them(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    issue(session, rules, nine)
    call(session, rules, nine)
    serving.finish(session, rules, 1, nine)
    call(session, rules, nine)

    undo.undo(session, rules, 1, nine)  # the call

    with pytest.raises(NothingToUndo):
        undo.undo(session, rules, 1, nine)


def test_a_step_is_not_taken_back_too_late_nor_by_another_nor_after_a_recall(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    with pytest.raises(NothingToUndo):
        undo.undo(session, rules, 1, nine)
    call(session, rules, nine)
    with pytest.raises(NothingToUndo):
        undo.undo(session, rules, 2, nine)
    late = nine + timedelta(seconds=rules.numbers.undo_seconds + 1)
    with pytest.raises(NothingToUndo):
        undo.undo(session, rules, 1, late)
    calling.recall(session, rules, 1, nine + MINUTE)
    with pytest.raises(NothingToUndo):
        undo.undo(session, rules, 1, nine + MINUTE)


def test_what_could_be_undone_is_known_and_another_step_is_not_taken_for_it(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    assert undo.find(session, rules, 1, nine) is None
    number = issue(session, rules, nine)
    call(session, rules, nine)
    seen = undo.find(session, rules, 1, nine)
    assert seen is not None and (seen.step, seen.number) == (Step.CALLED, number)
    undo.expect_step(session, rules, 1, seen.sequence, nine)

    serving.start(session, rules, 1, nine)

    for sequence in (seen.sequence, None):
        with pytest.raises(StepFollowed):
            undo.expect_step(session, rules, 1, sequence, nine)
    late = nine + timedelta(seconds=rules.numbers.undo_seconds + 1)
    assert undo.find(session, rules, 1, late) is None
    undo.expect_step(session, rules, 1, seen.sequence, late)  # `undo` says why not


# -- what was done since -------------------------------------------------------------------------


def called_again(session: Session, rules: HallRules, nine: datetime, step: str) -> str:
    """In hand by the step that is to be undone."""
    number = issue(session, rules, nine)
    call(session, rules, nine)
    if step == "resumed":
        holding.hold(session, rules, 1, "去复印", nine)
        holding.resume(session, rules, 1, number, nine)
    return number


@pytest.mark.parametrize("step", ["called", "resumed"])
def test_who_has_been_given_a_notice_since_is_not_sent_away(
    session: Session, rules: HallRules, nine: datetime, step: str
) -> None:
    number = called_again(session, rules, nine, step)
    matter, _ = catalogue.service(session, rules, "T201")
    here, clerk = session.get_one(Counter, 1), session.get_one(Clerk, 1)
    served = ticket(session, number)
    notices.issue(session, rules, matter, clerk, {1}, {}, nine, ticket=served, counter=here)

    assert undo.find(session, rules, 1, nine) is None
    with pytest.raises(DoneSince):
        undo.undo(session, rules, 1, nine)
    assert ticket(session, number).counter_id == 1


def test_who_has_been_given_a_notice_is_not_marked_absent(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    number = called_again(session, rules, nine, "called")
    for minute in (1, 2):
        calling.recall(session, rules, 1, nine + minute * MINUTE)
    matter, _ = catalogue.service(session, rules, "T201")
    here, clerk = session.get_one(Counter, 1), session.get_one(Clerk, 1)
    served = ticket(session, number)
    notices.issue(session, rules, matter, clerk, {1}, {}, nine, ticket=served, counter=here)
    with pytest.raises(NoticeGiven):
        serving.no_show(session, rules, 1, nine + 2 * MINUTE)
    assert serving.finish(session, rules, 1, nine + 2 * MINUTE).state == "finished"


@pytest.mark.parametrize("step", ["called", "resumed"])
def test_a_matter_recorded_since_is_struck_out_first(
    session: Session, rules: HallRules, nine: datetime, step: str
) -> None:
    called_again(session, rules, nine, step)
    matter, _ = catalogue.service(session, rules, "T201")
    case = cases.record(session, rules, 1, matter, CaseResult.DONE, nine)
    with pytest.raises(DoneSince):
        undo.undo(session, rules, 1, nine)

    assert case.id is not None
    cases.strike(session, rules, 1, case.id, nine)
    assert undo.undo(session, rules, 1, nine)[1] == Step(step)


def test_what_was_recorded_before_the_call_keeps_nobody_from_undoing_it(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    call(session, rules, nine)
    matter, _ = catalogue.service(session, rules, "T201")
    cases.record(session, rules, 1, matter, CaseResult.DONE, nine)
    to_service(session, rules, nine, "D301")
    call(session, rules, nine, counter=2)

    assert undo.undo(session, rules, 2, nine)[1] is Step.CALLED
