"""The manager sees what needs somebody, on pages that fit."""

import pytest

from counter.supervisor.hall_pages import HallPages
from counter.supervisor.row_list import RowList
from counter.supervisor.supervisor_bar import SupervisorVerbButton
from db.engine import writing
from db.tables import (
    Counter,
    HelpKind,
)
from hall.open_hall import OpenHall
from hall.tickets import calling
from tests.counter.at_the_counter import OtherProgram, until, words
from tests.counter.supervisor.at_the_console import alarms, asks, console, row
from tests.screen_text import screen_text


async def test_all_is_well_until_somebody_is_needed_and_then_again(
    hall: OpenHall, other: OtherProgram
) -> None:
    other.open(1)
    async with console(hall) as (pilot, screen):
        assert words(pilot.app, "#all-well") == "All is well"
        other.issue("D301")
        await until(pilot, lambda: alarms(screen) == ["line/贷款"])
        assert "1" in words(pilot.app, "#all-well")
        other.open(3)
        await until(pilot, lambda: alarms(screen) == [])
        assert words(pilot.app, "#all-well") == "All is well"


async def test_enter_on_an_alarm_goes_there(hall: OpenHall, other: OtherProgram) -> None:
    other.open(1)
    other.issue("T201")
    other.do(calling.call_next, 1)
    hall.now.pass_by(minutes=40)  # type: ignore[attr-defined]
    async with console(hall) as (pilot, screen):
        assert alarms(screen)[0] == "ticket/A001"
        await pilot.press("3", "tab", "enter")
        pages = screen.query_one(HallPages)
        await until(pilot, lambda: pages.page == "counters" and pages.counter is not None)
        await until(pilot, lambda: "A001" in words(pilot.app, "#detail"))
        assert "40 min" in row(screen, "counters", "1")


async def test_what_is_chosen_stays_chosen(hall: OpenHall, other: OtherProgram) -> None:
    async with console(hall) as (pilot, screen):
        await pilot.press("2", "down", "down")
        pages = screen.query_one(HallPages)
        await until(pilot, lambda: pages.counter is not None and pages.counter.number == 3)
        other.open(1)
        other.issue()
        await until(pilot, lambda: "李四" in row(screen, "counters", "1"))
        assert pages.counter is not None and pages.counter.number == 3
        assert screen.focused is pages.rows_of("counters")


async def test_every_page_has_what_it_is_named_for(hall: OpenHall, other: OtherProgram) -> None:
    other.open(1)
    other.issue()
    async with console(hall) as (pilot, screen):
        assert "1" in row(screen, "lines", "提取")
        await pilot.press("3")
        await until(pilot, lambda: "kiosk" in dict(screen.query_one("#devices", RowList).rows))
        assert "no speaker has run yet" in row(screen, "devices", "voice/hall")
        await pilot.press("4")
        await until(pilot, lambda: "Nothing is announced" in screen_text(pilot.app))
        await pilot.press("5")
        listed = screen.query_one("#figures", RowList)
        await until(pilot, lambda: "no-materials" in dict(listed.rows))
        assert "█" in row(screen, "figures", "load/09:00")


@pytest.mark.parametrize("size", [(80, 24), (106, 33), (160, 50)])
async def test_it_fits(hall: OpenHall, other: OtherProgram, size: tuple[int, int]) -> None:
    other.open(1)
    other.issue("D301")
    asks(other, HelpKind.EMERGENCY)
    with writing(hall.engine) as session:
        session.get_one(Counter, 1).names = {"zh": "一个名字非常非常长的综合业务受理窗口" * 3}
    async with console(hall, size=size) as (pilot, screen):
        for page in "2345":
            await pilot.press(page)
            await pilot.pause()
        for button in screen.query(SupervisorVerbButton):
            assert button.region.height >= 1 and button.region.bottom < size[1]
            assert button.size.width > 3
        assert screen.query_one("#keys").region.bottom == size[1]
        assert screen.query_one("#pages").size.height >= 5
