"""A counter's screen that asks first what a verb needs to know: whom, why, which."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from counter import notice_operations, operations, reprint_operations
from counter.bring_back_dialog import BringBackDialog
from counter.call_dialog import CallDialog, Choice
from counter.hand_over_asker import HandOverAsker
from counter.notice_screen import NoticeScreen
from counter.operations import Told
from counter.pause_dialog import Pause, PauseDialog
from counter.reprint_dialog import Reprint, ReprintDialog
from counter.service_dialog import ServiceDialog
from counter.verbs import Verb
from db.faults import DatabaseFault
from hall.errors import CounterPausedNow, Refused, TicketInHand
from hall.marked import _

if TYPE_CHECKING:
    from counter.reprint_operations import Reprintable
    from hall.counter_view import CounterView
    from hall.notice_view import ServiceChoice
    from hall.open_hall import OpenHall


class VerbAsker(HandOverAsker):
    """Every question may be left; then nothing is done."""

    @dataclass
    class ServicesRead(Message):
        services: tuple[ServiceChoice, ...]

    @dataclass
    class SlipsRead(Message):
        offered: Reprintable

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

    def ask_why_to_pause(self) -> None:
        hall = self.app.hall
        if hall is not None:
            self.app.push_screen(PauseDialog(hall.rules.local(hall.now())), self.pause)

    def pause(self, pause: Pause | None) -> None:
        if pause is not None:
            operation = partial(
                operations.pause, counter=self.counter, reason=pause.reason, until=pause.until
            )
            self.run(Verb.PAUSE, operation)

    def begin_notice(self, view: CounterView) -> None:
        hall = self.app.hall
        held = view.in_hand
        if held is not None:
            notice = NoticeScreen(self.counter, held.service_id, held.ticket_id, held.number)
            self.app.push_screen(notice, self.notice_left)
        elif hall is not None and self.begin(Verb.NOTICE):
            self.read_services(hall)

    @work(thread=True, group="verb")
    def read_services(self, hall: OpenHall) -> None:
        try:
            services = notice_operations.services(hall)
        except (Refused, DatabaseFault) as error:
            sentence = self.app.sentence_for(error)
            self.post_message(self.VerbEnded(sentence, "error", 0, None))
        else:
            self.post_message(self.ServicesRead(services))

    @on(ServicesRead)
    def ask_which_service(self, message: ServicesRead) -> None:
        self.end()
        self.app.push_screen(ServiceDialog(message.services), self.service_chosen)

    def service_chosen(self, service_id: int | None) -> None:
        if service_id is not None:
            self.app.push_screen(NoticeScreen(self.counter, service_id), self.notice_left)

    def notice_left(self, told: Told | None) -> None:
        if told is not None:
            self.notice_printed_at = time.monotonic()
            self.tell(self.app.say(told.words, **told.facts), "good" if told.good else "warning")

    def begin_reprint(self, ticket_id: int | None) -> None:
        hall = self.app.hall
        if hall is not None and self.begin(Verb.REPRINT):
            self.read_slips(hall, ticket_id)

    @work(thread=True, group="verb")
    def read_slips(self, hall: OpenHall, ticket_id: int | None) -> None:
        try:
            offered = reprint_operations.reprintable(hall, self.counter, ticket_id)
        except (Refused, DatabaseFault) as error:
            sentence = self.app.sentence_for(error)
            self.post_message(self.VerbEnded(sentence, "error", 0, None))
        else:
            self.post_message(self.SlipsRead(offered))

    @on(SlipsRead)
    def ask_which_slip(self, message: SlipsRead) -> None:
        self.end()
        if message.offered.slips:
            self.app.push_screen(ReprintDialog(message.offered), self.reprint)
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
