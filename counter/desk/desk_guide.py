"""The desk's screen as it helps people on: tickets, papers brought back, words to colleagues."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from counter import case_operations
from counter.case_operations import Assisted
from counter.desk import desk_operations, guide_operations
from counter.desk.desk_asker import DeskAsker
from counter.desk.desk_verbs import DeskVerb, asked_from_kiosk
from counter.desk.guide_operations import Word
from counter.desk.inquiry_dialogs import InquiryDialog
from counter.desk.message_dialog import MessageDialog
from counter.desk.ticket_dialog import TicketDialog
from counter.desk.words_dialog import WordsDialog
from counter.dialogs.assist_dialog import AssistDialog
from counter.dialogs.help_dialogs import DutyManagerDialog, EmergencyDialog, TakeBackDialog
from counter.operations import Told
from hall.marked import _
from hall.place_words import place_words

if TYPE_CHECKING:
    from hall.counters.help_requests import Help
    from hall.desk_view import CounterShown, InquiryShown
    from hall.notices.notice_view import ServiceChoice
    from hall.open_hall import OpenHall
    from hall.tickets.found_ticket import FoundTicket

MOST_SCANNED = 60


class DeskGuide(DeskAsker):
    # -- a ticket for somebody

    def begin_assist(self) -> None:
        self.fetch(desk_operations.services, self.ask_with_what)

    def ask_with_what(self, services: tuple[ServiceChoice, ...]) -> None:
        hall = self.app.hall
        if hall is not None:
            large = hall.settings.printer.large_print
            self.app.push_screen(AssistDialog(services, large_print=large), self.assist)

    def assist(self, asked: Assisted | None) -> None:
        def take(hall: OpenHall, staff_number: str) -> Told:
            assert asked is not None
            return case_operations.assist(hall, asked, staff_number=staff_number)

        if asked is not None:
            self.do(DeskVerb.ASSIST, take)

    # -- papers a notice asked for

    def ask_which_notice(self, typed: str = "", trouble: str = "") -> None:
        say = self.app.say
        dialog = WordsDialog(
            say(_("Whose papers are here?")),
            most=MOST_SCANNED,
            hint=say(_("Scan the code of the notice, or type its number")),
            empty=say(_("Scan the code of the notice, or type its number")),
            typed=typed,
            trouble=trouble,
        )
        self.app.push_screen(dialog, self.come_back)

    def come_back(self, scanned: str | None) -> None:
        if scanned is not None:
            operation = partial(guide_operations.come_back, code_or_serial=scanned)
            self.do(DeskVerb.COME_BACK, operation, partial(self.ask_which_notice, scanned))

    # -- how a ticket or an inquiry stands

    def ask_which_number(self) -> None:
        say = self.app.say
        hint = say(_("A012, or 咨2026-0007; or scan an inquiry's slip"))
        dialog = WordsDialog(say(_("Look up which number?")), most=20, hint=hint, empty=hint)
        self.app.push_screen(dialog, self.find)

    def find(self, number: str | None) -> None:
        if number is not None:
            self.fetch(partial(desk_operations.find, number=number), self.show_found)

    def show_found(self, found: FoundTicket | InquiryShown) -> None:
        from hall.tickets.found_ticket import FoundTicket

        if isinstance(found, FoundTicket):
            self.app.push_screen(TicketDialog(found), partial(self.ticket_left, found))
        elif not self.choose(found.inquiry_id):
            self.app.push_screen(InquiryDialog(found))

    def choose(self, inquiry_id: int) -> bool:
        """False: it is not among those without a result."""
        raise NotImplementedError

    def ticket_left(self, found: FoundTicket, slip_wanted: bool | None) -> None:
        if slip_wanted:
            self.ask_why_again(desk_operations.ticket_slip(found))

    # -- who asks for help at a kiosk

    def go_to_kiosk(self) -> None:
        asked = asked_from_kiosk(self.view) if self.view is not None else None
        if asked is None:
            self.tell(self.app.say(_("Nobody asks for help at a kiosk.")), "warning")
        else:
            place = place_words(self.app.say, asked.place)
            operation = partial(guide_operations.go_to_kiosk, request_id=asked.id, place=place)
            self.do(DeskVerb.GO, operation)

    # -- words to colleagues

    def begin_message(self, word: Word | None = None, trouble: str = "") -> None:
        self.fetch(guide_operations.counters, partial(self.ask_what_to_tell, word, trouble))

    def ask_what_to_tell(
        self, word: Word | None, trouble: str, counters: tuple[CounterShown, ...]
    ) -> None:
        if counters:
            self.app.push_screen(MessageDialog(counters, word, trouble), self.send)
        else:
            self.tell(self.app.say(_("Nobody sits at a counter.")), "warning")

    def send(self, word: Word | None) -> None:
        if word is not None:
            operation = partial(guide_operations.send, word=word)
            self.do(DeskVerb.MESSAGE, operation, partial(self.begin_message, word))

    def open_help(self, kind: str) -> Help | None:
        """What the desk has asked of this kind, and nobody has answered."""
        asked = self.view.help if self.view is not None else ()
        mine = (one for one in asked if (one.place, one.kind) == (desk_operations.DESK, kind))
        return next((one for one in mine if one.ended_at is None), None)

    def ask_for_duty_manager(self) -> None:
        asked = self.open_help("duty_manager")
        if asked is not None:
            self.offer_to_take_back(DeskVerb.MANAGER, asked)
        else:
            called = partial(self.call_for_help, DeskVerb.MANAGER, "duty_manager")
            self.app.push_screen(DutyManagerDialog(), called)

    def ask_for_emergency(self) -> None:
        hall, asked = self.app.hall, self.open_help("emergency")
        if asked is not None:
            self.offer_to_take_back(DeskVerb.EMERGENCY, asked)
        elif hall is not None:
            dialog = EmergencyDialog(hall.settings.counter.settle_seconds)
            raised = partial(self.call_for_help, DeskVerb.EMERGENCY, "emergency")
            self.app.push_screen(dialog, raised)

    def call_for_help(self, verb: DeskVerb, kind: str, words: str | None) -> None:
        if words is not None:
            self.do(verb, partial(guide_operations.ask_for_help, kind=kind, words=words))

    def offer_to_take_back(self, verb: DeskVerb, asked: Help) -> None:
        self.app.push_screen(TakeBackDialog(asked), partial(self.take_back, verb))

    def take_back(self, verb: DeskVerb, request_id: int | None) -> None:
        if request_id is not None:
            self.do(verb, partial(guide_operations.take_back, request_id=request_id))
