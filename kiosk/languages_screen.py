"""The languages of the hall, each by its own name, where there are more than two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from textual.app import ComposeResult
from textual.message import Message

from hall.languages import own_name
from kiosk.choice_button import Choice
from kiosk.choices_screen import ChoicesScreen
from kiosk.kiosk_screen import KioskScreen
from kiosk.offer import Offer
from kiosk.visit import Visit


class LanguagesScreen(ChoicesScreen):
    stands_over = True

    @dataclass
    class LanguageChosen(Message):
        code: str

    def __init__(self, visit: Visit, offer: Offer | None, asked_on: KioskScreen) -> None:
        super().__init__(visit, offer)
        self.asked_on = asked_on
        """The page that is shown again in the language chosen."""

    def anew(self) -> Self:
        return self.keep_page(type(self)(self.visit, self.offer, self.asked_on))

    def page_before(self, offer: Offer | None) -> KioskScreen | None:
        return self.asked_on.anew()

    def prompt(self) -> str:
        return "中文 / English"

    def compose_beside_prompt(self) -> ComposeResult:
        yield from ()

    def choices(self) -> list[Choice]:
        return [Choice(code, own_name(code)) for code in self.languages]

    def choose(self, choice: Choice) -> None:
        self.post_message(self.LanguageChosen(choice.code))
