"""A screen nobody stands at shows nothing of citizens, and is as it was left afterwards."""

import pytest
from textual.widgets import Input

from counter.counter_app import CounterApp
from counter.dialogs.call_dialog import CallDialog
from counter.notice.notice_screen import NoticeScreen
from counter.notice.paper_row import Finding, PaperRow
from counter.sign_in.locked_screen import LockedScreen
from counter.sign_in.opening_dialog import OpeningDialog, PersonButton
from counter.sign_in.sign_in_dialogs import NewPasswordDialog
from db.tables import Credential, SignIn
from hall.accounts import authentication
from hall.counters import counters
from hall.open_hall import OpenHall
from hall.settings import AccountSettings
from tests.counter.at_the_counter import (
    SIZE,
    Clock,
    OtherProgram,
    comes,
    counter_app,
    message,
    papers_come,
    press,
    sits_down,
    until,
    words,
)
from tests.counter.signed_in import guarded, locks, signs_in, trouble, types
from tests.screen_text import screen_text
from tests.signing_in import CHEAP, RIGHT, WRONG, journalled
from ui.big_text import BigText


@pytest.fixture
def hall(hall: OpenHall) -> OpenHall:
    return guarded(hall)


@pytest.fixture
def app(hall: OpenHall) -> CounterApp:
    return counter_app(hall, 1)


async def test_an_idle_screen_locks_and_keeps_the_ticket_in_hand(
    app: CounterApp, hall: OpenHall, other: OtherProgram
) -> None:
    other.issue()
    async with app.run_test(size=SIZE) as pilot:
        await signs_in(pilot)
        await press(pilot, "n")
        app.touched_at -= 60 * AccountSettings().lock_minutes
        await locks(pilot)
        assert words(app, "#because") == "Locked: nobody has touched it for 10 minutes."
        assert "A001" not in screen_text(app)
        await pilot.press("s", "f", "n")  # keys of the verbs
        assert other.states() == {"A001": "called"}
        await types(pilot, RIGHT)
        await sits_down(pilot)
        assert app.screen.query_one(BigText).text == "A001"
        await press(pilot, "s")
        assert other.states() == {"A001": "serving"}
        assert len(journalled(hall, "account.screen_unlocked")) == 1
        assert len(journalled(hall, "account.signed_in")) == 1


async def test_a_touch_puts_the_lock_off(app: CounterApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await signs_in(pilot)
        app.touched_at -= 60 * AccountSettings().lock_minutes
        await pilot.press("up")
        app.lock_when_idle()
        assert not isinstance(app.screen, LockedScreen)


async def test_a_key_locks_over_whatever_is_open_and_it_is_there_again_afterwards(
    app: CounterApp, other: OtherProgram
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await signs_in(pilot)
        await press(pilot, "c")
        await comes(pilot, CallDialog)
        await pilot.press(*"A012", "ctrl+l")
        await locks(pilot)
        assert "A012" not in screen_text(app)
        await pilot.press("ctrl+l")
        assert sum(isinstance(one, LockedScreen) for one in app.screen_stack) == 1
        await types(pilot, RIGHT)
        await comes(pilot, CallDialog)
        assert app.screen.query_one("#ticket-number", Input).value == "A012"


async def test_a_half_written_notice_is_not_left_for_the_next_clerk(
    app: CounterApp, hall: OpenHall, other: OtherProgram
) -> None:
    other.issue()
    async with app.run_test(size=SIZE) as pilot:
        await signs_in(pilot)
        await press(pilot, "n", "f")
        assert other.states() == {"A001": "finished"}
        app.counter_screen.app.push_screen(NoticeScreen(1, 1))
        await papers_come(pilot)
        await pilot.press("space")
        assert app.screen.query(PaperRow).first().finding is not Finding.HERE
        await pilot.press("ctrl+l")
        await locks(pilot)
        other.do(counters.close, 1)
        await comes(pilot, OpeningDialog)
        assert not any(isinstance(one, NoticeScreen) for one in app.screen_stack)
        assert app.seat is None


async def test_a_reset_password_locks_and_the_new_one_is_chosen_right_there(
    app: CounterApp, hall: OpenHall, other: OtherProgram
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await signs_in(pilot)
        given = authentication.give_one_time(hall, "1001", by="", place="here")
        await locks(pilot)
        await until(pilot, lambda: words(app, "#because") != "")
        assert words(app, "#because") == "Your sign-in here was ended; sign in again."
        await types(pilot, given.password)
        await comes(pilot, NewPasswordDialog)
        await types(pilot, "my own words", field="#new-password")
        await types(pilot, "my own words", field="#again")
        await sits_down(pilot)


async def test_many_wrong_passwords_lock_out_at_the_locked_screen_too(
    app: CounterApp, hall: OpenHall
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await signs_in(pilot)
        await pilot.press("ctrl+l")
        await locks(pilot)
        for tries in range(1, CHEAP.free_tries + 2):
            await types(pilot, WRONG)
            await until(pilot, lambda: len(journalled(hall, "account.refused")) == tries)  # noqa: B023
            await until(pilot, lambda: "moment" not in trouble(app))
        assert trouble(app) == (
            "Too many wrong passwords; signing in is possible again from 09:00:30."
        )
        await types(pilot, RIGHT)
        await until(pilot, lambda: "moment" not in trouble(app))
        assert isinstance(app.screen, LockedScreen)


async def test_without_accounts_there_is_nothing_to_lock(
    open_hall: OpenHall, other: OtherProgram
) -> None:
    def take_back(session: object, *_: object) -> None:
        for clerk_id in (1, 2):
            found = session.get(Credential, clerk_id)  # type: ignore[attr-defined]
            if found is not None:
                session.delete(found)  # type: ignore[attr-defined]

    other.do(take_back)
    other.open(1)
    app = counter_app(open_hall, 1)
    async with app.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await pilot.press("ctrl+l")
        await pilot.pause()
        assert "no lock" in message(app)
        assert not isinstance(app.screen, LockedScreen)


async def test_a_small_window_shows_the_whole_question(app: CounterApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await comes(pilot, OpeningDialog)
        shown = screen_text(app)
        assert all(part in shown for part in ("Password:", "Enter Open the counter", "A  李四"))
        assert len(app.screen.query(PersonButton)) == 2


async def test_the_program_says_that_it_runs(
    app: CounterApp, other: OtherProgram, clock: Clock
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await signs_in(pilot)
        clock.pass_by(minutes=3)
        app.say_still_here()
        await until(pilot, lambda: other.rows(SignIn)[0].seen_at == clock())


async def test_enter_pressed_twice_is_one_try(app: CounterApp, hall: OpenHall) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await signs_in(pilot)
        await pilot.press("ctrl+l")
        locked = await locks(pilot)
        locked.query_one("#password", Input).value = WRONG
        locked.sign_in()
        locked.query_one("#password", Input).value = WRONG
        locked.sign_in()
        await until(pilot, lambda: "wrong" in trouble(app))
        assert len(journalled(hall, "account.refused")) == 1
