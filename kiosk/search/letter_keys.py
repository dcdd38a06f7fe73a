"""Keys for letters and digits; those that lead nowhere any more cannot be pressed."""

from __future__ import annotations

from collections.abc import Set as AnySet
from dataclasses import dataclass
from string import ascii_lowercase, digits

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Grid
from textual.message import Message
from textual.widgets import Button

from kiosk.choice_button import TouchButton

KEYS = (*ascii_lowercase, *digits)
COLUMNS, COLUMNS_NARROW = 12, 9
NARROW = 72
KEY_HEIGHT, KEY_HEIGHT_TALL, GAP = 3, 5, 1
HIGH, TALL = 30, 60
"""Rows of a screen on which keys may stand apart, and be higher."""


class LetterKey(TouchButton):
    def __init__(self, letter: str) -> None:
        super().__init__(letter.upper(), id=f"key-{letter}")
        self.letter = letter


class LetterKeys(Grid):
    @dataclass
    class LetterPressed(Message):
        letter: str

    def compose(self) -> ComposeResult:
        for letter in KEYS:
            yield LetterKey(letter)

    def on_mount(self) -> None:
        self.fit()

    def on_resize(self, event: events.Resize) -> None:
        self.fit()

    def fit(self) -> None:
        screen = self.screen.size
        columns = COLUMNS if screen.width >= NARROW else COLUMNS_NARROW
        height = KEY_HEIGHT_TALL if screen.height >= TALL else KEY_HEIGHT
        rows = len(KEYS) // columns
        self.styles.grid_size_columns = columns
        gap = GAP if screen.height >= HIGH else 0
        self.styles.grid_gutter_horizontal = gap
        self.styles.grid_rows = f"{height}"
        self.styles.height = rows * (height + gap) - gap

    def offer(self, letters: AnySet[str]) -> None:
        for key in self.query(LetterKey):
            key.disabled = key.letter not in letters

    @on(Button.Pressed, "LetterKey")
    def tell(self, event: Button.Pressed) -> None:
        event.stop()
        assert isinstance(event.button, LetterKey)
        self.post_message(self.LetterPressed(event.button.letter))
