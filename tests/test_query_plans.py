"""The work of a day reads today's rows only, however many years lie before it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from db.engine import open_engine, reading, writing
from db.tables import CaseResult, Clerk, Counter, PrinterState, PriorityClass, Ticket
from hall import board_view
from hall.announcing import announcement_queue
from hall.cases import case_view, cases, ratings
from hall.catalogue import catalogue
from hall.counters import counter_view, counters, sign_view
from hall.hall_rules import HallRules
from hall.notices import notice_view, notices
from hall.open_hall import OpenHall
from hall.printing import print_queue, printers, reprints, slip_archive
from hall.printing.print_queue import Drawn
from hall.printing.slip_archive import Piece
from hall.settings import Settings
from hall.tickets import (
    assistance,
    calling,
    expected_waits,
    serving,
    tickets,
    undo,
    walk_ins,
)
from kiosk import hall_reader
from tests.query_plans import Ran, grows, recorded, through_history

MINUTE = timedelta(minutes=1)


@pytest.fixture
def ran(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ran]:
    with recorded(monkeypatch) as ran:
        yield ran


@pytest.fixture
def hall(
    ran: Ran, settings: Settings, rules: HallRules, database: Path, nine: datetime
) -> Iterator[OpenHall]:
    """Its statements are recorded; counters 1 and 3 are open."""
    engine = open_engine(f"sqlite:///{database}")
    hall = OpenHall(engine, settings, rules, lambda: nine)
    with writing(engine) as session:
        for counter in (1, 3):
            counters.open_counter(session, rules, counter, f"100{counter}", nine)
    yield hall
    engine.dispose()


def issue(session: Session, rules: HallRules, now: datetime, service: str = "T201") -> str:
    matter, group = catalogue.service(session, rules, service)
    return tickets.issue(session, rules, matter, group, now).number


def tables_read(ran: Ran) -> str:
    return " ".join(sql for sql in ran if not sql.startswith("INSERT"))


def test_what_the_screens_show(hall: OpenHall, database: Path, ran: Ran, nine: datetime) -> None:
    rules = hall.rules
    with writing(hall.engine) as session:
        for _ in range(3):
            issue(session, rules, nine)
        calling.call_next(session, rules, 1, nine)
    ran.clear()

    with reading(hall.engine) as session:
        for zone in (None, "hall"):
            board_view.read_board(session, rules, nine, 6, zone)
        counter_view.read_counter(session, rules, 1, nine)
        sign_view.read_sign(session, rules, 1, nine)
        counter_view.expect_in_hand(session, rules, 1, 1, nine)
        notice_view.read_services(session, rules)
        notice_view.read_papers(session, 1)
        expected_waits.by_group(session, rules, nine)
        expected_waits.of_ticket(session, rules, session.get_one(Ticket, 3), nine)
    hall_reader.read_offer(hall)
    hall_reader.give_number(hall, "T201", PriorityClass.ELDERLY, "zh")
    hall_reader.slip_of(hall, 1)

    assert all(f"FROM {table}" in tables_read(ran) for table in ("ticket", "call", "announcement"))
    assert through_history(database, ran) == []


def test_from_the_kiosk_to_the_end(
    hall: OpenHall, database: Path, ran: Ran, nine: datetime
) -> None:
    rules = hall.rules
    with writing(hall.engine) as session:
        numbers = [issue(session, rules, nine) for _ in range(4)]
        calling.call_next(session, rules, 1, nine)
        serving.start(session, rules, 1, nine)
        serving.finish(session, rules, 1, nine)
        assert ratings.waiting_for_rating(session, rules, 1, nine)
        undo.find(session, rules, 1, nine)
        ratings.rate(session, rules, 1, 5, nine, place="counter-sign 1")
        calling.call_ticket(session, rules, 1, numbers[2], "expected", nine)
        for minute in (1, 2):
            calling.recall(session, rules, 1, nine + minute * MINUTE)
        serving.no_show(session, rules, 1, nine + 3 * MINUTE)
        serving.requeue(session, rules, 1, numbers[2], nine + 4 * MINUTE)
        clerk = session.get_one(Clerk, 1)
        matter, _ = catalogue.service(session, rules, "T201")
        notice = notices.issue(session, rules, matter, clerk, {1}, {}, nine)
        notices.by_serial(session, rules, notice.serial)

    assert "UPDATE ticket" in tables_read(ran)
    assert "FROM journal" in tables_read(ran)
    assert "FROM service_pace" in tables_read(ran)  # a row a matter, not one a visit
    assert through_history(database, ran) == []


def test_matters_quick_service_and_tickets_for_others(
    hall: OpenHall, database: Path, ran: Ran, nine: datetime
) -> None:
    rules, tomorrow = hall.rules, nine + timedelta(days=1)
    with writing(hall.engine) as session:
        matter, group = catalogue.service(session, rules, "T201")
        clerk, here = session.get_one(Clerk, 1), session.get_one(Counter, 1)
        assistance.take_for(session, rules, matter, group, clerk, "坐轮椅", nine)
        ticket = walk_ins.begin(session, rules, 1, matter, group, nine)
        case = cases.record(session, rules, 1, matter, CaseResult.DONE, nine)
        case_view.read_matters(session, rules, here, ticket)
        case_view.read_quick(session, rules, here)
        assert case.id is not None
        cases.strike(session, rules, 1, case.id, nine)
        notice = notices.issue(session, rules, matter, clerk, {1}, {}, nine, ticket=ticket)
        serving.finish(session, rules, 1, nine)
        undo.undo(session, rules, 1, nine)
        ticket.notice_serial = notice.serial
        serving.finish(session, rules, 1, nine)
        walk_ins.begin(session, rules, 1, matter, group, nine)
        undo.undo(session, rules, 1, nine)
        walk_ins.begin(session, rules, 1, matter, group, nine)
        issue(session, rules, tomorrow)  # settles what was left in hand

    assert all(f"FROM {table}" in tables_read(ran) for table in ("visit_case", "notice"))
    assert through_history(database, ran) == []


def test_counters_and_the_second_day(
    hall: OpenHall, database: Path, ran: Ran, nine: datetime
) -> None:
    rules, tomorrow = hall.rules, nine + timedelta(days=1)
    with writing(hall.engine) as session:
        for _ in range(3):
            issue(session, rules, nine)
        calling.call_next(session, rules, 1, nine)
        counters.pause(session, rules, 3, "printer", nine)
        counters.close(session, rules, 3, nine)
        counters.open_counter(session, rules, 3, "1003", tomorrow)
        issue(session, rules, tomorrow)

    assert "ticket.business_day <" in tables_read(ran)
    assert through_history(database, ran) == []


def test_the_voice(hall: OpenHall, database: Path, ran: Ran, nine: datetime) -> None:
    rules = hall.rules
    with writing(hall.engine) as session:
        for counter in (1, 3):
            issue(session, rules, nine)
            calling.call_next(session, rules, counter, nine)
    ran.clear()

    with writing(hall.engine) as session:
        assert announcement_queue.anything_to_do(session, 1, "hall", "one", nine)
        taken = announcement_queue.take_next(session, 1, "hall", "one", nine)
        assert taken is not None and taken.waiting == 1
        announcement_queue.keep(session, taken, nine)
        announcement_queue.put_back(session, taken, nine)
        taken = announcement_queue.take_next(session, 1, "hall", "one", nine)
        assert taken is not None
        announcement_queue.finish(session, taken, "", nine)
        announcement_queue.take_next(session, 1, "hall", "one", nine)  # left behind
        taken = announcement_queue.take_next(session, 1, "hall", "two", nine + MINUTE)
        assert taken is not None
        announcement_queue.fail(session, taken, "no voice", "", nine + MINUTE)
        announcement_queue.leave(session, 1, "hall", "two", nine + MINUTE)

    assert "UPDATE announcement" in tables_read(ran)
    assert through_history(database, ran) == []


def test_the_printer(hall: OpenHall, database: Path, ran: Ran, nine: datetime) -> None:
    rules = hall.rules
    with writing(hall.engine) as session:
        for _ in range(4):
            issue(session, rules, nine)
        matter, _ = catalogue.service(session, rules, "T201")
        notices.issue(session, rules, matter, session.get_one(Clerk, 1), {1}, {}, nine)
    ran.clear()
    drawn = Drawn(1, [Piece(8, 1, b"\xff")])

    with writing(hall.engine) as session:
        assert print_queue.next_job(session, 1, "default") is not None
        for job in (1, 2, 3):
            assert print_queue.mark_sending(session, job, "default", drawn, nine)
        print_queue.put_back(session, 3, "line broke", nine)
        print_queue.note_why_waiting(session, 3, "paper out", nine)
        print_queue.mark_failed(session, 3, "cannot be drawn", nine)
        print_queue.mark_printed(session, 1, "status", nine)
        assert print_queue.is_sending(session, 1, "default")
        print_queue.recover(session, 1, "default", nine)
        assert reprints.ask(session, rules, "ticket/1", "lost", nine, printer="default")
        assert print_queue.has_expired(session, 1, "default", nine + 60 * MINUTE)
        assert print_queue.expire(session, 1, "default", nine + 60 * MINUTE)
        assert print_queue.mark_sending(session, 5, "default", drawn, nine)
        print_queue.mark_not_out(session, 5, "line broke", 1, nine)
        assert print_queue.last_outcome(session, 1, "default")
        assert slip_archive.archived(session, 1, "notice/1")
        printers.note_health(session, 1, "desk", PrinterState.READY, "", nine)
        assert printers.read_outlook(session, 1, "ticket/2", "default", nine)
        assert printers.take_over(session, 1, "desk", ["default"], nine, nine)

    assert "UPDATE print_job" in tables_read(ran)
    assert through_history(database, ran) == []


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("SCAN ticket", True),
        ("SCAN TABLE call", True),
        ("SCAN print_job_1", True),
        ("SCAN ticket USING COVERING INDEX uq_ticket_code", True),
        ("SEARCH ticket USING AUTOMATIC COVERING INDEX (counter_id=?)", True),
        ("SEARCH call USING INDEX ix_call_hall_id (hall_id=?)", True),
        ("SEARCH ticket USING INDEX uq_ticket (hall_id=? AND business_day<?)", True),
        ("SCAN ticket USING INDEX ix_open", False),
        ("SEARCH ticket USING INDEX ix_open (hall_id=? AND business_day<?)", False),
        ("SEARCH ticket USING INDEX uq_ticket (hall_id=? AND business_day=?)", False),
        ("SEARCH print_job USING INDEX uq_print_job_key (key>? AND key<?)", False),
        ("SEARCH call USING INTEGER PRIMARY KEY (rowid>?)", False),
        ("SEARCH call", False),  # its greatest id
        ("SCAN counter", False),
        ("USE TEMP B-TREE FOR ORDER BY", False),
    ],
)
def test_a_step_through_the_history_is_known(step: str, expected: bool) -> None:
    assert grows(step, {"ix_open"}, is_first_of_order=False) is expected
