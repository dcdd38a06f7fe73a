"""The list of open questions: their numbers, and how long they may stay."""

import threading
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from db import journal
from db.engine import open_engine, reading, writing
from db.tables import Clerk, Inquiry
from hall.catalogue import catalogue
from hall.errors.inquiries import InquiryEnded, MatterMissing, UnknownInquiry
from hall.hall_rules import HallRules
from hall.inquiries import inquiries
from hall.inquiries.inquiry_deadline import is_overdue, working_days_after
from hall.inquiries.inquiry_numbers import code_of, name_of, parse
from hall.tickets import tickets
from tests.inquiries.asking import MATTER

pytestmark = pytest.mark.each_engine


def test_yesterdays_stay_on_the_list_before_todays(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, zhou: Clerk, nine: datetime
) -> None:
    service, group = catalogue.service(session, rules, "T201")
    tomorrow = nine + timedelta(days=1)
    tickets.issue(session, rules, service, group, tomorrow)  # settles the day before
    newer = inquiries.take(session, rules, zhou, MATTER, tomorrow)
    ended = inquiries.take(session, rules, zhou, MATTER, tomorrow)
    inquiries.answer(session, rules, ended, zhou, "可以", tomorrow)

    assert inquiries.open_inquiries(session, rules) == [asked, newer]
    assert inquiries.of_clerk(session, rules, zhou) == [newer]
    assert inquiries.of_year(session, rules, 2026) == [ended, newer, asked]


def test_every_year_begins_with_one_and_names_itself(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, nine: datetime
) -> None:
    second = inquiries.take(session, rules, li, MATTER, nine)
    # Still the old year in UTC.
    new_year = datetime.fromisoformat("2027-01-01T00:10:00+08:00")
    third = inquiries.take(session, rules, li, MATTER, new_year)

    assert [name_of(one) for one in (asked, second, third)] == [
        "咨2026-0001", "咨2026-0002", "咨2027-0001",
    ]  # fmt: skip
    assert inquiries.by_number(session, rules, "1", new_year) is third
    assert inquiries.by_number(session, rules, "咨2026-0001", new_year) is asked
    assert inquiries.by_number(session, rules, code_of(asked), new_year) is asked


def test_a_refused_one_leaves_no_gap(engine: Engine, rules: HallRules, nine: datetime) -> None:
    for matter in (MATTER, "", MATTER):
        try:
            with writing(engine) as session:
                inquiries.take(session, rules, session.get_one(Clerk, 1), matter, nine)
        except MatterMissing:
            pass
    with reading(engine) as session:
        assert [one.number for one in session.exec(select(Inquiry)).all()] == [1, 2]


def test_two_at_once_get_two_numbers_and_end_one_inquiry_once(
    database: Path, engine: Engine, rules: HallRules, nine: datetime
) -> None:
    def take_some() -> None:
        own = open_engine(f"sqlite:///{database}")
        for _ in range(10):
            with writing(own) as session:
                inquiries.take(session, rules, session.get_one(Clerk, 1), MATTER, nine)
        own.dispose()

    ended: list[str] = []

    def answer_all(words: str) -> None:
        own = open_engine(f"sqlite:///{database}")
        for number in range(1, 21):
            try:
                with writing(own) as session:
                    one = inquiries.by_number(session, rules, str(number), nine)
                    clerk = session.get_one(Clerk, 1)
                    inquiries.answer(session, rules, one, clerk, words, nine)
                ended.append(words)
            except InquiryEnded:
                pass
        own.dispose()

    for work in ([(take_some, ())] * 2, [(answer_all, (word,)) for word in ("甲", "乙")]):
        threads = [threading.Thread(target=what, args=given) for what, given in work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with reading(engine) as session:
        found = session.exec(select(Inquiry)).all()
        assert sorted(one.number for one in found) == list(range(1, 21))
        assert len(ended) == 20 and {one.state for one in found} == {"answered"}
        assert journal.verify(session, 1).intact


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-11-23", "2026-11-23", 0),
        ("2026-11-23", "2026-11-26", 3),
        ("2026-11-27", "2026-11-30", 1),  # Friday to Monday
        ("2026-11-27", "2026-12-02", 3),
        ("2026-11-28", "2026-11-29", 0),
        ("2026-11-23", "2026-12-07", 10),
        ("2026-11-24", "2026-11-23", 0),  # the clock was set back
    ],
)
def test_saturdays_and_sundays_are_no_working_days(first: str, last: str, days: int) -> None:
    assert working_days_after(date.fromisoformat(first), date.fromisoformat(last)) == days


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_working_days_are_counted_like_one_by_one(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    one_by_one = sum((first + timedelta(days=day)).weekday() < 5 for day in range(1, length + 1))
    assert working_days_after(first, last) == one_by_one


def test_it_is_overdue_on_the_fourth_working_day(rules: HallRules, nine: datetime) -> None:
    assert not is_overdue(rules, nine, nine + timedelta(days=3))
    assert is_overdue(rules, nine, nine + timedelta(days=4))


@pytest.mark.parametrize("text", ["A001", "Q012", "", "咨", "12-3-4", "咨2026-", "一", "-7", "7x"])
def test_what_is_no_inquiry_is_told_so(
    session: Session, rules: HallRules, asked: Inquiry, nine: datetime, text: str
) -> None:
    assert parse(text) is None
    with pytest.raises(UnknownInquiry):
        inquiries.by_number(session, rules, text, nine)
