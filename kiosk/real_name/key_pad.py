"""The keys of an identity card's number, large enough for any finger."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, getters, on
from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content
from textual.message import Message
from textual.widgets import Button

from hall.marked import _
from kiosk.choice_button import TouchButton
from ui.base_app import HallApp
from ui.big_text import big_letters

DELETE = "delete"
KEYS = (*"123456789", "X", "0", DELETE)
ROWS, LEAST_HEIGHT, MOST_HEIGHT, GAP = 4, 3, 9, 1
LOWEST_DRAWN = 5
"""Rows of a key from which its sign is drawn in blocks."""


class PadKey(TouchButton):
    def __init__(self, sign: str, label: str) -> None:
        super().__init__(label, id=f"key-{sign.lower()}")
        self.sign = sign

    def render(self) -> Content:
        width, height = self.content_size
        rows: tuple[str, ...] = ()
        if height >= LOWEST_DRAWN and self.sign != DELETE:
            rows = big_letters(self.sign, width - 2, height - 1)
        return Content("\n".join(rows)) if rows else Content(f"{self.label}")


class KeyPad(Grid):
    app = getters.app(HallApp)

    @dataclass
    class KeyPressed(Message):
        sign: str
        """One of `KEYS`."""

    def compose(self) -> ComposeResult:
        for sign in KEYS:
            label = f"{self.app.say(_('Delete'))} -" if sign == DELETE else sign
            yield PadKey(sign, label)

    def on_resize(self, event: events.Resize) -> None:
        """All keys are of one height."""
        height = (event.size.height + GAP) // ROWS - GAP
        self.styles.grid_rows = f"{max(LEAST_HEIGHT, min(MOST_HEIGHT, height))}"

    @on(Button.Pressed, "PadKey")
    def tell(self, event: Button.Pressed) -> None:
        event.stop()
        assert isinstance(event.button, PadKey)
        self.post_message(self.KeyPressed(event.button.sign))
