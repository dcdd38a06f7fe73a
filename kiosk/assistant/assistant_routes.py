"""From any page to the one an assistant is called on, and back to it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from db.faults import DatabaseFault
from hall.errors import Refused
from kiosk.assistant.assistant_news import AssistantNews
from kiosk.assistant.assistant_screen import AssistantScreen
from kiosk.kiosk_screen import KioskScreen
from kiosk.kiosk_shell import LOOK_AGAIN_S, KioskShell
from kiosk.visit import Visit
from ui.base_app import HallApp

if TYPE_CHECKING:
    from hall.open_hall import OpenHall


class AssistantRoutes(KioskShell):
    @dataclass
    class AssistantSeen(Message):
        visit: Visit
        """Whose call it is: another visitor is not told of it."""
        news: AssistantNews

    @dataclass
    class NotDone(Message):
        visit: Visit
        reason: str

    def on_mount(self) -> None:
        self.set_interval(LOOK_AGAIN_S, self.look_for_assistant)

    @on(KioskScreen.AssistantAsked)
    def ask_about_assistant(self) -> None:
        page = self.page
        if self.visit.step == "asking" or not isinstance(page, KioskScreen) or page.stands_over:
            return
        self.switch_screen(AssistantScreen(self.visit, self.offer, page))

    @on(AssistantScreen.Called)
    def call_assistant(self) -> None:
        from kiosk.assistant import assistant_reader

        self.do(partial(assistant_reader.call, language=self.visit.language))

    @on(AssistantScreen.Withdrawn)
    def withdraw_call(self) -> None:
        from kiosk.assistant import assistant_reader

        news = self.visit.assistant
        if news is not None:
            self.do(partial(assistant_reader.withdraw, request_id=news.request_id))

    def do(self, operation: Callable[[OpenHall], AssistantNews]) -> None:
        page = self.page
        if not isinstance(page, AssistantScreen):
            return
        if self.hall is None:
            self.show_page(page, self.fault or self.say("One moment, please…"))
        else:
            page.show_asking()
            self.carry_out(self.hall, operation, self.visit)

    @work(thread=True, group="assistant")
    def carry_out(
        self, hall: OpenHall, operation: Callable[[OpenHall], AssistantNews], visit: Visit
    ) -> None:
        try:
            self.post_message(self.AssistantSeen(visit, operation(hall)))
        except (DatabaseFault, Refused) as error:
            self.post_message(self.NotDone(visit, self.sentence_for(error)))

    @on(NotDone)
    def tell_nobody_called(self, message: NotDone) -> None:
        page = self.page
        if self.visit is message.visit and isinstance(page, AssistantScreen):
            self.show_page(page, message.reason)

    def show_page(self, page: AssistantScreen, trouble: str = "") -> None:
        self.switch_screen(AssistantScreen(self.visit, self.offer, page.asked_on, trouble))

    # -- who comes -------------------------------------------------------------------------------

    @on(HallApp.HallChanged)
    def look_for_assistant(self) -> None:
        news = self.visit.assistant
        if self.hall is not None and news is not None and news.state == "called":
            self.read_call(self.hall, news.request_id, self.visit)

    @work(thread=True, exclusive=True, group="assistant-news")
    def read_call(self, hall: OpenHall, request_id: int, visit: Visit) -> None:
        from kiosk.assistant import assistant_reader

        with contextlib.suppress(DatabaseFault):  # it is looked for again
            self.post_message(self.AssistantSeen(visit, assistant_reader.read(hall, request_id)))

    @on(AssistantSeen)
    def show_news(self, message: AssistantSeen) -> None:
        page = self.page
        if self.visit is not message.visit or self.visit.assistant == message.news:
            return
        self.visit.assistant = message.news
        if isinstance(page, AssistantScreen):
            self.show_page(page)
        elif isinstance(page, KioskScreen):
            page.call_later(page.show_aids)
