"""While nobody is called the board tells what the hall promises and who works there, in turn."""

from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from db.tables import Clerk, Service
from display.call_lists import EarlierCalls
from display.hall_board import HallBoardApp
from display.quiet_panel import QuietPanel
from hall.open_hall import OpenHall
from tests.display.before_the_board import NINE, OtherProgram, newest, shows, until
from tests.screen_text import screen_text

SIZE = (160, 45)


def turn(board: HallBoardApp) -> None:
    board.screen.query_one(QuietPanel).turn()


async def guided(pilot: Pilot[Any], board: HallBoardApp) -> QuietPanel:
    """When it knows what to tell."""
    await until(pilot, lambda: any(one.guide for one in board.screen.query(QuietPanel)))
    return board.screen.query_one(QuietPanel)


def earlier(board: HallBoardApp) -> list[str]:
    return [call.number for call in board.screen.query_one(EarlierCalls).calls]


def is_quiet(board: HallBoardApp) -> bool:
    return any(one.display and one.size.height > 0 for one in board.screen.query(QuietPanel))


async def test_a_welcome_then_the_promises_then_the_staff_then_where_to_complain(
    board: HallBoardApp, other: OtherProgram
) -> None:
    async with board.run_test(size=SIZE) as pilot:
        await shows(pilot, "Please take a number at the kiosk")
        await guided(pilot, board)
        for expected in ("What we promise", "Who serves you"):
            turn(board)
            await shows(pilot, expected)
        turn(board)  # where to complain, in large letters
        await until(pilot, lambda: "Who serves you" not in screen_text(board))
        assert "Please take a number" not in screen_text(board)
        turn(board)
        await shows(pilot, "Please take a number at the kiosk")


async def test_a_call_ends_the_quiet_at_once_and_the_quiet_comes_back(
    board: HallBoardApp, open_hall: OpenHall, other: OtherProgram
) -> None:
    later = NINE + timedelta(seconds=open_hall.settings.board.quiet_seconds + 1)
    async with board.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_quiet(board))
        turn(board)
        other.issue()
        other.call(1)
        await until(pilot, lambda: "A001" in newest(board) and not is_quiet(board))
        open_hall.now = lambda: later
        board.screen.query_one("#panel").parent.standing.known.clear()  # type: ignore[union-attr]
        await until(pilot, lambda: is_quiet(board))
        await shows(pilot, "Please take a number at the kiosk")  # from its beginning
        await until(pilot, lambda: earlier(board) == ["A001"])


async def test_a_clock_set_back_an_hour_hides_no_call(
    board: HallBoardApp, open_hall: OpenHall, other: OtherProgram
) -> None:
    open_hall.settings.board.quiet_seconds = 15
    async with board.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_quiet(board))
        other.issue()
        other.now = NINE - timedelta(hours=1)
        other.call(1)
        await until(pilot, lambda: earlier(board) == ["A001"])


@pytest.mark.parametrize("size", [(60, 90), (80, 24), (160, 45), (260, 67), (96, 8), (64, 4)])
async def test_long_names_and_many_of_them_stay_in_their_lines(
    board: HallBoardApp, other: OtherProgram, size: tuple[int, int]
) -> None:
    long = "企业职工基本养老保险关系转移接续与城乡居民养老保险待遇领取资格认证综合受理"
    other.add(
        *(
            Service(
                hall_id=1,
                catalogue_version=1,
                code=f"X{place}",
                group_id=1,
                names={"zh": f"[red]{long}", "en": "x" * 90},
                kind="",
                legal_basis="",
                conditions="",
                procedure="",
                statutory_limit="",
                promised_limit=long,
                minutes=5,
                bookable=True,
                department="",
                approval="",
                fee=long,
                phone="",
                remedy="",
                position=place,
            )
            for place in range(40)
        )
    )
    async with board.run_test(size=size) as pilot:
        await guided(pilot, board)
        for _turn in range(12):
            turn(board)
            await pilot.pause()
            strips = board.screen._compositor.render_strips()
            assert {strip.cell_length for strip in strips} == {size[0]}


async def test_a_strip_shows_the_call_the_words_and_what_is_announced(
    board: HallBoardApp, other: OtherProgram
) -> None:
    other.issue()
    other.call(3)
    async with board.run_test(size=(96, 8)) as pilot:
        await shows(pilot, "Number A001, please go to counter 3")
        assert "A001" in newest(board)
        assert screen_text(board).count("▄") > 10  # in large letters
        assert "Counters" not in screen_text(board)


async def test_upright_the_counters_keep_their_names(
    board: HallBoardApp, other: OtherProgram
) -> None:
    other.issue()
    other.call(3)
    async with board.run_test(size=(60, 90)) as pilot:
        await shows(pilot, "Withdrawals")
        await shows(pilot, "Missed? Ask at the desk")
        await shows(pilot, "People waiting")


async def test_who_works_there_is_told_without_what_is_nobody_s_business(
    board: HallBoardApp, other: OtherProgram
) -> None:
    """A withdrawn clerk is gone; who sits at no counter is not put up on a wall."""
    other.add(
        Clerk(
            hall_id=1,
            staff_number="2001",
            name="督查员",
            department="",
            title="",
            role="supervision",
            phone="0883-1",
        )
    )
    async with board.run_test(size=SIZE) as pilot:
        await guided(pilot, board)
        turn(board)
        turn(board)
        await shows(pilot, "Who serves you")
        await shows(pilot, "吴六")
        assert "督查员" not in screen_text(board)
