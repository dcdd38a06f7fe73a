"""What everybody is to do covers board and sign, whatever they show, until it is over."""

from datetime import datetime

import pytest
from sqlmodel import Session

from db.tables import Clerk
from display.hall_board import HallBoardApp
from hall.announcing import emergencies
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from tests.display.before_the_board import OtherProgram, shows, until
from tests.display.sign.before_the_sign import is_asking, sign_of, stars_kept, visit
from tests.screen_text import screen_text
from ui.big_text import BigText, in_lines
from ui.emergency_cover import EmergencyCover
from ui.script_text import ScriptText

TIBETAN = "ཚོགས་ཁང་ནས་ཕྱིར་ཐོན་རོགས།"


def proclaim(session: Session, rules: HallRules, now: datetime) -> None:
    clerk = session.get_one(Clerk, 1)
    clerk.role = "duty_manager"
    emergencies.proclaim(session, rules, "evacuate", clerk, now)


def end(session: Session, rules: HallRules, now: datetime) -> None:
    emergencies.end(session, rules, session.get_one(Clerk, 1), now)


def headline(app: HallBoardApp) -> str:
    found = app.screen.query("EmergencyCover .headline").results(BigText)
    return next((one.text for one in found), "")


@pytest.mark.parametrize("size", [(80, 24), (160, 45), (60, 90), (240, 67)])
async def test_nothing_of_the_hall_is_left_on_the_board(
    board: HallBoardApp, other: OtherProgram, size: tuple[int, int]
) -> None:
    other.rules.numbers.emergency_texts = {"evacuate": {"bo": TIBETAN}}
    other.issue()
    other.call(1)
    async with board.run_test(size=size) as pilot:
        await shows(pilot, "临沧市服务大厅")
        other.do(proclaim)
        await until(pilot, lambda: headline(board) == "请离开大厅")
        cover = board.screen.query_one(EmergencyCover)
        await shows(pilot, "Do not run")
        shown = screen_text(board)
        assert "临沧市服务大厅" not in shown and "A001" not in shown and "09:00" not in shown
        assert cover.region == board.screen.region
        assert all(one.region.bottom <= size[1] for one in cover.query("*") if one.display)
        cover.turn()
        await until(pilot, lambda: cover.query_one(ScriptText).region.height > size[1] // 2)
        assert cover.query_one(ScriptText).text == TIBETAN
        cover.turn()
        await shows(pilot, "Do not run")
        other.do(end)
        await shows(pilot, "临沧市服务大厅")
        await until(pilot, lambda: not cover.children)


async def test_a_strip_shows_the_headlines_whole(board: HallBoardApp, other: OtherProgram) -> None:
    async with board.run_test(size=(64, 4)) as pilot:
        other.do(proclaim)
        await shows(pilot, "请离开大厅")
        await until(pilot, lambda: "Leave the hall" in screen_text(board))
        assert "Do not" not in screen_text(board)


async def test_the_sign_asks_for_no_rating_meanwhile(
    open_hall: OpenHall, other: OtherProgram
) -> None:
    sign = sign_of(open_hall)
    visit(other)
    async with sign.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: is_asking(sign))
        other.do(proclaim)
        await shows(pilot, "Do not run")
        await pilot.press("5")
        await pilot.click(offset=(50, 15))
        await pilot.pause()
        assert stars_kept(other) == []
        other.do(end)
        await until(pilot, lambda: "Do not run" not in screen_text(sign))
        await until(pilot, lambda: is_asking(sign))


def test_a_headline_is_cut_between_words_or_in_the_middle() -> None:
    assert in_lines("请离开大厅", 2) == ["请离开", "大厅"]
    assert in_lines("Leave the hall", 2) == ["Leave", "the hall"]
    assert in_lines("Hall", 1) == ["Hall"]
    assert in_lines("A", 2) == ["A"]
