"""What every face of the hall is: it paints first, then opens the hall, then listens for changes.

Only the standard library and Textual are imported before the first paint; the database and its
tables come in the thread that opens the hall.
"""

from __future__ import annotations

import gc
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.control import Control
from rich.text import Text
from textual import on, work
from textual.app import App
from textual.message import Message
from textual.worker import Worker, WorkerFailed, get_current_worker

from db import doorbell, place
from db.faults import DatabaseFault
from devices import service_manager
from hall.wording import Wording
from ui import sturdy_input, terminal_end
from ui.crash_log import write_crash
from ui.theme import CONTRAST, DAY, NIGHT

if TYPE_CHECKING:
    from hall.errors import Refused
    from hall.open_hall import OpenHall

sturdy_input.install()

RETRY_S = 1.0
"""How often a hall that cannot be opened is tried again."""


LEAST_SPREAD = 0.3
"""The first of them, as a share of that time."""
MOST_SPREAD_S = 0.5
"""Screens that rest hear of a change within so long of each other."""


SETTLE_S = 5.0
"""By then a program has imported and made what it keeps for good."""


def settle_memory() -> None:
    """What is there for good is not gone through again at each full collection of garbage.

    That would take a tenth of a second, in which no key is answered.
    """
    gc.collect()
    gc.freeze()


class HallApp(App[None]):
    """Opens the hall after the first paint and tells every screen when something changed.

    `open_hall` is called in a thread; it may raise DatabaseFault, and is then tried again.
    """

    ENABLE_COMMAND_PALETTE = False

    CRASH_FILE = "screen-crash.log"
    """Written beside the database."""

    IS_PUBLIC = False
    """The hall looks up at it: it hears of a change before the others do."""

    rest_s = 0.0
    """So long after a change nothing is listened to; what changes meanwhile is one more change."""

    class HallOpened(Message):
        """`app.hall` is there now; also after it was gone for a while."""

    class HallChanged(Message):
        """Somebody committed something: read again."""

    @dataclass
    class HallUnavailable(Message):
        """The hall cannot be opened or read; it is tried again."""

        sentence: str
        """Why, in the reader's language."""

    def __init__(self, open_hall: Callable[[], OpenHall], language: str = "zh") -> None:
        super().__init__()
        self.first_language = language
        self.open_hall = open_hall
        self.hall: OpenHall | None = None
        self.wording = Wording(language)
        self.is_settled = False
        self.is_leaving = threading.Event()
        self.listener: doorbell.Listener | None = None
        self.register_theme(DAY)
        self.register_theme(NIGHT)
        self.register_theme(CONTRAST)

    def on_mount(self) -> None:
        if not self.is_headless:
            terminal_end.install(self.exit)
        self.call_after_refresh(self.connect_hall)
        self.call_after_refresh(service_manager.ready)
        if beat_s := service_manager.beat_s():
            self.set_interval(beat_s, service_manager.alive)

    @on(HallOpened)
    def settle_memory_soon(self) -> None:
        if not self.is_settled and not self.is_headless:  # tests count what is left behind
            self.is_settled = True
            self.set_timer(SETTLE_S + random.random(), settle_memory)

    def on_unmount(self) -> None:
        self.leave_hall()

    def leave_hall(self) -> None:
        """Let the listening thread go: the program ends only when it has."""
        self.is_leaving.set()
        if self.listener is not None:
            self.listener.wake()

    def say(self, words: str, /, **facts: Any) -> str:
        """The product's own words in the reader's language."""
        return self.wording.say(words, **facts)

    def stand_beside(self, language: str) -> None:
        """The second language, where a screen shows two."""
        if language != self.wording.beside:
            self.wording = Wording(self.wording.language, language)

    def sentence_for(self, error: Refused | DatabaseFault) -> str:
        if isinstance(error, DatabaseFault):
            return self.wording.fault(error)
        return self.wording.refusal(error)

    def tell_screens(self, make: Callable[[], Message]) -> None:
        for screen in self.screen_stack:
            screen.post_message(make())

    def tell_unavailable(self, fault: DatabaseFault) -> None:
        make = partial(self.HallUnavailable, self.wording.fault(fault))
        self.call_from_thread(self.tell_screens, make)

    @work(thread=True, exclusive=True, group="hall")
    def connect_hall(self) -> None:
        """Open the hall, however long that takes, then pass on every change."""

        worker = get_current_worker()
        while not (worker.is_cancelled or self.is_leaving.is_set()):
            try:
                hall = self.open_hall()
            except DatabaseFault as fault:
                self.tell_unavailable(fault)
                self.is_leaving.wait(RETRY_S)
                continue
            with doorbell.listener(hall.engine, before_others=self.IS_PUBLIC) as listener:
                try:
                    hall.read_rules_again()  # what was changed before the bell hung would be lost
                except DatabaseFault as fault:
                    self.tell_unavailable(fault)
                    self.is_leaving.wait(RETRY_S)
                    continue
                self.hall, self.listener = hall, listener
                self.call_from_thread(self.tell_screens, self.HallOpened)
                self.listen(hall, listener, worker)
            hall.engine.dispose()

    def listen(self, hall: OpenHall, listener: doorbell.Listener, worker: Worker[None]) -> None:
        """Until the app ends, or the file is gone or another one: then it is opened anew."""
        opened = listener.identity
        while not (worker.is_cancelled or self.is_leaving.is_set()):
            if not listener.wait() or worker.is_cancelled or self.is_leaving.is_set():
                continue
            if listener.identity != opened:
                return
            # Not all screens of a hall at once, with whoever pressed the key among them; and those
            # that rest after those that do not: a call is on the board before anywhere else.
            spread = min(self.rest_s, MOST_SPREAD_S)
            self.is_leaving.wait(spread * random.uniform(LEAST_SPREAD, 1))
            try:
                hall.read_rules_again()
            except DatabaseFault as fault:
                self.tell_unavailable(fault)
                return
            self.call_from_thread(self.tell_screens, self.HallChanged)
            self.is_leaving.wait(self.rest_s)

    # -- the end: SIGTERM ends it with exit code 0, a crash with 1 and nothing for the public ------

    def crash_file(self) -> Path:
        if self.hall is not None:
            return place.folder_of(self.hall.engine) / self.CRASH_FILE
        from platformdirs import user_data_path

        return user_data_path("jiaohao") / self.CRASH_FILE

    def _handle_exception(self, error: Exception) -> None:
        if self._exit:
            return  # a thread that found the app gone, when it was told to end
        cause = error.error if isinstance(error, WorkerFailed) else error
        write_crash(self.crash_file(), cause)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Textual's own shows source, variables and the error's text to the public."""
        self.tell_restart()

    def panic(self, *renderables: object) -> None:
        self._return_code = 1
        self.tell_restart()

    def tell_restart(self) -> None:
        """What stands on the terminal until whoever started this starts it again."""
        words = Wording(self.first_language).say("This machine is restarting. One moment, please…")
        if not self._exit_renderables:
            self._exit_renderables.append(
                Group(Control.clear(), Control.home(), Text(f"\n\n    {words}\n"))
            )
        self.leave_hall()
        self._close_messages_no_wait()
