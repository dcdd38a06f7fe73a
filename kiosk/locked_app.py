"""An app the public cannot leave, break or look behind."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from kiosk.hand_or_reader import HAND_S, QUIET_S, HandOrReader
from kiosk.kiosk_screen import KioskScreen
from ui.base_app import HallApp

if TYPE_CHECKING:
    from hall.open_hall import OpenHall


CARD = re.compile(r"\d{15}|\d{17}[\dXx]")
"""How the number of an identity card looks; whether it is one is for the hall to say."""


class LockedApp(HallApp, inherit_bindings=False):
    """No key leaves it, and nothing typed in a burst presses anything."""

    CRASH_FILE = "kiosk-crash.log"

    ALLOW_SELECT = False
    AUTO_FOCUS = None

    def __init__(self, open_hall: Callable[[], OpenHall], language: str = "zh") -> None:
        super().__init__(open_hall, language)
        self.first_language = language
        self.touched_at = time.monotonic()
        self.keys = HandOrReader()
        self.held_key: events.Key | None = None

    @dataclass
    class CodeRead(Message):
        text: str = field(repr=False)
        """As the reader typed it; never logged, for it may be anything."""

    @dataclass
    class CardRead(Message):
        number: str = field(repr=False)
        """Of an identity card, as it looks."""

    # -- touches and keys ------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.InputEvent) and not event.is_forwarded:
            now = time.monotonic()
            if isinstance(event, (events.Key, events.MouseDown)):
                self.touched_at = now
            if not self.is_meant(event, now):
                return
        elif isinstance(event, events.Paste):
            return
        await super().on_event(event)

    def is_meant(self, event: events.InputEvent, now: float) -> bool:
        """Whether a hand meant this for the page that is shown now."""
        if isinstance(event, events.Key):
            if event is self.held_key:
                self.held_key = None
                return not self.is_unsettled()
            if self.keys.is_reader(event, now):
                self.held_key = None
                self.tell_what_was_read()
                self.set_timer(QUIET_S, self.end_burst)
                return False
            if self.is_unsettled():
                return False
            if event.is_printable:
                self.hold(event)
                return False
            return True
        return not (isinstance(event, (events.MouseDown, events.MouseUp)) and self.is_unsettled())

    def end_burst(self) -> None:
        self.keys.end_if_quiet(time.monotonic())
        self.tell_what_was_read()

    def tell_what_was_read(self) -> None:
        typed = self.keys.take_typed()
        if typed and isinstance(self.screen, KioskScreen) and self.screen.is_settled:
            self.screen.take_typed(typed)
        text = self.keys.take()
        if text:
            card = CARD.fullmatch(text) is not None
            self.post_message(self.CardRead(text) if card else self.CodeRead(text))

    def forget_keys(self) -> None:
        """What has been pressed so far is meant for no page that comes."""
        self.held_key = None
        self.keys = HandOrReader()

    def is_unsettled(self) -> bool:
        return isinstance(self.screen, KioskScreen) and not self.screen.is_settled

    def hold(self, event: events.Key) -> None:
        """Until it is clear that it is not the first key of a reader."""
        self.held_key = event
        self.set_timer(HAND_S, lambda: self.let_through(event))

    async def let_through(self, event: events.Key) -> None:
        if event is self.held_key and self.screen_stack:  # it may have ended meanwhile
            await self.on_event(event)
