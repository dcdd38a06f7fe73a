"""From a matter that asks who comes to whoever it is, and to the number they have already."""

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
from kiosk.kiosk_screen import KioskScreen
from kiosk.kiosk_shell import KioskShell
from kiosk.matter.matter_screen import MatterScreen
from kiosk.number.slip_words import slip_words
from kiosk.offer import SlipNews
from kiosk.real_name.has_number_screen import HasNumberScreen
from kiosk.real_name.identity_screen import IdentityScreen
from kiosk.visit import ORDINARY
from kiosk.words_screen import ask_at_desk

if TYPE_CHECKING:
    from hall.open_hall import OpenHall
    from hall.tickets.identity_number import IdentityNumber

Say = Callable[..., str]

NO_CARD_NEEDED = _("No identity card is needed here; please choose your matter.")
NO_CARD_HERE = _("Without a card the information desk gives you a number.")
ELDERLY = "elderly"


def no_card_needed(say: Say, language: str) -> tuple[str, list[str]]:
    return "", [say(NO_CARD_NEEDED)]


def no_card_here(say: Say, language: str) -> tuple[str, list[str]]:
    return say("Please ask at the information desk."), [say(NO_CARD_HERE)]


def printed_again(number: str, slip: SlipNews, say: Say, language: str) -> tuple[str, list[str]]:
    return number, [slip_words(say, slip)]


class RealNameRoutes(KioskShell):
    @dataclass
    class HasOne(Message):
        number: str
        ticket_id: int

    @dataclass
    class PrintedAgain(Message):
        number: str
        slip: SlipNews

    @dataclass
    class NotPrintedAgain(Message):
        reason: str

    what_waits: Callable[[], None] | None = None
    """For the name: done as soon as it is known."""

    def with_name(self, asked_on: KioskScreen, is_wanted: bool, go_on: Callable[[], None]) -> None:
        """`go_on` at once, or as soon as it is known who stands there."""
        if not is_wanted or self.visit.person is not None:
            go_on()
        else:
            self.what_waits = go_on
            self.switch_screen(IdentityScreen(self.visit, self.offer, asked_on))

    def start_again(self) -> None:
        self.what_waits = None
        super().start_again()

    # -- who it is -------------------------------------------------------------------------------

    @on(IdentityScreen.NumberTyped)
    def take_typed(self, message: IdentityScreen.NumberTyped) -> None:
        if self.is_choosing and self.page is message.page and self.hall is not None:
            self.take_name(self.hall, message.page, message.text)

    def take_name(self, hall: OpenHall, page: IdentityScreen, text: str) -> None:
        try:
            person = person_of(hall, text)
        except Refused as error:
            page.show_wrong(self.sentence_for(error))
            return
        self.know(hall, person)
        go_on, self.what_waits = self.what_waits, None
        if go_on is not None:
            go_on()

    def know(self, hall: OpenHall, person: IdentityNumber) -> None:
        self.visit.person = person
        if self.visit.priority_class == ORDINARY and is_elderly(hall, person):
            self.visit.priority_class = ELDERLY

    @on(KioskShell.CardRead)
    def take_card(self, message: KioskShell.CardRead) -> None:
        hall, screen = self.hall, self.page
        if self.visit.step == "asking" or hall is None:
            return
        if isinstance(screen, IdentityScreen):
            self.take_name(hall, screen, message.number)
            return
        try:
            person = person_of(hall, message.number)
        except Refused as error:
            self.begin_anew()
            self.tell(partial(ask_at_desk, self.sentence_for(error)))
            return
        if not (self.asks_names() or is_elderly(hall, person)):
            self.begin_anew()
            self.tell(no_card_needed)
            return
        is_another = self.visit.person not in (None, person)
        if is_another or not self.is_choosing or not isinstance(screen, KioskScreen):
            self.begin_anew()
            self.know(hall, person)
            self.switch_screen(self.first_page())
            return
        self.know(hall, person)
        if isinstance(screen, MatterScreen) and screen.service.real_name:
            screen.want_number()
        else:
            self.show_anew()

    def asks_names(self) -> bool:
        """Whether any matter does."""
        groups = self.offer.groups if self.offer is not None else ()
        return any(service.real_name for group in groups for service in group.services)

    @on(IdentityScreen.NoCard)
    def send_to_desk_for_number(self) -> None:
        if self.is_choosing and isinstance(self.page, IdentityScreen):
            self.visit.step = "told"
            self.tell(no_card_here)

    # -- the number they have --------------------------------------------------------------------

    @on(HasOne)
    def show_their_number(self, message: HasOne) -> None:
        self.visit.step = "told"
        page = HasNumberScreen(self.visit, self.offer, message.number, message.ticket_id)
        self.switch_screen(page)

    @on(HasNumberScreen.SlipWanted)
    def ask_for_slip(self) -> None:
        screen = self.page
        if self.visit.step == "told" and self.hall and isinstance(screen, HasNumberScreen):
            self.visit.step = "asking"
            self.print_again(self.hall, screen.number, screen.ticket_id)

    @work(thread=True, group="again")
    def print_again(self, hall: OpenHall, number: str, ticket_id: int) -> None:
        from kiosk.real_name.slip_again import print_again

        try:
            slip = print_again(hall, ticket_id)
        except (DatabaseFault, Refused) as error:
            self.post_message(self.NotPrintedAgain(self.sentence_for(error)))
        else:
            self.post_message(self.PrintedAgain(number, slip))

    @on(PrintedAgain)
    def tell_where_it_comes(self, message: PrintedAgain) -> None:
        self.visit.step = "told"
        self.tell(partial(printed_again, message.number, message.slip))

    @on(NotPrintedAgain)
    def tell_why_not(self, message: NotPrintedAgain) -> None:
        self.visit.step = "told"
        self.tell(partial(ask_at_desk, message.reason))


# Imported at the first card, not before the first paint.


def person_of(hall: OpenHall, text: str) -> IdentityNumber:
    """Raises Refused: what is wrong with it."""
    from hall.tickets import identity_number

    return identity_number.read(text, hall.rules.business_day(hall.now()))


def is_elderly(hall: OpenHall, person: IdentityNumber) -> bool:
    from hall.tickets import real_names

    return real_names.is_elderly(hall.rules, person, hall.now())
