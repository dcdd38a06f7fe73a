"""The suggestion box: of what kind, about what, at which counter; nothing is typed.

A keyboard on a public screen collects names, numbers and mischief; free words are taken down by
the information desk, where somebody listens.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, replace
from typing import Self

from textual.app import ComposeResult
from textual.message import Message

from hall.marked import _
from hall.suggestion_words import KINDS, SUBJECTS
from hall.wording import Wording
from kiosk.choice_button import Choice
from kiosk.choice_pages import ChoicePages
from kiosk.choices_screen import ChoicesScreen
from kiosk.guide.guide_screens import GuideScreen
from kiosk.kiosk_screen import KioskScreen
from kiosk.offer import Offer
from kiosk.visit import Visit

NO_COUNTER = "none"


@dataclass(frozen=True)
class Opinion:
    """What has been chosen so far."""

    counters: tuple[int, ...] = ()
    """Of the hall."""
    kind: str = ""
    subject: str = ""


class BoxScreen(ChoicesScreen):
    @dataclass
    class Finished(Message):
        opinion: Opinion
        counter: int | None

    @dataclass
    class GoesOn(Message):
        page: BoxScreen

    def __init__(self, visit: Visit, offer: Offer | None, opinion: Opinion) -> None:
        super().__init__(visit, offer)
        self.opinion = opinion

    def anew(self) -> Self:
        return type(self)(self.visit, self.offer, self.opinion)

    def compose_beside_prompt(self) -> ComposeResult:
        yield from ()

    def take_counters(self, counters: tuple[int, ...]) -> None:
        self.opinion = replace(self.opinion, counters=counters)
        self.query_one(ChoicePages).show(self.choices())

    @abstractmethod
    def words(self) -> dict[str, str]: ...

    def choices(self) -> list[Choice]:
        say, other = self.app.say, Wording(self.visit.other_language)
        return [Choice(code, say(name), other.say(name)) for code, name in self.words().items()]


class KindScreen(BoxScreen):
    def page_before(self, offer: Offer | None) -> KioskScreen | None:
        return GuideScreen(self.visit, offer) if offer is not None else None

    def prompt(self) -> str:
        return self.app.say(_("What would you like to tell us?"))

    def words(self) -> dict[str, str]:
        return KINDS

    def choose(self, choice: Choice) -> None:
        opinion = replace(self.opinion, kind=choice.code)
        self.post_message(self.GoesOn(SubjectScreen(self.visit, self.offer, opinion)))


class SubjectScreen(BoxScreen):
    def page_before(self, offer: Offer | None) -> KioskScreen | None:
        return KindScreen(self.visit, offer, self.opinion) if offer is not None else None

    def prompt(self) -> str:
        return self.app.say(_("What is it about?"))

    def words(self) -> dict[str, str]:
        return SUBJECTS

    def choose(self, choice: Choice) -> None:
        opinion = replace(self.opinion, subject=choice.code)
        self.post_message(self.GoesOn(AtCounterScreen(self.visit, self.offer, opinion)))


class AtCounterScreen(BoxScreen):
    def page_before(self, offer: Offer | None) -> KioskScreen | None:
        return SubjectScreen(self.visit, offer, self.opinion) if offer is not None else None

    def prompt(self) -> str:
        return self.app.say(_("At which counter?"))

    def words(self) -> dict[str, str]:
        return {}

    def choices(self) -> list[Choice]:
        say, other = self.app.say, Wording(self.visit.other_language)
        none = _("At none in particular")
        counter = _("Counter {counter}")
        return [
            Choice(NO_COUNTER, say(none), other.say(none)),
            *(
                Choice(
                    f"{number}", say(counter, counter=number), other.say(counter, counter=number)
                )
                for number in self.opinion.counters
            ),
        ]

    def choose(self, choice: Choice) -> None:
        counter = None if choice.code == NO_COUNTER else int(choice.code)
        self.post_message(self.Finished(self.opinion, counter))
