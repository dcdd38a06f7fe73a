"""A paper that no catalogue lists, asked for by hand in this case."""

from __future__ import annotations

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from counter.notice.paper_row import MARKS, Finding
from hall.marked import _
from ui.base_app import HallApp

MOST_NAME, MOST_WHAT = 60, 200
"""Signs; the rules of the hall have the last word."""


class SpecialRow(Vertical, can_focus=True):
    """Space or Enter goes on writing, Delete takes the row away."""

    app = getters.app(HallApp)

    BINDINGS = [
        Binding("space,enter", "write", show=False),
        Binding("delete,backspace,d,D", "remove_row", show=False),
    ]

    class Changed(Message):
        """Something was written."""

    class Unwanted(Message):
        """The row is to go."""

        def __init__(self, row: SpecialRow) -> None:
            super().__init__()
            self.row = row

    def __init__(self, number: int, name: str = "", what: str = "") -> None:
        super().__init__()
        self.number = number
        self.written_before = name, what

    def compose(self) -> ComposeResult:
        say = self.app.say
        name, what = self.written_before
        with Horizontal(classes="paper"):
            yield Static(say(MARKS[Finding.MISSING]), markup=False, classes="mark")
            yield Static(str(self.number), markup=False, classes="paper-number")
            yield Input(
                name,
                placeholder=say(_("Which paper is needed besides?")),
                max_length=MOST_NAME,
                select_on_focus=False,
                classes="special-name",
            )
        yield Input(
            what,
            placeholder=say(_("What it has to be (may stay empty)  Del on the row removes it")),
            max_length=MOST_WHAT,
            select_on_focus=False,
            classes="special-what",
        )

    @property
    def paper_name(self) -> str:
        return self.query_one(".special-name", Input).value.strip()

    @property
    def what(self) -> str:
        return self.query_one(".special-what", Input).value.strip()

    def renumber(self, number: int) -> None:
        self.number = number
        self.query_one(".paper-number", Static).update(str(number))

    def action_write(self) -> None:
        self.query_one(".special-name", Input).focus()

    def action_remove_row(self) -> None:
        self.post_message(self.Unwanted(self))

    @on(Input.Changed)
    def tell_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())

    @on(Input.Submitted, ".special-name")
    def on_to_what(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(".special-what", Input).focus()

    @on(Input.Submitted, ".special-what")
    def written(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus()
