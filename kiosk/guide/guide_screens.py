"""What there is to read, and one part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Button, Label

from hall.marked import _
from hall.wording import Wording
from kiosk.choice_button import Choice, TouchButton
from kiosk.choices_screen import ChoicesScreen
from kiosk.choosing.groups_screen import GroupsScreen
from kiosk.fitting import FittedText
from kiosk.guide.guide_pages import GuidePages, Paragraph
from kiosk.guide.guide_words import ABOUT, TITLES, Part, paragraphs
from kiosk.kiosk_screen import KioskScreen
from kiosk.offer import Offer
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


class ReadingScreen(KioskScreen):
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

    def compose_foot(self) -> ComposeResult:
        yield from super().compose_foot()
        yield TouchButton(self.app.say("Previous page"), id="previous-page")
        yield Label("", id="page-number", markup=False)
        yield TouchButton(f"{self.app.say('Next page')} -", id="next-page")

    def show_guide(self, guide: Guide) -> None:
        self.guide = guide
        self.query_one(GuidePages).show(self.told())

    @on(GuidePages.PageShown)
    def show_page_number(self, message: GuidePages.PageShown) -> None:
        self.page, pages = message.page, message.pages
        words = self.app.say("Page {page} of {pages}", page=self.page + 1, pages=pages)
        self.query_one("#page-number", Label).update(words)
        self.query_one("#previous-page").visible = self.page > 0
        self.query_one("#page-number").visible = pages > 1
        self.query_one("#next-page").visible = self.page + 1 < pages

    @on(Button.Pressed, "#previous-page")
    def previous_page(self) -> None:
        self.action_turn(-1)

    @on(Button.Pressed, "#next-page")
    def next_page(self) -> None:
        self.action_turn(1)

    def action_turn(self, by: int) -> None:
        self.query_one(GuidePages).turn(by)

    def action_turn_on(self) -> None:
        is_last = not self.query_one("#next-page").visible
        self.action_turn(-self.page if is_last else 1)
