"""The pages of the manager's console, one list each; the chosen row of each stays chosen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from counter.supervisor import figure_rows, hall_rows
from counter.supervisor.row_list import Row, RowList
from counter.supervisor.supervisor_bar import PAGES
from hall.marked import _
from ui.base_app import HallApp

if TYPE_CHECKING:
    from counter.supervisor.supervisor_operations import SupervisorView
    from hall.overview.hall_counters import CounterNow
    from hall.overview.hall_lines import LineNow

LEAST_CELLS = 20


class HallPages(Horizontal):
    """On a broad screen lines and counters stand side by side."""

    app = getters.app(HallApp)

    page = "lines"
    view: SupervisorView | None = None
    now: datetime | None = None

    def compose(self) -> ComposeResult:
        for page in PAGES:
            with Vertical(id=f"page-{page}", classes="page"):
                yield Static("", markup=False, id=f"head-{page}", classes="head")
                yield RowList(id=page)
                yield Static("", markup=False, id=f"none-{page}", classes="none")

    def on_mount(self) -> None:
        self.turn_to(self.page)

    def rows_of(self, page: str) -> RowList:
        return self.query_one(f"#{page}", RowList)

    def turn_to(self, page: str) -> None:
        self.page = page
        for one in PAGES:
            self.query_one(f"#page-{one}").set_class(one == page, "-shown")
        self.set_class(page in ("lines", "counters"), "-both")
        self.call_after_refresh(self.fill)

    def show(self, view: SupervisorView, now: datetime) -> None:
        self.view, self.now = view, now
        self.fill()

    def on_resize(self) -> None:
        self.call_after_refresh(self.fill)

    def fill(self) -> None:
        if self.view is None or self.now is None:
            return
        for page in PAGES:
            listed = self.rows_of(page)
            width = listed.scrollable_content_region.width
            if width >= LEAST_CELLS:  # else it is not on the screen
                head, rows, empty = self.content(page, width)
                self.query_one(f"#head-{page}", Static).update(head)
                listed.fill(rows)
                self.query_one(f"#none-{page}", Static).update("" if rows else empty)

    def content(self, page: str, width: int) -> tuple[Content, list[Row], str]:
        assert self.view is not None and self.now is not None
        say, language = self.app.say, self.app.wording.language
        hall, now = self.view.hall, self.now
        match page:
            case "lines":
                head = hall_rows.line_head(say, width)
                return head, hall_rows.line_rows(say, language, hall, now, width), ""
            case "counters":
                head = hall_rows.counter_head(say, width)
                return head, hall_rows.counter_rows(say, language, hall, now, width), ""
            case "devices":
                return Content(""), hall_rows.device_rows(say, hall), ""
            case "bulletins":
                rows = hall_rows.bulletin_rows(say, language, hall)
                return Content(""), rows, say(_("Nothing is announced on the board."))
            case _:
                figures = self.view.figures
                rows = figure_rows.figure_rows(
                    say, language, hall, figures, self.view.refusals, width
                )
                return Content(""), rows, ""

    # -- what is chosen

    @property
    def counter(self) -> CounterNow | None:
        """Only while its page is turned to: what one does not see is not meant."""
        chosen = self.rows_of("counters").chosen if self.page == "counters" else None
        if self.view is None or chosen is None:
            return None
        found = (one for one in self.view.hall.counters if str(one.number) == chosen)
        return next(found, None)

    @property
    def line(self) -> LineNow | None:
        chosen = self.rows_of("lines").chosen if self.page == "lines" else None
        if self.view is None or chosen is None:
            return None
        code = chosen.partition("/")[0] if "/" in chosen else chosen
        found = (one for one in self.view.hall.lines if chosen == one.code or code == one.code)
        return next(found, None)

    @property
    def bulletin_id(self) -> int | None:
        chosen = self.rows_of("bulletins").chosen if self.page == "bulletins" else None
        return int(chosen) if chosen is not None else None

    def detail(self) -> str:
        """All there is to know of the chosen row, where a row has no room for it."""
        say, language = self.app.say, self.app.wording.language
        if self.now is None:
            return ""
        if self.counter is not None:
            return hall_rows.counter_detail(say, language, self.counter)
        if self.line is not None:
            return hall_rows.line_detail(say, language, self.line, self.now)
        return ""
