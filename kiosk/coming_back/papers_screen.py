"""Are all papers here now? Then a number, ahead of new ones."""

from __future__ import annotations

from typing import Self

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Button, Label

from hall.marked import _
from kiosk.choice_button import TouchButton
from kiosk.coming_back.found import FoundPapers
from kiosk.fitting import FittedText, lines_of
from kiosk.kiosk_screen import KioskScreen
from kiosk.offer import Offer
from kiosk.visit import Visit

MARGINS = 4


class PapersScreen(KioskScreen):
    BINDINGS = [Binding("enter", "all_here", show=False)]

    class AllHere(Message):
        pass

    def __init__(self, visit: Visit, offer: Offer | None, papers: FoundPapers) -> None:
        super().__init__(visit, offer)
        self.papers = papers

    def anew(self) -> Self:
        return type(self)(self.visit, self.offer, self.papers)

    def compose_page(self) -> ComposeResult:
        yield FittedText(self.question(), most_lines=2, id="prompt")
        yield Label("", id="matter", markup=False)
        yield Label("", id="papers", markup=False)
        with Horizontal(id="actions"):
            yield TouchButton(self.app.say(_("Esc  Not yet")), id="not-yet")
            yield TouchButton(self.app.say(_("Enter  All here, take a number")), id="all-here")

    def question(self) -> str:
        if self.visit.step == "asking":
            return self.app.say("One moment, please…")
        return self.app.say(_("Do you have all of these papers now?"))

    def on_resize(self) -> None:
        width = self.size.width - MARGINS
        matter = f"{self.name_of(self.papers.service)}  {self.papers.serial}"
        self.query_one("#matter", Label).update("\n".join(lines_of(matter, width, 2)))
        room = max(1, self.query_one("#papers").size.height)
        names = [f"✗  {self.name_of(names)}" for names in self.papers.papers]
        if len(names) > room:
            more = self.app.say(_("… and {count} more"), count=len(names) - room + 1)
            names = [*names[: room - 1], more]
        told = [line for name in names for line in lines_of(name, width, 1)]
        self.query_one("#papers", Label).update("\n".join(told))

    @on(Button.Pressed, "#not-yet")
    def leave(self) -> None:
        self.action_back()

    @on(Button.Pressed, "#all-here")
    def action_all_here(self) -> None:
        self.post_message(self.AllHere())

    def show_asking(self) -> None:
        super().show_asking()
        self.query_one("#prompt", FittedText).show(self.question())
