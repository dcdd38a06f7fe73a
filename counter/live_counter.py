"""A screen that always shows one counter as the database has it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.message import Message
from textual.screen import Screen

from counter import operations
from counter.pace import rest_after
from counter.verbs import next_step
from db.faults import DatabaseFault
from hall.errors import Refused
from ui import big_text
from ui.base_app import RETRY_S, HallApp

if TYPE_CHECKING:
    from hall.counters.counter_view import CounterView
    from hall.open_hall import OpenHall


LOOK_AGAIN_S = 30
"""Waiting times and the business day move on without anybody committing anything."""

NEVER = datetime.min.replace(tzinfo=UTC)
SAME_FOR = timedelta(seconds=LOOK_AGAIN_S / 2)
"""So long what is painted need not be painted again when nothing of it has changed."""


class LiveCounter(Screen[None]):
    """Reads after every change, one read at a time; `show` and `show_trouble` paint it."""

    app = getters.app(HallApp)

    @dataclass
    class Looked(Message):
        look: int
        view: CounterView

    @dataclass
    class LookFailed(Message):
        sentence: str
        again: bool

    def __init__(self, counter: int) -> None:
        super().__init__()
        self.counter = counter
        self.view: CounterView | None = None
        """As last read; None before the first time."""
        self.shown_at = NEVER
        self.step_moved_at = 0.0
        """When the next sensible action became another one."""
        self.looks = count(1)
        self.shown_look = 0
        self.looking = False
        self.look_wanted = False
        self.look_begun = 0.0

    def on_mount(self) -> None:
        self.set_interval(LOOK_AGAIN_S, self.look)

    @on(HallApp.HallOpened)
    @on(HallApp.HallChanged)
    def look(self) -> None:
        """Read again; what comes while reading is one more read, not many."""
        if self.looking:
            self.look_wanted = True
        elif self.app.hall is not None:
            self.looking, self.look_begun = True, time.perf_counter()
            self.read_counter(self.app.hall)

    @work(thread=True, group="look")
    def read_counter(self, hall: OpenHall) -> None:
        big_text.warm_up()
        try:
            look, view = self.take_a_look(hall)
        except (Refused, DatabaseFault) as error:
            again = isinstance(error, DatabaseFault)
            self.post_message(self.LookFailed(self.app.sentence_for(error), again))
        else:
            self.post_message(self.Looked(look, view))

    def take_a_look(self, hall: OpenHall) -> tuple[int, CounterView]:
        """In a thread. Looks are numbered before they read, so that an old one is known as old."""
        return next(self.looks), operations.look(hall, self.counter)

    @on(Looked)
    def look_ended(self, message: Looked) -> None:
        self.take(message.look, message.view)
        self.looking = False
        self.call_after_refresh(self.rest)
        if self.look_wanted:
            self.look_wanted = False
            self.look()

    def rest(self) -> None:
        self.app.rest_s = rest_after(time.perf_counter() - self.look_begun)

    @on(LookFailed)
    def look_failed(self, message: LookFailed) -> None:
        self.tell_trouble(message.sentence)
        self.looking = self.look_wanted = False
        if message.again:
            self.set_timer(RETRY_S, self.look)

    @on(HallApp.HallUnavailable)
    def hall_is_gone(self, message: HallApp.HallUnavailable) -> None:
        self.tell_trouble(message.sentence)

    def tell_trouble(self, sentence: str) -> None:
        self.shown_at = NEVER  # what is read next is painted, be it the same
        self.show_trouble(sentence)

    def take(self, look: int, view: CounterView) -> None:
        """Show what was read, unless a later look has come before it."""
        hall = self.app.hall
        if look <= self.shown_look or hall is None:
            return
        before, self.shown_look = self.view, look
        if view == before and hall.now() - self.shown_at < SAME_FOR:
            return  # it was somebody else's concern, or our own verb has shown it already
        if next_step(view) is not next_step(before):
            self.step_moved_at = time.monotonic()
        self.view, self.shown_at = view, hall.now()
        with self.app.batch_update():
            self.show(view, before, self.shown_at)

    def show(self, view: CounterView, before: CounterView | None, now: datetime) -> None:
        raise NotImplementedError

    def show_trouble(self, sentence: str) -> None:
        """It cannot be read; what was known last stays."""
        raise NotImplementedError
