"""The list of what is missing is on its way to paper: what to do with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from textual.app import ComposeResult
from textual.widgets import Label

from hall.marked import _
from kiosk.fitting import lines_of
from kiosk.kiosk_screen import KioskScreen
from kiosk.matter.matter import PrintedList
from kiosk.number.slip_words import ELSEWHERE
from kiosk.offer import Offer, SlipFate, SlipNews
from kiosk.visit import Visit
from ui.big_text import BigText

LIST_WORDS: dict[SlipFate, str] = {
    "printing": _("Your list is being printed. Please take it."),
    "printed": _("Your list is printed. Please take it."),
    "at_desk": _("Please fetch your list at the information desk."),
    "no_printer": _("Nothing is printed here. Please ask for the list at the information desk."),
}
PAPER, PAPERS = _("1 paper to bring"), _("{count} papers to bring")
NEXT_TIME = _(
    "Gather these papers first: no need to wait now. When you come back, hold the code of the list "
    "under the reader, and you are called ahead of new ones."
)


class ListScreen(KioskScreen):
    """Goes by itself after a while, or at a touch anywhere."""

    def __init__(self, visit: Visit, offer: Offer | None, printed: PrintedList) -> None:
        super().__init__(visit, offer)
        self.printed = printed

    def anew(self) -> Self:
        return type(self)(self.visit, self.offer, self.printed)

    def compose_page(self) -> ComposeResult:
        count = self.printed.missing
        words = self.app.say(PAPER if count == 1 else PAPERS, count=count)
        yield BigText(words, id="how-many")
        for part in ("service", "slip", "next-time", "serial"):
            yield Label("", id=part, markup=False)

    def back_words(self) -> str:
        return self.app.say("Done")

    def on_resize(self) -> None:
        self.put_words()

    def show_slip(self, slip: SlipNews) -> None:
        self.printed = replace(self.printed, slip=slip)
        self.put_words()

    def put_words(self) -> None:
        say, printed, width = self.app.say, self.printed, self.size.width - 8
        slip = printed.slip
        told = say(ELSEWHERE, place=slip.place) if slip.place else say(LIST_WORDS[slip.fate])
        for part, words, most in (
            ("#service", self.name_of(printed.service), 2),
            ("#slip", told, 3),
            ("#next-time", say(NEXT_TIME), 4),
            ("#serial", printed.serial, 1),
        ):
            self.query_one(part, Label).update("\n".join(lines_of(words, width, most)))
        label = self.query_one("#slip")
        label.set_class(bool(slip.place) or slip.fate in ("at_desk", "no_printer"), "remember")

    def on_click(self) -> None:
        self.action_back()

    def action_digit(self, digit: int) -> None:
        self.action_back()

    @property
    def stay_seconds(self) -> float | None:
        hall = self.app.hall
        return hall.settings.kiosk.number_seconds if hall else super().stay_seconds
