"""What a counter's sign shows while it asks nothing: counter, number in hand, clerk."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from display.two_languages import Pair, both, both_names, different
from hall.marked import _
from ui.base_app import HallApp
from ui.big_text import BigText

if TYPE_CHECKING:
    from datetime import datetime

    from hall.counters.sign_view import NumberInHand, SignClerk, SignView


MARGINS = 4
"""Columns to the left and right of the words."""


class SignHead(Horizontal):
    """The counter's number and name; the number is known before anything is read."""

    app = getters.app(HallApp)

    def __init__(self, counter: int) -> None:
        super().__init__(id="head")
        self.counter = counter

    def compose(self) -> ComposeResult:
        yield BigText(str(self.counter), id="number")
        with Vertical(id="names"):
            yield BigText(id="name")
            yield Static(id="name-english", markup=False)
            yield Static(id="sign", markup=False)

    def show(self, view: SignView) -> None:
        here, english = both_names(self.app.wording, view.names)
        self.query_one("#name", BigText).show(here)
        self.query_one("#name-english", Static).update(english)
        self.query_one("#sign", Static).update(view.sign)
        self.set_class(not view.sign, "-no-sign")


@dataclass(frozen=True)
class Shown:
    """What stands in the middle; `mood` is a class of the style sheet."""

    mood: str
    big: str
    shorter: str
    """Instead of `big` where that would be illegible."""
    lines: tuple[Pair, ...]


class NowPanel(Vertical):
    """The number in hand, or why there is none."""

    app = getters.app(HallApp)

    MOODS = ("called", "serving", "paused", "free", "closed")

    def __init__(self) -> None:
        super().__init__(id="now")
        self.shown: Shown | None = None
        self.call: tuple[str, datetime | None] | None = None
        self.flashes_until = 0.0

    def compose(self) -> ComposeResult:
        yield BigText(id="big")
        yield Static(id="lines", markup=False)

    def on_resize(self) -> None:
        self.lay_out()

    def show(self, view: SignView, now: datetime, highlight_s: float) -> None:
        self.watch_call(view.in_hand, now, highlight_s)
        shown = self.what_is_shown(view)
        if shown != self.shown:
            self.shown = shown
            for mood in self.MOODS:
                self.set_class(mood == shown.mood, f"-{mood}")
            self.query_one("#big", BigText).show(shown.big, shown.shorter)
            self.lay_out()
        self.tick()

    def watch_call(self, in_hand: NumberInHand | None, now: datetime, highlight_s: float) -> None:
        """A call just made, or made again, flashes as long as it stands out on the board."""
        if in_hand is None or in_hand.state != "called":
            self.call, self.flashes_until = None, 0.0
        elif self.call != (in_hand.number, in_hand.called_at):
            self.call = (in_hand.number, in_hand.called_at)
            age = abs((now - in_hand.called_at).total_seconds()) if in_hand.called_at else 0.0
            self.flashes_until = time.monotonic() + highlight_s - age

    def tick(self) -> None:
        moment = time.monotonic()
        self.set_class(moment < self.flashes_until and moment % 1.0 >= 0.5, "-flash")

    def lay_out(self) -> None:
        if self.shown is None:
            return
        dim = "" if self.shown.mood == "paused" else "$secondary"  # unreadable on its ground
        rows = [
            (Content.styled(here, "bold"), Content.styled(english, dim))
            for here, english in self.shown.lines
        ]
        lines = [part for pair in rows for part in pair if part.plain]
        if len(lines) > self.size.height // 2:
            lines = [in_one(*pair, self.size.width - MARGINS) for pair in rows]
        self.query_one("#lines", Static).update(Content("\n").join(lines))

    def what_is_shown(self, view: SignView) -> Shown:
        if view.in_hand is not None:
            return self.somebody(view.in_hand, self.pause(view) if view.state == "paused" else ())
        if view.state == "paused":
            return Shown("paused", self.app.say(_("Paused")), "", self.pause(view))
        if view.state == "closed":
            words = both(self.app.wording, _("This counter is not open"))
            return Shown("closed", self.app.say(_("Not open")), "", (words,))
        words = both(self.app.wording, _("This counter is free; your number will be called"))
        return Shown("free", self.app.say(_("Please wait for your number")), "", (words,))

    def somebody(self, in_hand: NumberInHand, pause: tuple[Pair, ...]) -> Shown:
        number = in_hand.number
        service = both_names(self.app.wording, in_hand.service)
        if in_hand.state == "called":
            big = self.app.say(_("Number {number}, please"), number=number)
            words = _("Number {number}, please come here")
        else:
            big = self.app.say(_("Serving {number}"), number=number)
            words = _("Number {number} is being served")
        lines = (both(self.app.wording, words, number=number), service, *pause)
        return Shown(in_hand.state, big, number, lines)

    def pause(self, view: SignView) -> tuple[Pair, ...]:
        """Why, until when, and where to go meanwhile."""
        if view.pause_until is None:
            first = both(self.app.wording, _("This counter is paused"))
        else:
            until = f"{view.pause_until:%H:%M}"
            first = both(self.app.wording, _("Paused until {time}"), time=until)
        lines = [first, (view.pause_reason, "")]
        if view.taken_over_at:
            there = listed(view.taken_over_at)
            lines.append(both(self.app.wording, _("Please go to counter {counter}"), counter=there))
        return tuple(lines)


class ClerkPanel(Static):
    """亮牌: who serves here, and for whom."""

    app = getters.app(HallApp)

    def __init__(self) -> None:
        super().__init__(id="clerk", markup=False)

        self.shown: list[Pair] = []

    def on_resize(self) -> None:
        self.lay_out()

    def show(self, view: SignView) -> None:
        self.shown = self.lines(view.clerk, view.takes_over) if view.clerk is not None else []
        self.set_class(not self.shown, "-nobody")
        self.lay_out()

    def lay_out(self) -> None:
        room = self.screen.size.width - MARGINS
        lines = [
            in_one(Content.styled(here, "bold"), Content.styled(english, "$secondary"), room)
            for here, english in self.shown
        ]
        self.update(Content("\n").join(lines))

    def lines(self, clerk: SignClerk, takes_over: tuple[int, ...]) -> list[Pair]:
        who = {"clerk": clerk.name, "number": clerk.staff_number}
        first = both(self.app.wording, _("Served by {clerk}, no. {number}"), **who)
        post = " · ".join(filter(None, (clerk.department, clerk.title)))
        member = self.app.say(_("Party member")) if clerk.party_member else ""
        lines = [first, different("  ".join(filter(None, (post, member))), "")]
        if clerk.stands_in_for:
            primary = clerk.stands_in_for
            words = _("Stands in for {primary} (post A)")
            lines.append(both(self.app.wording, words, primary=primary))
        if takes_over:
            words = _("Also serves for counter {counter}")
            lines.append(both(self.app.wording, words, counter=listed(takes_over)))
        return [line for line in lines if any(line)]


def in_one(here: Content, english: Content, room: int) -> Content:
    """In one line; English only where both fit."""
    line = Content("  ").join(part for part in (here, english) if part.plain)
    return line if line.cell_length <= room or not here.plain else here


def listed(counters: tuple[int, ...]) -> str:
    return ", ".join(map(str, counters))
