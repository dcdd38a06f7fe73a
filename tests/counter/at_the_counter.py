"""A clerk before the screen, and others who work in the same hall meanwhile."""

import asyncio
import gettext
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import col, select
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from counter.counter_app import CounterApp
from counter.counter_screen import CounterScreen
from counter.message_line import MessageLine
from counter.notice.notice_screen import NoticeScreen
from counter.notice.paper_row import PaperRow
from counter.verb_bar import VerbButton
from counter.verbs import Verb
from db.engine import open_engine, reading, writing
from db.tables import PriorityClass, Ticket
from hall.catalogue import catalogue
from hall.counters import counters
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from hall.tickets import tickets

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SIZE = (100, 30)
WAIT_S = 15.0


class Clock:
    """The hall's time, moved by hand."""

    def __init__(self) -> None:
        self.now = NINE

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **length: float) -> None:
        self.now += timedelta(**length)


class OtherProgram:
    """What kiosks and other counters do, through a connection of its own."""

    def __init__(self, database: Path, rules: HallRules, clock: Clock) -> None:
        self.engine = open_engine(f"sqlite:///{database}")
        self.rules = rules
        self.clock = clock

    def do(self, operation: Callable[..., Any], *given: Any, **named: Any) -> Any:
        with writing(self.engine) as session:
            return operation(session, self.rules, *given, self.clock(), **named)

    def issue(
        self, service: str = "T201", priority_class: PriorityClass = PriorityClass.ORDINARY
    ) -> str:
        with writing(self.engine) as session:
            found, group = catalogue.service(session, self.rules, service)
            issued = tickets.issue(
                session, self.rules, found, group, self.clock(), priority_class=priority_class
            )
            return issued.number

    def open(self, counter: int) -> None:
        self.do(counters.open_counter, counter, f"100{counter}")

    def states(self) -> dict[str, str]:
        """Of every ticket, as the database has it."""
        with reading(self.engine) as session:
            found = session.exec(select(Ticket).order_by(col(Ticket.id))).all()
            return {ticket.name: ticket.state for ticket in found}

    def rows(self, table: type[Any]) -> list[Any]:
        with reading(self.engine) as session:
            found = list(session.exec(select(table)).all())
            for row in found:
                session.expunge(row)
            return found


def counter_app(hall: OpenHall, counter: int, clerk: str | None = None) -> CounterApp:
    """The product's own words as they stand in the code; names in Chinese."""
    app = CounterApp(lambda: hall, counter, clerk=clerk)
    app.wording.translations = gettext.NullTranslations()
    return app


async def until(pilot: Pilot[Any], is_so: Callable[[], bool]) -> None:
    """Waits for what another thread or program causes; fails when it does not come."""
    async with asyncio.timeout(WAIT_S):
        while not is_so():
            await pilot.pause(0.02)


async def sits_down(pilot: Pilot[Any]) -> CounterScreen:
    """The counter is on the screen, and the moment is over in which Enter would be too quick."""
    app = pilot.app
    assert isinstance(app, CounterApp)
    screen = app.counter_screen
    await until(pilot, lambda: screen.view is not None and screen.view.state != "closed")
    await until(pilot, lambda: screen.busy is None and app.screen is screen)
    await pilot.pause()
    return screen


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """One key after the other, each when the one before has done its work."""
    assert isinstance(pilot.app, CounterApp)
    screen = pilot.app.counter_screen
    for key in keys:
        await pilot.press(key)
        await until(pilot, lambda: screen.busy is None)


async def comes(pilot: Pilot[Any], kind: type[Screen[Any]]) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, kind) and pilot.app.screen.is_mounted)
    await pilot.pause()


async def papers_come(pilot: Pilot[Any]) -> None:
    await comes(pilot, NoticeScreen)
    await until(pilot, lambda: len(pilot.app.screen.query(PaperRow)) > 0)
    await pilot.pause()


def message(app: CounterApp) -> str:
    return str(app.counter_screen.query_one(MessageLine).content)


def words(app: App[None], where: str) -> str:
    """What stands in one place of the screen on top."""
    return str(app.screen.query_one(where, Static).content)


def highlighted(app: CounterApp) -> list[Verb]:
    buttons = app.counter_screen.query(VerbButton)
    return [button.verb for button in buttons if button.variant == "primary"]


def enabled(app: CounterApp) -> set[Verb]:
    return {button.verb for button in app.counter_screen.query(VerbButton) if not button.disabled}
