"""The sign of one counter: its name, whom it serves, who serves; and how it was, after a visit.

It stands before the public: no key leaves it, and it follows the counter by itself. It is painted
first; what it shows is read after that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from db.faults import DatabaseFault
from display.rating_panel import RatingPanel
from display.sign_face import ClerkPanel, NowPanel, SignHead
from display.two_languages import both
from hall.errors import Refused
from hall.marked import _
from ui.base_app import RETRY_S, HallApp
from ui.emergency_cover import EmergencyCover
from ui.theme import NIGHT

if TYPE_CHECKING:
    from hall.counters.sign_view import SignView
    from hall.open_hall import OpenHall

TICK_S = 0.5


class CounterSignScreen(Screen[None], inherit_bindings=False):
    app = getters.app(HallApp)

    ALLOW_SELECT = False
    VERTICAL_BREAKPOINTS = [
        (0, "-strip"),  # LED, on the wall: the number and where, nothing else
        (11, "-tiny"),
        (20, "-low"),
        (30, "-middle"),
        (38, "-tall"),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-wide")]

    @dataclass
    class SignRead(Message):
        view: SignView
        hall: OpenHall

    @dataclass
    class ReadFailed(Message):
        refused: Refused | None
        """None: the database is at fault; it is tried again."""

    def __init__(self, counter: int, *, on_the_wall: bool = False) -> None:
        super().__init__()
        self.counter = counter
        self.on_the_wall = on_the_wall
        """Nobody reaches it there: it asks nothing."""
        self.view: SignView | None = None
        """As last read; None before the first time."""
        self.is_open = False
        """The hall was opened and not lost since."""
        self.is_reading = False
        self.is_stale = False
        """Something changed while it was read."""
        self.minute = ""

    def compose(self) -> ComposeResult:
        yield SignHead(self.counter)
        yield NowPanel()
        yield ClerkPanel()
        yield RatingPanel(self.counter)
        yield Static(id="restoring", markup=False)
        yield EmergencyCover()

    def on_mount(self) -> None:
        self.set_interval(TICK_S, self.tick)

    def on_key(self, event: events.Key) -> None:
        event.stop()
        if self.query_one(EmergencyCover).emergency is None:
            self.query_one(RatingPanel).take_key(event.character)

    def tick(self) -> None:
        self.query_one(RatingPanel).tick()
        self.query_one(NowPanel).tick()
        hall = self.app.hall
        if hall is not None:
            minute = f"{hall.rules.local(hall.now()):%Y-%m-%d %H:%M}"
            if minute != self.minute:
                self.minute = minute
                self.look()  # pauses end and days pass without anybody writing

    @on(RatingPanel.Shown)
    def make_room(self, message: RatingPanel.Shown) -> None:
        self.set_class(message.is_shown, "-rating")

    # -- the hall ----------------------------------------------------------------------------

    @on(HallApp.HallOpened)
    def begin(self) -> None:
        self.is_open = True
        assert self.app.hall is not None
        self.app.stand_beside(self.app.hall.settings.board.second_language)
        self.look()

    @on(HallApp.HallChanged)
    def look(self) -> None:
        """Read again; changes that come while it is read are read together."""
        if self.is_reading:
            self.is_stale = True
        elif self.is_open and self.app.hall is not None:
            self.is_reading, self.is_stale = True, False
            self.read(self.app.hall)

    @work(thread=True, group="read")
    def read(self, hall: OpenHall) -> None:
        from db.engine import reading
        from hall.counters.sign_view import read_sign
        from ui import big_text

        big_text.warm_up()
        try:
            with reading(hall.engine) as session:
                view = read_sign(session, hall.rules, self.counter, hall.now())
        except Refused as refused:
            self.post_message(self.ReadFailed(refused))
        except DatabaseFault as fault:
            self.log.error(fault)
            self.post_message(self.ReadFailed(None))
        else:
            self.post_message(self.SignRead(view, hall))

    @on(SignRead)
    def show_sign(self, message: SignRead) -> None:
        self.is_reading = False
        if not self.is_open:
            return  # lost while it was read; opened anew, it is read anew
        self.view = view = message.view
        hall, now = message.hall, message.hall.now()
        self.query_one(EmergencyCover).show(view.emergency)
        self.query_one(SignHead).show(view)
        self.query_one(NowPanel).show(view, now, hall.settings.board.highlight_seconds)
        self.query_one(ClerkPanel).show(view)
        somebody_is_here = view.in_hand is not None
        asked = None if self.on_the_wall else view.asked
        self.query_one(RatingPanel).show(asked, hall, now, somebody_is_here=somebody_is_here)
        self.remove_class("-restoring")
        if self.is_stale:
            self.look()

    @on(ReadFailed)
    def read_again_soon(self, message: ReadFailed) -> None:
        self.is_reading = False
        if message.refused is not None:
            self.show_restoring(self.app.sentence_for(message.refused))
        else:
            self.show_restoring("")
            self.set_timer(RETRY_S, self.look)

    @on(HallApp.HallUnavailable)
    def wait_for_the_hall(self, message: HallApp.HallUnavailable) -> None:
        self.is_open = False
        self.show_restoring(message.sentence)

    def show_restoring(self, reason: str) -> None:
        """The public reads that it comes back; why, only whoever sets up a sign that never ran."""
        words = "  ".join(filter(None, both(self.app.wording, _("Restoring…"))))
        if reason and self.view is None:
            words += f"\n{reason}"
        self.query_one("#restoring", Static).update(words)
        self.add_class("-restoring")


class CounterSignApp(HallApp, inherit_bindings=False):
    CRASH_FILE = "counter-sign-crash.log"
    IS_PUBLIC = True
    CSS_PATH = "counter_sign.tcss"
    ALLOW_SELECT = False
    AUTO_FOCUS = None

    def __init__(
        self,
        open_hall: Callable[[], OpenHall],
        counter: int,
        language: str = "zh",
        *,
        on_the_wall: bool = False,
    ) -> None:
        super().__init__(open_hall, language)
        self.counter = counter
        self.on_the_wall = on_the_wall
        self.theme = NIGHT.name

    def get_default_screen(self) -> CounterSignScreen:
        return CounterSignScreen(self.counter, on_the_wall=self.on_the_wall)
