"""At the locked screen the post's other person takes over, and finds nothing of who left."""

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from counter.counter_app import CounterApp
from counter.dialogs.call_dialog import CallDialog
from counter.sign_in.locked_screen import LockedScreen
from db.tables import Counter, SignIn
from hall.accounts.sign_in import sign_in
from hall.open_hall import OpenHall
from hall.tickets import calling
from tests.counter.at_the_counter import (
    SIZE,
    OtherProgram,
    comes,
    counter_app,
    press,
    sits_down,
    until,
    words,
)
from tests.signing_in import CHEAP, RIGHT, WRONG, with_password


@pytest.fixture
def app(hall: OpenHall) -> CounterApp:
    """Counter 1 is open with 1001 (A); 1002 is its B."""
    hall.settings.accounts = CHEAP.model_copy()
    for number in ("1001", "1002"):
        with_password(hall, number)
    app = counter_app(hall, 1)
    app.seat = sign_in(hall, 1, "1001", RIGHT)
    return app


async def tells(pilot: Pilot[None], app: CounterApp, told: str) -> None:
    await until(pilot, lambda: told in words(app, "#trouble"))


def whose(app: CounterApp) -> str:
    return words(app, "#whose-password")


async def test_b_takes_over_with_the_own_password_and_nothing_of_a_is_left_open(
    app: CounterApp, other: OtherProgram
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await sits_down(pilot)
        await press(pilot, "c")
        await comes(pilot, CallDialog)
        await pilot.press("ctrl+l")
        await comes(pilot, LockedScreen)
        assert whose(app) == "Password of 李四 1001:"
        await pilot.press("f2")
        assert whose(app) == "Password of 周五 1002:"
        app.screen.query_one("#password", Input).value = RIGHT
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen)
        assert app.screen_stack == [screen]
        await until(
            pilot,
            lambda: (
                screen.view is not None
                and screen.view.clerk is not None
                and screen.view.clerk.staff_number == "1002"
            ),
        )
        assert other.rows(Counter)[0].clerk_id == 2
        assert [one.clerk_id for one in other.rows(SignIn)] == [2]
        other.issue()
        await press(pilot, "n")
        assert other.states() == {"A001": "called"}


async def test_the_way_back_is_the_same_key_and_a_password_typed_is_forgotten(
    app: CounterApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await sits_down(pilot)
        await pilot.press("ctrl+l")
        await comes(pilot, LockedScreen)
        await pilot.press(*"half", "f2")
        assert app.screen.query_one("#password", Input).value == ""
        await pilot.press("f2")
        assert whose(app) == "Password of 李四 1001:"
        app.screen.query_one("#password", Input).value = RIGHT
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen)
        assert screen.view is not None and screen.view.clerk is not None
        assert screen.view.clerk.staff_number == "1001"


async def test_a_wrong_password_and_a_citizen_in_hand_are_told(
    app: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    other.do(calling.call_next, 1)
    async with app.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await pilot.press("ctrl+l")
        await comes(pilot, LockedScreen)
        await pilot.press("f2")
        for password, told in ((WRONG, "is wrong"), (RIGHT, "still has A001")):
            app.screen.query_one("#password", Input).value = password
            await pilot.press("enter")
            await tells(pilot, app, told)
        assert other.rows(Counter)[0].clerk_id == 1


async def test_as_screen_is_told_who_has_taken_over(app: CounterApp, hall: OpenHall) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        sign_in(hall, 1, "1002", RIGHT)
        await comes(pilot, LockedScreen)
        await until(pilot, lambda: "周五 1002 has taken over" in words(app, "#because"))
        assert whose(app) == "Password of 周五 1002:"
