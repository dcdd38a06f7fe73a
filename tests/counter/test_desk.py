"""The information desk: every question stays on the screen until it has a result."""

from sqlmodel import select
from textual.widgets import Input, OptionList

from counter.desk.colleague_dialog import ColleagueDialog
from counter.desk.desk_verbs import AT_THE_CALL, OF_AN_INQUIRY, DeskVerb
from counter.desk.inquiry_dialogs import NewInquiryDialog
from counter.desk.lead_dialog import LeadDialog
from counter.desk.words_dialog import WordsDialog
from counter.dialogs.reprint_dialog import ReprintDialog
from db.engine import writing
from db.tables import (
    Inquiry,
    PrintJob,
    Ticket,
)
from hall.open_hall import OpenHall
from tests.counter.at_the_counter import OtherProgram, comes, until, words
from tests.counter.at_the_desk import (
    ask,
    at_work,
    desk_app,
    enabled,
    fill,
    highlighted,
    press,
    said,
    seen,
    shown,
)
from tests.screen_text import screen_text


async def test_a_question_is_taken_and_answered_by_enter_alone(
    hall: OpenHall, other: OtherProgram
) -> None:
    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot)
        assert highlighted(pilot) == [DeskVerb.NEW]
        assert enabled(pilot) == set(DeskVerb) - OF_AN_INQUIRY - {AT_THE_CALL}
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
