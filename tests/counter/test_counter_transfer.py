"""A citizen sent on: to the right place, with what the next clerk must know, never into nowhere."""

import pytest
from textual.widgets import Input, OptionList

from counter.counter_app import CounterApp
from counter.dialogs.transfer_dialog import BackHere, TransferDialog
from counter.verbs import Verb
from db.engine import writing
from db.tables import Service, Ticket
from hall.counters import counters
from hall.open_hall import OpenHall
from hall.tickets import calling, serving, transfers
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


@pytest.fixture
def at_one_of_three(at_one: CounterApp, other: OtherProgram) -> CounterApp:
    """With A001 called there; counters 2 (loans) and 3 (both) are open too."""
    other.open(2)
    other.open(3)
    other.issue()
    other.do(calling.call_next, 1)
    return at_one


def listed(app: CounterApp) -> list[str]:
    options = app.screen.query_one(OptionList).options
    return [str(option.prompt).split()[0] for option in options]


async def test_a_matter_found_by_typing_takes_the_ticket_with_note_and_way_back(
    at_one_of_three: CounterApp, other: OtherProgram
) -> None:
    app = at_one_of_three
    async with app.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "t")
        await comes(pilot, TransferDialog)
        assert listed(app) == ["D301"]  # not the matter it is of already
        app.screen.query_one("#target", Input).value = "贷款"
        await pilot.press("enter", "f2")
        app.screen.query_one("#note", Input).value = "请核对户名[red]"
        await press(pilot, "enter")
        await until(pilot, lambda: other.states() == {"A001": "waiting"})
        assert message(app).startswith("A001 waits for 个人住房贷款申请 now, and comes back here")
        assert highlighted(app) == [Verb.NEXT]
    row = other.rows(Ticket)[0]
    assert (row.service_id, row.note, row.return_counter_id) == (2, "请核对户名[red]", 1)


@pytest.mark.parametrize(
    ("turns", "keys", "reserved"),
    [(1, ["down"], ("counter", 3)), (2, [], ("clerk", 2)), (-1, ["up"], ("clerk", 3))],
)
async def test_arrows_choose_the_kind_and_the_counter_or_clerk(
    at_one_of_three: CounterApp,
    other: OtherProgram,
    turns: int,
    keys: list[str],
    reserved: tuple[str, int],
) -> None:
    app = at_one_of_three
    async with app.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "t")
        await comes(pilot, TransferDialog)
        await pilot.press(*["right" if turns > 0 else "left"] * abs(turns), *keys)
        await press(pilot, "enter", "enter")
        await until(pilot, lambda: other.states() == {"A001": "waiting"})
    row = other.rows(Ticket)[0]
    assert getattr(row, f"reserved_{reserved[0]}_id") == reserved[1]
    assert (row.note, row.return_counter_id) == ("", None)


async def test_the_mouse_chooses_too_and_what_is_not_there_is_told(
    at_one_of_three: CounterApp, other: OtherProgram
) -> None:
    app = at_one_of_three
    async with app.run_test(size=(80, 24)) as pilot:
        await sits_down(pilot)
        await pilot.click("#transfer")
        await comes(pilot, TransferDialog)
        await pilot.click("#to-counter")
        assert listed(app) == ["2", "3"]  # not the one it is at
        await pilot.press(*"xyz", "enter")
        assert words(app, "#trouble") == "No open counter is called so."
        await pilot.click("#confirm")
        assert isinstance(app.screen, TransferDialog)
        await pilot.press(*["backspace"] * 3)
        await pilot.click(OptionList, offset=(2, 1))
        await pilot.click("#back-here")
        assert app.screen.query_one(BackHere).value
        await pilot.click("#confirm")
        await until(pilot, lambda: other.states() == {"A001": "waiting"})
    row = other.rows(Ticket)[0]
    assert (row.reserved_counter_id, row.return_counter_id) == (3, 1)


async def test_a_target_that_closes_meanwhile_is_refused_and_the_ticket_stays_in_hand(
    at_one_of_three: CounterApp, other: OtherProgram, clock: Clock
) -> None:
    app = at_one_of_three
    async with app.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "t")
        await comes(pilot, TransferDialog)
        await pilot.press("right", "enter")
        with writing(other.engine) as session:  # what is pressed meanwhile waits for this
            await pilot.press("enter")
            counters.close(session, other.rules, 2, clock())
        await until(pilot, lambda: message(app) == "Counter 2 is not open.")
        assert other.states() == {"A001": "called"}
        assert highlighted(app) == [Verb.START]
        row = other.rows(Ticket)[0]
        assert (row.counter_id, row.reserved_counter_id) == (1, None)


async def test_what_was_meant_for_one_citizen_never_sends_the_next_away(
    at_one_of_three: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    app = at_one_of_three
    async with app.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "t")
        await comes(pilot, TransferDialog)
        other.do(serving.finish, 1)
        other.do(calling.call_next, 1)
        await press(pilot, "enter", "enter")
        await until(pilot, lambda: "A002 in hand by now" in message(app))
        assert other.states() == {"A001": "finished", "A002": "called"}


async def test_alone_in_the_hall_one_is_told_that_nobody_else_is_there(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "t")
        assert message(at_one) == "Counter 1 has no ticket in hand."
        await press(pilot, "n", "t")
        await until(pilot, lambda: message(at_one) == "Nobody else is at an open counter.")
        assert at_one.screen is at_one.counter_screen
        assert Verb.TRANSFER in enabled(at_one)


async def test_the_next_clerk_sees_whom_it_comes_from_what_was_said_and_where_it_goes_back(
    at_one_of_three: CounterApp, hall: OpenHall, other: OtherProgram, clock: Clock
) -> None:
    clock.pass_by(minutes=4)
    other.do(transfers.to_counter, 1, 3, note="请核对户名[red]", and_return=True)
    clock.pass_by(minutes=3)
    app = counter_app(hall, 3)
    async with app.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        assert words(app, "#next-tickets").split()[0] == "A001"
        assert "Only here" in words(app, "#next-tickets")
        await press(pilot, "n")
        assert words(app, "#origin").split("\n") == [
            "From counter 1 李四; goes back there when done",
            "Note: 请核对户名[red]",
        ]
        assert "Waited  3 min" in words(app, "#particulars")  # nobody waits while called
        assert "counters 1 → 3, calls 2" in words(app, "#particulars")
        await press(pilot, "f")
        assert message(app) == "A001 is done here and goes back to counter 1."
    async with at_one_of_three.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n")
        assert words(at_one_of_three, "#origin") == "Back from counter 3 吴六"
        await press(pilot, "f")
        assert message(at_one_of_three) == "A001 is finished."


async def test_who_would_go_back_to_a_closed_counter_goes_into_the_line(
    at_one_of_three: CounterApp, hall: OpenHall, other: OtherProgram
) -> None:
    other.do(transfers.to_counter, 1, 3, and_return=True)
    other.do(calling.call_next, 3)
    other.do(counters.close, 1)
    app = counter_app(hall, 3)
    async with app.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "f")
        assert message(app) == "A001 goes back into the line, for counter 1 has closed."
        assert other.states() == {"A001": "waiting"}


@pytest.mark.parametrize("size", [(80, 24), (106, 33)])
async def test_the_dialog_and_a_long_note_fit_on_a_small_screen(
    hall: OpenHall, other: OtherProgram, size: tuple[int, int]
) -> None:
    with writing(other.engine) as session:
        for service_id in (1, 2):
            service = session.get_one(Service, service_id)
            service.names = {"zh": "䶮𠮷[red]购买自住住房提取住房公积金含异地购房及加装电梯" * 2}
    for counter in (1, 2, 3):
        other.open(counter)
    other.issue()
    other.do(calling.call_next, 1)
    other.do(transfers.to_counter, 1, 3, note="户名与身份证不一致" * 9, and_return=True)
    app = counter_app(hall, 3)
    async with app.run_test(size=size) as pilot:
        screen = await sits_down(pilot)
        await press(pilot, "n")
        await pilot.pause()
        for place in ("#number", "#service", "#origin", "#particulars", "#my-day"):
            shown = screen.query_one(place)
            assert shown.region.height > 0, place
            assert screen.query_one("#in-hand").region.contains_region(shown.region), place
        assert (
            screen.query_one("#particulars").region.bottom <= screen.query_one("#my-day").region.y
        )
        await press(pilot, "t")
        await comes(pilot, TransferDialog)
        app.screen.query_one("#target", Input).value = "xyz"
        await pilot.pause()
        for widget in app.screen.query("#dialog > *, #answers > *"):
            assert app.screen.region.contains_region(widget.region), widget
