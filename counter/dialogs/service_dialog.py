"""Which matter a notice is about, when nobody is in hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input, OptionList

from counter.dialogs.dialog import Dialog
from hall.marked import _
from hall.names import name_in
from ui.cells import fit

if TYPE_CHECKING:
    from hall.notices.notice_view import ServiceChoice


def found_by(typed: str, choice: ServiceChoice) -> bool:
    """By code, or by any part of its name or its group's, in any language."""
    wanted = typed.strip().casefold()
    texts = (choice.code, *choice.names.values(), *choice.group.values())
    return any(wanted in text.casefold() for text in texts)


class ServiceDialog(Dialog[int]):
    """Answers with the id of a service. Typing narrows the list, the arrows choose."""

    BINDINGS = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    def __init__(self, services: tuple[ServiceChoice, ...]) -> None:
        super().__init__()
        self.services = services
        self.found = list(services)

    def title_words(self) -> str:
        return self.app.say(_("A notice about which matter?"))

    def body(self) -> Iterable[Widget]:
        yield Input(placeholder=self.app.say(_("Part of its name, or its code")), max_length=40)
        yield OptionList(*self.rows(), markup=False)

    def rows(self) -> list[str]:
        language = self.app.wording.language
        width = max((cell_len(choice.code) for choice in self.services), default=0)
        return [
            f"{fit(choice.code, width)}  {name_in(choice.names, language)}" for choice in self.found
        ]

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.can_focus = False
        options.highlighted = 0
        self.query_one(Input).focus()

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        self.found = [choice for choice in self.services if found_by(event.value, choice)]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(self.rows())
        options.highlighted = 0 if self.found else None
        self.complain("" if self.found else self.app.say(_("No matter is called so.")))

    def action_move(self, step: int) -> None:
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def submit(self) -> None:
        self.confirm()

    def answer(self) -> int | None:
        at = self.query_one(OptionList).highlighted
        if at is None or at >= len(self.found):
            self.complain(self.app.say(_("Choose a matter from the list.")))
            return None
        return self.found[at].service_id
