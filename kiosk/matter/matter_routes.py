"""From the choice of a matter to its page, and to the list of what is missing for it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from db.faults import DatabaseFault
from hall.errors import Refused
from kiosk.choosing.services_screen import ServicesScreen
from kiosk.kiosk_screen import KioskScreen
from kiosk.kiosk_shell import LOOK_AGAIN_S, KioskShell
from kiosk.matter.list_screen import ListScreen
from kiosk.matter.matter import Matter, PrintedList
from kiosk.matter.matter_screen import MatterScreen
from kiosk.number.desk_screen import DeskScreen
from kiosk.offer import Offer, ServiceOffer, SlipNews
from ui.base_app import HallApp

if TYPE_CHECKING:
    from hall.open_hall import OpenHall


class MatterRoutes(KioskShell):
    @dataclass
    class MatterRead(Message):
        matter: Matter

    class MatterGone(Message):
        """The catalogue has it no more."""

    @dataclass
    class ListPrinted(Message):
        printed: PrintedList

    @dataclass
    class NoList(Message):
        reason: str

    @dataclass
    class ListSeen(Message):
        check_id: int
        slip: SlipNews

    def on_mount(self) -> None:
        self.set_interval(LOOK_AGAIN_S, self.look_at_list)

    @on(ServicesScreen.ServiceChosen)
    def show_matter(self, message: ServicesScreen.ServiceChosen) -> None:
        screen = self.page
        if not (self.is_choosing and self.hall and isinstance(screen, ServicesScreen)):
            return
        service = screen.service_of(message.code)
        if service is not None:
            self.open_matter(self.hall, screen, screen.offer, screen.group, service)

    def open_matter(
        self,
        hall: OpenHall,
        chosen_on: KioskScreen,
        offer: Offer,
        group: str,
        service: ServiceOffer,
    ) -> None:
        self.switch_screen(MatterScreen(self.visit, offer, group, service, chosen_on=chosen_on))
        self.read_matter(hall, service.code)

    @work(thread=True, exclusive=True, group="matter")
    def read_matter(self, hall: OpenHall, code: str) -> None:
        from kiosk.matter.matter_reader import read_matter

        try:
            self.post_message(self.MatterRead(read_matter(hall, code)))
        except DatabaseFault as fault:
            self.post_message(HallApp.HallUnavailable(self.sentence_for(fault)))
            self.post_message(self.OfferRead(None))  # the hall is looked for again
        except Refused:
            self.post_message(self.MatterGone())

    @on(MatterRead)
    def fill_page(self, message: MatterRead) -> None:
        screen = self.page
        if isinstance(screen, MatterScreen) and screen.service.code == message.matter.code:
            screen.call_later(screen.show_matter, message.matter)

    @on(MatterGone)
    def leave_matter(self) -> None:
        if isinstance(self.page, MatterScreen) and self.is_choosing:
            self.switch_screen(self.first_page())

    # -- the list --------------------------------------------------------------------------------

    @on(MatterScreen.ListWanted)
    def ask_for_list(self, message: MatterScreen.ListWanted) -> None:
        screen = self.page
        if self.is_choosing and self.hall is not None and isinstance(screen, MatterScreen):
            self.visit.step = "asking"  # an impatient second press is not a second list
            screen.show_asking()
            self.print_list(self.hall, message.code, message.missing, self.visit.language)

    @work(thread=True, group="list")
    def print_list(self, hall: OpenHall, code: str, missing: frozenset[int], language: str) -> None:
        from kiosk.matter.matter_reader import print_list

        try:
            printed = print_list(hall, code, missing, language)
        except (DatabaseFault, Refused) as error:
            self.post_message(self.NoList(self.sentence_for(error)))
        else:
            self.post_message(self.ListPrinted(printed))

    @on(ListPrinted)
    def show_list(self, message: ListPrinted) -> None:
        self.visit.step = "told"
        self.switch_screen(ListScreen(self.visit, self.offer, message.printed))

    @on(NoList)
    def send_to_desk_for_list(self, message: NoList) -> None:
        self.visit.step = "told"
        self.switch_screen(DeskScreen(self.visit, self.offer, message.reason))

    @on(HallApp.HallChanged)
    def look_at_list(self) -> None:
        if self.hall is not None and isinstance(self.page, ListScreen):
            self.read_list(self.hall, self.page.printed.check_id)

    @work(thread=True, group="list-slip")
    def read_list(self, hall: OpenHall, check_id: int) -> None:
        from kiosk.matter.matter_reader import slip_of_list

        with contextlib.suppress(DatabaseFault):  # the list is on its way, seen or not
            self.post_message(self.ListSeen(check_id, slip_of_list(hall, check_id)))

    @on(ListSeen)
    def show_list_slip(self, message: ListSeen) -> None:
        screen = self.page
        if isinstance(screen, ListScreen) and screen.printed.check_id == message.check_id:
            screen.call_later(screen.show_slip, message.slip)
