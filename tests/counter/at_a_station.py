"""A station that shows little: who works there, and what was pressed."""

import gettext
from datetime import datetime
from typing import Any

from sqlmodel import select
from textual.app import ComposeResult
from textual.binding import Binding
from textual.pilot import Pilot
from textual.widgets import Input, Static

from counter.dialogs.dialog import Dialog
from counter.message_line import MessageLine
from counter.operations import Told
from counter.station.station_app import StationApp
from counter.station.station_screen import StationScreen
from counter.station.station_sign_in import StationSignIn
from db.engine import reading
from db.tables import Ticket
from hall.accounts.stations import Station
from hall.open_hall import OpenHall
from tests.counter.at_the_counter import comes, until


class Question(Dialog[str]):
    def title_words(self) -> str:
        return "?"

    def body(self) -> list[Static]:
        return []


class CountingScreen(StationScreen[int]):
    """Counts tickets; `a` notes who pressed it, `d` asks a question."""

    BINDINGS = [Binding("a", "act", show=False), Binding("d", "ask", show=False)]

    def compose(self) -> ComposeResult:
        yield Static("", id="seen")
        yield Static("", id="banner")
        yield MessageLine(id="messages")

    def read(self, hall: OpenHall) -> int:
        with reading(hall.engine) as session:
            return len(session.exec(select(Ticket)).all())

    def show(self, view: int, now: datetime) -> None:
        self.query_one("#seen", Static).update(f"{view} tickets")

    def show_trouble(self, sentence: str) -> None:
        self.query_one("#banner", Static).update(sentence)

    def action_act(self) -> None:
        def act(hall: OpenHall, staff_number: str) -> Told:
            with hall.writing():
                return Told("pressed by {who}", {"who": staff_number})

        self.run("act", act)

    def action_ask(self) -> None:
        self.app.push_screen(Question())


class CountingApp(StationApp):
    station = Station.DESK

    def make_screen(self) -> StationScreen[Any]:
        return CountingScreen()


class ConsoleApp(CountingApp):
    station = Station.SUPERVISOR


def station_app(hall: OpenHall, kind: type[StationApp] = CountingApp) -> StationApp:
    """The product's own words as they stand in the code."""
    app = kind(lambda: hall)
    app.wording.translations = gettext.NullTranslations()
    return app


async def sign_in(pilot: Pilot[None], staff_number: str, password: str = "") -> None:
    """Types both and presses Enter; how it ends is another matter."""
    await comes(pilot, StationSignIn)
    screen = pilot.app.screen
    screen.query_one("#staff-number", Input).value = staff_number
    if screen.query("#password"):
        screen.query_one("#password", Input).value = password
        screen.query_one("#password").focus()
    else:
        screen.query_one("#staff-number").focus()
    await pilot.press("enter")


async def works(pilot: Pilot[None]) -> StationScreen[Any]:
    """Somebody is known to work here, and the screen has been read."""
    app = pilot.app
    assert isinstance(app, StationApp)
    screen = app.station_screen
    await until(pilot, lambda: app.colleague is not None and screen.view is not None)
    await until(pilot, lambda: not isinstance(app.screen, StationSignIn) and not screen.looking)
    return screen


def said(app: StationApp) -> str:
    return str(app.station_screen.query_one(MessageLine).content)
