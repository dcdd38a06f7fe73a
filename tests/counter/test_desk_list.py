"""The desk's list: whose question it is, how long it has been open."""

from counter.desk.inquiry_list import InquiryList
from counter.desk.words_dialog import WordsDialog
from db.tables import (
    Inquiry,
)
from hall.open_hall import OpenHall
from tests.counter.at_the_counter import Clock, OtherProgram, comes, until, words
from tests.counter.at_the_desk import (
    answered,
    ask,
    at_work,
    desk_app,
    fill,
    press,
    seen,
    shown,
)
from tests.screen_text import screen_text


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
