"""The clerk's counter in the terminal."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.binding import Binding
from textual.screen import Screen

from counter.counter_screen import CounterScreen
from counter.sign_in.sign_in_app import SignInApp
from hall.marked import _

if TYPE_CHECKING:
    from hall.open_hall import OpenHall


IDLE_CHECK_S = 1.0


class CounterApp(SignInApp):
    """One counter. Quitting leaves it in the database as it is; starting again goes on there."""

    CRASH_FILE = "counter-crash.log"
    CSS_PATH = "counter.tcss"
    ALLOW_SELECT = False
    BINDINGS = [Binding("ctrl+l", "lock", show=False, priority=True)]

    def __init__(
        self,
        open_hall: Callable[[], OpenHall],
        counter: int,
        language: str = "zh",
        clerk: str | None = None,
    ) -> None:
        """`clerk`: the staff number under which a closed counter is opened at the start; where
        accounts are in force, after the password."""
        super().__init__(open_hall, language)
        self.theme = "hall-day"
        self.counter_screen = CounterScreen(counter, clerk)
        self.touched_at = time.monotonic()

    def get_default_screen(self) -> Screen[None]:
        return self.counter_screen

    def action_help_quit(self) -> None:
        self.counter_screen.tell_how_to_quit()

    def on_mount(self) -> None:
        self.set_interval(IDLE_CHECK_S, self.lock_when_idle)

    def seat_taken(self) -> None:
        self.counter_screen.seat_taken()

    # -- the lock

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, (events.InputEvent, events.Paste)):
            self.touched_at = time.monotonic()
        await super().on_event(event)

    def lock_when_idle(self) -> None:
        if self.hall is None or self.seat is None:
            return
        minutes = self.hall.settings.accounts.lock_minutes
        if time.monotonic() - self.touched_at >= 60 * minutes:
            sentence = _("Locked: nobody has touched it for {minutes:g} minutes.")
            self.counter_screen.lock_screen(self.say(sentence, minutes=minutes))

    def action_lock(self) -> None:
        if self.seat is not None:
            self.counter_screen.lock_screen("")
        elif self.screen is self.counter_screen:
            self.counter_screen.tell_nothing_to_lock()
