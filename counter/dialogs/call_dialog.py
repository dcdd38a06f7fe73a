"""Which ticket to call out of turn, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual import on
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from counter.dialogs.dialog import Dialog
from counter.dialogs.reason_picker import ReasonPicker
from hall.marked import _

USUAL = (
    _("Back with the papers that were missing"),
    _("Needs help to come: old, sick or disabled"),
    _("An urgent matter"),
    _("Asked to come back to this counter"),
)


@dataclass(frozen=True)
class Choice:
    number: str
    reason: str


class CallDialog(Dialog[Choice]):
    def title_words(self) -> str:
        return self.app.say(_("Call one ticket out of turn"))

    def body(self) -> Iterable[Widget]:
        yield Static(self.app.say(_("Number (e.g. A012)")), markup=False, classes="caption")
        yield Input(max_length=12, id="ticket-number")
        yield Static(self.app.say(_("Why (kept with the call)")), markup=False, classes="caption")
        yield ReasonPicker([self.app.say(words) for words in USUAL])

    def on_mount(self) -> None:
        self.query_one("#ticket-number").focus()

    @on(Input.Submitted, "#ticket-number")
    def ask_why(self) -> None:
        self.query_one(OptionList).focus()

    @on(ReasonPicker.Chosen)
    def submit(self) -> None:
        self.confirm()

    def answer(self) -> Choice | None:
        number = self.query_one("#ticket-number", Input).value.strip()
        if not number:
            self.complain(self.app.say(_("Type the number of the ticket.")))
            self.query_one("#ticket-number").focus()
            return None
        reason = self.query_one(ReasonPicker).reason
        if not reason:
            self.complain(self.app.say(_("Say why.")))
            return None
        return Choice(number, reason)
