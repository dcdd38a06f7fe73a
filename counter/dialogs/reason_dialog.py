"""A question that is answered with a reason: one of the usual ones, or the clerk's own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.widget import Widget
from textual.widgets import OptionList, Static

from counter.dialogs.dialog import Dialog
from counter.dialogs.reason_picker import ReasonPicker
from hall.marked import _


class ReasonDialog(Dialog[str]):
    """Answers with the reason; a question of this kind says what `usual` is, and its title."""

    usual: ClassVar[Sequence[str]]
    """As in the sources; the reader sees them in the own language."""

    def explanation(self) -> str:
        """Above the reasons; empty: nothing has to be explained."""
        return ""

    def body(self) -> Iterable[Widget]:
        if explanation := self.explanation():
            yield Static(explanation, markup=False, classes="caption")
        yield ReasonPicker([self.app.say(words) for words in self.usual])

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
