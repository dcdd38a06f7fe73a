"""A notice is found again by what stands on it, however many years of notices there are."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from db.engine import open_engine, reading, writing
from db.tables import Clerk, Counter, NoticeFault, NumberSeries
from hall.catalogue import catalogue
from hall.hall_rules import HallRules
from hall.notices import notice_corrections, notices
from hall.notices.notice_content import SpecialMaterial
from hall.notices.notice_figures import read_figures
from hall.notices.notice_search import read_details, search, search_words
from hall.notices.notice_wanted import Wanted, day_of, endings, understood
from hall.tickets import tickets
from tests.query_plans import recorded, through_history

pytestmark = pytest.mark.each_engine

MONDAY = date(2026, 11, 23)
SERVICES = {"T201", "D301", "购买自住住房提取", "个人住房贷款申请"}


@dataclass
class Office:
    session: Session
    rules: HallRules
    now: datetime

    def tell(self, service: str = "T201", *, ticket: str = "", missing: int = 1) -> str:
        matter, _ = catalogue.service(self.session, self.rules, service)
        clerk, counter = self.session.get_one(Clerk, 1), self.session.get_one(Counter, 1)
        of = tickets.by_number(self.session, self.rules, ticket, self.now) if ticket else None
        notice = notices.issue(
            self.session,
            self.rules,
            matter,
            clerk,
            {missing},
            {},
            self.now,
            ticket=of,
            counter=counter,
        )
        return notice.serial[-6:]

    def take_number(self, service: str = "T201") -> str:
        matter, group = catalogue.service(self.session, self.rules, service)
        return tickets.issue(self.session, self.rules, matter, group, self.now).number

    def find(self, words: str, limit: int = 50) -> list[str]:
        found = search_words(self.session, self.rules, words, self.now, limit)
        return [one.serial[-6:] for one in found]


@pytest.fixture
def office(session: Session, rules: HallRules, nine: datetime) -> Office:
    return Office(session, rules, nine)


# -- what is typed


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        ("2026年11月20日", date(2026, 11, 20)),
        ("11-20", date(2026, 11, 20)),
        ("11/23", MONDAY),
        ("11-24", date(2025, 11, 24)),  # has not come yet this year
        ("2026-02-30", None),
        ("13-13", None),
        ("2-29", None),
        ("000012", None),
        ("A012", None),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str, day: date | None) -> None:
    assert day_of(typed, MONDAY) == day


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", [Wanted()]),
        ("12", [Wanted(serial="12")]),
        ("lc-2026-000012", [Wanted(serial="LC-2026-000012")]),
        ("a012", [Wanted(ticket="A012")]),
        ("Ａ０１２ 11-20", [Wanted(ticket="A012", day=date(2026, 11, 20))]),
        ("T201", [Wanted(ticket="T201"), Wanted(service="T201")]),
        ("贷款", [Wanted(service="贷款")]),
        ("x y", [Wanted(service="y")]),
    ],
)
def test_one_line_says_what_is_looked_for(typed: str, meant: list[Wanted]) -> None:
    assert understood(typed, MONDAY, "LC", SERVICES) == meant


def test_the_last_figures_of_a_serial_are_tried_from_the_newest_down() -> None:
    assert list(endings("12", 312, 50)) == [312, 212, 112, 12]
    assert list(endings("12", 311, 2)) == [212, 112]
    assert list(endings("000012", 300, 50)) == [12]
    assert list(endings("0", 30, 50)) == [30, 20, 10]
    assert list(endings("99", 98, 50)) == []


# -- what is found


def test_newest_first_and_no_more_than_asked_for(office: Office) -> None:
    told = [office.tell() for _ in range(4)]
    assert office.find("") == told[::-1]
    assert office.find("", limit=2) == told[:1:-1]


def test_by_the_end_of_the_serial_in_every_year(office: Office, session: Session) -> None:
    office.now -= timedelta(days=400)
    office.tell()
    office.now += timedelta(days=400)
    told = [office.tell() for _ in range(12)]

    assert office.find("000001") == ["000001", "000001"]
    assert office.find("1") == ["000011", "000001", "000001"]
    assert office.find("2025-000001") == ["000001"]
    assert office.find("LC-2026-000012") == [told[-1]]
    assert office.find("13") == office.find("0000000000000") == office.find("LC-2027-000001") == []


def test_by_the_ticket_of_today_or_of_a_day(office: Office) -> None:
    number = office.take_number()
    told = office.tell(ticket=number)
    office.tell()
    assert office.find("a001") == [told]
    office.now += timedelta(days=1)
    assert office.find("A001") == []
    assert office.find("A001 11-23") == [told]
    assert office.find("A002 11-23") == []


def test_by_the_day_of_the_hall_not_of_greenwich(office: Office, nine: datetime) -> None:
    early = office.tell()
    office.now = nine + timedelta(hours=14, minutes=59)  # a minute to midnight in the hall
    late = office.tell()
    office.now += timedelta(minutes=1)
    office.tell()
    assert office.find("2026-11-23") == [late, early]


def test_by_the_matter_its_code_or_a_part_of_its_name(office: Office) -> None:
    loan, other = office.tell("D301"), office.tell("T201")
    assert office.find("d301") == office.find("贷款") == office.find("loan") == [loan]
    assert office.find("T201") == [other]
    assert office.find("公积金") == []
    assert office.find("D301 11-23") == [loan]
    assert office.find("D301 11-22") == []


def test_what_is_listed_tells_who_when_what_and_whether_it_stands(
    office: Office, session: Session, rules: HallRules, nine: datetime
) -> None:
    office.take_number()
    office.tell(ticket="A001")
    notice_corrections.correct(
        session,
        rules,
        "LC-2026-000001",
        NoticeFault.INCOMPLETE,
        session.get_one(Clerk, 2),
        {1},
        {2: "过期"},
        nine,
        special=[SpecialMaterial("委托书", "须公证")],
        remark="补齐即可",
    )
    anew, old = search(session, rules, Wanted(), MONDAY)

    assert (old.ticket, old.service_code, old.clerk, old.counter) == ("A001", "T201", "李四", 1)
    assert (old.missing, old.wrong, old.corrected_by) == (1, 0, "LC-2026-000002")
    assert (anew.missing, anew.wrong, anew.corrects) == (2, 1, "LC-2026-000001")
    details = read_details(session, rules, anew.serial)
    assert [(one.number, one.finding, one.what) for one in details.papers] == [
        (1, "missing", ""),
        (2, "wrong", "过期"),
        (4, "missing", "须公证"),
    ]
    assert details.papers[2].names == {"zh": "委托书"}
    assert (details.fault, details.answerable, details.remark) == (
        "incomplete",
        "李四（1001）",
        "补齐即可",
    )


def test_finding_and_counting_read_no_history(
    database: Path, rules: HallRules, nine: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with recorded(monkeypatch) as ran:
        engine = open_engine(f"sqlite:///{database}")
        with writing(engine) as session:
            office = Office(session, rules, nine)
            office.take_number()
            office.tell(ticket="A001")
        ran.clear()
        with reading(engine) as session:
            for words in ("", "1", "LC-2026-000001", "A001", "11-23", "T201", "贷款 11-23"):
                search_words(session, rules, words, nine)
            read_details(session, rules, "LC-2026-000001")
            read_figures(session, rules, MONDAY, MONDAY)
        engine.dispose()

    assert any("ORDER BY notice.issued_at DESC" in sql for sql in ran)
    assert through_history(database, ran) == []


def test_numbers_that_were_never_given_are_not_looked_for(office: Office, session: Session) -> None:
    """However many notices a year has, so many numbers as are listed are looked up at most."""
    office.tell()
    session.get_one(NumberSeries, (1, "notice/2026")).last = 900_000
    session.flush()
    assert office.find("1", limit=5) == []
    assert office.find("000001", limit=5) == ["000001"]
