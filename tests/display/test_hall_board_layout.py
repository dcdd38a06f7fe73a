"""The hall board is readable at every size, whatever the names."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from db.tables import Bulletin, Counter
from display import board_body
from display.board_body import BoardBody
from display.counter_lines import CounterLines
from display.hall_board import HallBoardApp
from hall.counters import counters
from hall.open_hall import OpenHall
from tests.display.before_the_board import NINE, SIZE, OtherProgram, newest, shows, until
from tests.screen_text import screen_text

NAMES = [
    {"zh": "企业职工基本养老保险关系转移接续综合受理窗口", "en": "Pension transfers"},
    {"zh": "ᠮᠣᠩᠭᠣᠯ 不动产登记", "en": "Real estate"},
]
SIZES = [(80, 24), (100, 30), (160, 45), (200, 56), (240, 67)]


async def test_names_are_shown_as_they_are(board: HallBoardApp, other: OtherProgram) -> None:
    hostile = "[red]王\x1b[31m[/]"
    other.add(
        Counter(hall_id=1, number=4, names={"zh": hostile, "en": "[@click=app.quit]x[/]"}),
        Bulletin(hall_id=1, text={"zh": "[b]请注意[/b]", "en": "$accent [/nonsense]"}),
    )
    other.do(counters.pause, 1, "[link=x]盖章[/link]")
    async with board.run_test(size=SIZE) as pilot:
        await shows(pilot, "[red]王[31m[/]")
        text = screen_text(board)
        for shown in ("[@click=app.quit]x[/]", "[b]请注意[/b]", "[/nonsense]", "[link=x]盖章"):
            assert shown in text


@pytest.mark.parametrize("size", SIZES)
async def test_every_size_shows_the_call_and_keeps_its_lines(
    board: HallBoardApp, other: OtherProgram, size: tuple[int, int]
) -> None:
    long = "企业职工基本养老保险关系转移接续与城乡居民养老保险待遇领取资格认证综合受理"
    other.add(
        *(Counter(hall_id=1, number=n, names={"zh": f"{long}{n}", "en": "x"}) for n in range(4, 61))
    )
    for counter in (1, 3):
        other.issue()
        other.call(counter)
    async with board.run_test(size=size) as pilot:
        await until(pilot, lambda: "A002" in newest(board))
        await shows(pilot, "A001")
        await shows(pilot, "09:00" if size[1] < 30 else "2026-11-23")
        assert_lines_fill_the_screen(board)


async def test_the_window_may_be_resized_at_any_time(
    board: HallBoardApp, other: OtherProgram
) -> None:
    other.issue()
    other.call(3)
    async with board.run_test(size=(20, 5)) as pilot:
        await until(pilot, lambda: "A001" in newest(board))
        for size in (*SIZES, (40, 12), (1, 1), *reversed(SIZES)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert_lines_fill_the_screen(board)
        await shows(pilot, "Number A001, please go to counter 3")


def assert_lines_fill_the_screen(board: HallBoardApp) -> None:
    strips = board.screen._compositor.render_strips()
    assert {strip.cell_length for strip in strips} == {board.size.width}


async def test_all_counters_come_in_turn_where_they_do_not_fit(
    board: HallBoardApp, other: OtherProgram
) -> None:
    other.add(*(Counter(hall_id=1, number=n, names={"zh": f"第{n}个业务"}) for n in range(4, 61)))
    async with board.run_test(size=(80, 24)) as pilot:
        await shows(pilot, "第4个业务")
        seen = ""
        body = board.screen.query_one(BoardBody)
        for _ in range(10):
            seen += screen_text(board)
            body.page_since -= board_body.PAGE_S
            body.tick()
            await pilot.pause()
        assert [n for n in range(4, 61) if f"第{n}个业务" not in seen] == []


async def test_the_page_looks_as_before(board: HallBoardApp, other: OtherProgram) -> None:
    """Compared with the file beside this one; JIAOHAO_WRITE_PAGES=1 writes it anew."""
    other.add(
        Bulletin(hall_id=1, text={"zh": "今日下午三点起系统升级。", "en": "Upgrade at three."})
    )
    other.add(*(Counter(hall_id=1, number=n, names=NAMES[n % 2]) for n in range(4, 15)))
    other.now = NINE - timedelta(minutes=1)
    for counter in (1, 3, 2):
        other.issue("D301" if counter == 2 else "T201")
        other.call(counter)
    other.issue()
    other.do(counters.pause, 2, "取材料")
    async with board.run_test(size=SIZE) as pilot:
        await shows(pilot, "Last call")
        await shows(pilot, "about")  # how long one waits comes after the rest
        blocks = {ord(block): " " for block in "▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"}
        lines = [line.rstrip() for line in screen_text(board).translate(blocks).split("\n")]
    page = Path(__file__).with_name("hall_board.txt")
    if os.environ.get("JIAOHAO_WRITE_PAGES"):
        page.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == page.read_text(encoding="utf-8").split("\n")[:-1]


async def test_a_second_script_is_drawn_where_there_is_room_and_never_shown_wrong(
    board: HallBoardApp, open_hall: OpenHall, other: OtherProgram
) -> None:
    open_hall.settings.board.second_language = "bo"
    tibetan = "ཁང་པ་ཐོ་འགོད།"
    other.add(
        Counter(hall_id=1, number=4, names={"zh": "藏文窗口", "bo": tibetan, "en": "Tibetan"})
    )
    async with board.run_test(size=(240, 67)) as pilot:
        await until(pilot, lambda: bool(board.screen.query(CounterLines)))
        lines = board.screen.query_one(CounterLines)
        await until(pilot, lambda: len(lines.counters) == 4)
        await shows(pilot, "个人提取")
        for _turn in range(4):
            if "藏文窗口" in screen_text(board):
                break
            lines.turn()
            await pilot.pause()
        page = screen_text(board)
        row = next(line for line in page.split("\n") if "藏文窗口" in line)
        beneath = page.split("\n")[page.split("\n").index(row) + 3]
        assert sum(beneath.count(block) for block in "▌▐▄▀█▛▜▙▟") > 10  # a picture
        assert tibetan not in page and "Tibetan" not in page
        assert_lines_fill_the_screen(board)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert tibetan not in screen_text(board)
