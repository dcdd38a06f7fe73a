"""Who waits for what, how long, and where it is taken: to guide people."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import getters
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from counter.phrases import length_words
from hall.marked import _
from hall.names import name_in
from ui.base_app import HallApp
from ui.cells import fit

if TYPE_CHECKING:
    from hall.desk_view import Line

PEOPLE = _("{count} people")


class LinesPanel(VerticalScroll, can_focus=False):
    """Rows are cut to the panel's width, so they are made anew when it changes."""

    app = getters.app(HallApp)

    lines: tuple[Line, ...] = ()
    now: datetime | None = None

    def compose(self) -> ComposeResult:
        yield Static("", markup=False, id="lines-title", classes="title")
        yield Static("", markup=False, id="lines")

    def show(self, lines: tuple[Line, ...], now: datetime) -> None:
        self.lines, self.now = lines, now
        self.fill()

    def on_resize(self) -> None:
        self.fill()

    def fill(self) -> None:
        width = self.scrollable_content_region.width
        if self.now is None or width < 20:
            return
        say = self.app.say
        count = sum(line.waiting for line in self.lines)
        self.query_one("#lines-title", Static).update(say(_("Waiting: {count}"), count=count))
        rows = [self.cells(line, self.now) for line in self.lines]
        wide = [max((cell_len(row[at]) for row in rows), default=0) for at in range(4)]
        wide[3] = min(wide[3], max(14, width // 3))
        wide[0] = width - sum(wide[1:]) - 3
        told = [
            Content.assemble(
                fit(row[0], wide[0]),
                " ",
                (fit(row[1], wide[1], "right"), "bold" if line.waiting else ""),
                f" {fit(row[2], wide[2], 'right')} ",
                (fit(row[3], wide[3]), "" if line.counters else "bold $error"),
            )
            for row, line in zip(rows, self.lines, strict=True)
        ]
        self.query_one("#lines", Static).update(Content("\n").join(told))

    def cells(self, line: Line, now: datetime) -> tuple[str, str, str, str]:
        say = self.app.say
        wait = length_words(say, now - line.oldest_at) if line.oldest_at is not None else ""
        numbers = [
            say(_("({counter})"), counter=one.number) if one.paused else str(one.number)
            for one in line.counters
        ]
        return (
            f"{line.prefix} {name_in(line.group, self.app.wording.language)}",
            say(PEOPLE, count=line.waiting),
            wait,
            say(_("Counter {counter}"), counter=", ".join(numbers))
            if numbers
            else say(_("no counter")),
        )
