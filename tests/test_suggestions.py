"""意见箱: anyone puts something in, somebody answers, and no telephone number is left."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from db import journal
from db.tables import Clerk, Role, Suggestion, SuggestionKind, SuggestionSubject
from hall import suggestions
from hall.errors.accounts import NotAllowed
from hall.errors.counters import UnknownCounter
from hall.errors.inquiries import PersonalNumber
from hall.errors.suggestions import (
    AnswerMissing,
    BoxFull,
    PhoneWrong,
    SuggestionAnswered,
    UnknownSuggestion,
)
from hall.hall_rules import HallRules

pytestmark = pytest.mark.each_engine

PHONE = "13800001234"
CRITICISM, STAFF = SuggestionKind.CRITICISM, SuggestionSubject.STAFF


@pytest.fixture
def supervisor(session: Session) -> Clerk:
    clerk = session.get_one(Clerk, 3)
    clerk.role = Role.SUPERVISION
    return clerk


def make(session: Session, rules: HallRules, now: datetime, **more: object) -> Suggestion:
    return suggestions.make(session, rules, CRITICISM, STAFF, now, place="kiosk", **more)  # type: ignore[arg-type]


def test_what_is_put_in_is_read_and_answered(
    session: Session, rules: HallRules, nine: datetime, supervisor: Clerk
) -> None:
    made = make(session, rules, nine, counter=2, phone="138 0000-1234")
    assert (made.name, made.phone) == ("议2026-0001", PHONE)
    assert suggestions.still_open(session, rules) == [made]

    suggestions.answer(session, rules, "1", "已改进", supervisor, nine)

    assert suggestions.still_open(session, rules) == []
    assert (made.answer, made.phone) == ("已改进", "")
    with pytest.raises(SuggestionAnswered):
        suggestions.answer(session, rules, "议2026-1", "又", supervisor, nine)
    told = [str((one.before, one.after, one.why)) for one in journal.entries(session, 1)]
    assert len(told) == 2 and not any(PHONE in text or "已改进" in text for text in told)


def test_a_clerk_does_not_answer_for_the_office(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    make(session, rules, nine)
    with pytest.raises(NotAllowed):
        suggestions.answer(session, rules, "1", "好", session.get_one(Clerk, 1), nine)


def test_no_answer_is_no_answer(
    session: Session, rules: HallRules, nine: datetime, supervisor: Clerk
) -> None:
    make(session, rules, nine)
    with pytest.raises(AnswerMissing):
        suggestions.answer(session, rules, "1", " \n", supervisor, nine)
    with pytest.raises(UnknownSuggestion):
        suggestions.answer(session, rules, "2", "好", supervisor, nine)


def test_a_machine_played_with_fills_no_box(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    limit = rules.numbers.suggestions_an_hour
    for _ in range(limit):
        make(session, rules, nine)
    with pytest.raises(BoxFull):
        make(session, rules, nine)
    suggestions.make(session, rules, CRITICISM, STAFF, nine, place="command line")
    make(session, rules, nine + timedelta(hours=1, seconds=1))
    assert len(session.exec(select(Suggestion)).all()) == limit + 2


@pytest.mark.parametrize("phone", ["123", "1" * 16, "12a45678", "１２３４５６７"])
def test_what_is_no_telephone_number_is_refused(
    session: Session, rules: HallRules, nine: datetime, phone: str
) -> None:
    with pytest.raises(PhoneWrong):
        make(session, rules, nine, phone=phone)


def test_a_counter_that_is_not_there_and_words_with_a_number_are_refused(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    with pytest.raises(UnknownCounter):
        make(session, rules, nine, counter=99)
    with pytest.raises(PersonalNumber):
        make(session, rules, nine, words=f"电话 {PHONE}")
    assert session.exec(select(Suggestion)).all() == []


@pytest.mark.parametrize(
    ("phone", "masked"), [("", ""), (PHONE, "138····1234"), ("2120000", "····0000")]
)
def test_a_telephone_number_is_masked(phone: str, masked: str) -> None:
    assert suggestions.masked_phone(phone) == masked
