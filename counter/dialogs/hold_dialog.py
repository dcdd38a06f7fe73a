"""Why a citizen is put aside."""

from __future__ import annotations

from counter.dialogs.reason_dialog import ReasonDialog
from hall.marked import _


class HoldDialog(ReasonDialog):
    usual = (
        _("Gone to make copies"),
        _("Fetches papers that are missing"),
        _("Gone to pay"),
        _("Asks somebody by telephone"),
        _("Something else"),
    )

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number

    def title_words(self) -> str:
        return self.app.say(_("Why is {number} put aside?"), number=self.number)
