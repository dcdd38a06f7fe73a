"""The hall board follows the hall without anybody touching it."""

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from db.tables import Announcement, Counter
from display.board_strips import WaitingStrip
from display.call_lists import MissedNumbers
from display.hall_board import HallBoardApp, HallBoardScreen
from hall import board_view
from hall.board_view import BoardView
from hall.counters import counters
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from hall.tickets import calling, serving
from tests.display.before_the_board import (
    NINE,
    SIZE,
    OtherProgram,
    english_words,
    newest,
    others,
    shows,
    until,
)
from tests.screen_text import screen_text


async def test_a_call_appears_by_itself(board: HallBoardApp, other: OtherProgram) -> None:
    async with board.run_test(size=SIZE) as pilot:
        await shows(pilot, "临沧市服务大厅")
        other.issue()
        other.call(3)
        await until(pilot, lambda: "A001" in newest(board))
        assert newest(board) == "A001 → Counter 3"
        assert board.screen.query_one("#panel").has_class("-standing")
        await shows(pilot, "Number A001, please go to counter 3")


async def test_two_quick_calls_are_both_shown(board: HallBoardApp, other: OtherProgram) -> None:
    async with board.run_test(size=SIZE) as pilot:
        await shows(pilot, "临沧市服务大厅")
        other.issue()
        other.issue()
        other.call(1)
        other.call(3)
        await until(pilot, lambda: "A002" in newest(board))
        assert others(board) == ["A001"]
        assert board.screen.query_one("#others").display


async def test_a_recall_stands_out_again(board: HallBoardApp, other: OtherProgram) -> None:
    other.now = NINE - timedelta(minutes=5)
    other.issue()
    other.call(1)
    async with board.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "A001" in newest(board))
        panel = board.screen.query_one("#panel")
        assert not panel.has_class("-standing")
        other.now = NINE
        other.do(calling.recall, 1)
        await until(pilot, lambda: panel.has_class("-standing"))


async def test_what_is_spoken_stands_out_with_its_words(
    board: HallBoardApp, other: OtherProgram
) -> None:
    other.now = NINE - timedelta(minutes=1)
    other.issue()
    called = other.call(1)
    other.add(
        Announcement(
            hall_id=1,
            zone="hall",
            subject="closing",
            content={"text": {"zh": "本厅十分钟后下班", "en": "We close in ten minutes"}},
            created_at=NINE,
            expires_at=NINE + timedelta(minutes=1),
        )
    )
    async with board.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "A001" in newest(board))
        panel = board.screen.query_one("#panel")
        assert not panel.has_class("-standing")
        other.do(say_now, f"ticket/{called.ticket_id}")
        await until(pilot, lambda: panel.has_class("-standing"))
        other.do(say_now, "closing")
        await shows(pilot, "本厅十分钟后下班")
        await shows(pilot, "We close in ten minutes")


def say_now(session: Session, _rules: HallRules, subject: str, _now: object) -> None:
    for row in session.exec(select(Announcement)).all():
        is_said = row.subject == subject
        if is_said or row.state == "playing":
            row.state, row.started_at = ("playing" if is_said else "done"), NINE
            session.flush()


async def test_a_pause_shows_its_reason(board: HallBoardApp, other: OtherProgram) -> None:
    async with board.run_test(size=SIZE) as pilot:
        await shows(pilot, "临沧市服务大厅")
        until_ten = NINE + timedelta(hours=1)
        other.do(counters.pause, 2, "设备检修", until=until_ten)
        await shows(pilot, "设备检修")
        await shows(pilot, "Paused until 10:00")
        other.do(counters.open_counter, 2, "1002")
        await until(pilot, lambda: "设备检修" not in screen_text(board))


async def test_who_stands_in_is_told_with_for_whom(
    board: HallBoardApp, other: OtherProgram
) -> None:
    async with board.run_test(size=SIZE) as pilot:
        await shows(pilot, "李四")
        assert "周五 for" not in screen_text(board)
        for counter in (1, 2):
            other.do(counters.close, counter)
        other.do(counters.open_counter, 1, "1002")
        await shows(pilot, "周五 for 李四")


async def test_the_absent_are_listed_and_no_longer_sent_to_a_counter(
    board: HallBoardApp, other: OtherProgram
) -> None:
    other.issue()
    async with board.run_test(size=SIZE) as pilot:
        other.call(1)
        for seconds in (20, 40):
            other.now = NINE + timedelta(seconds=seconds)
            other.do(calling.recall, 1)
        await until(pilot, lambda: "A001" in newest(board))
        other.do(serving.no_show, 1)
        await until(pilot, lambda: "A001" not in newest(board))
        missed = board.screen.query_one(MissedNumbers)
        await until(pilot, lambda: missed.numbers == ("A001",))


async def test_a_burst_of_changes_is_read_once(
    board: HallBoardApp, other: OtherProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[BoardView] = []
    gate, held_up = threading.Event(), threading.Event()
    gate.set()
    read_board = board_view.read_board

    def slow(*given: Any) -> BoardView:
        reads.append(read_board(*given))
        if not gate.is_set():
            held_up.set()
        assert gate.wait(timeout=30)
        return reads[-1]

    monkeypatch.setattr(board_view, "read_board", slow)
    async with board.run_test(size=SIZE) as pilot:
        await shows(pilot, "临沧市服务大厅")
        screen = board.screen
        assert isinstance(screen, HallBoardScreen)
        gate.clear()
        other.issue()
        await until(pilot, held_up.is_set)  # whether it saw that number or began before it
        held = len(reads)
        for _ in range(20):
            other.issue()
        await until(pilot, lambda: screen.is_stale)
        assert len(reads) == held
        gate.set()
        await until(pilot, lambda: reads[-1].groups[0].waiting == 21 and not screen.is_reading)
        assert len(reads) - held < 20


async def test_a_zone_shows_its_own_counters_only(open_hall: OpenHall, other: OtherProgram) -> None:
    other.add(Counter(hall_id=1, number=4, names={"zh": "楼上窗口"}, zone="upstairs"))
    other.issue()
    other.call(1)
    board = english_words(HallBoardApp(lambda: open_hall, zone="upstairs"))
    async with board.run_test(size=SIZE) as pilot:
        await shows(pilot, "楼上窗口")
        assert "A001" not in screen_text(board)
        assert newest(board) == "Welcome"


async def test_who_waits_reads_for_how_long(board: HallBoardApp, other: OtherProgram) -> None:
    for _ in range(3):
        other.issue()
    other.call(1)
    async with board.run_test(size=SIZE) as pilot:
        await shows(pilot, "临沧市服务大厅")
        await until(pilot, lambda: bool(board.screen.query_one(WaitingStrip).waits))
        told = re.compile(r"2 +about \d+–\d+ min")
        await until(pilot, lambda: told.search(screen_text(board)) is not None)
