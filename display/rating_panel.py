"""Asks the citizen how the visit was, and says what became of the answer."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Grid, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from db.faults import DatabaseFault
from display.stars_button import ANSWERS, StarsButton
from display.two_languages import Pair, both
from hall.errors import Refused
from hall.errors.cases import AlreadyRated
from hall.marked import _
from ui.base_app import RETRY_S, HallApp
from ui.big_text import BigText

if TYPE_CHECKING:
    from datetime import datetime

    from hall.cases.ratings import Asked
    from hall.open_hall import OpenHall

HAND_S = 0.05
"""No hand presses two keys within this: a card or code reader types."""
TITLE_AND_TIME = 3
LEAST_WITH_GAPS = 19
"""Lines for five buttons of three, with one between each two."""


class RatingPanel(Vertical):
    """Shown from the end of a visit until it is rated, the time is over, or the next is called.

    How long is measured here, from when the sign saw the end: a clock set forth or back neither
    hides the question nor keeps it for ever.
    """

    app = getters.app(HallApp)

    @dataclass
    class Shown(Message):
        """Whether there is a question, or an answer to one, on the sign."""

        is_shown: bool

    @dataclass
    class Kept(Message):
        asked: Asked

    @dataclass
    class NotKept(Message):
        asked: Asked
        reason: Refused | None
        """None: the database is at fault."""

    def __init__(self, counter: int) -> None:
        super().__init__(id="rating")
        self.counter = counter
        self.hall: OpenHall | None = None
        self.asked: Asked | None = None
        self.until = 0.0
        self.settled_at = 0.0
        self.over = 0
        """The end of a visit that was answered or let pass here, by its row of the journal."""
        self.giving: Asked | None = None
        """Whose answer is being kept."""
        self.told_until: float | None = None
        """None: the citizen is told nothing."""
        self.key_at = float("-inf")
        self.held_key = ""
        self.was_shown = False

    def compose(self) -> ComposeResult:
        with Vertical(id="question"):
            yield Static(id="rating-title", markup=False)
            with Grid(id="stars"):
                for stars in ANSWERS:
                    yield StarsButton(stars)
            yield Static(id="rating-left", markup=False)
        with Vertical(id="told"):
            yield BigText(id="told-big")
            yield Static(id="told-words", markup=False)

    def on_resize(self) -> None:
        """All buttons of one height, whatever is left over beneath."""
        grid = self.query_one("#stars", Grid)
        height = self.size.height - TITLE_AND_TIME
        is_tight = height < LEAST_WITH_GAPS
        grid.set_class(is_tight, "-tight")
        gaps = 0 if is_tight else len(ANSWERS) - 1
        grid.styles.grid_rows = str(max(1, (height - gaps) // len(ANSWERS)))

    # -- what is asked -----------------------------------------------------------------------

    def show(
        self, asked: Asked | None, hall: OpenHall, now: datetime, *, somebody_is_here: bool
    ) -> None:
        """`somebody_is_here`: the next citizen, over whose head nobody is asked or thanked."""
        self.hall = hall
        if somebody_is_here:
            self.asked = self.told_until = None
        elif asked is None or asked.sequence == self.over:
            if self.giving is None:  # else what became of the answer comes in a moment
                self.asked = None
        elif self.asked is None or self.asked.sequence != asked.sequence:
            moment = time.monotonic()
            self.asked, self.told_until = asked, None
            self.until = moment + (asked.until - now).total_seconds()
            self.settled_at = moment + hall.settings.sign.settle_seconds
        self.tick()

    def tick(self) -> None:
        moment = time.monotonic()
        if self.told_until is not None and moment >= self.told_until:
            self.told_until = None
        if self.asked is not None and moment >= self.until and self.giving != self.asked:
            self.let_pass(self.asked)
        telling = self.told_until is not None
        is_shown = telling or self.asked is not None
        self.set_class(telling, "-telling")
        if self.asked is not None:
            self.show_question(self.asked, math.ceil(max(0.0, self.until - moment)))
        if is_shown != self.was_shown:
            self.was_shown = is_shown
            self.post_message(self.Shown(is_shown))

    def let_pass(self, asked: Asked) -> None:
        self.over, self.asked = asked.sequence, None

    def show_question(self, asked: Asked, seconds: int) -> None:
        if self.giving is not None:
            title = left = both(self.app.wording, _("One moment, please…"))
        else:
            title = both(self.app.wording, _("How was the service?"))
            left = both(self.app.wording, _("{seconds} s left"), seconds=seconds)
        here, english = title
        number = f"  {asked.number}"
        words = Content.assemble((here, "bold"), number, f"\n{english}" if english else "")
        self.update("#rating-title", words)
        self.update("#rating-left", Content("  ".join(filter(None, left))))

    def update(self, place: str, words: Content) -> None:
        """Asked twice a second; new text would lay the whole screen out anew."""
        static = self.query_one(place, Static)
        if static.content != words:
            static.update(words)

    # -- the answer --------------------------------------------------------------------------

    @on(StarsButton.Pressed)
    def choose(self, message: StarsButton.Pressed) -> None:
        message.stop()
        self.press(message.stars)

    def take_key(self, character: str | None) -> None:
        """A digit pressed alone; a stuck key or a card reader rates nothing."""
        if self.hall is None or not self.hall.settings.sign.keys:
            return
        moment = time.monotonic()
        is_alone = moment - self.key_at >= self.hall.settings.sign.settle_seconds
        self.key_at = moment
        if character != self.held_key:
            self.held_key = ""
        if is_alone and character and character in map(str, ANSWERS):
            self.held_key = character
            self.set_timer(HAND_S, partial(self.let_key_through, character))

    def let_key_through(self, character: str) -> None:
        if self.held_key == character:
            self.held_key = ""
            self.press(int(character))

    def press(self, stars: int) -> None:
        moment = time.monotonic()
        if (
            self.asked is None
            or self.hall is None
            or self.giving is not None  # an impatient second press is not a second answer
            or self.told_until is not None
            or not self.settled_at <= moment < self.until
        ):
            return
        self.giving = self.asked
        self.mark(stars)
        self.tick()
        self.give(self.hall, self.asked, stars)

    def mark(self, stars: int | None) -> None:
        for button in self.query(StarsButton):
            button.set_class(button.stars == stars, "-chosen")

    @work(thread=True, group="rating")
    def give(self, hall: OpenHall, asked: Asked, stars: int) -> None:
        """Once more when the database does not take it, then the citizen is told."""
        from db.engine import writing
        from hall.cases import ratings

        place = f"counter-sign {self.counter}"
        for is_last in (False, True):
            try:
                with writing(hall.engine) as session:
                    ratings.rate(
                        session, hall.rules, asked.ticket_id, stars, hall.now(), place=place
                    )
            except Refused as refused:
                self.post_message(self.NotKept(asked, refused))
                return
            except DatabaseFault as fault:
                self.log.error(fault)
                if is_last:
                    self.post_message(self.NotKept(asked, None))
                else:
                    self.app.is_leaving.wait(RETRY_S)
            else:
                self.post_message(self.Kept(asked))
                return

    @on(Kept)
    def thank(self, message: Kept) -> None:
        message.stop()
        words = both(self.app.wording, _("Your rating is kept. Thank you for telling us."))
        self.end_giving(message.asked, _("Thank you"), words, is_over=True)

    @on(NotKept)
    def tell_not_kept(self, message: NotKept) -> None:
        message.stop()
        reason = message.reason
        if reason is None:
            sentence = _("Your rating could not be kept. You can give it at the information desk.")
            words = both(self.app.wording, sentence)
        else:
            words = both(self.app.wording, reason.words, **reason.facts)
        big = _("Thank you") if isinstance(reason, AlreadyRated) else _("Not kept")
        self.end_giving(message.asked, big, words, is_over=reason is not None)

    def end_giving(self, asked: Asked, big: str, words: Pair, *, is_over: bool) -> None:
        """Not `is_over`: it may be tried again after the message, while there is time."""
        self.giving = None
        self.mark(None)
        if self.asked is None or self.asked.sequence == asked.sequence:
            if is_over:
                self.over = asked.sequence
            if self.was_shown and self.hall is not None:
                self.query_one("#told-big", BigText).show(self.app.say(big))
                here, english = words
                told = Content.assemble((here, "bold"), f"\n{english}" if english else "")
                self.update("#told-words", told)
                self.told_until = time.monotonic() + self.hall.settings.sign.thanks_seconds
            if is_over:
                self.asked = None
        self.tick()
