"""Who sits down at a closed counter."""

import pytest
from textual.widgets import Input

from counter.counter_app import CounterApp
from counter.sign_in.opening_dialog import OpeningDialog, PersonButton
from db.tables import Clerk, Counter
from hall.counters import counters
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


@pytest.fixture
def app(hall: OpenHall) -> CounterApp:
    return counter_app(hall, 1)


def trouble(app: CounterApp) -> str:
    return str(app.screen.query_one("#trouble").render())


async def test_both_clerks_of_the_post_are_offered_and_a_is_the_first(
    app: CounterApp, other: OtherProgram
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await comes(pilot, OpeningDialog)
        labels = [str(button.label) for button in app.screen.query(PersonButton)]
        assert labels == ["A  李四  1001", "B  周五  1002"]
        await pilot.press("enter")
        await sits_down(pilot)
        assert other.rows(Counter)[0].clerk_id == 1
        assert message(app) == "Counter 1 is open."


async def test_b_opens_it_with_the_mouse(app: CounterApp, other: OtherProgram) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await comes(pilot, OpeningDialog)
        await pilot.click(list(app.screen.query(PersonButton))[1])
        await sits_down(pilot)
        assert other.rows(Counter)[0].clerk_id == 2


async def test_a_wrong_staff_number_is_told_and_can_be_mended(
    app: CounterApp, other: OtherProgram
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await comes(pilot, OpeningDialog)
        await pilot.press("down", "down", *"77[b]", "enter")
        await until(pilot, lambda: isinstance(app.screen, OpeningDialog) and trouble(app) != "")
        assert trouble(app) == "There is no clerk with staff number 77[b]."
        field = app.screen.query_one(Input)
        assert field.value == "77[b]"
        field.value = "1003"
        await pilot.press("enter")
        await sits_down(pilot)
        assert other.rows(Counter)[0].clerk_id == 3


async def test_it_is_not_left_without_an_answer(app: CounterApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await comes(pilot, OpeningDialog)
        await pilot.press("escape", "down", "down", "enter")
        assert isinstance(app.screen, OpeningDialog)
        assert trouble(app) == "Type a staff number or choose a name."


async def test_the_question_goes_when_somebody_opens_the_counter_elsewhere(
    app: CounterApp, other: OtherProgram
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await comes(pilot, OpeningDialog)
        other.open(1)
        await sits_down(pilot)


async def test_the_program_opens_it_for_whom_it_was_started(
    hall: OpenHall, other: OtherProgram
) -> None:
    app = counter_app(hall, 1, clerk="1002")
    async with app.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        assert other.rows(Counter)[0].clerk_id == 2
        await press(pilot, "e")
        await comes(pilot, OpeningDialog)  # but only once


async def test_who_finds_the_counter_taken_is_told(hall: OpenHall, other: OtherProgram) -> None:
    other.open(1)
    app = counter_app(hall, 1, clerk="1002")
    async with app.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        assert message(app) == "Counter 1 is open already, with clerk 1001."


async def test_a_counter_without_a_post_asks_for_the_number_only(
    hall: OpenHall, other: OtherProgram
) -> None:
    def dismiss_everybody(session: object, *_: object) -> None:
        for clerk_id in (1, 2):
            clerk = session.get(Clerk, clerk_id)  # type: ignore[attr-defined]
            clerk.withdrawn = True

    other.do(dismiss_everybody)
    app = counter_app(hall, 1)
    async with app.run_test(size=SIZE) as pilot:
        await comes(pilot, OpeningDialog)
        assert not app.screen.query(PersonButton)
        await pilot.press(*"1003", "enter")
        await sits_down(pilot)


async def test_a_pause_is_not_ended_by_starting_the_program(
    hall: OpenHall, other: OtherProgram
) -> None:
    other.open(1)
    other.open(3)  # takes the same matters
    other.do(counters.pause, 1, "用餐")
    app = counter_app(hall, 1, clerk="1001")
    async with app.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        assert other.rows(Counter)[0].state == "paused"


async def test_one_left_open_overnight_says_so_and_is_opened_again(
    at_one: CounterApp, clock: Clock, other: OtherProgram
) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        clock.pass_by(days=1)
        await pilot.press("n")  # somebody goes on where yesterday ended
        await comes(pilot, OpeningDialog)
        assert "since 11-23 09:00" in words(at_one, "#left-open")
        assert other.rows(Counter)[0].state == "closed"
        await until(pilot, lambda: at_one.counter_screen.busy is None)
        await pilot.press("enter")
        await sits_down(pilot)
        assert other.rows(Counter)[0].clerk_id == 1


async def test_one_closed_in_time_says_nothing_of_it(app: CounterApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await comes(pilot, OpeningDialog)
        assert not app.screen.query("#left-open")
