"""A word to a counter stands there until it is read there."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from db.tables import Clerk, CounterMessage, JournalEntry, Role
from hall.counters import counter_messages, counter_view, counters
from hall.errors.accounts import NotAllowed
from hall.errors.announcing import MessageEmpty, NobodyToTell, UnknownMessage
from hall.errors.counters import CounterNotOpen, UnknownCounter
from hall.errors.notices import TextTooLong
from hall.hall_rules import HallRules

pytestmark = pytest.mark.each_engine


@pytest.fixture
def sender(session: Session) -> Clerk:
    """The desk; sits at no counter."""
    clerk = session.get_one(Clerk, 3)
    clerk.role = Role.DESK
    return clerk


@pytest.fixture
def do(session: Session, rules: HallRules, nine: datetime) -> Callable[..., Any]:
    """Counters 1 and 2 are open."""

    def operation(called: Callable[..., Any], *given: Any) -> Any:
        return called(session, rules, *given, nine)

    for number in (1, 2):
        operation(counters.open_counter, number, f"100{number}")
    return operation


def texts(session: Session, rules: HallRules, counter: int, now: datetime) -> list[str]:
    return [one.text for one in counter_view.read_counter(session, rules, counter, now).messages]


def test_it_is_read_where_it_was_sent_the_oldest_first_and_then_no_more(
    session: Session, rules: HallRules, do: Callable[..., Any], sender: Clerk, nine: datetime
) -> None:
    for text in ("A001的同伴在\x1b[2J咨询台", "请留意\n轮椅"):
        do(counter_messages.send, [1], text, sender)
    assert texts(session, rules, 1, nine) == ["A001的同伴在[2J咨询台", "请留意 轮椅"]
    assert texts(session, rules, 2, nine) == []
    first = counter_view.read_counter(session, rules, 1, nine).messages[0]
    assert (first.staff_number, first.name, f"{first.sent_at:%H:%M}") == ("1003", "吴六", "09:00")

    for _ in range(2):
        do(counter_messages.mark_read, 1, first.id)
    assert texts(session, rules, 1, nine) == ["请留意 轮椅"]
    assert session.get_one(CounterMessage, first.id).read_by_id == 1
    assert texts(session, rules, 1, nine + timedelta(days=1)) == ["请留意 轮椅"]


def test_to_all_is_to_every_counter_somebody_sits_at(
    session: Session, rules: HallRules, do: Callable[..., Any], sender: Clerk, nine: datetime
) -> None:
    rules.numbers.last_counter_needs_consent = False
    counters.pause(session, rules, 2, "用餐", nine)
    assert do(counter_messages.send, None, "系统将重启", sender) == (1, 2)
    for number in (1, 2):
        do(counters.close, number)
    with pytest.raises(NobodyToTell):
        do(counter_messages.send, None, "系统将重启", sender)


@pytest.mark.parametrize(
    ("to", "text", "refusal"),
    [
        ([1, 77], "x", UnknownCounter),
        ([1, 3], "x", CounterNotOpen),
        ([], "x", NobodyToTell),
        ([1], " \n\x07", MessageEmpty),
        ([1], "啊" * 121, TextTooLong),
    ],
)
def test_what_cannot_be_told_is_told_to_nobody(
    session: Session,
    do: Callable[..., Any],
    sender: Clerk,
    to: list[int],
    text: str,
    refusal: type[Exception],
) -> None:
    with pytest.raises(refusal):
        do(counter_messages.send, to, text, sender)
    assert session.exec(select(CounterMessage)).all() == []


def test_only_who_assists_sends_one(
    session: Session, do: Callable[..., Any], sender: Clerk
) -> None:
    sender.role = Role.ADMINISTRATOR
    with pytest.raises(NotAllowed):
        do(counter_messages.send, [1], "x", sender)


def test_nobody_reads_for_another_counter(
    session: Session, rules: HallRules, do: Callable[..., Any], sender: Clerk, nine: datetime
) -> None:
    do(counter_messages.send, [1], "x", sender)
    message_id = counter_view.read_counter(session, rules, 1, nine).messages[0].id
    for counter, message in ((2, message_id), (1, 999)):
        with pytest.raises(UnknownMessage):
            do(counter_messages.mark_read, counter, message)
    assert texts(session, rules, 1, nine) == ["x"]


def test_the_journal_has_no_word_of_it(
    session: Session, do: Callable[..., Any], sender: Clerk
) -> None:
    do(counter_messages.send, [1], "张三的身份证在咨询台", sender)
    do(counter_messages.mark_read, 1, 1)
    found = session.exec(
        select(JournalEntry)
        .where(col(JournalEntry.what).startswith("message."))
        .order_by(col(JournalEntry.sequence))
    ).all()
    assert [(one.what, one.who, one.subject) for one in found] == [
        ("message.sent", "1003", "message/1"),
        ("message.read", "1001", "message/1"),
    ]
    assert "张三" not in str(found)
