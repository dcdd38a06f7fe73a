"""Nobody sees or does anything at a counter under another's name."""

import pytest
from textual.widgets import Input

from counter.counter_app import CounterApp
from counter.sign_in.locked_screen import LockedScreen
from counter.sign_in.opening_dialog import OpeningDialog
from counter.sign_in.sign_in_dialogs import NewPasswordDialog, TakeOverDialog
from db.tables import Clerk, Counter, Credential, SignIn
from hall.accounts import authentication
from hall.accounts.sign_in import sign_in
from hall.open_hall import OpenHall
from tests.counter.at_the_counter import (
    SIZE,
    Clock,
    OtherProgram,
    comes,
    counter_app,
    message,
    press,
    sits_down,
    until,
    words,
)
from tests.counter.signed_in import guarded, locks, signs_in, trouble, types
from tests.screen_text import screen_text
from tests.signing_in import RIGHT, WRONG, journalled, with_password


@pytest.fixture
def hall(hall: OpenHall) -> OpenHall:
    return guarded(hall)


@pytest.fixture
def app(hall: OpenHall) -> CounterApp:
    return counter_app(hall, 1)


# -- a closed counter ------------------------------------------------------------------------------


async def test_a_name_is_chosen_and_the_password_typed(
    app: CounterApp, other: OtherProgram
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await comes(pilot, OpeningDialog)
        await pilot.press("enter")  # A is highlighted
        assert app.screen.query_one("#staff-number", Input).value == "1001"
        await pilot.press(*"battery", "enter")
        await until(pilot, lambda: isinstance(app.screen, OpeningDialog) and trouble(app) != "")
        assert trouble(app) == "The staff number or the password is wrong."
        assert app.screen.query_one("#staff-number", Input).value == "1001"
        await types(pilot, RIGHT)
        await sits_down(pilot)
        assert message(app) == "Counter 1 is open."
        assert [one.clerk_id for one in other.rows(SignIn)] == [1]
        await press(pilot, "e")  # closes it
        await comes(pilot, OpeningDialog)
        assert other.rows(SignIn) == []
        assert trouble(app) == ""


async def test_a_number_typed_over_a_name_is_not_lost(app: CounterApp, hall: OpenHall) -> None:
    """Else the try, and at last the lock-out, would be of whoever was highlighted."""
    async with app.run_test(size=SIZE) as pilot:
        await comes(pilot, OpeningDialog)
        await pilot.press(*"1002", "enter", *"battery", "enter")
        await until(pilot, lambda: len(journalled(hall, "account.refused")) == 1)
        assert journalled(hall, "account.refused")[0].who == "1002"


async def test_the_password_is_never_seen(app: CounterApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await comes(pilot, OpeningDialog)
        await pilot.press("enter", *"battery")
        assert app.screen.query_one("#password", Input).value == "battery"
        assert "battery" not in screen_text(app)


async def test_without_a_password_nothing_is_asked_of_the_hall(app: CounterApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await comes(pilot, OpeningDialog)
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert trouble(app) == "Type the password."


async def test_the_program_asks_the_password_of_whom_it_was_started_for(
    hall: OpenHall, other: OtherProgram
) -> None:
    app = counter_app(hall, 1, clerk="1002")
    async with app.run_test(size=SIZE) as pilot:
        await comes(pilot, OpeningDialog)
        assert other.rows(Counter)[0].state == "closed"
        assert app.screen.query_one("#staff-number", Input).value == "1002"
        await pilot.press(*WRONG, "enter")
        await until(pilot, lambda: isinstance(app.screen, OpeningDialog) and trouble(app) != "")
        await types(pilot, RIGHT)
        await sits_down(pilot)
        assert other.rows(Counter)[0].clerk_id == 2


async def test_who_may_not_serve_is_told_and_journalled(
    app: CounterApp, hall: OpenHall, other: OtherProgram
) -> None:
    def to_supervision(session: object, *_: object) -> None:
        session.get(Clerk, 2).role = "supervision"  # type: ignore[attr-defined]

    other.do(to_supervision)
    async with app.run_test(size=SIZE) as pilot:
        await comes(pilot, OpeningDialog)
        app.screen.query_one("#staff-number", Input).value = "1002"
        app.screen.query_one("#password").focus()
        await types(pilot, RIGHT)
        await until(pilot, lambda: isinstance(app.screen, OpeningDialog) and trouble(app) != "")
        assert trouble(app) == "Clerk 1002 does not have the right: serve at a counter."
    (entry,) = journalled(hall, "account.not_allowed")
    assert (entry.who, entry.place, entry.why) == ("1002", "counter 1", "serve")


async def test_a_first_password_is_changed_there_and_then(
    app: CounterApp, hall: OpenHall, other: OtherProgram
) -> None:
    given = authentication.give_one_time(hall, "1002", by="", place="here")
    async with app.run_test(size=SIZE) as pilot:
        await comes(pilot, OpeningDialog)
        app.screen.query_one("#staff-number", Input).value = "1002"
        app.screen.query_one("#password").focus()
        await types(pilot, given.password)
        await comes(pilot, NewPasswordDialog)
        await types(pilot, "short", field="#new-password")
        await types(pilot, "shirt", field="#again")
        assert trouble(app) == "The two are not alike; write both again."
        await types(pilot, "short", field="#new-password")
        await types(pilot, "short", field="#again")
        await until(pilot, lambda: "at least 8" in trouble(app))
        assert other.rows(SignIn) == []
        await types(pilot, "my own words", field="#new-password")
        await types(pilot, "my own words", field="#again")
        await sits_down(pilot)
        assert [one.must_change for one in other.rows(Credential)] == [False, False]
        assert [one.clerk_id for one in other.rows(SignIn)] == [2]


async def test_who_does_not_choose_a_password_is_not_let_in(
    app: CounterApp, hall: OpenHall, other: OtherProgram
) -> None:
    given = authentication.give_one_time(hall, "1001", by="", place="here")
    async with app.run_test(size=SIZE) as pilot:
        await comes(pilot, OpeningDialog)
        await pilot.press("enter")
        await types(pilot, given.password)
        await comes(pilot, NewPasswordDialog)
        await pilot.press("escape")
        await comes(pilot, OpeningDialog)
        assert other.rows(Counter)[0].state == "closed"


async def test_accounts_that_come_into_force_lock_the_counters_that_are_open(
    hall: OpenHall, other: OtherProgram
) -> None:
    def take_back(session: object, *_: object) -> None:
        for clerk_id in (1, 2):
            session.delete(session.get(Credential, clerk_id))  # type: ignore[attr-defined]

    other.do(take_back)
    other.open(1)
    app = counter_app(hall, 1)
    async with app.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        with_password(hall, "1001")
        await locks(pilot)
        await types(pilot, RIGHT)
        await sits_down(pilot)


# -- an open one -----------------------------------------------------------------------------------


async def test_an_open_counter_says_who_has_it_and_shows_nothing_else(
    hall: OpenHall, other: OtherProgram
) -> None:
    ticket = other.issue()
    sign_in(hall, 1, "1001", RIGHT)
    app = counter_app(hall, 1, clerk="1002")
    async with app.run_test(size=SIZE) as pilot:
        await locks(pilot)
        told = words(app, "#who")
        assert told == "It is open with 李四 1001, since 09:00."
        assert words(app, "#whose-password") == "Password of 李四 1001:"
        assert ticket not in screen_text(app)
        assert "购买自住住房提取" not in screen_text(app)
        await pilot.press("n", "escape")
        assert isinstance(app.screen, LockedScreen)
        await types(pilot, WRONG)
        await until(pilot, lambda: "wrong" in trouble(app))
        assert other.states() == {ticket: "waiting"}
        await types(pilot, RIGHT)
        await sits_down(pilot)
        await press(pilot, "n")
        assert other.states() == {ticket: "called"}


async def test_the_one_who_goes_on_elsewhere_leaves_a_locked_page_that_says_so(
    app: CounterApp, hall: OpenHall, other: OtherProgram, clock: Clock
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await signs_in(pilot)
        clock.pass_by(minutes=31)
        sign_in(hall, 3, "1001", RIGHT, reason="换窗口")
        await comes(pilot, OpeningDialog)  # this counter is closed
        await until(pilot, lambda: trouble(app) != "")
        assert trouble(app) == "1001 signed in at counter 3 at 09:31; this screen is signed off."


async def test_going_on_in_another_program_locks_this_one_and_says_so(
    app: CounterApp, hall: OpenHall, clock: Clock
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await signs_in(pilot)
        clock.pass_by(minutes=31)
        sign_in(hall, 1, "1001", RIGHT)
        await locks(pilot)
        await until(pilot, lambda: words(app, "#because") != "")
        told = "1001 signed in here in another program at 09:31; this one is locked."
        assert words(app, "#because") == told


async def test_the_first_place_is_told_and_left_with_a_reason_only(
    hall: OpenHall, other: OtherProgram
) -> None:
    sign_in(hall, 3, "1001", RIGHT)
    app = counter_app(hall, 1)
    async with app.run_test(size=SIZE) as pilot:
        await comes(pilot, OpeningDialog)
        await pilot.press("enter")
        await types(pilot, RIGHT)
        await comes(pilot, TakeOverDialog)
        assert words(app, "#dialog-title") == "1001 is signed in at counter 3 since 09:00."
        await pilot.press("escape")
        await comes(pilot, OpeningDialog)
        assert [one.counter_id for one in other.rows(SignIn)] == [3]

        await pilot.press("enter")
        await types(pilot, RIGHT)
        await comes(pilot, TakeOverDialog)
        await pilot.press("down", "enter")
        await sits_down(pilot)
        assert [one.counter_id for one in other.rows(SignIn)] == [1]
    assert journalled(hall, "account.taken_over")[0].why == "moved"


async def test_a_press_in_the_last_moment_does_nothing_any_more(
    app: CounterApp, hall: OpenHall, other: OtherProgram
) -> None:
    """The bell has not rung here yet, but this program is not the one signed in any more."""
    other.issue()
    async with app.run_test(size=SIZE) as pilot:
        await signs_in(pilot)
        app.leave_hall()  # deaf from here on
        sign_in(hall, 1, "1001", RIGHT)
        await press(pilot, "n")
        assert other.states() == {"A001": "waiting"}
        await locks(pilot)  # what it read after that shows why
