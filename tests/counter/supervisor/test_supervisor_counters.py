"""What a counter takes, a ticket that is stuck, a word to a counter."""

from textual.widgets import Input

from counter.desk.message_dialog import MessageDialog
from counter.desk.words_dialog import WordsDialog
from counter.supervisor.groups_dialog import GroupsDialog
from counter.supervisor.hall_pages import HallPages
from counter.supervisor.life_screen import LifeScreen
from counter.supervisor.release_dialog import ReleaseDialog
from db.engine import writing
from db.tables import (
    CounterGroup,
    CounterMessage,
)
from hall.open_hall import OpenHall
from hall.tickets import calling, serving
from tests.counter.at_the_counter import OtherProgram, comes, until
from tests.counter.supervisor.at_the_console import console, groups_of, tells
from tests.screen_text import screen_text


async def test_a_counter_takes_what_is_ticked(hall: OpenHall, other: OtherProgram) -> None:
    async with console(hall) as (pilot, screen):
        await pilot.press("c")
        await tells(pilot, "Choose the counter")
        await until(pilot, lambda: screen.query_one(HallPages).counter is not None)
        await pilot.press("c")
        await comes(pilot, GroupsDialog)
        await pilot.press("down", "space", "enter")
        await tells(pilot, "takes from its next call on")
        assert groups_of(other, 1) == {1, 2}
        await pilot.press("enter")
        await comes(pilot, GroupsDialog)
        await pilot.press("w")
        await until(pilot, lambda: groups_of(other, 1) == {1})


async def test_all_matters_with_one_key_and_enter(hall: OpenHall, other: OtherProgram) -> None:
    async with console(hall) as (pilot, screen):
        await pilot.press("2")
        await until(pilot, lambda: screen.query_one(HallPages).counter is not None)
        await pilot.press("o")
        await comes(pilot, GroupsDialog)
        await pilot.press("enter")
        await until(pilot, lambda: groups_of(other, 1) == {1, 2})


async def test_a_counter_that_would_leave_people_alone_is_refused(
    hall: OpenHall, other: OtherProgram
) -> None:
    async with console(hall) as (pilot, screen):
        await pilot.press("2", "down")
        await until(pilot, lambda: getattr(screen.query_one(HallPages).counter, "number", 0) == 2)
        with writing(hall.engine) as session:
            session.delete(session.get_one(CounterGroup, (3, 2)))
        await pilot.press("c")
        await comes(pilot, GroupsDialog)
        await pilot.press("space", "down", "space", "enter")
        await tells(pilot, "No counter would take")
    assert groups_of(other, 2) == {2}


async def test_a_stuck_ticket_goes_back_to_the_line(hall: OpenHall, other: OtherProgram) -> None:
    other.open(1)
    other.issue()
    other.do(calling.call_next, 1)
    async with console(hall) as (pilot, screen):
        await pilot.press("2")
        await until(pilot, lambda: screen.query_one(HallPages).counter is not None)
        await pilot.press("r")
        await comes(pilot, ReleaseDialog)
        assert pilot.app.screen.query_one("#ticket-number", Input).value == "A001"
        await pilot.press("enter")
        await tells(pilot, "A001 is back in the line")
    assert other.states() == {"A001": "waiting"}


async def test_one_that_moved_on_while_it_was_asked_stays_where_it_is(
    hall: OpenHall, other: OtherProgram
) -> None:
    other.open(1)
    other.issue()
    other.do(calling.call_next, 1)
    async with console(hall) as (pilot, screen):
        await pilot.press("2")
        await until(pilot, lambda: screen.query_one(HallPages).counter is not None)
        await pilot.press("r")
        await comes(pilot, ReleaseDialog)
        view = screen.view
        screen.looking = True  # the news has not come yet
        other.do(serving.start, 1)
        assert screen.view is view
        await pilot.press("enter")
        await tells(pilot, "nothing was done")
    assert other.states() == {"A001": "serving"}


async def test_a_word_to_a_counter(hall: OpenHall, other: OtherProgram) -> None:
    other.open(1)
    async with console(hall) as (pilot, _):
        await pilot.press("m")
        await comes(pilot, MessageDialog)
        await pilot.press(*"come", "enter")
        await tells(pilot, "Told")
    assert [(one.counter_id, one.text) for one in other.rows(CounterMessage)] == [(1, "come")]


async def test_the_life_of_a_ticket(hall: OpenHall, other: OtherProgram) -> None:
    other.open(1)
    other.issue()
    other.do(calling.call_next, 1)
    async with console(hall) as (pilot, _):
        await pilot.press("t")
        await comes(pilot, WordsDialog)
        await pilot.press(*"a001", "enter")
        await comes(pilot, LifeScreen)
        text = screen_text(pilot.app)
        assert "The life of A001" in text and "called" in text and "Counter 1" in text
        await pilot.press("escape", "t")
        await comes(pilot, WordsDialog)
        await pilot.press(*"Z9", "enter")
        await tells(pilot, "no ticket")
