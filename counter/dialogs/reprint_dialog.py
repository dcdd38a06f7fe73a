"""Which slip to print once more, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on
from textual.widget import Widget
from textual.widgets import OptionList, Static

from counter.dialogs.dialog import Dialog
from counter.dialogs.reason_picker import ReasonPicker
from hall.marked import _
from hall.names import name_in
from ui.cells import fit

if TYPE_CHECKING:
    from counter.reprint_operations import Reprintable, SlipChoice


@dataclass(frozen=True)
class Reprint:
    slip: SlipChoice
    reason: str
    """A code of the usual reasons, or the clerk's own words."""


class ReprintDialog(Dialog[Reprint]):
    """`offered` has at least one slip; the first is the one in hand."""

    def __init__(self, offered: Reprintable) -> None:
        super().__init__()
        self.offered = offered

    def title_words(self) -> str:
        return self.app.say(_("Which slip is printed again?"))

    def body(self) -> Iterable[Widget]:
        width = max(cell_len(slip.name) for slip in self.offered.slips)
        yield OptionList(
            *(self.row(slip, width) for slip in self.offered.slips), markup=False, id="slips"
        )
        yield Static(self.app.say(_("Why (kept with the print)")), markup=False, classes="caption")
        yield ReasonPicker([self.app.say(words) for words in self.offered.reasons.values()])

    def row(self, slip: SlipChoice, width: int) -> str:
        service = name_in(slip.service, self.app.wording.language)
        return f"{fit(slip.name, width)}  {service}"

    def on_mount(self) -> None:
        slips = self.query_one("#slips", OptionList)
        slips.highlighted = 0
        if len(self.offered.slips) > 1:
            slips.focus()
        else:
            self.ask_why()

    @on(OptionList.OptionSelected, "#slips")
    def ask_why(self) -> None:
        self.query_one(ReasonPicker).query_one(OptionList).focus()

    @on(ReasonPicker.Chosen)
    def submit(self) -> None:
        self.confirm()

    def answer(self) -> Reprint | None:
        at = self.query_one("#slips", OptionList).highlighted
        reason = self.query_one(ReasonPicker).reason
        if at is None or not reason:
            self.complain(self.app.say(_("Say why.")))
            return None
        codes = {self.app.say(words): code for code, words in self.offered.reasons.items()}
        return Reprint(self.offered.slips[at], codes.get(reason, reason))
