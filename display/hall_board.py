"""The hall board: whom which counter calls, and all that everybody in the hall should know.

Nobody touches it: it takes no input, follows the hall by itself, and comes back by itself. Its
clock is painted first; what shows the hall is imported after that.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Digits, Static

from db.faults import DatabaseFault
from display.two_languages import Pair, both, both_names, different
from hall.marked import _
from ui.base_app import RETRY_S, HallApp
from ui.emergency_cover import EmergencyCover
from ui.theme import NIGHT

if TYPE_CHECKING:
    from display.board_body import BoardBody
    from hall.board_view import BoardView
    from hall.guide_view import Guide
    from hall.open_hall import OpenHall

GUIDE_S = 60.0
"""Nor what the hall promises and who works there, which changes seldom."""
WAITS_S = 15.0
"""The expected waits are looked up no more often: they take longer than the rest."""
CLOCK_S = 0.5
"""How often the clock is looked at."""

WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)


class HallBoardScreen(Screen[None]):
    app = getters.app(HallApp)

    VERTICAL_BREAKPOINTS = [
        (0, "-strip"),  # LED
        (16, "-low"),
        (30, "-middle"),
        (40, "-tall"),
        (52, "-high"),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]

    @dataclass
    class BoardRead(Message):
        view: BoardView
        hall: OpenHall

    @dataclass
    class WaitsRead(Message):
        waits: dict[int, tuple[int, int]]
        """By the id of each group: minutes, low and high."""

    @dataclass
    class GuideRead(Message):
        guide: Guide

    class ReadFailed(Message):
        """It is tried again."""

    def __init__(self, zone: str | None = None) -> None:
        super().__init__()
        self.zone = zone
        self.body: BoardBody | None = None
        self.is_open = False
        """The hall was opened and not lost since."""
        self.is_reading = False
        self.is_stale = False
        """Something changed while it was read."""
        self.waits_read_at = float("-inf")
        self.guide_read_at = float("-inf")
        self.time_shown = ""
        self.names_shown: Pair = ("", "")

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            with Vertical(id="names"):
                yield Static(id="hall-name", markup=False)
                yield Static(id="hall-name-english", markup=False)
            yield Static(id="date", markup=False)
            yield Digits(id="clock")
            yield Static(id="small-clock", markup=False)
        yield Static(id="restoring", markup=False)
        yield EmergencyCover()

    def on_mount(self) -> None:
        self.show_time()
        self.set_interval(CLOCK_S, self.show_time)
        self.call_after_refresh(self.add_body)

    async def add_body(self) -> None:
        from display.board_body import BoardBody

        body = BoardBody()
        await self.mount(body, before="#restoring")
        self.body = body
        self.look()

    # -- the hall ----------------------------------------------------------------------------

    @on(HallApp.HallOpened)
    def begin(self) -> None:
        self.is_open = True
        assert self.app.hall is not None
        self.app.stand_beside(self.app.hall.settings.board.second_language)
        self.time_shown = ""
        self.show_time()
        if self.body is not None:
            self.body.show_words_again()
        self.look()

    @on(HallApp.HallChanged)
    def look(self) -> None:
        """Read the hall again; changes that come while it is read are read together."""
        if self.is_reading:
            self.is_stale = True
        elif self.is_open and self.app.hall is not None and self.body is not None:
            self.is_reading, self.is_stale = True, False
            self.read(self.app.hall)

    @work(thread=True, group="read")
    def read(self, hall: OpenHall) -> None:
        from db.engine import reading
        from hall.board_view import read_board
        from ui import big_text

        big_text.warm_up()
        try:
            with reading(hall.engine) as session:
                view = read_board(
                    session, hall.rules, hall.now(), hall.settings.board.last_calls, self.zone
                )
        except DatabaseFault as fault:
            self.log.error(fault)
            self.post_message(self.ReadFailed())
        else:
            self.post_message(self.BoardRead(view, hall))
            if time.monotonic() - self.waits_read_at >= WAITS_S:
                self.waits_read_at = time.monotonic()
                self.read_waits(hall)
            if time.monotonic() - self.guide_read_at >= GUIDE_S:
                self.guide_read_at = time.monotonic()
                self.read_guide(hall)

    def read_guide(self, hall: OpenHall) -> None:
        from db.engine import reading
        from hall import guide_view

        with contextlib.suppress(DatabaseFault), reading(hall.engine) as session:
            self.post_message(
                self.GuideRead(guide_view.read_guide(session, hall.rules, hall.now()))
            )

    @on(GuideRead)
    def show_guide(self, message: GuideRead) -> None:
        if self.body is not None:
            self.body.show_guide(message.guide)

    def read_waits(self, hall: OpenHall) -> None:
        """In the same thread, after what must be seen at once."""
        from db.engine import reading
        from hall.tickets import expected_waits

        with contextlib.suppress(DatabaseFault), reading(hall.engine) as session:
            waits = expected_waits.by_group(session, hall.rules, hall.now())
            told = {group: expected.minutes for group, expected in waits.items()}
            self.post_message(self.WaitsRead(told))

    @on(WaitsRead)
    def show_waits(self, message: WaitsRead) -> None:
        if self.body is not None:
            self.body.show_waits(message.waits)

    @on(BoardRead)
    def show_board(self, message: BoardRead) -> None:
        self.is_reading = False
        if not self.is_open or self.body is None:
            return  # lost while it was read; opened anew, it is read anew
        title = message.hall.settings.board.title
        names = different(title, "") if title else both_names(self.app.wording, message.view.hall)
        if names != self.names_shown:
            self.names_shown = names
            for place, name in zip(("#hall-name", "#hall-name-english"), names, strict=True):
                self.query_one(place, Static).update(name)
        self.body.show(message.view, message.hall)
        self.query_one(EmergencyCover).show(message.view.emergency)
        self.remove_class("-restoring")
        self.show_time()
        if self.is_stale:
            self.look()

    @on(ReadFailed)
    def read_again_soon(self) -> None:
        self.show_restoring("")
        self.is_reading = False
        self.set_timer(RETRY_S, self.look)

    @on(HallApp.HallUnavailable)
    def wait_for_the_hall(self, message: HallApp.HallUnavailable) -> None:
        self.is_open = False
        self.show_restoring(message.sentence)

    def show_restoring(self, reason: str) -> None:
        """The public reads that it comes back; why, only whoever sets up a board that never ran."""
        words = "  ".join(filter(None, both(self.app.wording, _("Restoring…"))))
        if reason and (self.body is None or self.body.view is None):
            words += f"\n{reason}"
        self.query_one("#restoring", Static).update(words)
        self.add_class("-restoring")

    # -- the clock ---------------------------------------------------------------------------

    def show_time(self) -> None:
        """In the hall's own zone, as soon as it is known; each new minute is a look at the hall."""
        hall = self.app.hall
        local = hall.rules.local(hall.now()) if hall else datetime.now(UTC).astimezone()
        shown = f"{local:%Y-%m-%d %H:%M}"
        if shown == self.time_shown:
            return
        self.time_shown = shown
        self.query_one("#clock", Digits).update(f"{local:%H:%M}")
        self.query_one("#small-clock", Static).update(f"{local:%H:%M}")
        words = _("{weekday}, {year}-{month}-{day}")
        day = {"year": local.year, "month": f"{local.month:02}", "day": f"{local.day:02}"}
        weekday = WEEKDAYS[local.weekday()]
        here = self.app.say(words, weekday=self.app.say(weekday), **day)
        beside = self.app.wording.say_beside
        date = different(here, beside(words, weekday=beside(weekday), **day))
        self.query_one("#date", Static).update("\n".join(date))
        self.look()  # pauses end and days pass without anybody writing


class HallBoardApp(HallApp, inherit_bindings=False):
    """`zone`: only the counters of this acoustic zone; None is the whole hall."""

    CRASH_FILE = "board-crash.log"
    IS_PUBLIC = True
    CSS_PATH = "hall_board.tcss"
    BINDINGS = [Binding("ctrl+q", "quit", show=False)]
    ALLOW_SELECT = False
    AUTO_FOCUS = None

    def __init__(
        self, open_hall: Callable[[], OpenHall], language: str = "zh", zone: str | None = None
    ) -> None:
        super().__init__(open_hall, language)
        self.zone = zone
        self.theme = NIGHT.name

    def get_default_screen(self) -> HallBoardScreen:
        return HallBoardScreen(self.zone)
