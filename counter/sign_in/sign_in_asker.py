"""Who works at this counter: asked where it is closed, and where it is open and not ours."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import events, getters, on, work
from textual.message import Message

from counter import operations
from counter.message_line import MessageLine
from counter.operations import Told
from counter.sign_in import sign_in_operations
from counter.sign_in.locked_screen import LockedScreen
from counter.sign_in.opening_dialog import Opening, OpeningDialog
from counter.sign_in.sign_in_app import SignInApp
from counter.sign_in.sign_in_operations import Asked
from counter.verb_asker import VerbAsker
from counter.verbs import Verb
from db.faults import DatabaseFault
from hall.errors import Refused
from hall.errors.counters import CounterTaken
from hall.marked import _

if TYPE_CHECKING:
    from hall.accounts.sign_in import Seat
    from hall.counters.counter_view import CounterView
    from hall.open_hall import OpenHall


class SignInAsker(VerbAsker):
    """Until accounts are in force a staff number opens a counter; then, a password besides."""

    app = getters.app(SignInApp)

    @dataclass
    class SeatLost(Message):
        sentence: str

    def __init__(self, counter: int, clerk: str | None) -> None:
        super().__init__(counter)
        self.clerk = clerk or ""
        """The staff number last given for opening the counter."""
        self.opening: OpeningDialog | None = None
        self.was_asked = False
        self.judged_after = 0
        """What was read up to this look knows nothing yet of a sign-in that has just succeeded."""

    def run(self, verb: Verb, operation: Callable[[OpenHall], Told]) -> None:
        """Only for whoever is signed in here, by the database's word, not by the screen's."""
        super().run(
            verb,
            partial(
                sign_in_operations.as_signed_in,
                counter=self.counter,
                held=self.app.seat,
                operation=operation,
            ),
        )

    # -- who opens it

    def sit_down(self, view: CounterView) -> None:
        """With the staff number the program was started with; where it takes a password, asked."""
        if not self.clerk or view.guard.in_force:
            return
        if view.state == "closed":
            self.open_for(self.clerk)
        elif view.clerk is not None and view.clerk.staff_number != self.clerk:
            self.refuse(CounterTaken(counter=self.counter, clerk=view.clerk.staff_number))

    @on(events.ScreenResume)
    def ask_who_opens(self) -> None:
        view = self.view
        if view is None or self.busy is not None or self.shown_look <= self.judged_after:
            return
        if view.state == "closed":
            self.leave_seat()
            if self.opening is None and self.is_active:
                self.ask_opening(view)
        elif self.opening is not None and self.opening.is_current:
            self.opening.dismiss(None)  # somebody opened it elsewhere
        elif not self.is_ours(view):
            self.lock_out(view)
        elif (locked := self.locked_screen) is not None:
            locked.show(view)

    def ask_opening(self, view: CounterView) -> None:
        prefilled = bool(self.trouble) or (view.guard.in_force and not self.was_asked)
        self.was_asked = True
        typed = self.clerk if prefilled else ""
        self.opening = OpeningDialog(view, typed, self.trouble)
        self.app.push_screen(self.opening, self.opening_answered)

    def opening_answered(self, opening: Opening | None) -> None:
        in_force, self.opening = self.opening is not None and self.opening.asks_password, None
        if opening is None:
            return
        self.clerk = opening.staff_number
        if not in_force:
            self.open_for(opening.staff_number)
        elif self.begin(Verb.REOPEN):
            if self.slow is not None:
                self.slow.stop()  # the verb's own word would be of a pause
            self.query_one(MessageLine).hold(self.app.say(_("One moment…")))
            asked = Asked(self.counter, opening.staff_number, opening.password)
            self.app.sign_in(asked, self.sign_in_answered)

    def sign_in_answered(self, trouble: str | None) -> None:
        self.end()
        self.trouble = trouble or ""
        if trouble is None:
            self.tell(self.app.say(_("Counter {counter} is open."), counter=self.counter))
        elif trouble:
            self.tell(trouble, "error")
        else:
            self.query_one(MessageLine).clear()
        self.ask_who_opens()

    def open_for(self, staff_number: str) -> None:
        self.clerk = staff_number
        self.run(
            Verb.REOPEN,
            partial(operations.open_counter, counter=self.counter, staff_number=staff_number),
        )

    # -- whose it is

    def is_ours(self, view: CounterView) -> bool:
        seat = self.app.seat
        signed_in = seat is not None and seat.token_digest == view.guard.token_digest
        return signed_in or not view.guard.in_force

    def seat_taken(self) -> None:
        self.judged_after = next(self.looks)
        self.look()

    @property
    def locked_screen(self) -> LockedScreen | None:
        found = (one for one in self.app.screen_stack if isinstance(one, LockedScreen))
        return next(found, None)

    def lock_screen(self, because: str) -> None:
        """What lies over the counter's screen stays, under the lock."""
        if self.view is not None and self.locked_screen is None:
            self.app.push_screen(LockedScreen(self.view, because))

    def tell_nothing_to_lock(self) -> None:
        words = _("Without a password there is no lock: ask the administrator for one.")
        self.tell(self.app.say(words), "warning")

    def lock_out(self, view: CounterView) -> None:
        """It is somebody else's, or was signed in to elsewhere."""
        if (locked := self.locked_screen) is not None:
            locked.show(view)
        else:
            self.lock_screen("")
        self.give_up_seat()

    def leave_seat(self) -> None:
        """Closed, here or elsewhere: nothing of that clerk's work is left for the next one."""
        over_it = self.opening is None and len(self.app.screen_stack) > 1
        if self.give_up_seat() or self.locked_screen is not None or over_it:
            for _screen in self.app.screen_stack[1:]:
                self.app.pop_screen()
            self.opening = None

    def give_up_seat(self) -> bool:
        """Whether there was one; then why it is gone is told as soon as it is known."""
        lost, self.app.seat = self.app.seat, None
        if lost is not None and self.app.hall is not None:
            self.ask_why_lost(self.app.hall, lost)
        return lost is not None

    @work(thread=True, group="seat")
    def ask_why_lost(self, hall: OpenHall, lost: Seat) -> None:
        with suppress(Refused, DatabaseFault):
            told = sign_in_operations.why_lost(hall, lost)
            if told is not None:
                self.post_message(self.SeatLost(self.app.say(told.words, **told.facts)))

    @on(SeatLost)
    def tell_why_lost(self, message: SeatLost) -> None:
        if (locked := self.locked_screen) is not None:
            locked.tell(message.sentence)
        elif self.opening is not None:
            self.opening.tell(message.sentence)
        else:
            self.trouble = message.sentence  # for the question that is yet to come
