"""What there is to read, and one part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from textual import on
from textual.app import ComposeResult
from textual.message import Message

from hall.marked import _
from hall.wording import Wording
from kiosk.choice_button import Choice
from kiosk.choices_screen import ChoicesScreen
from kiosk.choosing.groups_screen import GroupsScreen
from kiosk.fitting import FittedText
from kiosk.guide.guide_pages import GuidePages, Paragraph
from kiosk.guide.guide_words import ABOUT, TITLES, Part, paragraphs
from kiosk.kiosk_screen import KioskScreen
from kiosk.offer import Offer
from kiosk.paged_screen import PagedScreen
from kiosk.visit import Visit

if TYPE_CHECKING:
    from hall.guide_view import Guide


class GuideScreen(ChoicesScreen):
    @dataclass
    class PartChosen(Message):
        part: Part

    def page_before(self, offer: Offer | None) -> KioskScreen | None:
        return GroupsScreen(self.visit, offer) if offer is not None else None

    def prompt(self) -> str:
        return self.app.say(_("About this hall"))

    def compose_beside_prompt(self) -> ComposeResult:
        yield from ()

    def choices(self) -> list[Choice]:
        say, other = self.app.say, Wording(self.visit.other_language)
        return [
            Choice(part, say(title), other.say(title), say(ABOUT[part]))
            for part, title in TITLES.items()
        ]

    def choose(self, choice: Choice) -> None:
        for part in TITLES:
            if part == choice.code:
                self.post_message(self.PartChosen(part))


class ReadingScreen(PagedScreen):
    """One part, page by page."""

    def __init__(self, visit: Visit, offer: Offer | None, part: Part, guide: Guide | None) -> None:
        """`guide`: None while it is read."""
        super().__init__(visit, offer)
        self.part = part
        self.guide = guide
        self.page = 0

    def anew(self) -> Self:
        screen = type(self)(self.visit, self.offer, self.part, self.guide)
        screen.page = self.page
        return screen

    def page_before(self, offer: Offer | None) -> KioskScreen | None:
        return GuideScreen(self.visit, offer) if offer is not None else None

    def compose_page(self) -> ComposeResult:
        yield FittedText(self.app.say(TITLES[self.part]), most_lines=1, id="prompt")
        yield GuidePages(self.told(), self.page, large_type=self.visit.large_type)

    def told(self) -> list[Paragraph]:
        return paragraphs(self.part, self.guide, self.app.say, self.visit.language)

    def show_guide(self, guide: Guide) -> None:
        self.guide = guide
        self.query_one(GuidePages).show(self.told())

    @on(GuidePages.PageShown)
    def show_page_number(self, message: GuidePages.PageShown) -> None:
        self.tell_page(message.page, message.pages)

    def action_turn(self, by: int) -> None:
        self.query_one(GuidePages).turn(by)
