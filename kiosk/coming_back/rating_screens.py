"""好差评 with the slip at the kiosk: five levels, then efficiency, manner and competence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from textual.app import ComposeResult
from textual.message import Message

from hall.marked import _
from kiosk.choice_button import Choice
from kiosk.choices_screen import ChoicesScreen
from kiosk.offer import Offer
from kiosk.visit import Visit

LEVELS = {
    5: _("Very satisfied"),
    4: _("Satisfied"),
    3: _("Fairly satisfied"),
    2: _("Dissatisfied"),
    1: _("Very dissatisfied"),
}
QUESTIONS = {
    "efficiency": _("How quickly was it done?"),
    "manner": _("How were you treated?"),
    "competence": _("Did they know their work?"),
}
"""By `hall.cases.ratings.DIMENSIONS`."""
SKIP = "skip"


class LevelsScreen(ChoicesScreen):
    """One question, answered on five levels."""

    @dataclass
    class Answered(Message):
        question: str
        """"stars" or a key of QUESTIONS."""
        stars: int | None
        """None: skipped."""

    def __init__(
        self, visit: Visit, offer: Offer | None, number: str, question: str = "stars"
    ) -> None:
        super().__init__(visit, offer)
        self.number = number
        self.question = question

    def anew(self) -> Self:
        return type(self)(self.visit, self.offer, self.number, self.question)

    def prompt(self) -> str:
        if self.question == "stars":
            return self.app.say(_("{number}: how was the service?"), number=self.number)
        return self.app.say(QUESTIONS[self.question])

    def compose_beside_prompt(self) -> ComposeResult:
        yield from ()

    def choices(self) -> list[Choice]:
        rows = [
            Choice(f"{stars}", self.app.say(words), "★" * stars) for stars, words in LEVELS.items()
        ]
        if self.question != "stars":
            rows.append(Choice(SKIP, self.app.say(_("Skip"))))
        return rows

    def choose(self, choice: Choice) -> None:
        stars = None if choice.code == SKIP else int(choice.code)
        self.post_message(self.Answered(self.question, stars))
