"""One of the five answers to how a visit was (好差评), to be pressed or typed."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual import getters
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from display.board_rows import row
from display.two_languages import both
from hall.marked import _
from ui.base_app import HallApp
from ui.big_text import big_letters

ANSWERS = {
    5: _("Very satisfied"),
    4: _("Satisfied"),
    3: _("Fairly satisfied"),
    2: _("Dissatisfied"),
    1: _("Very dissatisfied"),
}
"""By stars, in the order they are shown; the words are the national ones."""
MARK = "★"
DIGIT, WORDS = 10, 20
"""Columns beside each other, where the button is high enough for a digit in big letters."""
LEAST_WITH_DIGIT = DIGIT + WORDS + 4


class StarsButton(Widget):
    """Takes no focus: no key but its digit presses it."""

    app = getters.app(HallApp)

    ALLOW_SELECT = False

    @dataclass
    class Pressed(Message):
        stars: int

    def __init__(self, stars: int) -> None:
        super().__init__(id=f"stars-{stars}")
        self.stars = stars

    def render(self) -> RenderResult:
        width, height = self.content_size
        here, english = both(self.app.wording, ANSWERS[self.stars])
        digit = big_letters(str(self.stars), DIGIT, height)
        if digit and width >= LEAST_WITH_DIGIT:
            return self.with_big_digit(digit, [here, english, MARK * self.stars])
        first = [(f" {self.stars} ", "reverse bold"), ("  ", ""), (here, "bold")]
        marks = "  " + MARK * self.stars
        beside = f"  {english}" if english else ""
        if height > 1:
            second = f"{beside}{marks}".strip()
            if cell_len(second) > width:
                second = english
            return Content("\n").join([Content.assemble(*first), Content(second)])
        room = width - sum(cell_len(text) for text, _style in first)
        for part in (beside, marks):
            if cell_len(part) <= room:
                first.append((part, ""))
                room -= cell_len(part)
        return Content.assemble(*first)

    def with_big_digit(self, digit: tuple[str, ...], words: list[str]) -> Content:
        words = [line for line in words if line][: len(digit)]
        above = (len(digit) - len(words)) // 2
        lines = [*[""] * above, *words, *[""] * (len(digit) - len(words) - above)]
        return Content("\n").join(
            row((left, DIGIT, ""), (text, WORDS, "bold" if place == above else ""))
            for place, (left, text) in enumerate(zip(digit, lines, strict=True))
        )

    def on_click(self) -> None:
        self.post_message(self.Pressed(self.stars))
