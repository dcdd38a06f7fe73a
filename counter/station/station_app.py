"""A place where staff work without a counter: who works there, the lock, the crash file."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen

from counter.sign_in.sign_in_app import Answered, SignInApp
from counter.sign_in.sign_in_operations import Asked, why_lost
from counter.station import station_operations
from counter.station.station_sign_in import StationSignIn
from db.faults import DatabaseFault
from hall.accounts.stations import Station
from hall.errors import Refused
from hall.errors.accounts import SignedOff, SignInRefused
from hall.marked import _
from ui.base_app import RETRY_S, HallApp

if TYPE_CHECKING:
    from counter.station.station_screen import StationScreen
    from hall.accounts.station_sign_in import Colleague
    from hall.open_hall import OpenHall


IDLE_CHECK_S = 1.0

STYLE = Path(__file__).parent.parent / "counter.tcss"
"""What all screens of staff share; a station adds a sheet of its own."""


class StationApp(SignInApp):
    """Quitting leaves the sign-in behind; starting again takes it over with the password."""

    station: ClassVar[Station]
    CSS_PATH: ClassVar[list[str | PurePath]] = [STYLE]
    ALLOW_SELECT = False
    BINDINGS = [Binding("ctrl+l", "lock", show=False, priority=True)]

    colleague: Colleague | None = None
    """Who works here; None while nobody is known to."""

    @dataclass
    class NobodyHere(Message):
        asks_password: bool
        because: str

    @dataclass
    class Known(Message):
        colleague: Colleague
        answered: Answered

    def __init__(self, open_hall: Callable[[], OpenHall], language: str = "zh") -> None:
        super().__init__(open_hall, language)
        self.theme = "hall-day"
        self.last_staff_number = ""
        """Typed last, whatever came of it."""
        self.worked_last = ""
        self.station_screen = self.make_screen()
        self.touched_at = time.monotonic()

    def make_screen(self) -> StationScreen[object]:
        raise NotImplementedError

    def get_default_screen(self) -> Screen[None]:
        return self.station_screen

    def on_mount(self) -> None:
        self.set_interval(IDLE_CHECK_S, self.lock_when_idle)

    # -- who works here

    @property
    def sign_in_screen(self) -> StationSignIn | None:
        found = (one for one in self.screen_stack if isinstance(one, StationSignIn))
        return next(found, None)

    def ask_who_works(self, because: str = "") -> None:
        """Covers the station until somebody has signed in."""
        self.colleague = None
        if self.hall is None or self.sign_in_screen is not None:
            return
        if self.seat is not None:  # nothing is seen while the database is asked, or is away
            self.show_sign_in(self.NobodyHere(True, because))
        self.read_whether_password(self.hall, because)

    @work(thread=True, exclusive=True, group="sign-in-screen")
    def read_whether_password(self, hall: OpenHall, because: str) -> None:
        try:
            asks = station_operations.asks_password(hall)
            lost = self.seat
            if lost is not None and not because:
                told = why_lost(hall, lost)
                because = self.say(told.words, **told.facts) if told is not None else ""
        except DatabaseFault as fault:
            self.tell_unavailable(fault)
            again = partial(self.ask_who_works, because)
            self.call_from_thread(self.set_timer, RETRY_S, again)
        else:
            self.post_message(self.NobodyHere(asks, because))

    @on(NobodyHere)
    def show_sign_in(self, message: NobodyHere) -> None:
        if (there := self.sign_in_screen) is not None:
            there.tell(message.because)
        else:
            asks, typed = message.asks_password, self.last_staff_number
            self.push_screen(
                StationSignIn(self.station, asks, typed, message.because, self.begin_work)
            )

    def begin_work(self, staff_number: str, password: str, answered: Answered) -> None:
        self.last_staff_number = staff_number
        if password:
            self.sign_in(Asked(self.station, staff_number, password), self.seated(answered))
        elif self.hall is not None:
            self.believe(self.hall, staff_number, answered)

    def seated(self, answered: Answered) -> Answered:
        def ended(trouble: str | None) -> None:
            if trouble is not None or self.seat is None or self.hall is None:
                answered(trouble)
            else:
                self.read_colleague(self.hall, answered)

        return ended

    @work(thread=True, group="sign-in")
    def believe(self, hall: OpenHall, staff_number: str, answered: Answered) -> None:
        try:
            known = station_operations.without_password(hall, self.station, staff_number)
        except SignInRefused:
            self.call_from_thread(self.ask_for_password)
        except (Refused, DatabaseFault) as error:
            self.call_from_thread(answered, self.sentence_for(error))
        else:
            self.post_message(self.Known(known, answered))

    @work(thread=True, group="sign-in")
    def read_colleague(self, hall: OpenHall, answered: Answered) -> None:
        assert self.seat is not None
        try:
            known = station_operations.colleague(hall, self.seat.staff_number, self.seat)
        except (Refused, DatabaseFault) as error:
            self.call_from_thread(answered, self.sentence_for(error))
        else:
            self.post_message(self.Known(known, answered))

    @on(Known)
    def go_to_work(self, message: Known) -> None:
        self.colleague = message.colleague
        self.touched_at = time.monotonic()
        message.answered(None)
        if message.colleague.staff_number != self.worked_last:
            self.leave_questions()  # they were somebody else's
        self.worked_last = self.last_staff_number = message.colleague.staff_number
        self.station_screen.look()

    def leave_questions(self) -> None:
        for screen in reversed(self.screen_stack[1:]):
            if not isinstance(screen, StationSignIn):  # that one leaves by itself
                self.pop_screen()

    def ask_for_password(self) -> None:
        """Accounts have come into force since the question was put."""
        if self.sign_in_screen is not None:
            self.pop_screen()
        self.ask_who_works()

    def signed_off(self) -> None:
        """The database says that this program's sign-in is over."""
        if self.sign_in_screen is None:
            self.ask_who_works()

    @on(HallApp.HallOpened)
    def hall_is_open(self) -> None:
        if self.colleague is None:
            self.ask_who_works()

    # -- the lock

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, (events.InputEvent, events.Paste)):
            self.touched_at = time.monotonic()
        await super().on_event(event)

    def lock_when_idle(self) -> None:
        if self.hall is None or self.seat is None or self.colleague is None:
            return
        minutes = self.hall.settings.accounts.lock_minutes
        if time.monotonic() - self.touched_at >= 60 * minutes:
            sentence = _("Locked: nobody has touched it for {minutes:g} minutes.")
            self.ask_who_works(self.say(sentence, minutes=minutes))

    def action_lock(self) -> None:
        if self.seat is not None and self.colleague is not None:
            self.ask_who_works(self.say(_("Locked.")))

    def give_up(self, error: Refused) -> bool:
        """Whether this refusal means that nobody works here any more."""
        if isinstance(error, SignedOff):
            self.signed_off()
            return True
        return False
