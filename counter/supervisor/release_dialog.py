"""Which ticket goes back into the line, and why."""

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
    _("The counter's program does not answer"),
    _("The clerk was called away"),
    _("The counter pauses for longer"),
    _("The citizen has come back"),
    _("It was sent to the wrong counter"),
)


@dataclass(frozen=True)
class Release:
    number: str
    reason: str


class ReleaseDialog(Dialog[Release]):
    """The counter reads the reason."""

    def __init__(self, number: str = "") -> None:
        super().__init__()
        self.number = number

    def title_words(self) -> str:
        return self.app.say(_("Which ticket goes back into the line, for every counter?"))

    def body(self) -> Iterable[Widget]:
        yield Static(self.app.say(_("Its number")), markup=False, classes="caption")
        yield Input(self.number, max_length=8, id="ticket-number")
        yield Static(
            self.app.say(_("Why? Its counter reads that.")), markup=False, classes="caption"
        )
        yield ReasonPicker([self.app.say(words) for words in USUAL])

    def on_mount(self) -> None:
        if self.number:
            self.query_one(OptionList).focus()
        else:
            self.query_one("#ticket-number").focus()

    @on(Input.Submitted, "#ticket-number")
    def on_to_the_reason(self) -> None:
        self.query_one(OptionList).focus()

    @on(ReasonPicker.Chosen)
    def submit(self) -> None:
        self.confirm()

    def answer(self) -> Release | None:
        number = self.query_one("#ticket-number", Input).value.strip()
        reason = self.query_one(ReasonPicker).reason
        if not number:
            self.complain(self.app.say(_("Type the number of the ticket.")))
            return None
        if not reason:
            self.complain(self.app.say(_("Say why.")))
            return None
        return Release(number, reason)
