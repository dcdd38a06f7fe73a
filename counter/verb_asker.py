"""A counter's screen that asks first what a verb needs to know: whom, why, which."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from counter import operations, reprint_operations
from counter.dialogs.bring_back_dialog import BringBackDialog
from counter.dialogs.call_dialog import CallDialog, Choice
from counter.dialogs.reprint_dialog import Reprint, ReprintDialog
from counter.dialogs.service_dialog import ServiceDialog
from counter.notice import notice_operations
from counter.notice.notice_screen import NoticeScreen
from counter.operations import Told
from counter.verbs import Verb
from counter.visit_asker import VisitAsker
from hall.errors.counters import CounterPausedNow
from hall.errors.tickets import TicketInHand
from hall.marked import _

if TYPE_CHECKING:
    from counter.reprint_operations import Reprintable
    from hall.counters.counter_view import CounterView
    from hall.notices.notice_view import ServiceChoice


class VerbAsker(VisitAsker):
    """Every question may be left; then nothing is done."""

    def __init__(self, counter: int) -> None:
        super().__init__(counter)
        self.notice_printed_at = 0.0

    def ask_whom_to_call(self, view: CounterView) -> None:
        if view.in_hand is not None:
            self.refuse(TicketInHand(counter=self.counter, number=view.in_hand.number))
        elif view.state == "paused":
            self.refuse(CounterPausedNow(counter=self.counter))
        else:
            self.app.push_screen(CallDialog(), self.call_chosen)

    def call_chosen(self, choice: Choice | None) -> None:
        if choice is not None:
            self.run(
                Verb.CALL,
                partial(
                    operations.call_ticket,
                    counter=self.counter,
                    number=choice.number,
                    reason=choice.reason,
                ),
            )

    def ask_who_is_back(self, view: CounterView) -> None:
        if view.absent:
            self.app.push_screen(BringBackDialog(view.absent), self.bring_back)
        else:
            self.tell(self.app.say(_("Nobody is marked absent.")), "warning")

    def bring_back(self, number: str | None) -> None:
        if number is not None:
            operation = partial(operations.bring_back, counter=self.counter, number=number)
            self.run(Verb.BRING_BACK, operation)

    def begin_notice(self, view: CounterView) -> None:
        held = view.in_hand
        if held is not None:
            notice = NoticeScreen(self.counter, held.service_id, held.ticket_id, held.number)
            self.app.push_screen(notice, self.notice_left)
        else:
            self.fetch(Verb.NOTICE, notice_operations.services, self.ask_which_service)

    def ask_which_service(self, services: tuple[ServiceChoice, ...]) -> None:
        self.app.push_screen(ServiceDialog(services), self.service_chosen)

    def service_chosen(self, service_id: int | None) -> None:
        if service_id is not None:
            self.app.push_screen(NoticeScreen(self.counter, service_id), self.notice_left)

    def notice_left(self, told: Told | None) -> None:
        if told is not None:
            self.notice_printed_at = time.monotonic()
            self.tell(self.app.say(told.words, **told.facts), "good" if told.good else "warning")

    def begin_reprint(self, ticket_id: int | None) -> None:
        read = partial(reprint_operations.reprintable, counter=self.counter, ticket_id=ticket_id)
        self.fetch(Verb.REPRINT, read, self.ask_which_slip)

    def ask_which_slip(self, offered: Reprintable) -> None:
        if offered.slips:
            self.app.push_screen(ReprintDialog(offered), self.reprint)
        else:
            sentence = _("Nobody is in hand, and no notice was issued here today.")
            self.tell(self.app.say(sentence), "warning")

    def reprint(self, chosen: Reprint | None) -> None:
        if chosen is not None:
            operation = partial(
                reprint_operations.reprint,
                counter=self.counter,
                slip=chosen.slip,
                reason=chosen.reason,
            )
            self.run(Verb.REPRINT, operation)
