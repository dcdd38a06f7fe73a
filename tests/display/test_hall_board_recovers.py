"""The hall board starts at once, comes back by itself, and is left by nobody."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from db.engine import reading
from db.faults import DatabaseBusy
from display.hall_board import HallBoardApp, HallBoardScreen
from hall import board_view
from hall.open_hall import OpenHall
from hall.open_hall import open_hall as open_the_hall
from hall.settings import Settings
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


async def test_a_hall_that_is_not_there_yet_is_waited_for(
    database: Path, tmp_path: Path, other: OtherProgram
) -> None:
    other.issue()
    other.call(1)
    place = tmp_path / "later" / "hall.db"
    settings = Settings(database_url=f"sqlite:///{place}")
    board = english_words(HallBoardApp(lambda: open_the_hall(settings, lambda: NINE)))
    async with board.run_test(size=SIZE) as pilot:
        await shows(pilot, "Restoring…")
        place.parent.mkdir()
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("VACUUM INTO ?", (str(place),))
        await until(pilot, lambda: "A001" in newest(board))
        await until(pilot, lambda: "Restoring…" not in screen_text(board))


async def test_a_lost_hall_leaves_the_last_state_dimmed(
    settings: Settings, database: Path, other: OtherProgram
) -> None:
    other.issue()
    other.call(1)
    other.engine.dispose()
    board = english_words(HallBoardApp(lambda: open_the_hall(settings, lambda: NINE)))
    async with board.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "A001" in newest(board))
        aside = database.with_name("aside.db")
        database.rename(aside)
        await shows(pilot, "Restoring…")
        assert "A001" in newest(board)
        assert "hall.db" not in screen_text(board)  # why is not for the public
        assert board.screen.query_one("#newest").styles.text_opacity < 1
        aside.rename(database)
        await until(pilot, lambda: "Restoring…" not in screen_text(board))
        await until(pilot, lambda: board.screen.query_one("#newest").styles.text_opacity == 1)


async def test_a_backup_put_in_its_place_is_what_the_board_shows(
    settings: Settings, database: Path, tmp_path: Path, other: OtherProgram
) -> None:
    other.issue()
    other.call(1)
    backup = tmp_path / "backup.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("VACUUM INTO ?", (str(backup),))
    other.issue()
    other.call(3)
    other.engine.dispose()
    board = english_words(HallBoardApp(lambda: open_the_hall(settings, lambda: NINE)))
    async with board.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "A002" in newest(board))
        for ending in ("-wal", "-shm"):
            database.with_name(database.name + ending).unlink(missing_ok=True)
        backup.replace(database)
        await until(pilot, lambda: "A001" in newest(board))
        await until(pilot, lambda: "A002" not in screen_text(board))


def time_shown(board: HallBoardApp) -> str:
    assert isinstance(board.screen, HallBoardScreen)
    return board.screen.time_shown


def minute(hall: OpenHall) -> str:
    return f"{hall.rules.local(hall.now()):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(hours=-3), timedelta(hours=9)])
async def test_a_clock_that_jumps_and_is_set_right_leaves_the_board_as_it_was(
    board: HallBoardApp, open_hall: OpenHall, other: OtherProgram, jump: timedelta
) -> None:
    other.issue()
    other.call(1)
    async with board.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "A001" in newest(board))
        open_hall.now = lambda: NINE + jump
        await until(pilot, lambda: time_shown(board) == minute(open_hall))
        open_hall.now = lambda: NINE
        await until(pilot, lambda: time_shown(board) == minute(open_hall))
        other.issue()
        other.call(3)
        await until(pilot, lambda: "A002" in newest(board))
        await until(pilot, lambda: others(board) == ["A001"] or "A001" in screen_text(board))


async def test_what_was_read_before_the_loss_does_not_undo_it(
    board: HallBoardApp, open_hall: OpenHall
) -> None:
    async with board.run_test(size=SIZE) as pilot:
        await shows(pilot, "临沧市服务大厅")
        with reading(open_hall.engine) as session:
            view = board_view.read_board(session, open_hall.rules, NINE, 6)
        board.screen.post_message(board.HallUnavailable("gone"))
        board.screen.post_message(HallBoardScreen.BoardRead(view, open_hall))
        await pilot.pause()
        assert "Restoring…" in screen_text(board)
        board.screen.post_message(board.HallOpened())
        await until(pilot, lambda: "Restoring…" not in screen_text(board))


async def test_a_read_that_failed_is_tried_again(
    board: HallBoardApp, other: OtherProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with board.run_test(size=SIZE) as pilot:
        await shows(pilot, "临沧市服务大厅")

        def fail(*_given: object) -> NoReturn:
            raise DatabaseBusy("hall.db")

        with monkeypatch.context() as patched:
            patched.setattr(board_view, "read_board", fail)
            other.issue()
            other.call(1)
            await shows(pilot, "Restoring…")
        await until(pilot, lambda: "A001" in newest(board))
        await until(pilot, lambda: "Restoring…" not in screen_text(board))


async def test_no_key_but_the_staffs_leaves_the_board(
    board: HallBoardApp, other: OtherProgram
) -> None:
    async with board.run_test(size=SIZE) as pilot:
        await shows(pilot, "临沧市服务大厅")
        await pilot.press("q", "escape", "ctrl+c", "ctrl+p", "tab", "enter", "f1", "ctrl+z")
        await pilot.click("#newest")
        assert board.is_running
        assert board.focused is None
        assert not board._notifications  # nobody is told which key to press
        assert len(board.screen_stack) == 1
        await pilot.press("ctrl+q")
        await until(pilot, lambda: board._exit)


def test_nothing_slow_is_imported_before_the_first_paint() -> None:
    code = (
        "import sys, display.hall_board; "
        "slow = 'sqlalchemy', 'sqlmodel', 'pydantic', 'PIL', 'display.board_body'; "
        "print([name for name in slow if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.strip() == "[]"
