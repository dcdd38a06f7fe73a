"""The public can break nothing: no key leaves the kiosk, nothing of a visitor stays behind."""

import gc
import os
import pty
import select
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from textual import events

from hall.open_hall import OpenHall
from hall.wording import Wording
from kiosk.choosing.classes_screen import ClassesScreen
from kiosk.choosing.groups_screen import GroupsScreen
from kiosk.choosing.services_screen import ServicesScreen
from kiosk.hand_or_reader import HAND_S, QUIET_S, HandOrReader
from kiosk.kiosk_app import KioskApp
from kiosk.kiosk_screen import KioskScreen
from kiosk.visit import Visit
from kiosk.words_screen import WordsScreen
from tests.identity_cards import card
from tests.kiosk.visitor import comes, enter_group, groups_come, take_number, touch, until
from ui.crash_log import write_crash

CRASHES = """
import sys
from pathlib import Path
from kiosk.kiosk_app import KioskApp
from kiosk.choosing.groups_screen import GroupsScreen
from hall.open_hall import open_hall
from hall.settings import Settings

def crash(self, offer):
    identity_card = "33010619900101123X"
    raise ValueError(identity_card)

{sabotage}
settings = Settings(database_url="sqlite:///" + sys.argv[1])
from datetime import UTC, datetime
app = KioskApp(lambda: open_hall(settings, lambda: datetime.now(UTC)))
app.run()
sys.exit(app.return_code)
"""


@pytest.mark.parametrize(
    "key", ["ctrl+c", "ctrl+q", "ctrl+z", "ctrl+p", "ctrl+d", "ctrl+backslash", "f1", "escape"]
)
async def test_no_key_leaves_it(kiosk: KioskApp, key: str) -> None:
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        first_page = kiosk.screen
        await pilot.press(key, key, "tab", key)

        assert kiosk.is_running and kiosk.screen is first_page


async def test_no_key_is_bound_to_anything_but_the_kiosk(kiosk: KioskApp) -> None:
    async with kiosk.run_test() as pilot:
        await take_number(pilot)
        actions = {bound.binding.action for bound in kiosk.screen.active_bindings.values()}

    assert {action.split("(")[0] for action in actions} <= {
        "focus_next",
        "app.focus_previous",
        "back",
        "turn",
        "turn_on",
        "large_type",
        "digit",
        "other_language",
    }


async def test_pasted_text_goes_nowhere(kiosk: KioskApp) -> None:
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        kiosk.post_message(events.Paste("1\n1\n"))
        await pilot.pause()

        assert isinstance(kiosk.screen, GroupsScreen)


async def test_a_card_reader_presses_nothing(kiosk: KioskApp) -> None:
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        await pilot.press("tab")  # a button has the focus, which the reader's Enter would press
        for sign in card(date(1990, 12, 31)):
            kiosk.post_message(events.Key(sign, sign))
        kiosk.post_message(events.Key("enter", "\r"))
        await comes(pilot, WordsScreen)  # it says that no card is needed
        await pilot.pause(3 * HAND_S)

        assert isinstance(kiosk.screen, WordsScreen)


def test_after_a_burst_the_keys_are_a_hands_again() -> None:
    keys = HandOrReader()
    one = events.Key("1", "1")

    assert not keys.is_reader(one, 100)
    assert keys.is_reader(one, 100 + HAND_S / 2)
    assert keys.is_reader(one, 100 + HAND_S / 2 + QUIET_S / 2)  # a reader's pause
    assert not keys.is_reader(one, 100 + 3 * QUIET_S)


async def test_whoever_goes_away_is_forgotten(kiosk: KioskApp, open_hall: OpenHall) -> None:
    open_hall.settings.kiosk.idle_seconds = 600
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        await pilot.click("#other-language")
        await until(lambda: kiosk.visit.language == "en")
        await enter_group(pilot, 1)
        await pilot.click("#priority")
        await comes(pilot, ClassesScreen)
        await pilot.click("#choice-1")
        await comes(pilot, ServicesScreen)
        open_hall.settings.kiosk.idle_seconds = 1
        await groups_come(pilot)

        assert kiosk.visit == Visit("zh")
        assert kiosk.wording.language == "zh"


async def test_the_last_seconds_are_counted_and_a_touch_stops_them(
    kiosk: KioskApp, open_hall: OpenHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_hall.settings.kiosk.idle_seconds = 600
    monkeypatch.setattr("kiosk.kiosk_shell.COUNTDOWN_S", 300)  # time for the slowest machine

    def seconds_left() -> int:
        words = str(screen.query_one("#countdown").render())
        return int("".join(filter(str.isdigit, words)) or 0)

    async with kiosk.run_test() as pilot:
        await enter_group(pilot, 1)
        screen = kiosk.screen
        assert isinstance(screen, KioskScreen)
        assert seconds_left() == 0  # the last ones only
        kiosk.touched_at -= 400
        screen.shown_at -= 400
        await until(lambda: 0 < seconds_left() <= 200)
        counted = seconds_left()
        await until(lambda: 0 < seconds_left() < counted)
        await touch(pilot, "#prompt")
        await until(lambda: seconds_left() == 0)

        assert kiosk.screen is screen


async def test_the_first_page_has_nothing_to_count_down(
    kiosk: KioskApp, open_hall: OpenHall
) -> None:
    open_hall.settings.kiosk.idle_seconds = 1
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        first_page = kiosk.screen
        await pilot.pause(1.6)  # past the time after which any other page is left

        assert kiosk.screen is first_page
        assert str(first_page.query_one("#countdown").render()) == ""


async def test_the_number_goes_away_by_itself(kiosk: KioskApp, open_hall: OpenHall) -> None:
    open_hall.settings.kiosk.number_seconds = 600
    async with kiosk.run_test() as pilot:
        await take_number(pilot)
        open_hall.settings.kiosk.number_seconds = 1
        await groups_come(pilot)

        assert kiosk.visit == Visit("zh")


async def test_visits_leave_no_screens_behind(kiosk: KioskApp) -> None:
    async with kiosk.run_test() as pilot:
        for _ in range(4):
            await take_number(pilot)
            await pilot.click("#number")
            await groups_come(pilot)
        await pilot.pause()
        gc.collect()
        screens = [one for one in gc.get_objects() if isinstance(one, KioskScreen)]

    assert len(screens) <= 3  # the one shown, and what Textual still holds of the last switches


def run_in_terminal(
    program: str, database: Path, until_shown: str | None = None
) -> tuple[int, str]:
    """Its exit code and all it painted; with `until_shown` it is then told to end."""
    main, side = pty.openpty()
    environment = os.environ | {
        "TERM": "xterm-256color",
        "HOME": str(database.parent),
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "COLUMNS": "106",
        "LINES": "33",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(database)],
        stdin=side,
        stdout=side,
        stderr=side,
        env=environment,
        start_new_session=True,
    )
    os.close(side)
    painted, told = "", False
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if select.select([main], [], [], 0.1)[0]:
            try:
                painted += os.read(main, 65536).decode(errors="replace")
            except OSError:
                break
        if until_shown is not None and not told and until_shown in painted:
            process.send_signal(signal.SIGTERM)
            told = True
    os.close(main)
    if process.poll() is None:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.wait(), painted


@pytest.mark.parametrize(
    "sabotage",
    [
        "GroupsScreen.show_offer = crash",
        "import kiosk.hall_reader\nkiosk.hall_reader.read_offer = lambda hall: crash(0, 0)",
    ],
    ids=["on the screen", "in a worker"],
)
def test_a_crash_shows_nothing_and_is_written_down(database: Path, sabotage: str) -> None:
    code, painted = run_in_terminal(CRASHES.format(sabotage=sabotage), database)

    log = database.with_name("kiosk-crash.log").read_text()
    assert code == 1
    assert "ValueError" in log and " crash" in log
    for kept in (painted, log):
        assert "33010619900101123X" not in kept
    assert "Traceback" not in painted and "ValueError" not in painted
    assert Wording("zh").say("This machine is restarting. One moment, please…") in painted


def test_the_staff_end_it_by_a_signal(database: Path) -> None:
    code, painted = run_in_terminal(CRASHES.format(sabotage=""), database, until_shown="提取")

    assert code == 0
    assert "\x1b[?1049l" in painted  # the terminal was given back
    assert not database.with_name("kiosk-crash.log").exists()


def test_a_loop_of_crashes_does_not_fill_the_disk(tmp_path: Path) -> None:
    def deep(levels: int) -> None:
        if levels:
            deep(levels - 1)
        raise KeyError("x")

    for _ in range(200):
        try:
            deep(40)
        except KeyError as error:
            write_crash(tmp_path / "kiosk-crash.log", error)

    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 500_000


def test_a_crash_without_room_for_its_log_is_no_second_crash(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    write_crash(tmp_path / "file" / "kiosk-crash.log", ValueError())


def test_nothing_slow_is_imported_before_the_first_paint() -> None:
    program = (
        "import sys, kiosk.kiosk_app\n"
        "slow = {'sqlalchemy', 'sqlmodel', 'pydantic', 'pydantic_settings', 'PIL', 'alembic'}\n"
        "sys.exit(', '.join(sorted(slow & set(sys.modules))))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=root, check=False
    )

    assert done.stderr.strip() == ""


async def test_a_key_that_was_held_back_when_the_kiosk_ended_is_let_go(kiosk: KioskApp) -> None:
    """As a reader's first key is; there is no page left that it could be meant for."""
    async with kiosk.run_test(size=(106, 33)) as pilot:
        await pilot.pause()
    key = events.Key("5", "5")
    kiosk.held_key = key
    await kiosk.let_through(key)
