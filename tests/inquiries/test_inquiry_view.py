"""What the journal and the desk have of a question."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from db import journal
from db.engine import open_engine, writing
from db.tables import Clerk, Inquiry
from hall import desk_view
from hall.catalogue import catalogue
from hall.counters import counters
from hall.hall_rules import HallRules
from hall.inquiries import inquiries
from hall.settings import Settings
from hall.tickets import calling, found_ticket, tickets
from tests.inquiries.asking import MATTER, journalled
from tests.query_plans import recorded, through_history

pytestmark = pytest.mark.each_engine


def test_the_journal_has_the_course_and_no_word_anybody_typed(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, zhou: Clerk, nine: datetime
) -> None:
    inquiries.hand_over(session, rules, asked, li, zhou, "请下午答复", nine)
    inquiries.answer(session, rules, asked, zhou, "可以办", nine)

    assert journalled(session, asked) == [
        "inquiry.taken", "inquiry.handed_over", "inquiry.answered",
    ]  # fmt: skip
    told = [
        f"{one.why}{one.before}{one.after}"
        for one in journal.entries(session, 1, subject=f"inquiry/{asked.id}")
    ]
    for word in (MATTER, "1390000", "下午", "可以办", "周五"):
        assert not any(word in text for text in told)
    assert "1002" in told[1]


def test_the_desk_sees_every_open_one_with_its_chain_and_where_people_could_go(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, zhou: Clerk, nine: datetime
) -> None:
    inquiries.hand_over(session, rules, asked, li, zhou, "急", nine)
    counters.open_counter(session, rules, 3, "1002", nine)
    service, group = catalogue.service(session, rules, "T201")
    tickets.issue(session, rules, service, group, nine)
    view = desk_view.read_desk(session, rules, nine + timedelta(minutes=5), printer="default")

    (shown,) = view.inquiries
    assert (shown.number, shown.matter, shown.overdue) == ("咨2026-0001", MATTER, False)
    assert (shown.responsible.name, shown.responsible.counter) == ("周五", 3)
    assert [(link.by, link.to, link.words) for link in shown.chain] == [
        ("李四", "李四", ""), ("李四", "周五", "急"),
    ]  # fmt: skip
    lines = {line.prefix: line for line in view.lines}
    assert (lines["A"].waiting, lines["A"].oldest_at) == (1, nine)
    assert (lines["B"].waiting, lines["B"].oldest_at) == (0, None)
    assert [one.number for one in lines["B"].counters] == [3]


def test_what_people_wrote_reaches_a_screen_as_text_only(
    session: Session, rules: HallRules, li: Clerk, nine: datetime
) -> None:
    li.name = "李\x1b[2J四"
    inquiries.take(session, rules, li, "问\x1b]0;x\x07题", nine, contact="a\tb")
    (shown,) = desk_view.read_open(session, rules, nine)

    told = f"{shown.matter}{shown.contact}{shown.responsible.name}{shown.chain[0].by}"
    assert not any(ord(sign) < 32 for sign in told)


def test_a_ticket_is_found_with_where_it_stands_and_how_long_it_waited(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    service, group = catalogue.service(session, rules, "T201")
    for minute in range(2):
        tickets.issue(session, rules, service, group, nine + timedelta(minutes=minute))
    counters.open_counter(session, rules, 1, "1001", nine)
    later = nine + timedelta(minutes=7)
    waits = found_ticket.read_ticket(session, rules, "a002", later)
    calling.call_next(session, rules, 1, later)
    called = found_ticket.read_ticket(session, rules, "A001", later + timedelta(minutes=5))

    assert (waits.state, waits.ahead, waits.counters) == ("waiting", 1, (1,))
    assert (waits.waited, waits.counter) == (timedelta(minutes=6), None)
    assert (called.state, called.counter, called.ahead) == ("called", 1, None)
    assert called.waited == timedelta(minutes=7)


def test_the_desk_reads_what_is_open_only_however_long_the_history(
    database: Path,
    settings: Settings,
    rules: HallRules,
    nine: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with recorded(monkeypatch) as ran:
        engine = open_engine(settings.database_url)
        with writing(engine) as session:
            one = inquiries.take(session, rules, session.get_one(Clerk, 1), MATTER, nine)
            service, group = catalogue.service(session, rules, "T201")
            tickets.issue(session, rules, service, group, nine)
            inquiries.hand_over(
                session, rules, one, session.get_one(Clerk, 1), session.get_one(Clerk, 2), "", nine
            )
            desk_view.read_desk(session, rules, nine, printer="default")
            found_ticket.read_ticket(session, rules, "A001", nine)
            inquiries.by_number(session, rules, "1", nine)
        engine.dispose()
        monkeypatch.setattr("tests.query_plans.GROWS_FOR_EVER", ("inquiry", "ticket", "print_job"))
        assert through_history(database, ran) == []
    assert any("FROM inquiry" in sql for sql in ran)
