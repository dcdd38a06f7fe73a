"""Which groups of matters a counter takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import SelectionList, Static
from textual.widgets.selection_list import Selection

from counter.dialogs.dialog import Dialog
from hall.marked import _
from hall.names import name_in

if TYPE_CHECKING:
    from hall.overview.hall_counters import CounterNow
    from hall.overview.hall_lines import LineNow


@dataclass(frozen=True)
class Groups:
    codes: tuple[str, ...] | None
    """None: as in the office's workbook."""


class Checklist(SelectionList[str]):
    """Space ticks; Enter belongs to the dialog."""

    BINDINGS = [Binding("enter", "screen.confirm", show=False)]


class GroupsDialog(Dialog[Groups]):
    BINDINGS = [
        Binding("a,A", "tick_all", show=False),
        Binding("w,W", "as_in_workbook", show=False),
    ]

    def __init__(
        self, counter: CounterNow, lines: Sequence[LineNow], *, every: bool = False
    ) -> None:
        """`every`: all are ticked at first."""
        super().__init__()
        self.counter = counter
        self.lines = lines
        self.every = every

    @property
    def own(self) -> tuple[str, ...]:
        return tuple(one.code for one in self.counter.groups if one.lent_for is None)

    def title_words(self) -> str:
        say = self.app.say
        return say(
            _("What does counter {counter} {name} take?"),
            counter=self.counter.number,
            name=name_in(self.counter.names, self.app.wording.language),
        )

    def body(self) -> Iterable[Widget]:
        own = self.own
        yield Checklist(
            *(
                Selection(self.row(line), line.code, self.every or line.code in own)
                for line in self.lines
            )
        )
        keys = _("Space ticks, A all, W as in the office's workbook. It counts from the next call.")
        yield Static(self.app.say(keys), markup=False, classes="explanation")

    def row(self, line: LineNow) -> Content:
        say = self.app.say
        words = f"{line.prefix}  {name_in(line.names, self.app.wording.language)}"
        about = say(_("{waiting} wait"), waiting=line.waiting)
        lent = (one.lent_for for one in self.counter.groups if one.code == line.code)
        lender = next(lent, None)
        if lender is not None:
            about += "  " + say(_("(taken for counter {counter} now)"), counter=lender)
        return Content.assemble(words, "  ", (about, "$secondary"))

    def on_mount(self) -> None:
        self.query_one(Checklist).focus()

    def action_tick_all(self) -> None:
        self.query_one(Checklist).select_all()

    def action_as_in_workbook(self) -> None:
        self.dismiss(Groups(None))

    def action_confirm(self) -> None:
        self.confirm()

    def answer(self) -> Groups | None:
        ticked = set(self.query_one(Checklist).selected)
        if not ticked:
            self.complain(self.app.say(_("Tick at least one.")))
            return None
        return Groups(tuple(line.code for line in self.lines if line.code in ticked))
