"""Pausing at the screen: with a stand-in, with leave, or not."""

from datetime import timedelta

import pytest
from textual.widgets import Button, Input

from counter.counter_app import CounterApp
from counter.dialogs.help_dialogs import (
    AskLeaveDialog,
    DutyManagerDialog,
    EmergencyDialog,
    TakeBackDialog,
)
from counter.dialogs.pause_dialog import PauseDialog
from counter.verbs import Verb
from db.tables import Clerk, Counter, CounterMessage, HelpRequest, Role
from hall.counters import counter_messages, help_requests
from tests.counter.at_the_counter import (
    NINE,
    SIZE,
    OtherProgram,
    comes,
    highlighted,
    message,
    press,
    sits_down,
    until,
    words,
)


def state(other: OtherProgram, counter: int = 1) -> str:
    found: str = other.rows(Counter)[counter - 1].state
    return found


async def test_the_last_one_is_offered_to_ask_and_with_leave_pauses_by_itself(
    at_one: CounterApp, other: OtherProgram
) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "p")
        await comes(pilot, PauseDialog)
        await pilot.press("down", "enter", *"1000", "enter")
        await comes(pilot, AskLeaveDialog)
        assert "last open one for 提取" in message(at_one)
        assert words(at_one, "#asked-for") == "Asked for: Meal break, until 10:00."
        await press(pilot, "enter")
        await until(pilot, lambda: len(other.rows(HelpRequest)) == 1)
        (asked,) = other.rows(HelpRequest)
        assert (asked.kind, asked.words, asked.clerk_id) == ("pause", "Meal break", 1)
        assert asked.until == NINE + timedelta(hours=1)
        assert state(other) == "open"

        def grant(session: object, *_: object) -> None:
            manager = session.get(Clerk, 3)  # type: ignore[attr-defined]
            manager.role = Role.DUTY_MANAGER
            help_requests.answer(
                session,  # type: ignore[arg-type]
                other.rules,
                asked.id,
                manager,
                other.clock(),
                granted=True,
            )

        other.do(grant)
        await until(pilot, lambda: highlighted(at_one) == [Verb.REOPEN])
        assert other.rows(Counter)[0].pause_reason == "Meal break"


async def test_who_does_not_ask_goes_on_and_who_asked_may_take_it_back(
    at_one: CounterApp, other: OtherProgram
) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        screen = await sits_down(pilot)
        for answer in ("escape", "enter"):
            await press(pilot, "p")
            await comes(pilot, PauseDialog)
            await pilot.press("enter", "enter")
            await comes(pilot, AskLeaveDialog)
            await press(pilot, answer)
            await sits_down(pilot)
            assert len(other.rows(HelpRequest)) == (answer == "enter")
        await until(pilot, lambda: screen.view is not None and len(screen.view.help) == 1)
        await press(pilot, "p")
        await comes(pilot, TakeBackDialog)
        assert "Leave to pause was asked at 09:00" in words(at_one, "#dialog-title")
        await press(pilot, "enter")
        await until(pilot, lambda: other.rows(HelpRequest)[0].ended_at is not None)
        assert state(other) == "open"


async def test_with_the_stand_in_there_it_pauses_and_tells_who_takes_the_line(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.open(2)  # with 1002, who is B of counter 1
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "p")
        await comes(pilot, PauseDialog)
        await press(pilot, "enter", "enter")
        await until(pilot, lambda: state(other) == "paused")
        await until(pilot, lambda: "counter 2 takes its line" in message(at_one))
        assert [one.counter_id for one in other.rows(CounterMessage)] == [2]


async def test_who_closes_is_told_who_waits_for_nobody(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "e")
        await until(pilot, lambda: state(other) == "closed")
        assert message(at_one) == "Counter 1 is closed. People wait whom nobody takes now: 提取 1"


# -- calls for help ------------------------------------------------------------------------------


async def test_the_duty_manager_is_called_once_and_the_call_taken_back(
    at_one: CounterApp, other: OtherProgram
) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        screen = await sits_down(pilot)
        screen.ask_for_duty_manager(Verb.MANAGER)
        await comes(pilot, DutyManagerDialog)
        await press(pilot, "down", "enter")
        await until(pilot, lambda: message(at_one) == "The duty manager is called.")
        (asked,) = other.rows(HelpRequest)
        assert (asked.kind, asked.words) == ("duty_manager", "A matter I may not decide")
        await until(pilot, lambda: screen.view is not None and len(screen.view.help) == 1)
        screen.ask_for_duty_manager(Verb.MANAGER)
        await comes(pilot, TakeBackDialog)
        await press(pilot, "enter")
        await until(pilot, lambda: "taken back" in message(at_one))
        assert screen.view is not None and screen.view.help == ()


@pytest.mark.parametrize("key", ["u", "enter", "space"])
async def test_no_key_alone_raises_the_alarm_however_often_it_is_pressed(
    at_one: CounterApp, other: OtherProgram, key: str
) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        screen = await sits_down(pilot)
        screen.ask_for_emergency(Verb.EMERGENCY)
        await comes(pilot, EmergencyDialog)
        for _ in range(5):
            await pilot.press(key)
            await pilot.pause()
        assert isinstance(at_one.screen, EmergencyDialog)
        assert other.rows(HelpRequest) == []


async def test_chosen_and_confirmed_everyone_on_duty_is_told(
    at_one: CounterApp, other: OtherProgram
) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        screen = await sits_down(pilot)
        screen.ask_for_emergency(Verb.EMERGENCY)
        await comes(pilot, EmergencyDialog)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "A dispute" in words(at_one, "#trouble")
        await press(pilot, "u")
        await until(pilot, lambda: "Everyone on duty" in message(at_one))
        assert other.rows(HelpRequest)[0].kind == "emergency"
        assert screen.view is not None and len(screen.view.emergencies) == 1


async def test_the_alarm_in_ones_own_words_needs_words_and_a_double_click_is_one(
    at_one: CounterApp, other: OtherProgram, hasty_hand: None
) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        screen = await sits_down(pilot)
        screen.ask_for_emergency(Verb.EMERGENCY)
        await comes(pilot, EmergencyDialog)
        await pilot.press("up")
        await pilot.click("#confirm")
        assert words(at_one, "#trouble") == "Say what has happened."
        at_one.screen.query_one("#own-words", Input).value = "用u键打翻了水[red]"
        for _ in range(2):
            await pilot.pause(0.3)  # outlasts the moment in which a Button ignores presses anyway
            await pilot.click("#confirm")
        await pilot.pause()
        assert isinstance(at_one.screen, EmergencyDialog)
        assert str(at_one.screen.query_one("#confirm", Button).label) == "U Raise the alarm"
        await press(pilot, "u")
        await until(pilot, lambda: len(other.rows(HelpRequest)) == 1)
        assert other.rows(HelpRequest)[0].words == "用u键打翻了水[red]"


# -- messages ------------------------------------------------------------------------------------


async def test_messages_are_read_one_by_one(at_one: CounterApp, other: OtherProgram) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        screen = await sits_down(pilot)

        def texts() -> list[str]:
            return [one.text for one in screen.view.messages] if screen.view is not None else []

        for text in ("一", "二"):
            other.do(counter_messages.send, [1], text, None)
        await until(pilot, lambda: texts() == ["一", "二"])
        assert screen.view is not None
        screen.mark_read(Verb.READ, screen.view)
        await until(pilot, lambda: texts() == ["二"])
        screen.mark_read(Verb.READ, screen.view)
        await until(pilot, lambda: texts() == [])
        assert [one.read_by_id for one in other.rows(CounterMessage)] == [1, 1]
