"""Which of those marked absent has come after all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on
from textual.widget import Widget
from textual.widgets import OptionList

from counter.dialogs.dialog import Dialog
from counter.phrases import class_words
from hall.marked import _
from hall.names import name_in
from ui.cells import fit

if TYPE_CHECKING:
    from hall.tickets.line_view import Absent

SERVICE_CELLS = 30


class BringBackDialog(Dialog[str]):
    """Answers with a ticket number."""

    def __init__(self, absent: tuple[Absent, ...]) -> None:
        super().__init__()
        self.absent = absent

    def title_words(self) -> str:
        return self.app.say(_("Who has come back? They go into the line again."))

    def body(self) -> Iterable[Widget]:
        width = max(cell_len(ticket.number) for ticket in self.absent)
        yield OptionList(*(self.row(ticket, width) for ticket in self.absent), markup=False)

    def row(self, ticket: Absent, width: int) -> str:
        service = name_in(ticket.service, self.app.wording.language)
        since = f"{ticket.since:%H:%M}" if ticket.since is not None else ""
        privilege = class_words(self.app.say, ticket.priority_class)
        return f"{fit(ticket.number, width)}  {since}  {fit(service, SERVICE_CELLS)}  {privilege}"

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.highlighted = 0
        options.focus()

    @on(OptionList.OptionSelected)
    def choose(self) -> None:
        self.confirm()

    def answer(self) -> str | None:
        at = self.query_one(OptionList).highlighted
        return None if at is None else self.absent[at].number
