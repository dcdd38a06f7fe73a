"""Reads each page to the visitor who asked for it, until the next one comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message
from textual.widget import Widget

from kiosk.kiosk_screen import KioskScreen
from kiosk.kiosk_shell import KioskShell
from kiosk.reading_aloud.page_words import text_of, words_of
from ui.base_app import HallApp

if TYPE_CHECKING:
    from devices.speech.nobody_heard import NobodyHeard
    from devices.speech.prompter import Prompter
    from hall.open_hall import OpenHall

LOOK_S = 0.25
"""So soon what has changed on a page is read."""


class AloudRoutes(KioskShell):
    class Unheard(Message):
        """There is no loudspeaker, or no voice."""

    prompter: Prompter | None = None
    stepped_to: Widget | None = None
    """What was focused at the last look."""

    def on_mount(self) -> None:
        self.set_interval(LOOK_S, self.read_aloud)

    def on_unmount(self) -> None:
        if self.prompter is not None:
            self.prompter.close()

    @on(HallApp.HallOpened)
    def prepare_voice(self) -> None:
        if self.hall is None or not self.hall.settings.reads_aloud:
            return
        if self.prompter is None:
            self.make_prompter(self.hall)
        else:
            self.prompter.hall = self.hall  # its file stood elsewhere, or was another

    @work(thread=True, group="voice")
    def make_prompter(self, hall: OpenHall) -> None:
        """In a thread, for its libraries."""
        from devices.speech.prompter import Prompter

        def unheard(_reason: NobodyHeard) -> None:
            self.post_message(self.Unheard())

        self.prompter = Prompter(hall, hall.settings.kiosk.reads_beside, unheard)

    @on(KioskScreen.AloudAsked)
    def change_aloud(self) -> None:
        self.visit.aloud = not self.visit.aloud
        if isinstance(self.page, KioskScreen):
            self.page.show_aids()

    @on(KioskScreen.SteppedOn)
    def read_what_is_stepped_to(self) -> None:
        """Who finds the way by key may not see it."""
        page = self.page
        if isinstance(page, KioskScreen) and page.can_be_read and self.visit.aloud is False:
            self.change_aloud()

    @on(Unheard)
    def tell_unheard(self) -> None:
        self.visit.aloud = None
        if isinstance(self.page, KioskScreen):
            self.page.show_aids()

    def read_aloud(self) -> None:
        page, prompter = self.page, self.prompter
        if prompter is None:
            return
        if not isinstance(page, KioskScreen) or not self.is_read(page):
            prompter.hush()
            return
        prompter.tell(page, words_of(page, self.say), self.visit.language)
        focused, before = page.focused, self.stepped_to
        self.stepped_to = focused
        if focused is not None and focused is not before:
            prompter.instead(text_of(focused, self.say), self.visit.language)

    def is_read(self, page: KioskScreen) -> bool:
        return page.is_mounted and page.can_be_read and bool(self.visit.aloud)

    @property
    def is_sounding(self) -> bool:
        return self.prompter is not None and self.prompter.is_sounding
