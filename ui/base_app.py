"""What every face of the hall is: it paints first, then opens the hall, then listens for changes.

Only the standard library and Textual are imported before the first paint; the database and its
tables come in the thread that opens the hall.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import work
from textual.app import App
from textual.message import Message
from textual.worker import Worker, get_current_worker

from db.doorbell import Listener
from db.faults import DatabaseFault
from hall.wording import Wording
from ui.theme import DAY, NIGHT

if TYPE_CHECKING:
    from hall.errors import Refused
    from hall.open_hall import OpenHall

RETRY_S = 1.0
"""How often a hall that cannot be opened is tried again."""


class HallApp(App[None]):
    """Opens the hall after the first paint and tells every screen when something changed.

    `open_hall` is called in a thread; it may raise DatabaseFault, and is then tried again.
    """

    ENABLE_COMMAND_PALETTE = False

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
        self.open_hall = open_hall
        self.hall: OpenHall | None = None
        self.wording = Wording(language)
        self.listener: Listener | None = None
        self.register_theme(DAY)
        self.register_theme(NIGHT)

    def on_mount(self) -> None:
        self.call_after_refresh(self.connect_hall)

    def on_unmount(self) -> None:
        if self.listener is not None:
            self.listener.wake()

    def say(self, words: str, **facts: Any) -> str:
        """The product's own words in the reader's language."""
        return self.wording.say(words, **facts)

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
        from db.engine import file_of

        worker = get_current_worker()
        while not worker.is_cancelled:
            try:
                hall = self.open_hall()
            except DatabaseFault as fault:
                self.tell_unavailable(fault)
                time.sleep(RETRY_S)  # in a thread of its own; the screen goes on
                continue
            with Listener(file_of(hall.engine)) as listener:
                self.hall, self.listener = hall, listener
                self.call_from_thread(self.tell_screens, self.HallOpened)
                self.listen(hall, listener, worker)
            hall.engine.dispose()

    def listen(self, hall: OpenHall, listener: Listener, worker: Worker[None]) -> None:
        """Until the app ends, or the file is gone or another one: then it is opened anew."""
        opened = listener.file_number
        while not worker.is_cancelled:
            if not listener.wait() or worker.is_cancelled:
                continue
            if listener.file_number != opened:
                return
            try:
                hall.read_rules_again()
            except DatabaseFault as fault:
                self.tell_unavailable(fault)
                return
            self.call_from_thread(self.tell_screens, self.HallChanged)
