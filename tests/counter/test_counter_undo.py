"""One key takes the last step back and says what it was; or says why not."""

from textual.widgets import Static

from counter.counter_app import CounterApp
from counter.operations import UNDONE
from counter.verbs import Verb
from db.engine import writing
from hall.tickets import calling, serving
from hall.tickets.ticket_course import UNDOABLE
from tests.counter.at_the_counter import (
    SIZE,
    Clock,
    OtherProgram,
    enabled,
    highlighted,
    message,
    press,
    sits_down,
    until,
)


def test_every_step_that_can_be_undone_has_its_sentence() -> None:
    assert set(UNDONE) == {step.value for step in UNDOABLE}


async def test_the_last_step_is_undone_without_a_question_and_told(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        assert Verb.UNDO not in enabled(at_one)
        await press(pilot, "n", "f")
        assert Verb.UNDO in enabled(at_one)
        await press(pilot, "z")
        assert message(at_one) == "A001 is not finished any more; it is in hand again."
        assert other.states() == {"A001": "called"}
        assert highlighted(at_one) == [Verb.START]
        assert Verb.UNDO not in enabled(at_one)
        await press(pilot, "z")
        assert "Nothing to undo at counter 1" in message(at_one)
        assert other.states() == {"A001": "called"}


async def test_a_transfer_is_undone_until_somebody_has_called_the_ticket(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.open(3)
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n", "t")
        await until(pilot, lambda: at_one.screen is not at_one.counter_screen)
        await pilot.press("right", "enter")
        await press(pilot, "enter")
        await until(pilot, lambda: other.states() == {"A001": "waiting"})
        await press(pilot, "z")
        assert message(at_one) == "A001: the transfer is undone; it is in hand again."
        assert not at_one.counter_screen.query_one("#origin", Static).display
        await press(pilot, "t")
        await until(pilot, lambda: at_one.screen is not at_one.counter_screen)
        await pilot.press("right", "enter")
        await press(pilot, "enter")
        await until(pilot, lambda: other.states() == {"A001": "waiting"})
        other.do(calling.call_next, 3)
        await until(pilot, lambda: Verb.UNDO not in enabled(at_one))
        await press(pilot, "z")
        assert "Something else has happened to A001" in message(at_one)
        assert other.states() == {"A001": "called"}


async def test_only_the_step_that_was_seen_is_undone(
    at_one: CounterApp, other: OtherProgram, clock: Clock
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n")
        with writing(other.engine) as session:  # what is pressed meanwhile waits for this
            await pilot.press("z")  # meant for the call
            serving.start(session, other.rules, 1, clock())
        await until(pilot, lambda: at_one.counter_screen.busy is None)
        assert "has done something else meanwhile" in message(at_one)
        assert other.states() == {"A001": "serving"}


async def test_a_step_is_not_undone_after_its_time(
    at_one: CounterApp, other: OtherProgram, clock: Clock
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n")
        clock.pass_by(seconds=other.rules.numbers.undo_seconds + 1)
        await press(pilot, "z")
        assert message(at_one) == (
            "Nothing to undo at counter 1: only its last step can be, for 120 s."
        )
        assert other.states() == {"A001": "called"}
