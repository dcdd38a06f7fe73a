"""One list of the board: a title over lines, turned like pages where they do not all fit."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import getters
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from display.board_rows import row
from display.two_languages import Pair
from ui.base_app import HallApp

GAP = 3
"""Between columns."""


class BoardSection(Widget):
    """Draws itself for the size it has; `turned` counts the pages turned since the start."""

    app = getters.app(HallApp)

    DEFAULT_CSS = """
    BoardSection { text-wrap: nowrap; text-overflow: clip; }
    """

    turned = 0
    english_beneath = False
    """The title's English on a line of its own, not beside."""

    def turn(self) -> None:
        """To the next page, if there is one."""
        self.turned += 1
        self.refresh()

    def title(self) -> Pair:
        raise NotImplementedError

    def pages(self, width: int, height: int) -> Sequence[Sequence[Content]]:
        """The lines of each page; at least one page."""
        raise NotImplementedError

    def render(self) -> RenderResult:
        width, height = self.size
        title = self.title()
        beneath = self.english_beneath and bool(title[1])
        pages = self.pages(width, height - 1 - beneath)
        page = self.turned % len(pages)
        mark = f"{page + 1}/{len(pages)}" if len(pages) > 1 else ""
        return Content("\n").join([*heading(title, mark, width, beneath), *pages[page]])


def heading(title: Pair, mark: str, width: int, beneath: bool) -> list[Content]:
    here, english = title
    room = width - len(mark)
    first = min(cell_len(here), room)
    over = row(
        (here, first, "bold $primary"),
        ("", min(2, room - first), ""),
        ("" if beneath else english, room - first - 2, "$secondary"),
        (mark, len(mark), "$secondary"),
    )
    return [over, row((english, width, "$secondary"))] if beneath else [over]
