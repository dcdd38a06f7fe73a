"""Put aside and taken up again: nobody is forgotten, nobody is served twice."""

import pytest
from textual.widgets import Input

from counter.counter_app import CounterApp
from counter.dialogs.hold_dialog import HoldDialog
from counter.dialogs.resume_dialog import ResumeDialog
from counter.verbs import Verb
from db.engine import writing
from db.tables import Ticket
from hall.open_hall import OpenHall
from hall.tickets import calling, holding, serving
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
    words,
)


def put_aside(other: OtherProgram, counter: int, reason: str = "去复印") -> str:
    other.do(calling.call_next, counter)
    held: Ticket = other.do(holding.hold, counter, reason)
    return held.name


async def test_who_is_put_aside_is_listed_with_reason_and_time_and_the_hands_are_free(
    at_one: CounterApp, other: OtherProgram, clock: Clock
) -> None:
    other.issue()
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n", "s", "h")
        await comes(pilot, HoldDialog)
        assert "A001" in words(at_one, "#dialog-title")
        await press(pilot, "down", "enter")
        await until(pilot, lambda: other.states()["A001"] == "held")
        assert other.rows(Ticket)[0].hold_reason == "Fetches papers that are missing"
        clock.pass_by(minutes=7)
        at_one.counter_screen.look()
        await until(pilot, lambda: "7 min" in words(at_one, "#held"))
        assert "A001 Fetches papers" in words(at_one, "#held")
        assert highlighted(at_one) == [Verb.NEXT]
        await press(pilot, "n")
        assert other.states() == {"A001": "held", "A002": "called"}


async def test_the_reason_may_be_ones_own_words_but_not_none(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n", "h")
        await comes(pilot, HoldDialog)
        await pilot.press("up", "enter", "enter")  # up from the first: own words, still empty
        assert isinstance(at_one.screen, HoldDialog)
        at_one.screen.query_one("#own-words", Input).value = "找家属[red]"
        await press(pilot, "enter")
        await until(pilot, lambda: other.states() == {"A001": "held"})
        assert "A001 找家属[red]" in words(at_one, "#held")


async def test_a_question_that_is_left_puts_nobody_aside(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "h")
        assert message(at_one) == "Counter 1 has no ticket in hand."
        await press(pilot, "n", "h")
        await comes(pilot, HoldDialog)
        await press(pilot, "escape")
        assert other.states() == {"A001": "called"}


async def test_the_only_one_put_aside_is_taken_up_by_enter(
    at_one: CounterApp, other: OtherProgram, clock: Clock
) -> None:
    other.issue()
    put_aside(other, 1)
    clock.pass_by(minutes=12)
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        assert highlighted(at_one) == [Verb.RESUME]  # nobody else waits
        await press(pilot, "g")
        await comes(pilot, ResumeDialog)
        assert words(at_one, "#dialog-title") == "Go on with A001?"
        await press(pilot, "enter")
        await until(pilot, lambda: other.states() == {"A001": "serving"})
        assert highlighted(at_one) == [Verb.FINISH]
        assert "Put aside so far  12 min" in words(at_one, "#particulars")
        assert Verb.RESUME not in enabled(at_one)


async def test_ones_own_come_first_then_those_of_others_this_counter_may_take(
    hall: OpenHall, other: OtherProgram, clock: Clock
) -> None:
    for counter, service in ((1, "T201"), (2, "D301"), (3, "T201")):
        other.open(counter)
        other.issue(service)
        put_aside(other, counter)
        clock.pass_by(minutes=1)
    both, loans = counter_app(hall, 3), counter_app(hall, 2)
    async with both.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "g")
        await comes(pilot, ResumeDialog)
        assert isinstance(both.screen, ResumeDialog)
        assert [ticket.number for ticket in both.screen.held] == ["A002", "A001", "B001"]
        assert "Counter 1" in both.screen.rows()[1]
        await press(pilot, "down", "enter")
        await until(pilot, lambda: other.states()["A001"] == "serving")
        assert {row.name: row.counter_id for row in other.rows(Ticket)}["A001"] == 3
    async with loans.run_test(size=SIZE) as pilot:
        screen = await sits_down(pilot)
        assert screen.view is not None
        assert [ticket.number for ticket in screen.view.held] == ["B001"]  # it takes loans only


async def test_of_two_who_take_up_the_same_ticket_the_loser_is_told_who_has_it(
    at_one: CounterApp, other: OtherProgram, clock: Clock
) -> None:
    other.open(3)
    other.issue()
    put_aside(other, 1)
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "g")
        await comes(pilot, ResumeDialog)
        with writing(other.engine) as session:  # what is pressed meanwhile waits for this
            await pilot.press("enter")
            holding.resume(session, other.rules, 3, "A001", clock())
        await until(pilot, lambda: at_one.counter_screen.busy is None)
        assert message(at_one) == "A001 is not put aside any more: counter 3 has it in hand."
        assert {row.name: row.counter_id for row in other.rows(Ticket)} == {"A001": 3}
        assert highlighted(at_one) == [Verb.NEXT]


async def test_a_reason_meant_for_one_citizen_never_puts_the_next_aside(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n", "h")
        await comes(pilot, HoldDialog)
        other.do(serving.finish, 1)
        other.do(calling.call_next, 1)
        await press(pilot, "enter")
        await until(pilot, lambda: "A002 in hand by now" in message(at_one))
        assert other.states() == {"A001": "finished", "A002": "called"}


async def test_nobody_is_taken_up_with_full_hands_or_during_a_pause(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.open(3)  # takes the same matters
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "g")
        assert message(at_one) == "Nobody is put aside."
        other.issue()
        put_aside(other, 1)
        other.issue()
        await until(pilot, lambda: Verb.RESUME in enabled(at_one))
        await press(pilot, "n", "g")
        assert "still has A002" in message(at_one)
        await press(pilot, "f", "p")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: highlighted(at_one) == [Verb.REOPEN])
        await press(pilot, "g")
        assert "is paused" in message(at_one)
        assert Verb.RESUME not in enabled(at_one)


@pytest.mark.parametrize("held_by", [1, 3])
async def test_who_closes_is_told_of_those_left_put_aside(
    at_one: CounterApp, other: OtherProgram, held_by: int
) -> None:
    other.open(3)
    other.issue()
    put_aside(other, held_by)
    async with at_one.run_test(size=SIZE) as pilot:
        screen = await sits_down(pilot)
        await press(pilot, "e")
        await until(pilot, lambda: screen.view is not None and screen.view.state == "closed")
        told = "Counter 1 is closed."
        assert message(at_one) == (f"{told} Still put aside here: A001" if held_by == 1 else told)
