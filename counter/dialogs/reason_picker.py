"""Why: one of the usual reasons, or the clerk's own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList

from hall.marked import _
from ui.base_app import HallApp


class ReasonPicker(Vertical):
    app = getters.app(HallApp)

    @dataclass
    class Chosen(Message):
        reason: str

    def __init__(self, usual: Sequence[str]) -> None:
        """`usual`: reasons in the clerk's language; the last row is for one's own words."""
        super().__init__()
        self.usual = list(usual)

    def compose(self) -> ComposeResult:
        yield OptionList(*self.usual, self.app.say(_("In my own words…")), markup=False)
        yield Input(
            placeholder=self.app.say(_("Own words")), max_length=60, id="own-words", disabled=True
        )

    def on_mount(self) -> None:
        self.query_one(OptionList).highlighted = 0

    @property
    def reason(self) -> str:
        """Empty while nothing is chosen or written."""
        at = self.query_one(OptionList).highlighted
        if at is None or at >= len(self.usual):
            return self.query_one("#own-words", Input).value.strip()
        return self.usual[at]

    @on(OptionList.OptionHighlighted)
    def offer_own_words(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self.query_one("#own-words").disabled = event.option_index < len(self.usual)

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_index >= len(self.usual):
            self.query_one("#own-words").focus()
        else:
            self.post_message(self.Chosen(self.reason))

    @on(Input.Submitted)
    def say_in_own_words(self, event: Input.Submitted) -> None:
        event.stop()
        if self.reason:
            self.post_message(self.Chosen(self.reason))
