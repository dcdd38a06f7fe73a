"""The desk guides people: tickets for others, who comes back, words to counters, help."""

from rich.cells import cell_len
from sqlmodel import select

from counter.desk.inquiry_dialogs import InquiryDialog
from counter.desk.message_dialog import MessageDialog
from counter.desk.ticket_dialog import TicketDialog
from counter.dialogs.assist_dialog import AssistDialog
from counter.dialogs.help_dialogs import DutyManagerDialog, EmergencyDialog, TakeBackDialog
from counter.dialogs.reprint_dialog import ReprintDialog
from db.engine import writing
from db.tables import (
    Clerk,
    CounterMessage,
    HelpKind,
    HelpRequest,
    PrintJob,
    Ticket,
)
from hall.catalogue import catalogue
from hall.counters import help_requests
from hall.notices import notices
from hall.open_hall import OpenHall
from tests.counter.at_the_counter import Clock, OtherProgram, comes, until, words
from tests.counter.at_the_desk import (
    ask,
    at_work,
    desk_app,
    fill,
    of,
    press,
    said,
    seen,
    shown,
)


async def test_the_lines_say_where_to_send_people(
    hall: OpenHall, other: OtherProgram, clock: Clock
) -> None:
    other.open(1)
    other.issue()
    clock.pass_by(minutes=12)
    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot)
        text = words(pilot.app, "#lines")
        first, second = text.splitlines()
        assert first.startswith("A 提取") and "1 people" in first and "12 min" in first
        assert first.rstrip().endswith("Counter 1")
        assert second.rstrip().endswith("no counter")


async def test_a_ticket_is_taken_for_somebody(hall: OpenHall, other: OtherProgram) -> None:
    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot)
        await press(pilot, "a")
        await comes(pilot, AssistDialog)
        await press(pilot, "enter")
        fill(pilot, "#assistance", "看不清")
        await press(pilot, "enter")
        await until(pilot, lambda: len(other.rows(Ticket)) == 1)
    (ticket,) = other.rows(Ticket)
    assert (ticket.origin, ticket.assisted_by_id, ticket.assistance) == ("desk", 1, "看不清")


async def test_who_brings_the_papers_back_is_ahead(hall: OpenHall, other: OtherProgram) -> None:
    with writing(other.engine) as session:
        service, _ = catalogue.service(session, other.rules, "T201")
        clerk = session.get_one(Clerk, 1)
        code = notices.issue(session, other.rules, service, clerk, {1}, {}, other.clock()).code
    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot)
        await press(pilot, "c")
        fill(pilot, "#words", code[:-1])
        await press(pilot, "enter")
        await until(pilot, lambda: code[:-1] in words(pilot.app, "#trouble"))
        fill(pilot, "#words", code)
        await press(pilot, "enter")
        await until(pilot, lambda: "A001 is ahead" in said(pilot))
    (ticket,) = other.rows(Ticket)
    assert (ticket.origin, ticket.notice_serial) == ("desk", "LC-2026-000001")


async def test_a_ticket_is_found_and_its_slip_printed_again(
    hall: OpenHall, other: OtherProgram, clock: Clock
) -> None:
    other.issue()
    with writing(other.engine) as session:
        session.exec(select(PrintJob)).one().state = "printed"
    clock.pass_by(minutes=8)
    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot)
        await press(pilot, "f")
        fill(pilot, "#words", "a001")
        await press(pilot, "enter")
        await comes(pilot, TicketDialog)
        told = words(pilot.app, "#about")
        assert "waiting" in told and "8 min" in told and "No counter takes it now." in told
        await press(pilot, "enter")
        assert pilot.app.screen is of(pilot)  # Enter leaves
        await press(pilot, "f")
        fill(pilot, "#words", "A001")
        await press(pilot, "enter")
        await comes(pilot, TicketDialog)
        await press(pilot, "w")
        await comes(pilot, ReprintDialog)
        await press(pilot, "down", "enter")
        await until(pilot, lambda: len(other.rows(PrintJob)) == 2)
        await press(pilot, "f")
        fill(pilot, "#words", "A077")
        await press(pilot, "enter")
        await until(pilot, lambda: "no ticket A077" in said(pilot))
    last = other.rows(PrintJob)[-1]
    assert (last.reason, last.asked_by, last.reprint) == ("unreadable", "1001", True)


async def test_a_scanned_inquiry_is_chosen_or_shown_when_it_has_ended(
    hall: OpenHall, other: OtherProgram
) -> None:
    ask(other, "甲问")
    ask(other, "乙问")
    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot)
        await press(pilot, "f")
        fill(pilot, "#words", "Q2026-0002")
        await press(pilot, "enter")
        await until(pilot, lambda: "乙问" in shown(pilot))
        await press(pilot, "r")
        fill(pilot, "#words", "可以")
        await press(pilot, "enter")
        await seen(pilot, 1)
        await press(pilot, "f")
        fill(pilot, "#words", "咨2026-0002")
        await press(pilot, "enter")
        await comes(pilot, InquiryDialog)
        assert "answered  可以" in words(pilot.app, "#about")
        await press(pilot, "enter")
        assert pilot.app.screen is of(pilot)


async def test_a_word_reaches_one_counter_or_all(hall: OpenHall, other: OtherProgram) -> None:
    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot, "1002")
        await press(pilot, "m")
        await until(pilot, lambda: "Nobody sits" in said(pilot))
        other.open(1)
        other.open(3)
        await press(pilot, "m")
        await comes(pilot, MessageDialog)
        fill(pilot, "#words", "老人来了")
        await press(pilot, "enter")
        await until(pilot, lambda: len(other.rows(CounterMessage)) == 1)
        await press(pilot, "m")
        await comes(pilot, MessageDialog)
        fill(pilot, "#words", "五点开会")
        await press(pilot, "up", "enter")
        await until(pilot, lambda: len(other.rows(CounterMessage)) == 3)
    sent = [(one.counter_id, one.text, one.sender_id) for one in other.rows(CounterMessage)]
    assert sent == [(1, "老人来了", 2), (1, "五点开会", 2), (3, "五点开会", 2)]


async def test_the_duty_manager_is_called_and_the_answer_is_read_here(
    hall: OpenHall, other: OtherProgram
) -> None:
    with writing(other.engine) as session:
        session.get_one(Clerk, 3).role = "duty_manager"
    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot)
        await press(pilot, "d")
        await comes(pilot, DutyManagerDialog)
        await press(pilot, "enter")
        await until(pilot, lambda: "manager was called" in words(pilot.app, "#help-calls"))
        await press(pilot, "d")
        await comes(pilot, TakeBackDialog)
        await press(pilot, "escape")
        with writing(other.engine) as session:
            manager = session.get_one(Clerk, 3)
            help_requests.answer(session, other.rules, 1, manager, other.clock(), "马上到")
        await until(pilot, lambda: "马上到" in words(pilot.app, "#help-calls"))
    (asked,) = other.rows(HelpRequest)
    assert (asked.place, asked.kind, asked.clerk_id) == ("desk", "duty_manager", 1)


async def test_an_alarm_needs_a_second_key_and_can_be_taken_back(
    hall: OpenHall, other: OtherProgram
) -> None:
    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot)
        await press(pilot, "u")
        await comes(pilot, EmergencyDialog)
        await press(pilot, "enter", "enter", "enter")
        assert other.rows(HelpRequest) == []
        await press(pilot, "u")
        await until(pilot, lambda: "EMERGENCY" in words(pilot.app, "#help-calls"))
        await press(pilot, "u")
        await comes(pilot, TakeBackDialog)
        await press(pilot, "enter")
        await until(pilot, lambda: other.rows(HelpRequest)[0].ended_at is not None)


async def test_who_asks_for_help_at_a_kiosk_is_told_with_one_key_that_somebody_comes(
    hall: OpenHall, other: OtherProgram
) -> None:
    def asks(place: str, language: str) -> None:
        with writing(other.engine) as session:
            kind, now = HelpKind.ASSISTANT, other.clock()
            help_requests.ask(session, other.rules, kind, place, None, None, language, now)

    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot)
        await press(pilot, "g")
        assert "Nobody asks" in said(pilot)
        asks("kiosk 东门", "English")
        asks("kiosk", "中文")
        await until(pilot, lambda: "Kiosk 东门" in words(pilot.app, "#help-calls"))
        assert "English" in words(pilot.app, "#help-calls")
        await press(pilot, "g")
        await until(pilot, lambda: "Kiosk 东门: they read there" in said(pilot))
        await until(pilot, lambda: "东门" not in words(pilot.app, "#help-calls"))
        row = pilot.app.screen.query_one("#help-calls")
        inside = row.content_region.offset - row.region.offset
        link = cell_len(words(pilot.app, "#help-calls")) - 2
        await pilot.click("#help-calls", offset=(inside.x + link, inside.y))
        await until(pilot, lambda: all(one.ended_by_id == 1 for one in other.rows(HelpRequest)))
