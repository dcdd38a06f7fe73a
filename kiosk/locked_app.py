"""An app the public cannot leave, break or look behind."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Group
from rich.control import Control
from rich.text import Text
from textual import events
from textual.worker import WorkerFailed

from hall.wording import Wording
from kiosk.crash_log import write_crash
from kiosk.hand_or_reader import HAND_S, HandOrReader
from kiosk.kiosk_screen import KioskScreen
from ui.base_app import HallApp

if TYPE_CHECKING:
    from hall.open_hall import OpenHall


class LockedApp(HallApp, inherit_bindings=False):
    """No key leaves it. SIGTERM ends it with exit code 0, a crash with 1 and nothing to read."""

    ALLOW_SELECT = False
    AUTO_FOCUS = None

    def __init__(self, open_hall: Callable[[], OpenHall], language: str = "zh") -> None:
        super().__init__(open_hall, language)
        self.first_language = language
        self.touched_at = time.monotonic()
        self.keys = HandOrReader()
        self.held_key: events.Key | None = None

    def on_mount(self) -> None:
        with contextlib.suppress(RuntimeError, ValueError):  # not the main thread: a test, a demo
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.exit)

    # -- touches and keys ------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.InputEvent) and not event.is_forwarded:
            now = time.monotonic()
            if isinstance(event, (events.Key, events.MouseDown)):
                self.touched_at = now
            if not self.is_meant(event, now):
                return
        elif isinstance(event, events.Paste):
            return
        await super().on_event(event)

    def is_meant(self, event: events.InputEvent, now: float) -> bool:
        """Whether a hand meant this for the page that is shown now."""
        if isinstance(event, events.Key):
            if event is self.held_key:
                self.held_key = None
                return not self.is_unsettled()
            if self.keys.is_reader(event, now):
                self.held_key = None
                return False
            if self.is_unsettled():
                return False
            if event.is_printable:
                self.hold(event)
                return False
            return True
        return not (isinstance(event, (events.MouseDown, events.MouseUp)) and self.is_unsettled())

    def is_unsettled(self) -> bool:
        return isinstance(self.screen, KioskScreen) and not self.screen.is_settled

    def hold(self, event: events.Key) -> None:
        """Until it is clear that it is not the first key of a reader."""
        self.held_key = event
        self.set_timer(HAND_S, lambda: self.let_through(event))

    async def let_through(self, event: events.Key) -> None:
        if event is self.held_key:
            await self.on_event(event)

    # -- the end ---------------------------------------------------------------------------------

    def crash_file(self) -> Path:
        """Beside the database."""
        if self.hall is not None:
            from db.engine import file_of

            return file_of(self.hall.engine).with_name("kiosk-crash.log")
        from platformdirs import user_data_path

        return user_data_path("jiaohao") / "kiosk-crash.log"

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
        self._close_messages_no_wait()
