"""A short word, and to which counter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input, OptionList

from counter.desk.guide_operations import Word
from counter.dialogs.dialog import Dialog
from hall.marked import _
from hall.names import name_in
from ui.cells import fit

if TYPE_CHECKING:
    from hall.desk_view import CounterShown

ROW_CELLS = 68


class MessageDialog(Dialog[Word]):
    """The arrows choose the counter, the first row is all of them; Enter sends."""

    BINDINGS = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    def __init__(
        self, counters: tuple[CounterShown, ...], word: Word | None = None, trouble: str = ""
    ) -> None:
        """`word`, `trouble`: when it is asked again."""
        super().__init__()
        self.counters = counters
        self.word = word
        self.trouble = trouble

    def title_words(self) -> str:
        return self.app.say(_("Tell whom what?  ↑ ↓ choose the counter, Enter sends."))

    def body(self) -> Iterable[Widget]:
        say = self.app.say
        text = self.word.text if self.word is not None else ""
        hint = say(_("It stands on their screen until they have read it"))
        yield Input(text, placeholder=hint, max_length=120, id="words")
        yield OptionList(*self.rows(), markup=False)

    def rows(self) -> list[str]:
        say, language = self.app.say, self.app.wording.language
        cells = [
            (
                say(_("Counter {counter}"), counter=one.number),
                name_in(one.names, language),
                f"{one.clerk}  {say(_('Paused')) if one.paused else ''}".rstrip(),
            )
            for one in self.counters
        ]
        number, clerk = (max((cell_len(row[at]) for row in cells), default=0) for at in (0, 2))
        clerk = min(clerk, ROW_CELLS // 3)
        name = ROW_CELLS - number - clerk - 4
        return [
            say(_("All counters where somebody sits")),
            *(f"{fit(row[0], number)}  {fit(row[1], name)}  {fit(row[2], clerk)}" for row in cells),
        ]

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.can_focus = False
        numbers = [None, *(one.number for one in self.counters)]
        before = self.word.counter if self.word is not None else None
        # The first counter, not all: a word meant for one must not reach all by mistake.
        options.highlighted = numbers.index(before) if self.word and before in numbers else 1
        self.complain(self.trouble)
        self.query_one("#words").focus()

    def action_move(self, step: int) -> None:
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    @on(OptionList.OptionSelected)
    def on_to_the_words(self) -> None:
        self.query_one("#words").focus()

    @on(Input.Submitted)
    def submit(self) -> None:
        self.confirm()

    def answer(self) -> Word | None:
        at = self.query_one(OptionList).highlighted or 0
        text = self.query_one("#words", Input).value.strip()
        if not text:
            self.complain(self.app.say(_("Write what they are to read.")))
            return None
        return Word(self.counters[at - 1].number if at else None, text)
