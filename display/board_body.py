"""What the board shows of the hall, under the clock: calls, counters, who waits, bulletins."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from display.board_section import BoardSection
from display.board_strips import BulletinStrip, WaitingStrip
from display.call_lists import EarlierCalls, MissedNumbers
from display.call_panel import CallPanel
from display.counter_lines import CounterLines
from display.quiet_panel import QuietPanel
from display.standing_calls import StandingCalls
from ui.base_app import HallApp

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from hall.board_view import BoardCall, BoardView
    from hall.guide_view import Guide
    from hall.open_hall import OpenHall

TICK_S = 0.5
PAGE_S = 8.0
"""How long a page of a long list stays."""
FLASH_S = 3.0
"""A call just made flashes so long, once a second: eyes follow what changes."""


class BoardBody(Vertical):
    app = getters.app(HallApp)

    view: BoardView | None = None
    hall: OpenHall
    standing: StandingCalls
    big: Set[int] = frozenset()
    """The tickets in the panel, which the list of earlier calls leaves out."""
    newest_id = 0
    newest_since = 0.0
    page_since = 0.0

    def compose(self) -> ComposeResult:
        yield CallPanel(id="panel")
        yield QuietPanel(id="quiet")
        with Horizontal(id="lists"):
            yield CounterLines(id="counters")
            with Vertical(id="side"):
                yield EarlierCalls(id="earlier")
                yield MissedNumbers(id="missed")
        yield WaitingStrip(id="waiting")
        yield BulletinStrip(id="bulletins")

    def on_mount(self) -> None:
        self.page_since = time.monotonic()
        self.set_interval(TICK_S, self.tick)

    def show(self, view: BoardView, hall: OpenHall) -> None:
        if self.view is None:
            self.standing = StandingCalls(hall.settings.board.highlight_seconds)
        self.view, self.hall = view, hall
        self.standing.look(view.calls, hall.now())
        self.show_newest(view)
        self.call_after_refresh(self.show_lists)  # the call is painted before all else is drawn

    def show_lists(self) -> None:
        """What was read last, which may have been read since the call was shown."""
        if self.view is None:
            return
        view = self.view
        self.query_one(CounterLines).show(view.counters)
        self.query_one(MissedNumbers).show(view.missed)
        self.query_one(WaitingStrip).show(view.groups)
        bulletins = self.query_one(BulletinStrip)
        bulletins.show(view.urgent or view.bulletins, urgent=bool(view.urgent))
        bulletins.set_class(not (view.urgent or view.bulletins), "-none")
        bulletins.set_class(bool(view.urgent), "-urgent")
        self.show_earlier(view)

    def show_words_again(self) -> None:
        """The second language is known by now."""
        for section in self.query(BoardSection):
            section.refresh()

    def show_guide(self, guide: Guide) -> None:
        self.query_one(QuietPanel).show(guide)

    def show_waits(self, waits: dict[int, tuple[int, int]]) -> None:
        self.query_one(WaitingStrip).show_waits(waits)

    def tick(self) -> None:
        if self.view is None:
            return
        self.show_newest(self.view)
        self.show_earlier(self.view)
        moment = time.monotonic()
        if moment - self.page_since >= PAGE_S:
            self.page_since = moment
            for section in self.query(BoardSection):
                section.turn()

    def show_newest(self, view: BoardView) -> None:
        """Those that stand out now, or else the last one."""
        standing = self.standing.now()
        quiet = not (standing or view.spoken) and self.is_long_ago(view.calls[:1])
        self.be_quiet(quiet)
        panel = self.query_one(CallPanel)
        panel.show(standing, view.calls[0] if view.calls else None, view.spoken)
        panel.flash(self.flashes(standing[0].id if standing else 0))
        self.big = {call.ticket_id for call in standing or view.calls[: 0 if quiet else 1]}

    def show_earlier(self, view: BoardView) -> None:
        earlier = [call for call in view.calls if call.ticket_id not in self.big]
        limit = self.hall.settings.board.last_calls
        self.query_one(EarlierCalls).show(earlier[:limit], self.hall.rules)

    def is_long_ago(self, newest: Sequence[BoardCall]) -> bool:
        """A clock set back or forth makes a hall quiet at most for as long as it jumped."""
        quiet_s = self.hall.settings.board.quiet_seconds
        return all(
            abs((self.hall.now() - call.called_at).total_seconds()) >= quiet_s for call in newest
        )

    def be_quiet(self, quiet: bool) -> None:
        if quiet != self.has_class("-quiet"):
            self.set_class(quiet, "-quiet")
            self.query_one(QuietPanel).begin_again()

    def flashes(self, newest_id: int) -> bool:
        """Whether the call is in the darker half of its second now."""
        moment = time.monotonic()
        if newest_id != self.newest_id:
            self.newest_id, self.newest_since = newest_id, moment
        age = moment - self.newest_since
        return bool(newest_id) and age < FLASH_S and age % 1.0 >= TICK_S
