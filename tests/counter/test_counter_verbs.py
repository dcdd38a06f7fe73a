"""The clerk's verbs: what each key leaves in the database, and what it never does."""

import pytest
from textual.widgets import Input

from counter.counter_app import CounterApp
from counter.dialogs.bring_back_dialog import BringBackDialog
from counter.dialogs.call_dialog import CallDialog
from counter.dialogs.pause_dialog import PauseDialog
from counter.help_overlay import HelpOverlay
from counter.verb_bar import VerbButton
from counter.verb_runner import SLOW_S
from counter.verbs import KEYS, Verb
from db.engine import writing
from db.tables import Announcement, Call, Counter
from hall.open_hall import OpenHall
from hall.tickets import calling, serving
from tests.counter.at_the_counter import (
    SIZE,
    Clock,
    OtherProgram,
    comes,
    counter_app,
    enabled,
    highlighted,
    message,
    press,
    sits_down,
    until,
)


async def test_one_key_each_takes_a_citizen_from_the_line_to_the_end(
    at_one: CounterApp, other: OtherProgram, clock: Clock
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n")
        assert other.states() == {"A001": "called"}
        clock.pass_by(seconds=20)
        await press(pilot, "r")
        assert message(at_one) == "A001 is called again, call 2."
        await press(pilot, "s")
        assert other.states() == {"A001": "serving"}
        clock.pass_by(minutes=6)
        await press(pilot, "f")
        assert other.states() == {"A001": "finished"}
        view = at_one.counter_screen.view
        assert view is not None and view.day.served == 1
        assert view.day.average is not None and view.day.average.total_seconds() == 360
    assert [call.kind for call in other.rows(Call)] == ["next", "recall"]
    assert len(other.rows(Announcement)) == 1


@pytest.mark.usefixtures("patient_hand")
@pytest.mark.parametrize("key", ["enter", "space"])
async def test_enter_always_does_what_is_highlighted(
    at_one: CounterApp, other: OtherProgram, key: str
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        assert highlighted(at_one) == [Verb.NEXT]
        await press(pilot, key)
        assert highlighted(at_one) == [Verb.START]
        await press(pilot, key)
        assert highlighted(at_one) == [Verb.FINISH]
        await press(pilot, key)
        assert other.states() == {"A001": "finished"}
        assert highlighted(at_one) == [Verb.NEXT]


async def test_a_second_press_gives_no_second_call(at_one: CounterApp, other: OtherProgram) -> None:
    other.issue()
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        with writing(other.engine):  # another program is writing, so the first has to wait
            await pilot.press("n")
            await pilot.press("n")
            await pilot.press("enter")
            await pilot.pause(2 * SLOW_S)  # by now it is slow, and still says why nothing happens
            assert "still under way" in message(at_one)
        await until(pilot, lambda: at_one.counter_screen.busy is None)
    assert other.states() == {"A001": "called", "A002": "waiting"}
    assert len(other.rows(Call)) == 1


@pytest.mark.usefixtures("hasty_hand")
async def test_an_enter_pressed_twice_starts_nobody(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        screen = await sits_down(pilot)
        screen.step_moved_at = screen.step_pressed_at = -60.0
        await press(pilot, "enter")
        await press(pilot, "enter")
        assert "Press once more" in message(at_one)
        assert other.states() == {"A001": "called"}


async def test_no_show_is_refused_until_one_was_called_often_enough(
    at_one: CounterApp, other: OtherProgram, clock: Clock
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n", "x")
        assert "called 1 of 3 times" in message(at_one)
        assert other.states() == {"A001": "called"}
        await press(pilot, "r")
        assert "does not count" in message(at_one)
        for _ in range(2):
            clock.pass_by(seconds=11)
            await press(pilot, "r")
        await press(pilot, "x")
        assert other.states() == {"A001": "no_show"}


async def test_who_was_absent_is_brought_back_from_a_list(
    at_one: CounterApp, other: OtherProgram, clock: Clock
) -> None:
    other.issue()
    other.do(calling.call_next, 1)
    for _ in range(2):
        clock.pass_by(seconds=11)
        other.do(calling.recall, 1)
    other.do(serving.no_show, 1)
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "q")
        await comes(pilot, BringBackDialog)
        await press(pilot, "enter")
        assert other.states() == {"A001": "waiting"}
        assert message(at_one) == "A001 is back in the line."
        await press(pilot, "q")
        assert message(at_one) == "Nobody is marked absent."


@pytest.mark.usefixtures("hasty_hand")
async def test_an_enter_pressed_twice_in_a_dialog_calls_nobody(
    at_one: CounterApp, other: OtherProgram, clock: Clock
) -> None:
    other.issue()
    other.do(calling.call_next, 1)
    for _ in range(2):
        clock.pass_by(seconds=11)
        other.do(calling.recall, 1)
    other.do(serving.no_show, 1)
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "q")
        await comes(pilot, BringBackDialog)
        at_one.counter_screen.step_moved_at = -60.0
        await press(pilot, "enter", "enter")
        assert "Press once more" in message(at_one)
        assert other.states() == {"A001": "waiting"}


async def test_one_is_called_out_of_turn_and_the_reason_is_kept(
    at_one: CounterApp, other: OtherProgram
) -> None:
    for _ in range(3):
        other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "c")
        await comes(pilot, CallDialog)
        await pilot.press(*"a003", "enter", "up", "enter")  # up from the first: own words
        at_one.screen.query_one("#own-words", Input).value = "带婴儿[red]"
        await press(pilot, "enter")
        await until(pilot, lambda: other.states()["A003"] == "called")
        assert other.rows(Call)[0].reason["told"] == "带婴儿[red]"
        await press(pilot, "c")
        assert "still has A003" in message(at_one)


async def test_a_pause_says_why_and_until_when_and_ends_on_one_key(
    at_one: CounterApp, other: OtherProgram, hall: OpenHall
) -> None:
    other.open(3)  # takes the same matters
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "p")
        await comes(pilot, PauseDialog)
        await pilot.press("down", "enter", *"0830", "enter")
        assert "passed" in str(at_one.screen.query_one("#trouble").render())
        await press(pilot, "home", "delete", "delete", *"12", "enter")
        await until(pilot, lambda: highlighted(at_one) == [Verb.REOPEN])
        row = other.rows(Counter)[0]
        assert (row.state, row.pause_reason) == ("paused", "Meal break")
        assert f"{hall.rules.local(row.pause_until):%H:%M}" == "12:30"
        assert enabled(at_one) >= {Verb.REOPEN, Verb.CLOSE}
        assert Verb.NEXT not in enabled(at_one)
        await press(pilot, "o")
        assert other.rows(Counter)[0].state == "open"


async def test_a_counter_with_somebody_in_hand_is_not_closed(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n", "e")
        assert "still has A001" in message(at_one)
        assert other.rows(Counter)[0].state == "open"


async def test_two_programs_at_one_counter_show_and_do_the_same(
    at_one: CounterApp, other: OtherProgram, hall: OpenHall
) -> None:
    for _ in range(2):
        other.issue()
    twin = counter_app(hall, 1)
    async with at_one.run_test(size=SIZE) as here, twin.run_test(size=SIZE) as there:
        await sits_down(here)
        await sits_down(there)
        await press(here, "n")
        await until(there, lambda: highlighted(twin) == [Verb.START])
        with writing(other.engine):  # so that both have pressed before either has done it
            await here.press("f")
            await there.press("x")
        await until(here, lambda: at_one.counter_screen.busy is None)
        await until(there, lambda: twin.counter_screen.busy is None)
        assert other.states() == {"A001": "finished", "A002": "waiting"}
        assert message(twin) != ""
        await press(there, "n")
        await until(here, lambda: highlighted(at_one) == [Verb.START])
        assert other.states()["A002"] == "called"


async def test_a_press_meant_for_one_citizen_never_hits_the_next(
    at_one: CounterApp, other: OtherProgram, clock: Clock
) -> None:
    for _ in range(2):
        other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n")
        with writing(other.engine) as session:  # what is pressed meanwhile waits for this
            await pilot.press("f")
            serving.finish(session, other.rules, 1, clock())
            calling.call_next(session, other.rules, 1, clock())
        await until(pilot, lambda: at_one.counter_screen.busy is None)
        assert other.states() == {"A001": "finished", "A002": "called"}
        assert message(at_one).startswith("Counter 1 has A002 in hand by now")
        assert at_one.counter_screen.view is not None
        assert at_one.counter_screen.view.in_hand is not None
        assert at_one.counter_screen.view.in_hand.number == "A002"


async def test_every_verb_is_a_button_for_the_mouse_too(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=(80, 24)) as pilot:
        screen = await sits_down(pilot)
        for button in screen.query(VerbButton):
            assert screen.region.contains_region(button.region), button.verb
        await pilot.click("#next")
        await until(pilot, lambda: other.states() == {"A001": "called"})


async def test_every_key_is_explained(at_one: CounterApp) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await pilot.press("f1")
        await comes(pilot, HelpOverlay)
        explained = [str(row.render()) for row in at_one.screen.query("#dialog > Static")]
        for key in (*KEYS.values(), "F1", "Ctrl+Q"):
            assert any(row.startswith(f"{key} ") for row in explained), key
        await pilot.press("escape")
        assert at_one.screen is at_one.counter_screen
