"""The counter screen shows what the database has, in good times and bad."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from textual.widgets import Static

from counter import operations
from counter.counter_app import CounterApp
from counter.help_overlay import HelpOverlay
from counter.verb_bar import VerbButton
from counter.verbs import Verb
from db.engine import writing
from db.faults import DatabaseUnreadable
from db.tables import Clerk, Counter, PriorityClass, Service, ServiceGroup
from hall.counters.counter_view import CounterView
from hall.open_hall import OpenHall
from tests.counter.at_the_counter import (
    SIZE,
    WAIT_S,
    Clock,
    OtherProgram,
    comes,
    counter_app,
    highlighted,
    message,
    press,
    sits_down,
    until,
    words,
)
from tests.screen_text import screen_text
from ui.big_text import BigText

LONG = "䶮𠮷[red]购买自住住房提取住房公积金含异地购房及既有住宅加装电梯等多种情形[/red]申请事项"


def banner(app: CounterApp) -> str:
    screen = app.counter_screen
    return words(app, "#banner") if screen.has_class("-stale") else ""


def test_nothing_heavy_is_imported_before_the_first_paint() -> None:
    heavy = ("sqlalchemy", "sqlmodel", "pydantic", "PIL")
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys, counter.counter_app; print([m for m in {heavy} if m in sys.modules])",
        ],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "[]"


async def test_a_ticket_issued_elsewhere_appears_without_a_touch(
    at_one: CounterApp, other: OtherProgram
) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        assert words(at_one, "#next-tickets") == "Nobody waits."
        other.issue()
        await until(pilot, lambda: "A001" in words(at_one, "#next-tickets"))
        assert at_one.screen.query_one(BigText).text == "1"


async def test_a_locked_hall_is_told_in_words_and_the_citizen_stays_in_hand(
    at_one: CounterApp, other: OtherProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.write_lock.LOCK_WAIT_S", 0.5)
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n")
        with writing(other.engine):
            await pilot.press("s")
            await until(pilot, lambda: at_one.counter_screen.has_class("-busy"))
            assert message(at_one) == "Serve …"
            await until(pilot, lambda: "The database is busy; “Serve”" in message(at_one))
            assert at_one.screen.query_one(BigText).text == "A001"
            assert highlighted(at_one) == [Verb.START]
        await until(pilot, lambda: at_one.counter_screen.busy is None)
        assert other.states() == {"A001": "serving"}


async def test_who_will_not_wait_for_a_locked_hall_gives_up_and_nothing_is_done(
    at_one: CounterApp, other: OtherProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.write_lock.LOCK_WAIT_S", 0.2)
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        with writing(other.engine):
            await pilot.press("n")
            await until(pilot, lambda: "tried until it is done" in message(at_one))
            await pilot.press("escape")
            await until(pilot, lambda: "is busy with another program" in message(at_one))
        assert at_one.counter_screen.busy is None
        assert other.states() == {"A001": "waiting"}


async def test_what_is_pressed_while_the_hall_is_locked_follows_when_it_can(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        with writing(other.engine):
            await pilot.press("n")
            await pilot.press("s")
            assert "“Serve” follows" in message(at_one)
            await pilot.press("f")
            assert "did nothing" in message(at_one)
        await until(pilot, lambda: other.states() == {"A001": "serving"})


async def test_a_hall_that_is_gone_keeps_the_last_state_and_comes_back(
    at_one: CounterApp, other: OtherProgram, database: Path
) -> None:
    other.issue()
    away = database.with_name("away.db")
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n")
        other.engine.dispose()
        database.rename(away)
        await until(pilot, lambda: "no hall" in banner(at_one))
        assert at_one.screen.query_one(BigText).text == "A001"
        await press(pilot, "s")
        assert "no hall" in message(at_one)
        away.rename(database)
        await until(pilot, lambda: banner(at_one) == "")
        await press(pilot, "s")
        assert other.states() == {"A001": "serving"}


async def test_a_look_that_fails_is_repeated(
    at_one: CounterApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, tried = operations.look, []

    def look_through_a_bad_cable(hall: OpenHall, counter: int) -> CounterView:
        tried.append(counter)
        if len(tried) == 1:
            raise DatabaseUnreadable("hall.db", "I/O error")
        return look(hall, counter)

    monkeypatch.setattr(operations, "look", look_through_a_bad_cable)
    async with at_one.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: banner(at_one) == "hall.db cannot be read: I/O error")
        await sits_down(pilot)
        assert banner(at_one) == ""


async def test_what_changes_while_it_looks_is_one_more_look_and_never_missed(
    at_one: CounterApp, other: OtherProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, ended, go_on = operations.look, [], threading.Event()

    def look_and_take_long(hall: OpenHall, counter: int) -> CounterView:
        view = look(hall, counter)
        go_on.wait(WAIT_S)
        ended.append(view.waiting)
        return view

    async with at_one.run_test(size=SIZE) as pilot:
        screen = await sits_down(pilot)
        monkeypatch.setattr(operations, "look", look_and_take_long)
        other.issue()
        await until(pilot, lambda: screen.looking)
        for _ in range(4):
            other.issue()
            await until(pilot, lambda: screen.look_wanted)
        go_on.set()
        await until(pilot, lambda: at_one.screen.query_one(BigText).text == "5")
        assert len(ended) <= 3


async def test_a_look_that_comes_late_does_not_bring_back_the_past(
    at_one: CounterApp, other: OtherProgram
) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        screen = await sits_down(pilot)
        past, number = screen.view, screen.shown_look
        assert past is not None
        other.issue()
        await until(pilot, lambda: at_one.screen.query_one(BigText).text == "1")
        screen.post_message(screen.Looked(number, past))
        await pilot.pause()
        assert at_one.screen.query_one(BigText).text == "1"


async def test_the_program_may_be_ended_and_started_again_in_the_middle(
    at_one: CounterApp, other: OtherProgram, hall: OpenHall
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n", "s")
        await pilot.press("ctrl+q")
    again = counter_app(hall, 1)
    async with again.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        assert again.screen.query_one(BigText).text == "A001"
        assert highlighted(again) == [Verb.FINISH]


async def test_a_sentence_goes_away_by_itself(
    at_one: CounterApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "counter.message_line.SECONDS", dict.fromkeys(("error", "warning", "good"), 2)
    )
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n")
        await until(pilot, lambda: message(at_one) == "Nobody waits for this counter.")
        await until(pilot, lambda: message(at_one) == "")


async def test_letters_of_an_input_method_are_not_lost_in_silence(at_one: CounterApp) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await pilot.press("你")
        assert "input method" in message(at_one)


async def test_a_counter_that_is_not_there_is_told_and_may_come(
    hall: OpenHall, other: OtherProgram
) -> None:
    app = counter_app(hall, 9)
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: banner(app) == "There is no counter 9.")
        await press(pilot, "n")
        with writing(other.engine) as session:
            session.add(Counter(hall_id=1, number=9, names={"zh": "九"}, state="open", clerk_id=1))
        await sits_down(pilot)
        assert banner(app) == ""


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 45)])
async def test_long_names_leave_every_line_and_button_in_its_place(
    at_one: CounterApp, other: OtherProgram, size: tuple[int, int]
) -> None:
    with writing(other.engine) as session:
        for found in (session.get(Service, 1), session.get(Counter, 1)):
            assert found is not None
            found.names = {"zh": LONG}
        clerk = session.get(Clerk, 1)
        assert clerk is not None
        clerk.name = LONG
    for kind in PriorityClass:
        other.issue(priority_class=kind)
    async with at_one.run_test(size=size) as pilot:
        screen = await sits_down(pilot)
        await press(pilot, "n", "x")
        text = screen_text(at_one)
        for place in ("#service", "#counter-name", "#clerk-name"):
            assert LONG in str(screen.query_one(place, Static).render())
        assert "䶮𠮷[red]购" in text
        assert "09:00:00" in text
        for widget in (*screen.query(VerbButton), *screen.query(Static)):
            if widget.display and widget.id != "banner":
                assert screen.region.contains_region(widget.region), widget
        rows = words(at_one, "#next-tickets").split("\n")
        assert len({Static(row).render().cell_length for row in rows}) == 1  # type: ignore[union-attr]
        await pilot.press("f1")
        await comes(pilot, HelpOverlay)


async def test_no_text_reaches_the_terminal_as_a_command(
    at_one: CounterApp, other: OtherProgram
) -> None:
    with writing(other.engine) as session:
        for row in (session.get(Service, 1), session.get(Counter, 1), session.get(ServiceGroup, 1)):
            assert row is not None
            row.names = {"zh": "\x1b]0;王\x07\x9b31m[@click=app.quit]x[/]\r\n\u202e"}
        clerk = session.get(Clerk, 1)
        assert clerk is not None
        clerk.name = "\x1b[31m李"
    other.issue()
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n")
        text = screen_text(at_one)
        assert "]0;王31m[@click=app.quit]x[/]" in text
        assert not set(text) & set("\x1b\x07\x9b\r\u202e")


async def test_the_main_screen_looks_like_this(
    at_one: CounterApp, other: OtherProgram, clock: Clock
) -> None:
    for minutes in (0, 4, 3):
        clock.pass_by(minutes=minutes)
        other.issue(
            priority_class=PriorityClass.ELDERLY if minutes == 4 else PriorityClass.ORDINARY
        )
    clock.pass_by(minutes=5)
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n")
        clock.pass_by(seconds=42)
        at_one.counter_screen.tick()
        at_one.counter_screen.query_one("#messages", Static).update("")
        await pilot.pause()
        kept = Path(__file__).with_name("counter_screen.txt")
        assert screen_text(at_one) + "\n" == kept.read_text()


async def test_a_window_drawn_very_narrow_ends_nothing(at_one: CounterApp) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        for size in ((26, 15), (22, 15), (20, 5), (1, 1), SIZE):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert at_one.counter_screen.view is not None  # and it goes on
