"""Who calls for help is answered, once, by who may; leave that is given pauses at once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from db import journal
from db.tables import Clerk, Counter, HelpKind, HelpRequest, JournalEntry, Role
from hall.counters import counter_view, counters, help_requests
from hall.errors.accounts import NotAllowed
from hall.errors.counters import (
    CounterNotOpen,
    CounterPausedNow,
    HelpElsewhere,
    HelpOver,
    PauseOver,
)
from hall.errors.notices import ForbiddenPhrase, TextTooLong
from hall.errors.printing import ReasonMissing
from hall.hall_rules import HallRules

pytestmark = pytest.mark.each_engine

MINUTE = timedelta(minutes=1)


@pytest.fixture
def do(session: Session, rules: HallRules, nine: datetime) -> Callable[..., Any]:
    def operation(called: Callable[..., Any], *given: Any, **named: Any) -> Any:
        return called(session, rules, *given, nine, **named)

    return operation


@pytest.fixture
def counter(do: Callable[..., Any]) -> Any:
    """Counter 1, the only open one."""
    return do(counters.open_counter, 1, "1001")


@pytest.fixture
def manager(session: Session) -> Clerk:
    clerk = session.get_one(Clerk, 3)
    clerk.role = Role.DUTY_MANAGER
    return clerk


@pytest.fixture
def ask(session: Session, rules: HallRules, nine: datetime, counter: Counter) -> Callable[..., Any]:
    """From counter 1, at nine."""

    def asks(
        kind: HelpKind, words: str = "请来一下", now: datetime = nine, **named: Any
    ) -> HelpRequest:
        clerk = session.get_one(Clerk, 1)
        return help_requests.ask(
            session, rules, kind, "counter 1", counter, clerk, words, now, **named
        )

    return asks


def journalled(session: Session, what: str) -> list[JournalEntry]:
    statement = select(JournalEntry).where(JournalEntry.what == what)
    return list(session.exec(statement.order_by(col(JournalEntry.sequence))).all())


# -- asking --------------------------------------------------------------------------------------


def test_who_is_asked_sees_where_who_and_why_emergencies_first(
    session: Session, rules: HallRules, nine: datetime, ask: Callable[..., Any]
) -> None:
    ask(HelpKind.DUTY_MANAGER, "请来\x1b[31m一下\n")
    ask(HelpKind.EMERGENCY, "有人晕倒", nine + MINUTE)
    help_requests.ask(session, rules, HelpKind.DUTY_MANAGER, "desk", None, None, "争吵", nine)

    found = help_requests.open_requests(session, rules, nine + MINUTE)
    assert [(one.kind, one.place, one.words) for one in found] == [
        ("emergency", "counter 1", "有人晕倒"),
        ("duty_manager", "counter 1", "请来[31m一下"),
        ("duty_manager", "desk", "争吵"),
    ]
    assert (found[0].counter, found[0].staff_number, found[0].name) == (1, "1001", "李四")
    assert f"{found[1].asked_at:%H:%M}" == "09:00"
    assert (found[2].counter, found[2].staff_number) == (None, "")


def test_the_journal_knows_that_help_was_asked_but_not_the_words(
    session: Session, ask: Callable[..., Any]
) -> None:
    ask(HelpKind.DUTY_MANAGER, "张三的事")
    (entry,) = journalled(session, "help.asked")
    assert (entry.who, entry.place, entry.after) == ("1001", "counter 1", {"kind": "duty_manager"})
    assert "张三" not in str(entry)


def test_asking_twice_is_asking_once_with_the_newest_words(
    session: Session, rules: HallRules, nine: datetime, ask: Callable[..., Any]
) -> None:
    first = ask(HelpKind.EMERGENCY, "争吵")
    again = ask(HelpKind.EMERGENCY, "有人受伤", nine + MINUTE)
    assert (again.id, again.words, again.asked_at) == (first.id, "有人受伤", nine)
    assert len(journalled(session, "help.asked")) == 1


@pytest.mark.parametrize(
    ("words", "refusal"), [(" \n\x00", ReasonMissing), ("啊" * 121, TextTooLong)]
)
def test_words_there_must_be_and_not_too_many(
    ask: Callable[..., Any], words: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        ask(HelpKind.DUTY_MANAGER, words)


def test_what_nobody_answered_yesterday_is_over_today(
    session: Session, rules: HallRules, nine: datetime, ask: Callable[..., Any]
) -> None:
    tomorrow = nine + timedelta(days=1)
    yesterdays = ask(HelpKind.EMERGENCY)
    assert help_requests.open_requests(session, rules, tomorrow) == ()
    assert help_requests.of_place(session, rules, "counter 1", tomorrow) == ()
    assert ask(HelpKind.EMERGENCY, now=tomorrow).id != yesterdays.id
    assert len(help_requests.open_requests(session, rules, tomorrow)) == 1
    assert journalled(session, "help.left_over")[0].subject == f"help/{yesterdays.id}"


# -- answering -----------------------------------------------------------------------------------


def test_the_answer_is_read_where_it_was_asked_for_ten_minutes(
    session: Session,
    rules: HallRules,
    nine: datetime,
    ask: Callable[..., Any],
    do: Callable[..., Any],
    manager: Clerk,
) -> None:
    asked = ask(HelpKind.DUTY_MANAGER)
    do(help_requests.answer, asked.id, manager, answer="马上到")

    def seen(minutes: float, counter: int = 1) -> list[str]:
        now = nine + minutes * MINUTE
        view = counter_view.read_counter(session, rules, counter, now)
        return [one.answer for one in view.help]

    assert (seen(0), seen(9.9), seen(10), seen(0, counter=2)) == (["马上到"], ["马上到"], [], [])
    assert help_requests.open_requests(session, rules, nine) == ()
    entry = journalled(session, "help.answered")[0]
    assert (entry.who, entry.after) == ("1003", {"kind": "duty_manager"})


@pytest.mark.parametrize("kind", [kind for kind in HelpKind if kind != HelpKind.ASSISTANT])
def test_only_who_may_answers_and_only_once(
    session: Session,
    ask: Callable[..., Any],
    do: Callable[..., Any],
    manager: Clerk,
    kind: HelpKind,
) -> None:
    asked = ask(kind, "用餐")
    with pytest.raises(NotAllowed):
        do(help_requests.answer, asked.id, session.get_one(Clerk, 1), granted=True)
    assert asked.ended_at is None
    do(help_requests.answer, asked.id, manager, granted=False)
    with pytest.raises(HelpOver):
        do(help_requests.answer, asked.id, manager, granted=True)
    with pytest.raises(HelpOver):
        do(help_requests.answer, 999, manager)


def test_whoever_helps_citizens_goes_to_a_kiosk_and_nobody_else(
    session: Session, rules: HallRules, nine: datetime, do: Callable[..., Any]
) -> None:
    """The citizen need not say why."""
    asked = help_requests.ask(
        session, rules, HelpKind.ASSISTANT, "kiosk 东门", None, None, "", nine
    )
    onlooker, clerk = session.get_one(Clerk, 2), session.get_one(Clerk, 1)
    onlooker.role = Role.SUPERVISION
    with pytest.raises(NotAllowed):
        do(help_requests.answer, asked.id, onlooker)
    do(help_requests.answer, asked.id, clerk)
    assert (asked.ended_by_id, asked.granted) == (1, None)
    entry = journalled(session, "help.answered")[0]
    assert (entry.who, entry.place, entry.after) == ("1001", "kiosk 东门", {"kind": "assistant"})


def test_emergencies_are_seen_at_every_counter(
    session: Session, rules: HallRules, nine: datetime, ask: Callable[..., Any]
) -> None:
    ask(HelpKind.EMERGENCY, "有人晕倒")
    ask(HelpKind.DUTY_MANAGER)
    elsewhere = counter_view.read_counter(session, rules, 2, nine)
    assert [one.place for one in elsewhere.emergencies] == ["counter 1"]
    assert elsewhere.help == ()


# -- leave to pause ------------------------------------------------------------------------------


def test_leave_that_is_given_pauses_at_once_as_it_was_asked(
    session: Session,
    ask: Callable[..., Any],
    do: Callable[..., Any],
    manager: Clerk,
    nine: datetime,
    counter: Counter,
) -> None:
    asked = ask(HelpKind.PAUSE, "用餐", until=nine + 30 * MINUTE)
    do(help_requests.answer, asked.id, manager, granted=True)
    assert (counter.state, counter.pause_reason) == ("paused", "用餐")
    assert counter.pause_until == nine + 30 * MINUTE
    assert (asked.granted, asked.ended_by_id) == (True, 3)
    assert (journalled(session, "counter.paused")[0].after or {})["consent"] == "1003"
    assert journalled(session, "help.withdrawn") == []
    assert journal.verify(session, 1).intact


@pytest.mark.parametrize("granted", [False, None])
def test_without_leave_the_counter_goes_on(
    ask: Callable[..., Any],
    do: Callable[..., Any],
    manager: Clerk,
    counter: Counter,
    granted: bool | None,
) -> None:
    asked = ask(HelpKind.PAUSE, "用餐")
    do(help_requests.answer, asked.id, manager, answer="等B角回来", granted=granted)
    assert counter.state == "open"
    assert asked.granted is False


def test_leave_for_what_was_asked_before_is_not_leave_for_what_is_asked_now(
    session: Session,
    rules: HallRules,
    ask: Callable[..., Any],
    do: Callable[..., Any],
    manager: Clerk,
    nine: datetime,
    counter: Counter,
) -> None:
    seen = ask(HelpKind.PAUSE, "取材料", until=nine + 5 * MINUTE)
    ask(HelpKind.PAUSE, "取材料")  # now without end
    with pytest.raises(HelpOver):
        do(help_requests.answer, seen.id, manager, granted=True)
    assert counter.state == "open"
    assert len(help_requests.open_requests(session, rules, nine)) == 1


@pytest.mark.parametrize("meanwhile", ["closed", "paused", "relieved"])
def test_leave_comes_too_late_when_the_counter_stands_otherwise(
    session: Session,
    rules: HallRules,
    ask: Callable[..., Any],
    do: Callable[..., Any],
    manager: Clerk,
    nine: datetime,
    meanwhile: str,
) -> None:
    asked = ask(HelpKind.PAUSE, "用餐")
    match meanwhile:
        case "closed":
            do(counters.close, 1)
        case "paused":
            do(counters.pause, 1, "巡查", consent=manager)
        case _:
            do(counters.open_counter, 1, "1002")
    assert help_requests.open_requests(session, rules, nine) == ()
    with pytest.raises(HelpOver):
        do(help_requests.answer, asked.id, manager, granted=True)


def test_leave_is_for_who_asked_and_an_open_counter_whatever_else_has_happened(
    ask: Callable[..., Any], do: Callable[..., Any], manager: Clerk, counter: Counter
) -> None:
    asked = ask(HelpKind.PAUSE, "用餐")
    counter.clerk_id = 2
    with pytest.raises(HelpOver):
        do(help_requests.answer, asked.id, manager, granted=True)
    assert (counter.state, asked.ended_at) == ("open", None)


def test_leave_for_a_time_that_has_passed_is_not_given(
    session: Session,
    rules: HallRules,
    ask: Callable[..., Any],
    manager: Clerk,
    nine: datetime,
    counter: Counter,
) -> None:
    asked = ask(HelpKind.PAUSE, "用餐", until=nine + MINUTE)
    later = nine + MINUTE
    assert help_requests.open_requests(session, rules, later) == ()
    with pytest.raises(PauseOver):
        help_requests.answer(session, rules, asked.id, manager, later, granted=True)
    assert counter.state == "open"


def test_what_would_be_refused_is_refused_when_it_is_asked(
    session: Session,
    ask: Callable[..., Any],
    do: Callable[..., Any],
    manager: Clerk,
    nine: datetime,
) -> None:
    with pytest.raises(PauseOver):
        ask(HelpKind.PAUSE, "用餐", until=nine)
    with pytest.raises(ForbiddenPhrase):
        ask(HelpKind.PAUSE, "不归我管")
    do(counters.pause, 1, "用餐", consent=manager)
    with pytest.raises(CounterPausedNow):
        ask(HelpKind.PAUSE, "用餐")
    do(counters.close, 1)
    with pytest.raises(CounterNotOpen):
        ask(HelpKind.PAUSE, "用餐")


# -- taking it back ------------------------------------------------------------------------------


def test_it_is_taken_back_where_it_was_asked(
    session: Session, rules: HallRules, nine: datetime, ask: Callable[..., Any]
) -> None:
    asked = ask(HelpKind.EMERGENCY)
    clerk = session.get_one(Clerk, 1)
    with pytest.raises(HelpElsewhere):
        help_requests.withdraw(session, rules, asked.id, "counter 2", clerk, nine)
    for _ in range(2):
        help_requests.withdraw(session, rules, asked.id, "counter 1", clerk, nine)
    assert help_requests.of_place(session, rules, "counter 1", nine) == ()
    assert len(journalled(session, "help.withdrawn")) == 1


def test_closing_takes_back_what_the_counter_asked_but_no_emergency(
    session: Session,
    rules: HallRules,
    nine: datetime,
    ask: Callable[..., Any],
    do: Callable[..., Any],
) -> None:
    for kind in (HelpKind.PAUSE, HelpKind.DUTY_MANAGER, HelpKind.EMERGENCY):
        ask(kind, "用餐")
    do(counters.close, 1)
    found = help_requests.open_requests(session, rules, nine)
    assert [one.kind for one in found] == ["emergency"]
