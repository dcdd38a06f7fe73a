"""From the first page to what there is to read, and into the suggestion box."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from db.faults import DatabaseFault
from hall.errors import Refused
from hall.marked import _
from kiosk.choosing.groups_screen import GroupsScreen
from kiosk.guide.box_screens import BoxScreen, KindScreen, Opinion
from kiosk.guide.guide_screens import GuideScreen, ReadingScreen
from kiosk.kiosk_shell import KioskShell
from kiosk.words_screen import ask_at_desk

if TYPE_CHECKING:
    from hall.guide_view import Guide
    from hall.open_hall import OpenHall

THANKS = _("It is in the box: {number}. Somebody of the supervision reads it.")
WITH_WORDS = _("If you would like to say more, the information desk writes it down for you.")


def thanks(number: str, say: Callable[..., str], language: str) -> tuple[str, list[str]]:
    return say(_("Many thanks")), [say(THANKS, number=number), say(WITH_WORDS)]


class GuideRoutes(KioskShell):
    @dataclass
    class GuideRead(Message):
        guide: Guide

    @dataclass
    class PutIntoBox(Message):
        number: str

    @dataclass
    class NotPut(Message):
        reason: str

    @on(GroupsScreen.GuideAsked)
    def show_guide(self) -> None:
        if self.is_choosing and self.offer is not None:
            self.switch_screen(GuideScreen(self.visit, self.offer))

    @on(GuideScreen.PartChosen)
    def show_part(self, message: GuideScreen.PartChosen) -> None:
        if self.hall is None or not self.is_choosing or not isinstance(self.page, GuideScreen):
            return
        if message.part == "box":
            self.switch_screen(KindScreen(self.visit, self.offer, Opinion()))
        else:
            self.switch_screen(ReadingScreen(self.visit, self.offer, message.part, None))
        self.read_guide(self.hall)

    @work(thread=True, exclusive=True, group="guide")
    def read_guide(self, hall: OpenHall) -> None:
        from kiosk.guide.guide_reader import read_guide

        try:
            self.post_message(self.GuideRead(read_guide(hall)))
        except DatabaseFault as fault:
            self.post_message(self.HallUnavailable(self.sentence_for(fault)))
            self.post_message(self.OfferRead(None))  # the hall is looked for again

    @on(GuideRead)
    def fill_guide(self, message: GuideRead) -> None:
        match self.page:
            case ReadingScreen() as page:
                page.call_later(page.show_guide, message.guide)
            case BoxScreen() as page:  # somebody may have gone on while it was read
                page.call_later(page.take_counters, message.guide.counters)

    # -- the box ---------------------------------------------------------------------------------

    @on(BoxScreen.GoesOn)
    def go_on_with_box(self, message: BoxScreen.GoesOn) -> None:
        if self.is_choosing and isinstance(self.page, BoxScreen):
            self.switch_screen(message.page)

    @on(BoxScreen.Finished)
    def ask_to_put(self, message: BoxScreen.Finished) -> None:
        if self.is_choosing and self.hall is not None and isinstance(self.page, BoxScreen):
            self.visit.step = "asking"  # an impatient second press is not a second opinion
            self.page.show_asking()
            self.put_into_box(self.hall, message.opinion, message.counter)

    @work(thread=True, group="box")
    def put_into_box(self, hall: OpenHall, opinion: Opinion, counter: int | None) -> None:
        from kiosk.guide.guide_reader import put_into_box

        try:
            self.post_message(self.PutIntoBox(put_into_box(hall, opinion, counter)))
        except (DatabaseFault, Refused) as error:
            self.post_message(self.NotPut(self.sentence_for(error)))

    @on(PutIntoBox)
    def thank(self, message: PutIntoBox) -> None:
        self.visit.step = "told"
        self.tell(partial(thanks, message.number))

    @on(NotPut)
    def tell_why_not_put(self, message: NotPut) -> None:
        self.visit.step = "told"
        self.tell(partial(ask_at_desk, message.reason))
