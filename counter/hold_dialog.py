"""Why a citizen is put aside."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import OptionList

from counter.dialog import Dialog
from counter.reason_picker import ReasonPicker
from hall.marked import _

USUAL = (
    _("Gone to make copies"),
    _("Fetches papers that are missing"),
    _("Gone to pay"),
    _("Asks somebody by telephone"),
    _("Something else"),
)


class HoldDialog(Dialog[str]):
    """Answers with the reason."""

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number

    def title_words(self) -> str:
        return self.app.say(_("Why is {number} put aside?"), number=self.number)

    def body(self) -> Iterable[Widget]:
        yield ReasonPicker([self.app.say(words) for words in USUAL])

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    @on(ReasonPicker.Chosen)
    def submit(self) -> None:
        self.confirm()

    def answer(self) -> str | None:
        reason = self.query_one(ReasonPicker).reason
        if not reason:
            self.complain(self.app.say(_("Say why.")))
            return None
        return reason
