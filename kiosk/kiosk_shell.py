"""One visitor after the other before the hall's offer: what every room of the kiosk stands in."""

from __future__ import annotations

import math
import time
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.await_complete import AwaitComplete
from textual.message import Message
from textual.screen import Screen

from db.faults import DatabaseFault
from hall.wording import Wording
from kiosk.emergency_screen import EmergencyScreen
from kiosk.kiosk_screen import KioskScreen
from kiosk.languages_screen import LanguagesScreen
from kiosk.locked_app import LockedApp
from kiosk.offer import Offer
from kiosk.visit import Visit
from kiosk.words_screen import Told, WordsScreen
from ui import big_text
from ui.base_app import RETRY_S, HallApp
from ui.theme import CONTRAST, DAY

if TYPE_CHECKING:
    from hall.announcing.bulletins import Shown
    from hall.open_hall import OpenHall

LOOK_AGAIN_S = 60
"""A new day begins, a spooler falls silent without anybody changing anything."""
COUNTDOWN_S = 10
"""The last seconds before a page goes away are shown on it."""


class KioskShell(LockedApp):
    """What each visitor chose is forgotten with the next.

    The rooms of the kiosk derive from it, each with its pages and what they ask of the hall.
    """

    @dataclass
    class OfferRead(Message):
        offer: Offer | None
        """None when it could not be read: it is tried again."""

    def __init__(self, open_hall: Callable[[], OpenHall], language: str = "zh") -> None:
        super().__init__(open_hall, language)
        self.visit = Visit(language)
        self.offer: Offer | None = None
        self.fault: str | None = None
        """Why there is no offer."""
        self.is_reading = False
        self.has_news = False
        """Something changed while the offer was being read."""
        self.emergency: Shown | None = None
        """As last read; it stands though the hall is lost."""

    @abstractmethod
    def first_page(self) -> KioskScreen:
        """What stands there before anybody has touched it, also when there is no hall."""

    @abstractmethod
    def forget_lost_choice(self, sentence: str) -> None:
        """The hall is gone while somebody chooses; `sentence` says why."""

    def on_mount(self) -> None:
        self.theme = DAY.name
        self.push_screen(self.first_page())
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
        if message.offer.emergency != self.emergency:
            self.show_emergency(message.offer.emergency)
        if not isinstance(self.page, KioskScreen):
            return
        if self.page.is_out_of_date:
            self.switch_screen(self.page.with_offer(message.offer))
        else:
            self.page.call_later(self.page.show_offer, message.offer)

    @on(HallApp.HallUnavailable)
    def show_fault(self, message: HallApp.HallUnavailable) -> None:
        self.offer, self.fault = None, message.sentence
        self.forget_lost_choice(message.sentence)

    # -- an emergency ----------------------------------------------------------------------------

    def show_emergency(self, emergency: Shown | None) -> None:
        """Whoever stands there is to go; afterwards somebody else begins."""
        self.emergency = None
        self.start_again()
        self.forget_keys()
        if emergency is not None:
            self.switch_screen(EmergencyScreen(emergency))
            self.emergency = emergency

    def switch_screen(self, screen: Screen[Any] | str) -> AwaitComplete:
        """In an emergency nothing that was under way comes before it."""
        if self.emergency is not None:
            return AwaitComplete()
        return super().switch_screen(screen)

    # -- from page to page -----------------------------------------------------------------------

    @property
    def page(self) -> Screen[object] | None:
        """What is shown; None when the kiosk is being closed."""
        return self.screen_stack[-1] if self.screen_stack else None

    @property
    def is_choosing(self) -> bool:
        """Whether a press can still change what the visitor gets."""
        return self.visit.step == "choosing"

    def start_again(self) -> None:
        """The next visitor: nothing of the one before is left."""
        self.visit = Visit(self.first_language)
        self.wording = Wording(self.first_language)
        self.theme = DAY.name
        self.switch_screen(self.first_page())

    def begin_anew(self) -> None:
        """Somebody else may stand there, but reads the language that is shown."""
        self.visit = Visit(self.visit.language)

    def tell(self, told: Told) -> None:
        self.switch_screen(WordsScreen(self.visit, self.offer, told))

    @on(KioskScreen.WentBack)
    def go_back(self, message: KioskScreen.WentBack) -> None:
        screen = self.page
        if screen is not message.page or self.visit.step == "asking":
            return
        before = None
        if self.is_choosing or screen.stands_over:
            before = screen.page_before(self.offer)
        if before is not None:
            self.switch_screen(before)
        elif self.is_choosing and self.offer is None:
            self.switch_screen(self.first_page())
        else:
            self.start_again()

    @on(KioskScreen.OtherLanguageAsked)
    def change_language(self) -> None:
        screen = self.page
        if self.visit.step == "asking" or not isinstance(screen, KioskScreen):
            return
        others = [one for one in screen.languages if one != self.visit.language]
        if isinstance(screen, LanguagesScreen):
            self.switch_screen(screen.asked_on.anew())
        elif len(screen.languages) > 2:
            self.switch_screen(LanguagesScreen(self.visit, self.offer, screen))
        elif others:
            self.speak(others[0])
            self.show_anew()

    @on(LanguagesScreen.LanguageChosen)
    def take_language(self, message: LanguagesScreen.LanguageChosen) -> None:
        screen = self.page
        if isinstance(screen, LanguagesScreen):
            self.speak(message.code)
            self.switch_screen(screen.asked_on.anew())

    def speak(self, language: str) -> None:
        self.visit.language = language
        self.wording = Wording(language)

    @on(KioskScreen.LargeTypeAsked)
    def change_type(self) -> None:
        if self.visit.step != "asking":
            self.visit.large_type = not self.visit.large_type
            self.theme = CONTRAST.name if self.visit.large_type else DAY.name
            self.show_anew()

    @on(KioskScreen.MoreTimeAsked)
    def change_time(self) -> None:
        if self.visit.step != "asking":
            self.visit.more_time = not self.visit.more_time
            self.show_anew()

    def show_anew(self) -> None:
        if isinstance(self.page, KioskScreen):
            self.switch_screen(self.page.anew())

    # -- time ------------------------------------------------------------------------------------

    @property
    def is_sounding(self) -> bool:
        """Whether somebody listens just now."""
        return False

    def watch_time(self) -> None:
        screen = self.page
        if self.is_sounding:
            self.touched_at = time.monotonic()
        if not isinstance(screen, KioskScreen) or self.visit.step == "asking":
            return
        stay = screen.stay_seconds
        if stay is None or self.is_as_it_begins(screen):
            screen.call_later(screen.show_countdown, None)
            return
        if self.visit.more_time and self.hall is not None:
            stay *= self.hall.settings.kiosk.more_time
        left = stay - (time.monotonic() - max(self.touched_at, screen.shown_at))
        if left <= 0:
            self.start_again()
        else:
            seconds = math.ceil(left) if left <= COUNTDOWN_S else None
            screen.call_later(screen.show_countdown, seconds)

    def is_as_it_begins(self, screen: KioskScreen) -> bool:
        """Whether there is nothing to forget."""
        return screen.is_first_page and self.visit == Visit(self.first_language)
