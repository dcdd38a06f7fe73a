"""A counter's screen that asks about matters, tickets for others, questions and old notices."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from counter import case_operations, inquiry_operations
from counter.desk.colleague_dialog import ColleagueDialog
from counter.desk.inquiry_dialogs import NOTHING_ASKED, NewInquiryDialog
from counter.dialogs.assist_dialog import AssistDialog
from counter.dialogs.matters_dialog import MattersDialog
from counter.dialogs.quick_dialog import QuickDialog
from counter.help_asker import HelpAsker
from counter.notice import notice_operations
from counter.notice.notice_search_screen import NoticeSearchScreen
from counter.operations import Told
from counter.verbs import Verb
from hall.errors.counters import CounterPausedNow
from hall.errors.tickets import NoTicketInHand, TicketInHand
from hall.marked import _

if TYPE_CHECKING:
    from counter.case_operations import Assisted
    from counter.desk.desk_operations import Asked, HandedOver
    from hall.counters.counter_view import CounterView
    from hall.desk_view import Colleague
    from hall.notices.notice_view import ServiceChoice


class VisitAsker(HelpAsker):
    """Every question may be left; then nothing is done."""

    def tell_what_was_done(self, told: Told | None) -> None:
        """A screen of its own has done it."""
        if told is not None:
            self.tell(self.app.say(told.words, **told.facts), "good" if told.good else "warning")

    # -- matters of the visit

    def ask_matters(self, view: CounterView) -> None:
        if view.in_hand is None:
            self.refuse(NoTicketInHand(counter=self.counter))
        else:
            held = view.in_hand
            dialog = MattersDialog(self.counter, held.ticket_id, held.number)
            self.app.push_screen(dialog, self.tell_what_was_done)

    # -- without a ticket, or for somebody else

    def ask_for_quick_one(self, view: CounterView) -> None:
        if view.in_hand is not None:
            self.refuse(TicketInHand(counter=self.counter, number=view.in_hand.number))
        elif view.state == "paused":
            self.refuse(CounterPausedNow(counter=self.counter))
        else:
            read = partial(case_operations.quick_services, counter=self.counter)
            self.fetch(Verb.QUICK, read, self.ask_which_quick_one)

    def ask_which_quick_one(self, services: tuple[ServiceChoice, ...]) -> None:
        if not services:
            self.tell(self.app.say(_("This counter takes no matters.")), "warning")
            return
        self.app.push_screen(QuickDialog(services), self.begin_quick_one)

    def begin_quick_one(self, service_id: int | None) -> None:
        if service_id is not None:
            operation = partial(
                case_operations.begin_quick, counter=self.counter, service_id=service_id
            )
            self.run(Verb.QUICK, operation)

    def ask_whom_to_assist(self) -> None:
        self.fetch(Verb.ASSIST, notice_operations.services, self.ask_what_for)

    def ask_what_for(self, services: tuple[ServiceChoice, ...]) -> None:
        hall = self.app.hall
        large = hall is not None and hall.settings.printer.large_print
        self.app.push_screen(AssistDialog(services, large_print=large), self.assist)

    def assist(self, asked: Assisted | None) -> None:
        if asked is not None:
            operation = partial(case_operations.assist, asked=asked, counter=self.counter)
            self.run(Verb.ASSIST, operation)

    # -- questions

    def ask_what_is_asked(self, view: CounterView) -> None:
        asked = NOTHING_ASKED
        if view.in_hand is not None:
            asked = type(asked)("", False, "", view.in_hand.number, "")
        self.app.push_screen(NewInquiryDialog(asked), self.inquiry_written)

    def inquiry_written(self, asked: Asked | None) -> None:
        if asked is None:
            return
        if asked.result:
            self.take_inquiry(asked, None)
        else:
            read = partial(inquiry_operations.colleagues, counter=self.counter)
            self.fetch(Verb.INQUIRY, read, partial(self.ask_who_answers, asked))

    def ask_who_answers(self, asked: Asked, people: tuple[Colleague, ...]) -> None:
        """Left: the clerk who was asked answers for it."""
        if not people:
            self.take_inquiry(asked, None)
            return
        dialog = ColleagueDialog(self.app.say(_("this question")), people)
        self.app.push_screen(dialog, partial(self.take_inquiry, asked))

    def take_inquiry(self, asked: Asked, to: HandedOver | None) -> None:
        operation = partial(inquiry_operations.take, counter=self.counter, asked=asked, to=to)
        self.run(Verb.INQUIRY, operation)

    # -- notices of old

    def look_up_notices(self) -> None:
        self.app.push_screen(NoticeSearchScreen(self.counter), self.tell_what_was_done)
