"""Which of those put aside to go on with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on
from textual.widget import Widget
from textual.widgets import OptionList

from counter.dialogs.dialog import Dialog
from counter.phrases import length_words
from hall.marked import _
from hall.names import name_in
from ui.cells import fit

if TYPE_CHECKING:
    from hall.tickets.line_view import Held

ROW_CELLS = 68
MOST_REASON_CELLS = 24


class ResumeDialog(Dialog[str]):
    """Answers with a ticket number. `held` is as the view has it, the counter's own first."""

    def __init__(self, held: tuple[Held, ...], now: datetime) -> None:
        super().__init__()
        self.held = held
        self.now = now

    def title_words(self) -> str:
        if len(self.held) == 1:
            return self.app.say(_("Go on with {number}?"), number=self.held[0].number)
        return self.app.say(_("Who is back? You go on with them at once."))

    def body(self) -> Iterable[Widget]:
        yield OptionList(*self.rows(), markup=False)

    def rows(self) -> list[str]:
        say, language = self.app.say, self.app.wording.language
        cells = [
            (
                ticket.number,
                length_words(say, self.now - ticket.since),
                "" if ticket.own else say(_("Counter {counter}"), counter=ticket.counter),
                ticket.reason,
                name_in(ticket.service, language),
            )
            for ticket in self.held
        ]
        widths = [max(cell_len(row[at]) for row in cells) for at in range(4)]
        widths[3] = min(widths[3], MOST_REASON_CELLS)
        widths.append(ROW_CELLS - sum(widths) - 2 * len(widths))
        return [
            "  ".join(fit(text, width) for text, width in zip(row, widths, strict=True))
            for row in cells
        ]

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.highlighted = 0
        options.focus()

    @on(OptionList.OptionSelected)
    def choose(self) -> None:
        self.confirm()

    def answer(self) -> str | None:
        at = self.query_one(OptionList).highlighted
        return None if at is None else self.held[at].number
