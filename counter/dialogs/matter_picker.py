"""A list of matters: typing narrows it, the arrows choose in it, left and right turn something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList

from hall.marked import _
from hall.names import name_in
from ui.base_app import HallApp
from ui.cells import fit

if TYPE_CHECKING:
    from hall.cases.case_view import Matter
    from hall.notices.notice_view import ServiceChoice

    AMatter = Matter | ServiceChoice

ROW_CELLS = 68
GROUP_CELLS = 20


def found_by(typed: str, matter: AMatter) -> bool:
    """By code, or by any part of its name or its group's, in any language."""
    wanted = typed.strip().casefold()
    texts = (matter.code, *matter.names.values(), *matter.group.values())
    return any(wanted in text.casefold() for text in texts)


class MatterInput(Input):
    """While nothing is typed, left and right are the dialog's."""

    @dataclass
    class Turned(Message):
        by: int

    def action_cursor_left(self, select: bool = False) -> None:
        if self.value:
            super().action_cursor_left(select)
        else:
            self.post_message(self.Turned(-1))

    def action_cursor_right(self, select: bool = False) -> None:
        if self.value:
            super().action_cursor_right(select)
        else:
            self.post_message(self.Turned(1))


class MatterPicker(Vertical):
    """Sections stand one under the other with a line between them; what is typed looks in all."""

    app = getters.app(HallApp)

    BINDINGS = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    class Picked(Message):
        """Enter was pressed on one, or one was clicked."""

    class Moved(Message):
        """Another one is highlighted, or none."""

    def __init__(self, sections: Sequence[Sequence[AMatter]] = ()) -> None:
        super().__init__()
        self.sections = sections
        self.found: list[AMatter] = []

    def compose(self) -> ComposeResult:
        yield MatterInput(
            placeholder=self.app.say(_("Part of its name, or its code")),
            max_length=40,
            id="matter-typed",
        )
        yield OptionList(markup=False, id="matters")

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self.offer(self.sections)

    def offer(self, sections: Sequence[Sequence[AMatter]]) -> None:
        self.sections = sections
        self.query_one(Input).clear()
        self.fill()

    def fill(self) -> None:
        typed = self.query_one(Input).value
        options = self.query_one(OptionList)
        options.clear_options()
        self.found = []
        width = max((cell_len(one.code) for part in self.sections for one in part), default=0)
        for part in self.sections:
            found = [one for one in part if found_by(typed, one)]
            if found and self.found:
                options.add_option(None)
            options.add_options([self.row(one, width) for one in found])
            self.found += found
        options.highlighted = 0 if self.found else None
        self.post_message(self.Moved())

    def row(self, matter: AMatter, width: int) -> str:
        language = self.app.wording.language
        name = ROW_CELLS - width - GROUP_CELLS - 4
        return "  ".join(
            (
                fit(matter.code, width),
                fit(name_in(matter.names, language), name),
                fit(name_in(matter.group, language), GROUP_CELLS),
            )
        )

    @property
    def picked(self) -> AMatter | None:
        at = self.query_one(OptionList).highlighted
        return self.found[at] if at is not None and at < len(self.found) else None

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        event.stop()
        self.fill()

    def action_move(self, step: int) -> None:
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    @on(OptionList.OptionHighlighted)
    def tell_moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self.post_message(self.Moved())

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def tell_picked(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Picked())
