"""The information desk: every question stays on the screen until it has a result."""

import pytest
from sqlmodel import select
from textual.widgets import Input, OptionList

from counter.desk.colleague_dialog import ColleagueDialog
from counter.desk.desk_verbs import KEYS, OF_AN_INQUIRY, DeskVerb
from counter.desk.inquiry_dialogs import InquiryDialog, NewInquiryDialog
from counter.desk.inquiry_list import InquiryList
from counter.desk.lead_dialog import LeadDialog
from counter.desk.message_dialog import MessageDialog
from counter.desk.ticket_dialog import TicketDialog
from counter.desk.words_dialog import WordsDialog
from counter.dialogs.assist_dialog import AssistDialog
from counter.dialogs.help_dialogs import DutyManagerDialog, EmergencyDialog, TakeBackDialog
from counter.dialogs.reprint_dialog import ReprintDialog
from counter.station.station_sign_in import StationSignIn
from db.engine import reading, writing
from db.tables import (
    Clerk,
    CounterMessage,
    HelpRequest,
    Inquiry,
    PrintJob,
    Ticket,
)
from hall.catalogue import catalogue
from hall.counters import help_requests
from hall.notices import notices
from hall.open_hall import OpenHall
from tests.counter.at_the_counter import Clock, OtherProgram, comes, until, words
from tests.counter.at_the_desk import (
    answered,
    ask,
    at_work,
    desk_app,
    enabled,
    fill,
    highlighted,
    of,
    press,
    said,
    seen,
    shown,
)
from tests.screen_text import screen_text
from tests.signing_in import CHEAP, RIGHT, with_password


async def test_a_question_is_taken_and_answered_by_enter_alone(
    hall: OpenHall, other: OtherProgram
) -> None:
    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot)
        assert highlighted(pilot) == [DeskVerb.NEW]
        assert enabled(pilot) == set(DeskVerb) - OF_AN_INQUIRY
        await press(pilot, "enter")
        await comes(pilot, NewInquiryDialog)
        fill(pilot, "#matter", "异地能不能[b]贷款")
        await press(pilot, "enter")
        await seen(pilot, 1)
        assert "异地能不能[b]贷款" in shown(pilot)
        assert highlighted(pilot) == [DeskVerb.ANSWER]
        await press(pilot, "enter")
        await comes(pilot, WordsDialog)
        fill(pilot, "#words", "可以")
        await press(pilot, "enter")
        await seen(pilot, 0)
    (inquiry,) = other.rows(Inquiry)
    assert (inquiry.state, inquiry.result, inquiry.first_asked_id) == ("answered", "可以", 1)


async def test_an_answer_given_at_once_needs_no_second_question(
    hall: OpenHall, other: OtherProgram
) -> None:
    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot)
        await press(pilot, "n")
        fill(pilot, "#matter", "几点下班")
        fill(pilot, "#result", "下午五点半")
        await press(pilot, "f2", "enter")
        await until(pilot, lambda: "taken and answered" in said(pilot))
    (inquiry,) = other.rows(Inquiry)
    assert (inquiry.state, inquiry.channel) == ("answered", "phone")


async def test_what_is_refused_is_asked_again_with_what_was_typed(
    hall: OpenHall, other: OtherProgram
) -> None:
    ask(other)
    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot)
        await press(pilot, "r")
        await comes(pilot, WordsDialog)
        fill(pilot, "#words", "不知道")
        await press(pilot, "enter")
        await until(pilot, lambda: "不知道" in words(pilot.app, "#trouble"))
        assert pilot.app.screen.query_one("#words", Input).value == "不知道"
        fill(pilot, "#words", "我去问清楚了：可以")
        await press(pilot, "enter")
        await seen(pilot, 0)
    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot)
        await press(pilot, "n")
        fill(pilot, "#matter", "问一件事")
        fill(pilot, "#ticket", "A099")
        await press(pilot, "enter")
        await until(pilot, lambda: "A099" in words(pilot.app, "#trouble"))
        assert pilot.app.screen.query_one("#matter", Input).value == "问一件事"
    assert len(other.rows(Inquiry)) == 1


async def test_an_empty_answer_is_none(hall: OpenHall, other: OtherProgram) -> None:
    ask(other)
    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot)
        for key in ("r", "e"):
            await press(pilot, key, "enter")
            assert isinstance(pilot.app.screen, WordsDialog)
            assert words(pilot.app, "#trouble")
            await press(pilot, "escape")
        await press(pilot, "n", "enter")
        assert isinstance(pilot.app.screen, NewInquiryDialog)
    assert [one.state for one in other.rows(Inquiry)] == ["open"]


async def test_it_goes_on_at_a_counter_with_a_ticket_of_its_class(
    hall: OpenHall, other: OtherProgram
) -> None:
    ask(other)
    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot)
        await press(pilot, "l")
        await comes(pilot, LeadDialog)
        await press(pilot, "right", "down", "enter")
        await seen(pilot, 0)
        await until(pilot, lambda: "goes on as B001, counters 2, 3" in said(pilot))
    (ticket,) = other.rows(Ticket)
    assert (ticket.name, ticket.priority_class, ticket.origin) == ("B001", "elderly", "desk")


async def test_elsewhere_is_a_result_too(hall: OpenHall, other: OtherProgram) -> None:
    ask(other)
    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot)
        await press(pilot, "e")
        fill(pilot, "#words", "税务局，0883-2160001")
        await press(pilot, "enter")
        await seen(pilot, 0)
    assert [one.state for one in other.rows(Inquiry)] == ["directed"]


async def test_handing_over_shows_the_phone_and_prints_it_for_the_citizen(
    hall: OpenHall, other: OtherProgram
) -> None:
    other.open(2)
    ask(other)
    async with desk_app(hall).run_test(size=(100, 30)) as pilot:
        await at_work(pilot)
        await press(pilot, "h")
        await comes(pilot, ColleagueDialog)
        assert "0883-2120002" in screen_text(pilot.app)
        assert "李四" not in str(pilot.app.screen.query_one(OptionList).get_option_at_index(0))
        fill(pilot, "#who", "周")
        await press(pilot, "enter")
        fill(pilot, "#words", "请今天答复")
        await press(pilot, "enter")
        await until(pilot, lambda: "is with 周五 now" in said(pilot))
        await until(pilot, lambda: "李四 → 周五  请今天答复" in shown(pilot))
        assert highlighted(pilot) == [DeskVerb.NEW]  # it is not one's own any more
        await press(pilot, "r")
        fill(pilot, "#words", "可以")
        await press(pilot, "enter")
        await until(pilot, lambda: "周五" in words(pilot.app, "#trouble"))
    (slip,) = other.rows(PrintJob)
    assert (slip.kind, slip.content["name"]) == ("inquiry", "周五")


async def test_its_slip_is_printed_once_and_again_only_with_a_reason(
    hall: OpenHall, other: OtherProgram
) -> None:
    ask(other)
    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot)
        await press(pilot, "w")
        await until(pilot, lambda: "slip of 咨2026-0001" in said(pilot))
        with writing(other.engine) as session:
            session.exec(select(PrintJob)).one().state = "printed"
        await press(pilot, "w")
        await comes(pilot, ReprintDialog)
        await press(pilot, "enter")
        await until(pilot, lambda: len(other.rows(PrintJob)) == 2)
    assert [slip.reason for slip in other.rows(PrintJob)] == ["", "lost"]


# -- the list ------------------------------------------------------------------------------------


async def test_the_oldest_come_first_and_what_is_overdue_is_marked(
    hall: OpenHall, other: OtherProgram, clock: Clock
) -> None:
    ask(other, "老问题", by=2)
    clock.pass_by(days=4)
    ask(other, "新问题")
    async with desk_app(hall).run_test() as pilot:
        screen = await at_work(pilot)
        rows = [str(row) for row in screen.query_one(InquiryList).filled]
        assert "overdue 4 d" in rows[0] and "周五" in rows[0] and "老问题" in rows[0]
        assert "overdue" not in rows[1] and " me " in rows[1]
        assert "Without a result: 2, mine 1" in screen_text(pilot.app)
        assert "老问题" in shown(pilot)
        await press(pilot, "down")
        assert "新问题" in shown(pilot)


async def test_the_chosen_one_stays_chosen_whatever_comes_and_goes(
    hall: OpenHall, other: OtherProgram
) -> None:
    for number in range(30):
        ask(other, f"第{number}问")
    async with desk_app(hall).run_test(size=(80, 24)) as pilot:
        screen = await at_work(pilot)
        await press(pilot, *["down"] * 20)
        listed = screen.query_one(InquiryList)
        assert "第20问" in shown(pilot)
        assert listed.scroll_y > 0

        answered(other, "3")
        await seen(pilot, 29)
        assert "第20问" in shown(pilot) and listed.scroll_y > 0
        assert "第20问" in screen_text(pilot.app)
        ask(other, "更新的")
        await seen(pilot, 30)
        assert "第20问" in shown(pilot)
        answered(other, "21")
        await seen(pilot, 29)
        assert "第21问" in shown(pilot)  # the one in its place
        await press(pilot, "end")
        assert "更新的" in shown(pilot)
        await press(pilot, "home")
        assert "第0问" in shown(pilot)


async def test_of_two_desks_the_slower_is_told_that_it_has_ended(
    hall: OpenHall, other: OtherProgram
) -> None:
    ask(other)
    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot)
        await press(pilot, "r")
        await comes(pilot, WordsDialog)
        answered(other, "1", "甲")
        fill(pilot, "#words", "乙")
        await press(pilot, "enter")
        await until(pilot, lambda: "has its result already" in words(pilot.app, "#trouble"))
        await press(pilot, "escape")
        await seen(pilot, 0)
    assert [one.result for one in other.rows(Inquiry)] == ["甲"]


# -- guiding people ------------------------------------------------------------------------------


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


# -- who works here, and on what terminal --------------------------------------------------------


async def test_the_lock_hides_citizens_and_each_works_under_the_own_name(
    hall: OpenHall, other: OtherProgram
) -> None:
    hall.settings.accounts = CHEAP.model_copy()
    for number in ("1001", "1002"):
        with_password(hall, number)
    ask(other, "甲问", contact="13900001111")
    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot, "1001", RIGHT)
        await press(pilot, "n")
        await comes(pilot, NewInquiryDialog)
        await pilot.press("ctrl+l")
        await comes(pilot, StationSignIn)
        assert "13900001111" not in screen_text(pilot.app)
        await at_work(pilot, "1002", RIGHT)
        await until(pilot, lambda: pilot.app.screen is of(pilot))
        await press(pilot, "n")
        fill(pilot, "#matter", "乙问")
        await press(pilot, "enter")
        await seen(pilot, 2)
    assert [one.first_asked_id for one in other.rows(Inquiry)] == [1, 2]


async def test_who_is_signed_off_meanwhile_does_nothing_more(
    hall: OpenHall, other: OtherProgram
) -> None:
    hall.settings.accounts = CHEAP.model_copy()
    with_password(hall, "1001")
    app, second = desk_app(hall), desk_app(hall)
    async with app.run_test() as pilot:
        await at_work(pilot, "1001", RIGHT)
        await press(pilot, "n")
        fill(pilot, "#matter", "甲问")
        async with second.run_test() as elsewhere:
            await at_work(elsewhere, "1001", RIGHT)
        await pilot.press("enter")
        await comes(pilot, StationSignIn)
    assert other.rows(Inquiry) == []


@pytest.mark.parametrize("size", [(80, 24), (106, 33), (120, 40), (80, 40), (120, 24)])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_key_is_seen_on_every_terminal(
    hall: OpenHall, other: OtherProgram, size: tuple[int, int], language: str
) -> None:
    ask(other)
    app = desk_app(hall)
    app.wording = type(app.wording)(language)
    async with app.run_test(size=size) as pilot:
        await at_work(pilot)
        text = screen_text(pilot.app)
        for key in (*(f"{KEYS[verb]} " for verb in DeskVerb), "F1", "Ctrl+L", "Ctrl+Q"):
            assert key in text
        assert "怎么办" in text
        assert {"zh": "A 提取", "en": "A Withdrawals"}[language] in text
        await press(pilot, "n")
        assert pilot.app.screen.query_one("#confirm").region.bottom <= size[1]


async def test_every_verb_has_a_key_and_a_button_that_do_the_same(
    hall: OpenHall, other: OtherProgram
) -> None:
    other.open(1)
    ask(other)
    async with desk_app(hall).run_test(size=(100, 30)) as pilot:
        await at_work(pilot)
        for verb in DeskVerb:
            if verb is DeskVerb.SLIP:
                continue  # asks nothing the first time
            for act in (
                lambda verb=verb: pilot.press(KEYS[verb]),
                lambda verb=verb: pilot.click(f"#{verb.value.replace('_', '-')}"),
            ):
                await act()
                await until(pilot, lambda: pilot.app.screen is not of(pilot))
                await press(pilot, "escape")
                await until(pilot, lambda: pilot.app.screen is of(pilot))
    with reading(other.engine) as session:
        assert len(session.exec(select(Inquiry)).all()) == 1


async def test_the_help_names_every_key(hall: OpenHall) -> None:
    async with desk_app(hall).run_test(size=(106, 33)) as pilot:
        await at_work(pilot)
        await press(pilot, "f1")
        text = screen_text(pilot.app)
        assert all(f"{KEYS[verb]}  " in text for verb in DeskVerb)
        await press(pilot, "escape")
        assert pilot.app.screen is of(pilot)
