"""The clerk's counter in the terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.screen import Screen

from counter.counter_screen import CounterScreen
from ui.base_app import HallApp

if TYPE_CHECKING:
    from hall.open_hall import OpenHall


class CounterApp(HallApp):
    """One counter. Quitting leaves it in the database as it is; starting again goes on there."""

    CRASH_FILE = "counter-crash.log"
    CSS_PATH = "counter.tcss"
    ALLOW_SELECT = False

    def __init__(
        self,
        open_hall: Callable[[], OpenHall],
        counter: int,
        language: str = "zh",
        clerk: str | None = None,
    ) -> None:
        """`clerk`: the staff number under which a closed counter is opened at the start."""
        super().__init__(open_hall, language)
        self.theme = "hall-day"
        self.counter_screen = CounterScreen(counter, clerk)

    def get_default_screen(self) -> Screen[None]:
        return self.counter_screen

    def action_help_quit(self) -> None:
        self.counter_screen.tell_how_to_quit()
