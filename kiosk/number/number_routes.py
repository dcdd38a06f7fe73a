"""The number: asked for once, given or not, and how far its slip has come."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from db.faults import DatabaseFault
from hall.errors import Refused
from hall.errors.identity import HasNumber
from kiosk.kiosk_screen import KioskScreen
from kiosk.kiosk_shell import LOOK_AGAIN_S
from kiosk.matter.matter_screen import MatterScreen
from kiosk.number.desk_screen import DeskScreen
from kiosk.number.number_screen import NumberScreen
from kiosk.offer import GivenNumber, ServiceOffer, SlipNews
from kiosk.real_name.real_name_routes import RealNameRoutes
from kiosk.visit import Visit
from ui.base_app import HallApp

if TYPE_CHECKING:
    from hall.open_hall import OpenHall


class NumberRoutes(RealNameRoutes):
    @dataclass
    class NumberGiven(Message):
        given: GivenNumber

    @dataclass
    class NoNumberGiven(Message):
        reason: str

    @dataclass
    class SlipSeen(Message):
        ticket_id: int
        slip: SlipNews

    def on_mount(self) -> None:
        self.set_interval(LOOK_AGAIN_S, self.look_at_slip)

    @on(MatterScreen.NumberWanted)
    def ask_for_number(self, message: MatterScreen.NumberWanted) -> None:
        screen = self.page
        if self.is_choosing and self.hall is not None and isinstance(screen, MatterScreen):
            service = screen.service_now
            ask = partial(self.ask_for_number_of, self.hall, service)
            self.with_name(screen, service.real_name, ask)

    def ask_for_number_of(self, hall: OpenHall, service: ServiceOffer) -> None:
        self.begin_asking()
        self.give_number(hall, service, self.visit)

    def begin_asking(self) -> None:
        """An impatient second press is not a second ticket."""
        self.visit.step = "asking"
        if isinstance(self.page, KioskScreen):
            self.page.show_asking()

    @work(thread=True, group="number")
    def give_number(self, hall: OpenHall, service: ServiceOffer, visit: Visit) -> None:
        from kiosk.hall_reader import give_number

        person = visit.person if service.real_name else None
        try:
            given = give_number(hall, service.code, visit.priority_class, visit.language, person)
        except HasNumber as error:
            self.post_message(self.HasOne(**error.facts))
        except (DatabaseFault, Refused) as error:
            self.post_message(self.NoNumberGiven(self.sentence_for(error)))
        else:
            self.post_message(self.NumberGiven(given))

    @on(NumberGiven)
    def show_number(self, message: NumberGiven) -> None:
        self.visit.step = "told"
        self.switch_screen(NumberScreen(self.visit, self.offer, message.given))

    @on(NoNumberGiven)
    def send_to_desk(self, message: NoNumberGiven) -> None:
        self.visit.step = "told"
        self.switch_screen(DeskScreen(self.visit, self.offer, message.reason))

    # -- the slip --------------------------------------------------------------------------------

    @on(HallApp.HallChanged)
    def look_at_slip(self) -> None:
        if self.hall is not None and isinstance(self.page, NumberScreen):
            self.read_slip(self.hall, self.page.given.ticket_id)

    @work(thread=True, group="slip")
    def read_slip(self, hall: OpenHall, ticket_id: int) -> None:
        from kiosk.hall_reader import slip_of

        with contextlib.suppress(DatabaseFault):  # the number is given; its slip is not worth more
            self.post_message(self.SlipSeen(ticket_id, slip_of(hall, ticket_id)))

    @on(SlipSeen)
    def show_slip(self, message: SlipSeen) -> None:
        screen = self.page
        if isinstance(screen, NumberScreen) and screen.given.ticket_id == message.ticket_id:
            screen.call_later(screen.show_slip, message.slip)
