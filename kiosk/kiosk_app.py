"""The citizen's face of the hall: choose a matter, take a number."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from db.faults import DatabaseFault
from hall.errors import Refused
from hall.wording import Wording
from kiosk.choices_screen import ChoicesScreen
from kiosk.classes_screen import ClassesScreen
from kiosk.desk_screen import DeskScreen
from kiosk.groups_screen import GroupsScreen
from kiosk.kiosk_screen import KioskScreen
from kiosk.locked_app import LockedApp
from kiosk.number_screen import NumberScreen
from kiosk.offer import GivenNumber, Offer, SlipNews
from kiosk.services_screen import ServicesScreen
from kiosk.visit import ORDINARY, Visit
from ui import big_text
from ui.base_app import RETRY_S, HallApp
from ui.theme import DAY

if TYPE_CHECKING:
    from hall.open_hall import OpenHall

LOOK_AGAIN_S = 60
"""A new day begins, a spooler falls silent without anybody changing anything."""
COUNTDOWN_S = 10
"""The last seconds before a page goes away are shown on it."""


class KioskApp(LockedApp):
    """One visitor after the other; what each chose is forgotten with the next."""

    CSS_PATH = "kiosk.tcss"

    @dataclass
    class OfferRead(Message):
        offer: Offer | None
        """None when it could not be read: it is tried again."""

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

    def __init__(self, open_hall: Callable[[], OpenHall], language: str = "zh") -> None:
        super().__init__(open_hall, language)
        self.visit = Visit(language)
        self.offer: Offer | None = None
        self.fault: str | None = None
        """Why there is no offer."""
        self.is_reading = False
        self.has_news = False
        """Something changed while the offer was being read."""

    def on_mount(self) -> None:
        self.theme = DAY.name
        self.push_screen(GroupsScreen(self.visit, None))
        self.set_interval(0.5, self.watch_time)
        self.set_interval(LOOK_AGAIN_S, self.look)

    # -- the hall --------------------------------------------------------------------------------

    def tell_screens(self, make: Callable[[], Message]) -> None:
        """The app reads, once for all; its screens are given what was read."""
        self.post_message(make())

    @on(HallApp.HallOpened)
    def prepare(self) -> None:
        self.load_letters()
        self.look()

    @work(thread=True, group="letters")
    def load_letters(self) -> None:
        """So that the first visitor's number does not wait for the font."""
        big_text.warm_up()

    @on(HallApp.HallChanged)
    def look(self) -> None:
        """Read the offer again; once more if something changes meanwhile, not once per change."""
        if self.hall is None:
            return
        self.has_news = self.is_reading
        if not self.is_reading:
            self.is_reading = True
            self.read_offer(self.hall)
        if isinstance(self.screen, NumberScreen):
            self.read_slip(self.hall, self.screen.given.ticket_id)

    @work(thread=True, group="offer")
    def read_offer(self, hall: OpenHall) -> None:
        from kiosk.hall_reader import read_offer

        try:
            self.post_message(self.OfferRead(read_offer(hall)))
        except DatabaseFault as fault:
            self.post_message(self.HallUnavailable(self.sentence_for(fault)))
            time.sleep(RETRY_S)
            self.post_message(self.OfferRead(None))

    # What a screen is to show goes through its own queue: it may not have been composed yet.

    @on(OfferRead)
    def show_offer(self, message: OfferRead) -> None:
        self.is_reading = False
        if self.has_news or message.offer is None:
            self.look()
        if message.offer is None or message.offer == self.offer:
            return
        self.offer, self.fault = message.offer, None
        if isinstance(self.screen, KioskScreen):
            self.screen.call_later(self.screen.show_offer, message.offer)

    @on(HallApp.HallUnavailable)
    def show_fault(self, message: HallApp.HallUnavailable) -> None:
        self.offer, self.fault = None, message.sentence
        if isinstance(self.screen, GroupsScreen):
            self.screen.call_later(self.screen.show_fault, message.sentence)
        elif self.visit.step == "choosing":
            self.start_again()

    @work(thread=True, group="slip")
    def read_slip(self, hall: OpenHall, ticket_id: int) -> None:
        from kiosk.hall_reader import slip_of

        with contextlib.suppress(DatabaseFault):  # the number is given; its slip is not worth more
            self.post_message(self.SlipSeen(ticket_id, slip_of(hall, ticket_id)))

    @on(SlipSeen)
    def show_slip(self, message: SlipSeen) -> None:
        screen = self.screen
        if isinstance(screen, NumberScreen) and screen.given.ticket_id == message.ticket_id:
            screen.call_later(screen.show_slip, message.slip)

    # -- from page to page -----------------------------------------------------------------------

    def start_again(self) -> None:
        """The next visitor: nothing of the one before is left."""
        self.visit = Visit(self.first_language)
        self.wording = Wording(self.first_language)
        self.show_groups()

    def show_groups(self) -> None:
        self.switch_screen(GroupsScreen(self.visit, self.offer, self.fault))

    @on(GroupsScreen.GroupChosen)
    def show_services(self, message: GroupsScreen.GroupChosen) -> None:
        if self.offer is not None and self.visit.step == "choosing":
            self.switch_screen(ServicesScreen(self.visit, self.offer, message.code))

    @on(ServicesScreen.GroupGone)
    def leave_group(self) -> None:
        if self.visit.step == "choosing":
            self.show_groups()

    @on(KioskScreen.WentBack)
    def go_back(self) -> None:
        match self.screen:
            case NumberScreen() | DeskScreen():
                self.start_again()
            case ClassesScreen() as screen:
                self.leave_classes(screen)
            case ServicesScreen() if self.visit.step == "choosing":
                self.show_groups()

    @on(ChoicesScreen.PriorityAsked)
    def show_classes(self) -> None:
        if isinstance(self.screen, ServicesScreen) and self.visit.step == "choosing":
            self.switch_screen(ClassesScreen(self.visit, self.screen.offer, self.screen.group))

    @on(ClassesScreen.ClassChosen)
    def take_class(self, message: ClassesScreen.ClassChosen) -> None:
        if isinstance(self.screen, ClassesScreen):
            self.visit.priority_class = message.code
            self.leave_classes(self.screen)

    def leave_classes(self, screen: ClassesScreen) -> None:
        if self.offer is not None:
            self.switch_screen(ServicesScreen(self.visit, self.offer, screen.group))
        else:
            self.show_groups()

    @on(ChoicesScreen.PriorityUndone)
    def undo_class(self) -> None:
        if self.visit.step == "choosing":
            self.visit.priority_class = ORDINARY
            self.show_anew()

    @on(KioskScreen.OtherLanguageAsked)
    def change_language(self) -> None:
        if self.visit.step != "asking":
            self.visit.language = self.visit.other_language
            self.wording = Wording(self.visit.language)
            self.show_anew()

    def show_anew(self) -> None:
        if isinstance(self.screen, KioskScreen):
            self.switch_screen(self.screen.anew())

    # -- the ticket ------------------------------------------------------------------------------

    @on(ServicesScreen.ServiceChosen)
    def ask_for_number(self, message: ServicesScreen.ServiceChosen) -> None:
        screen = self.screen
        if (
            self.visit.step != "choosing"  # an impatient second press is not a second ticket
            or self.hall is None
            or not isinstance(screen, ServicesScreen)
        ):
            return
        self.visit.step = "asking"
        screen.show_asking()
        self.give_number(self.hall, message.code, self.visit)

    @work(thread=True, group="number")
    def give_number(self, hall: OpenHall, service: str, visit: Visit) -> None:
        from kiosk.hall_reader import give_number

        try:
            given = give_number(hall, service, visit.priority_class, visit.language)
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

    # -- touches and time ------------------------------------------------------------------------

    def watch_time(self) -> None:
        screen = self.screen
        if not isinstance(screen, KioskScreen) or self.visit.step == "asking":
            return
        stay = screen.stay_seconds
        if stay is None or self.is_as_it_begins(screen):
            screen.call_later(screen.show_countdown, None)
            return
        left = stay - (time.monotonic() - max(self.touched_at, screen.shown_at))
        if left <= 0:
            self.start_again()
        else:
            seconds = math.ceil(left) if left <= COUNTDOWN_S else None
            screen.call_later(screen.show_countdown, seconds)

    def is_as_it_begins(self, screen: KioskScreen) -> bool:
        """Whether there is nothing to forget."""
        return (
            isinstance(screen, GroupsScreen)
            and screen.page == 0
            and self.visit == Visit(self.first_language)
        )
