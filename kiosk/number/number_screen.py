"""The number, as large as the screen allows, and what to do with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from textual.app import ComposeResult
from textual.widgets import Label

from kiosk.fitting import lines_of
from kiosk.kiosk_screen import KioskScreen
from kiosk.number.slip_words import slip_words
from kiosk.offer import GivenNumber, Offer, SlipNews
from kiosk.visit import Visit
from ui.big_text import BigText

COUNTERS_LISTED = 8


class NumberScreen(KioskScreen):
    """Goes by itself after a while, or at a touch anywhere."""

    def __init__(self, visit: Visit, offer: Offer | None, given: GivenNumber) -> None:
        super().__init__(visit, offer)
        self.given = given

    def anew(self) -> Self:
        return type(self)(self.visit, self.offer, self.given)

    def compose_page(self) -> ComposeResult:
        yield Label(self.app.say("Your number"), id="your-number", markup=False)
        yield BigText(self.given.number, id="number")
        for part in ("where", "wait", "slip", "service"):
            yield Label("", id=part, markup=False)

    def back_words(self) -> str:
        return f"{self.app.say('Done')} 0"

    def on_resize(self) -> None:
        width = self.size.width - 8
        for part, words, most in (
            ("#service", self.name_of(self.given.service), 2),
            ("#where", self.where(), 2),
            ("#wait", self.wait(), 2),
        ):
            self.query_one(part, Label).update("\n".join(lines_of(words, width, most)))
        self.put_slip()

    def where(self) -> str:
        say, counters = self.app.say, [str(number) for number in self.given.counters]
        if not counters:
            return say("Please wait until your number is called.")
        if len(counters) > COUNTERS_LISTED:
            counters = [*counters[:COUNTERS_LISTED], "…"]
        return say(
            "When called, please go to counter {counters}.", counters=say(", ").join(counters)
        )

    def wait(self) -> str:
        say, given = self.app.say, self.given
        ahead = (
            say("{count} ahead of you", count=given.ahead)
            if given.ahead
            else say("Nobody is ahead of you")
        )
        if given.wait_minutes is None:
            expected = say("No counter is open for this yet; please watch the board.")
        elif given.wait_minutes[0] in (0, given.wait_minutes[1]):
            expected = say("expected wait: up to {high} min", high=given.wait_minutes[1])
        else:
            low, high = given.wait_minutes
            expected = say("expected wait: {low} to {high} min", low=low, high=high)
        return f"{ahead}  {expected}"

    def show_slip(self, slip: SlipNews) -> None:
        self.given = replace(self.given, slip=slip)
        self.put_slip()

    def put_slip(self) -> None:
        say, slip, label = self.app.say, self.given.slip, self.query_one("#slip", Label)
        label.update("\n".join(lines_of(slip_words(say, slip), self.size.width - 8, 3)))
        label.set_class(bool(slip.place) or slip.fate in ("at_desk", "no_printer"), "remember")

    def on_click(self) -> None:
        self.action_back()

    def action_digit(self, digit: int) -> None:
        self.action_back()

    @property
    def stay_seconds(self) -> float | None:
        hall = self.app.hall
        return hall.settings.kiosk.number_seconds if hall else super().stay_seconds
