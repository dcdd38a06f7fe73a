"""The number of the identity card: laid on the reader, or typed; never shown as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Self

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Button, Label

from hall.marked import _
from kiosk.choice_button import TouchButton
from kiosk.fitting import FittedText
from kiosk.kiosk_screen import KioskScreen
from kiosk.offer import Offer
from kiosk.real_name.key_pad import DELETE, KeyPad
from kiosk.visit import Visit

LENGTH = 18
PARTS = (6, 14, LENGTH)
"""Where the district, the date of birth and the rest end."""
SHOWN = 4
"""So many of the last characters typed are shown."""

QUESTION = _("Please lay your identity card on the reader, or type its number.")
PROMISE = _("It gives each person one number. It is not printed, and deleted the next day.")


def masked(typed: str, width: int) -> str:
    """As a row of 18 places in three parts, all but the last few characters hidden."""
    hidden = max(0, len(typed) - SHOWN)
    places = ("•" * hidden + typed[hidden:]).ljust(LENGTH, "_")
    parts = [places[begin:end] for begin, end in pairwise((0, *PARTS))]
    wide = "   ".join(map(" ".join, parts))
    return wide if len(wide) <= width else "  ".join(parts)


class IdentityScreen(KioskScreen):
    VERTICAL_BREAKPOINTS = [(0, "-small"), (30, "-low"), (40, "-tall")]

    BINDINGS = [
        Binding("0", "digit(0)", show=False),
        Binding("x,X,full_stop", "key('X')", show=False),
        Binding("backspace,minus", f"key('{DELETE}')", show=False),
        Binding("enter", "done", show=False),
        Binding("slash", "back", show=False),
    ]

    @dataclass
    class NumberTyped(Message):
        page: IdentityScreen
        text: str = field(repr=False)

    class NoCard(Message):
        pass

    def __init__(
        self, visit: Visit, offer: Offer | None, asked_on: KioskScreen, typed: str = ""
    ) -> None:
        super().__init__(visit, offer)
        self.asked_on = asked_on
        self.typed = typed
        self.wrong = ""

    def anew(self) -> Self:
        return type(self)(self.visit, self.offer, self.asked_on, self.typed)

    def page_before(self, offer: Offer | None) -> KioskScreen | None:
        return self.asked_on.anew() if offer is not None else None

    def compose_page(self) -> ComposeResult:
        say = self.app.say
        with Horizontal(id="entry"):
            with Vertical(id="typed-side"):
                yield FittedText(self.question(), most_lines=3, id="prompt")
                yield Label("", id="typed", classes="unspoken", markup=False)
                yield FittedText("", most_lines=3, id="wrong")
                with Vertical(id="actions"):
                    yield TouchButton(say(_("Enter  Go on")), id="done")
                    yield TouchButton(say(_("Delete all")), id="clear")
                    yield TouchButton(say(_("I have no card here")), id="no-card")
            yield KeyPad(id="key-pad", classes="unspoken")

    def back_words(self) -> str:
        return f"{self.app.say('Back')} /"

    def on_mount(self) -> None:
        self.call_after_refresh(self.show_typed)

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_typed)

    def question(self) -> str:
        if self.visit.step == "asking":
            return self.app.say("One moment, please…")
        return self.app.say(QUESTION)

    def show_typed(self) -> None:
        typed = self.query_one("#typed", Label)
        typed.update(masked(self.typed, typed.content_size.width))
        self.query_one("#done").set_class(len(self.typed) == LENGTH, "main")
        told = self.query_one("#wrong", FittedText)
        told.show(self.wrong or self.app.say(PROMISE))
        told.set_class(bool(self.wrong), "-wrong")

    def show_wrong(self, sentence: str) -> None:
        self.wrong = sentence
        self.show_typed()

    def show_asking(self) -> None:
        super().show_asking()
        self.query_one("#prompt", FittedText).show(self.question())

    # -- what is typed ---------------------------------------------------------------------------

    def take_typed(self, text: str) -> None:
        for sign in text.upper():
            if sign in "0123456789X":
                self.action_key(sign)

    def action_digit(self, digit: int) -> None:
        self.action_key(f"{digit}")

    def action_key(self, sign: str) -> None:
        if sign == DELETE:
            self.typed = self.typed[:-1]
        elif len(self.typed) < LENGTH:
            self.typed += sign
        self.wrong = ""
        self.show_typed()

    @on(KeyPad.KeyPressed)
    def type_key(self, message: KeyPad.KeyPressed) -> None:
        self.action_key(message.sign)

    @on(Button.Pressed, "#clear")
    def clear(self) -> None:
        self.typed = self.wrong = ""
        self.show_typed()

    @on(Button.Pressed, "#done")
    def action_done(self) -> None:
        self.post_message(self.NumberTyped(self, self.typed))

    @on(Button.Pressed, "#no-card")
    def leave_without(self) -> None:
        self.post_message(self.NoCard())
