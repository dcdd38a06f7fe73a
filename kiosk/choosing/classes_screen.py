"""Whom the hall serves sooner: said here, shown to the staff at the counter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from textual.app import ComposeResult
from textual.message import Message

from hall.marked import _
from hall.priority_words import NAMES, PROOFS
from hall.wording import Wording
from kiosk.choice_button import Choice
from kiosk.choices_screen import ChoicesScreen
from kiosk.choosing.services_screen import ServicesScreen
from kiosk.kiosk_screen import KioskScreen
from kiosk.offer import Offer
from kiosk.visit import Visit


class ClassesScreen(ChoicesScreen):
    @dataclass
    class ClassChosen(Message):
        code: str

    def __init__(self, visit: Visit, offer: Offer | None, group: str) -> None:
        super().__init__(visit, offer)
        self.group = group
        """Where it was asked for, and goes back to."""

    def anew(self) -> Self:
        return type(self)(self.visit, self.offer, self.group)

    def page_before(self, offer: Offer | None) -> KioskScreen | None:
        return ServicesScreen(self.visit, offer, self.group) if offer is not None else None

    def prompt(self) -> str:
        return self.app.say("Who is served first? Please bring proof; the counter will look at it.")

    def compose_beside_prompt(self) -> ComposeResult:
        yield from ()

    def choices(self) -> list[Choice]:
        say, other = self.app.say, Wording(self.visit.other_language)
        codes = self.offer.priority_classes if self.offer is not None else ()
        return [
            Choice(
                code,
                say(NAMES[code]),
                other.say(NAMES[code]),
                say(_("Proof: {proof}"), proof=say(PROOFS[code])),
            )
            for code in codes
        ]

    def choose(self, choice: Choice) -> None:
        self.post_message(self.ClassChosen(choice.code))
