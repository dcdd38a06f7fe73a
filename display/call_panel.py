"""Now calling: the newest call as large as the place allows, the others beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult, RenderResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from display.board_rows import pages, row
from display.board_section import GAP
from display.two_languages import Pair, both, both_names
from hall.marked import _
from ui.base_app import HallApp
from ui.big_text import BigText, big_letters
from ui.cells import fit

if TYPE_CHECKING:
    from hall.board_view import BoardCall, Spoken

LEAST_LINES = 4
"""Of a call in big letters."""
TEXT_WIDTH = 20


class CallPanel(Vertical):
    app = getters.app(HallApp)

    shown: object = None
    caption_lines = 0

    def compose(self) -> ComposeResult:
        yield Static(id="calling-title", markup=False)
        with Horizontal(id="calling"):
            yield BigText(id="newest", most_lines=2)
            yield OtherCalls(id="others")
        yield Static(id="caption", markup=False)

    def show(
        self, standing: Sequence[BoardCall], last: BoardCall | None, spoken: Sequence[Spoken]
    ) -> None:
        """`last` is shown without standing out while no call does; None: there was none yet."""
        showing = (tuple(standing), last, tuple(spoken))
        if showing == self.shown:
            return  # asked twice a second; new text would lay the whole screen out anew
        self.shown = showing
        newest = standing[0] if standing else last
        self.set_class(bool(standing), "-standing")
        self.set_class(len(standing) > 1, "-several")
        self.set_class(bool(spoken), "-speaking")
        self.query_one(OtherCalls).show(tuple(standing[1:]))
        big = self.query_one(BigText)
        if newest is None:
            welcome = self.app.say(_("Welcome"))
            big.show(welcome)
            title: Pair = ("", "")
        else:
            call = {"number": newest.number, "counter": newest.counter}
            whole = self.app.say(_("{number} → Counter {counter}"), **call)
            big.show(whole, f"{newest.number} → {newest.counter}")
            title = both(self.app.wording, _("Now calling") if standing else _("Last call"))
        # Laying the whole board out anew takes longer than all the rest of showing a call.
        self.query_one("#calling-title", Static).update(in_line(title), layout=False)
        caption, words = self.query_one("#caption", Static), beneath(self.caption(newest, spoken))
        width = max(1, caption.size.width)
        lines = len(words.wrap(width))
        caption.update(words, layout=lines != self.caption_lines)
        self.caption_lines = lines

    def flash(self, dark: bool) -> None:
        """One widget's class, not the panel's: each child of that would be styled anew."""
        self.query_one("#newest").set_class(dark, "-flash")

    def caption(self, newest: BoardCall | None, spoken: Sequence[Spoken]) -> Pair:
        """What is being said, word by word; else what the newest call says."""
        for words in spoken:
            if words.text:
                return both_names(self.app.wording, words.text)
            if words.number:
                return self.please(words.number, words.counter)
        if newest is not None:
            return self.please(newest.number, newest.counter)
        return both(self.app.wording, _("Please take a number at the kiosk"))

    def please(self, number: str, counter: int) -> Pair:
        words = _("Number {number}, please go to counter {counter}")
        return both(self.app.wording, words, number=number, counter=counter)


class OtherCalls(Widget):
    """Calls that stand out beside the newest: big where there is room, else a line each."""

    app = getters.app(HallApp)

    calls: tuple[BoardCall, ...] = ()

    def show(self, calls: tuple[BoardCall, ...]) -> None:
        if calls != self.calls:
            self.calls = calls
            self.refresh()

    def render(self) -> RenderResult:
        width, height = self.size
        if not self.calls or not height:
            return Content("")
        for columns in range(1, 4):
            drawn = self.letters(width // columns - GAP, height // -(-len(self.calls) // columns))
            if drawn:
                return Content("\n").join(pages(drawn, columns, height, width // columns, 0)[0])
        return self.lines(width, height)

    def letters(self, width: int, height: int) -> list[list[Content]]:
        """Each call as a block of so many lines, one of them empty; [] where that is too small."""
        if height <= LEAST_LINES:
            return []
        drawn = [
            big_letters(f"{call.number} → {call.counter}", width, height - 1) for call in self.calls
        ]
        if not all(drawn):
            return []
        blocks = []
        for rows in drawn:
            above = (height - len(rows)) // 2
            lines = [*[""] * above, *rows, *[""] * (height - len(rows) - above)]
            blocks.append([row((line, width + GAP, "")) for line in lines])
        return blocks

    def lines(self, width: int, height: int) -> Content:
        columns = max(1, width // TEXT_WIDTH)
        shown = list(self.calls)
        cells = [self.words(call) for call in shown[: columns * height]]
        if len(shown) > len(cells):
            cells[-1] = f"+{len(shown) - len(cells) + 1}"
        each = width // columns
        return Content("\n").join(
            row(*((text, each, "bold") for text in cells[start : start + columns]))
            for start in range(0, len(cells), columns)
        )

    def words(self, call: BoardCall) -> str:
        number = fit(call.number, 5)
        return self.app.say(_("{number} → Counter {counter}"), number=number, counter=call.counter)


def in_line(words: Pair) -> Content:
    here, english = words
    return Content.assemble((here, "bold"), "  " if english else "", english)


def beneath(words: Pair) -> Content:
    here, english = words
    return Content.assemble((here, "bold"), "\n", english)
