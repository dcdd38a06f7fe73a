"""What a sign shows when something is wrong with the hall or its counter."""

import gettext
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from display import rating_panel
from display.counter_sign import CounterSignApp
from hall.counters import counters
from hall.open_hall import OpenHall
from hall.open_hall import open_hall as open_the_hall
from hall.settings import Settings
from tests.display.before_the_board import NINE, OtherProgram, shows, until
from tests.display.sign.before_the_sign import (
    SIZE,
    big,
    call,
    is_asking,
    sign_of,
    stars_kept,
    visit,
)
from tests.screen_text import screen_text


async def test_no_key_leaves_it_or_puts_the_question_away(
    sign: CounterSignApp, other: OtherProgram
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        await pilot.press(
            "escape", "q", "ctrl+q", "ctrl+c", "ctrl+p", "ctrl+z", "tab", "enter", "space", "f1"
        )
        await pilot.pause(2 * rating_panel.HAND_S)
        assert is_asking(sign) and sign.is_running and not sign._exit
        assert sign.focused is None
        assert len(sign.screen_stack) == 1
        assert stars_kept(other) == []


async def test_a_lost_hall_leaves_what_was_known(
    settings: Settings, database: Path, other: OtherProgram
) -> None:
    other.do(counters.open_counter, 1, "1001")
    call(other)
    other.engine.dispose()
    sign = CounterSignApp(lambda: open_the_hall(settings, lambda: NINE), 1)
    sign.wording.translations = gettext.NullTranslations()
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: big(sign) == "Number A001, please")
        aside = database.with_name("aside.db")
        database.rename(aside)
        await shows(pilot, "Restoring…")
        assert big(sign) == "Number A001, please"
        assert "hall.db" not in screen_text(sign)  # why is not for the public
        assert sign.screen.query_one("#big").styles.text_opacity < 1
        aside.rename(database)
        await until(pilot, lambda: "Restoring…" not in screen_text(sign))


async def test_a_hall_that_is_not_there_yet_is_waited_for(
    database: Path, tmp_path: Path, other: OtherProgram
) -> None:
    place = tmp_path / "later" / "hall.db"
    settings = Settings(database_url=f"sqlite:///{place}")
    sign = CounterSignApp(lambda: open_the_hall(settings, lambda: NINE), 1)
    sign.wording.translations = gettext.NullTranslations()
    async with sign.run_test(size=SIZE) as pilot:
        await shows(pilot, "Restoring…")
        place.parent.mkdir()
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("VACUUM INTO ?", (str(place),))
        await until(pilot, lambda: big(sign) == "Not open")


async def test_a_counter_that_is_not_there_is_told(here: OpenHall) -> None:
    sign = sign_of(here, 77)
    async with sign.run_test(size=SIZE) as pilot:
        await shows(pilot, "There is no counter 77.")


def test_nothing_slow_is_imported_before_the_first_paint() -> None:
    code = (
        "import sys, display.counter_sign; "
        "slow = 'sqlalchemy', 'sqlmodel', 'pydantic', 'PIL'; "
        "print([name for name in slow if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.strip() == "[]"
