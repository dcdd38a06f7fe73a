"""All that has happened to one ticket."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from hall.marked import _
from hall.place_words import place_words
from ui.base_app import HallApp
from ui.cells import fit

if TYPE_CHECKING:
    from counter.supervisor.supervisor_operations import Moment

WHAT = {
    "ticket.issued": _("taken"),
    "ticket.called": _("called"),
    "ticket.walked_in": _("served at once"),
    "ticket.recalled": _("called again"),
    "ticket.started": _("service begun"),
    "ticket.finished": _("finished"),
    "ticket.no_show": _("marked absent"),
    "ticket.requeued": _("came after all, back in the line"),
    "ticket.held": _("put aside"),
    "ticket.resumed": _("taken up again"),
    "ticket.transferred": _("transferred"),
    "ticket.sent_back": _("sent back"),
    "ticket.released": _("waits for everybody again"),
    "ticket.freed": _("put back into the line by a manager"),
    "ticket.left_over": _("left over from its day"),
    "ticket.matter_changed": _("led to another matter"),
    "ticket.undone": _("a step was undone"),
    "print.printed": _("slip printed"),
}
"""Anything else is shown as the journal names it."""


class LifeScreen(ModalScreen[None]):
    """Any key but those that scroll leaves it."""

    app = getters.app(HallApp)

    BINDINGS = [Binding("escape,enter,space,q,t,T", "dismiss", show=False)]

    def __init__(self, number: str, moments: Sequence[Moment]) -> None:
        super().__init__()
        self.number = number
        self.moments = moments

    def compose(self) -> ComposeResult:
        say = self.app.say
        with VerticalScroll(id="dialog"):
            title = say(_("The life of {number}"), number=self.number)
            yield Static(title, markup=False, id="dialog-title")
            for moment in self.moments:
                place = place_words(say, moment.place) if moment.place else ""
                what = say(WHAT[moment.what]) if moment.what in WHAT else moment.what
                words = Content.assemble(
                    (f"{moment.at:%H:%M:%S}  ", "$secondary"),
                    (fit(what, 24), "bold"),
                    "  ".join(filter(None, (place, moment.who))),
                )
                yield Static(words, markup=False)
            closing = say(_("Esc closes this page."))
            yield Static(closing, markup=False, id="closing")
