"""A page that only tells: where a ticket stands, that a rating is kept, that a code is unknown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Self

from textual.app import ComposeResult
from textual.widgets import Label

from kiosk.fitting import lines_of
from kiosk.kiosk_screen import KioskScreen
from kiosk.offer import Offer
from kiosk.visit import Visit
from ui.big_text import BigText

Told = Callable[[Callable[..., str], str], tuple[str, Sequence[str]]]
"""From `say` and the language: what stands there large, and the lines below it."""


def ask_at_desk(sentence: str, say: Callable[..., str], language: str) -> tuple[str, list[str]]:
    """What went wrong, in the words it was refused with, and where one is helped."""
    return "", [sentence, say("Please ask at the information desk.")]


class WordsScreen(KioskScreen):
    """Goes by itself after a while, or at a touch anywhere."""

    def __init__(self, visit: Visit, offer: Offer | None, told: Told) -> None:
        super().__init__(visit, offer)
        self.told = told

    def anew(self) -> Self:
        return type(self)(self.visit, self.offer, self.told)

    def compose_page(self) -> ComposeResult:
        big, _lines = self.told(self.app.say, self.visit.language)
        yield BigText(big, id="big")
        yield Label("", id="lines", markup=False)

    def back_words(self) -> str:
        return self.app.say("Done")

    def on_resize(self) -> None:
        width = self.size.width - 8
        _big, lines = self.told(self.app.say, self.visit.language)
        told = ["\n".join(lines_of(line, width, 3)) for line in lines if line]
        self.query_one("#lines", Label).update("\n\n".join(told))

    def on_click(self) -> None:
        self.action_back()

    def action_digit(self, digit: int) -> None:
        self.action_back()

    @property
    def stay_seconds(self) -> float | None:
        hall = self.app.hall
        return 2 * hall.settings.kiosk.number_seconds if hall else super().stay_seconds
