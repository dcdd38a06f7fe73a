"""A station's screen: reads after every change, does one thing at a time, tells how it ended."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Generic, TypeVar

from textual import getters, on, work
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from counter.message_line import MessageLine
from counter.operations import Told
from counter.pace import rest_after
from counter.patience import patiently
from counter.station import station_operations
from counter.station.station_app import StationApp
from db.faults import DatabaseFault
from hall.errors import Refused
from hall.marked import _
from ui.base_app import RETRY_S, HallApp

if TYPE_CHECKING:
    from datetime import datetime

    from hall.open_hall import OpenHall

View = TypeVar("View")

LOOK_AGAIN_S = 30
"""Waiting times and the business day move on without anybody committing anything."""

SLOW_S = 0.3
"""An operation that takes longer is shown to be under way."""


class StationScreen(Screen[None], Generic[View]):
    """Says what it reads (`read`, in a thread) and paints it (`show`, `show_trouble`).

    It has a MessageLine. Nothing is read while nobody is signed in.
    """

    app = getters.app(StationApp)

    AUTO_FOCUS = None
    BINDINGS = [Binding("escape", "give_up", show=False)]

    @dataclass
    class Looked(Message):
        look: int
        view: object

    @dataclass
    class LookFailed(Message):
        sentence: str
        again: bool

    @dataclass
    class StillLocked(Message):
        """Tried for as long as a program waits for the database; it is tried again."""

    @dataclass
    class Done(Message):
        told: Told | None
        """None: it was refused, or failed."""
        sentence: str

    def __init__(self) -> None:
        super().__init__()
        self.view: View | None = None
        """As last read; None before the first time."""
        self.looks = count(1)
        self.shown_look = 0
        self.looking = False
        self.look_wanted = False
        self.look_begun = 0.0
        self.busy = ""
        """What is under way, in the reader's words; until it has ended nothing else is begun."""
        self.slow: Timer | None = None
        self.given_up = threading.Event()
        """Whoever works here does not want to wait for the database any longer."""

    # -- what each station says for itself

    def read(self, hall: OpenHall) -> View:
        """In a thread; raises Refused, DatabaseFault."""
        raise NotImplementedError

    def show(self, view: View, now: datetime) -> None:
        raise NotImplementedError

    def show_trouble(self, sentence: str) -> None:
        """It cannot be read; what was known last stays. Empty: it can be again."""
        raise NotImplementedError

    # -- reading

    def on_mount(self) -> None:
        self.set_interval(LOOK_AGAIN_S, self.look)

    @on(HallApp.HallOpened)
    @on(HallApp.HallChanged)
    def look(self) -> None:
        """Read again; what comes while reading is one more read, not many."""
        if self.looking:
            self.look_wanted = True
        elif self.app.hall is not None and self.app.colleague is not None:
            self.looking, self.look_begun = True, time.perf_counter()
            self.read_all(self.app.hall, self.app.colleague.staff_number)

    @work(thread=True, group="look")
    def read_all(self, hall: OpenHall, staff_number: str) -> None:
        look = next(self.looks)
        try:
            station_operations.colleague(hall, staff_number, self.app.seat)
            view = self.read(hall)
        except Refused as error:
            self.app.call_from_thread(self.app.give_up, error)
            self.post_message(self.LookFailed(self.app.sentence_for(error), False))
        except DatabaseFault as fault:
            self.post_message(self.LookFailed(self.app.sentence_for(fault), True))
        else:
            self.post_message(self.Looked(look, view))

    @on(Looked)
    def look_ended(self, message: Looked) -> None:
        self.looking = False
        self.call_after_refresh(self.rest)
        hall = self.app.hall
        if message.look > self.shown_look and hall is not None:
            self.shown_look = message.look
            self.view = message.view  # type: ignore[assignment]  # what `read` gave
            self.show_trouble("")
            self.show(message.view, hall.now())  # type: ignore[arg-type]
        if self.look_wanted:
            self.look_wanted = False
            self.look()

    def rest(self) -> None:
        self.app.rest_s = rest_after(time.perf_counter() - self.look_begun)

    @on(LookFailed)
    def look_failed(self, message: LookFailed) -> None:
        self.looking = self.look_wanted = False
        self.show_trouble(message.sentence)
        if message.again:
            self.set_timer(RETRY_S, self.look)

    @on(HallApp.HallUnavailable)
    def hall_is_gone(self, message: HallApp.HallUnavailable) -> None:
        self.show_trouble(message.sentence)

    # -- doing

    def tell(self, sentence: str, tone: str = "good") -> None:
        self.query_one(MessageLine).tell(sentence, tone)

    def run(self, name: str, operation: Callable[[OpenHall, str], Told]) -> bool:
        """`name`: of what is done, in the reader's language; the operation gets the hall and the
        staff number of who does it. False: something else is under way, and that was told."""
        hall, colleague = self.app.hall, self.app.colleague
        if hall is None or colleague is None:
            return False
        if self.busy:
            sentence = _("“{verb}” is still under way; this press did nothing.")
            if self.slow is not None:
                self.slow.stop()  # it would say less, and over this
            self.tell(self.app.say(sentence, verb=self.busy), "warning")
            return False
        self.busy = name
        self.given_up.clear()
        self.slow = self.set_timer(SLOW_S, self.show_slow)
        self.carry_out(hall, colleague.staff_number, operation)
        return True

    def show_slow(self) -> None:
        if self.busy:
            words = _("“{verb}” is under way…")
            self.query_one(MessageLine).hold(self.app.say(words, verb=self.busy))

    @work(thread=True, group="verb")
    def carry_out(
        self, hall: OpenHall, staff_number: str, operation: Callable[[OpenHall, str], Told]
    ) -> None:
        app = self.app
        try:
            told = patiently(
                partial(
                    station_operations.as_signed_in,
                    hall,
                    app.station,
                    staff_number,
                    app.seat,
                    operation,
                ),
                lambda: self.given_up.is_set() or app.is_leaving.is_set(),
                lambda: self.post_message(self.StillLocked()),
            )
        except (Refused, DatabaseFault) as error:
            if isinstance(error, Refused):
                app.call_from_thread(app.give_up, error)
            self.post_message(self.Done(None, app.sentence_for(error)))
        else:
            self.post_message(self.Done(told, app.say(told.words, **told.facts)))

    @on(StillLocked)
    def tell_of_the_lock(self) -> None:
        if self.busy:
            words = _("The database is busy; “{verb}” is tried until it is done. Esc gives it up.")
            self.query_one(MessageLine).hold(self.app.say(words, verb=self.busy))

    def action_give_up(self) -> None:
        if self.busy:
            self.given_up.set()

    @on(Done)
    def done(self, message: Done) -> None:
        self.busy = ""
        tone = "error" if message.told is None else "good" if message.told.good else "warning"
        self.tell(message.sentence, tone)
        if message.told is not None:
            self.after(message.told)
        self.look()

    def after(self, told: Told) -> None:
        """What a station does besides, when something was done."""
