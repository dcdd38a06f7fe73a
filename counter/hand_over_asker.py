"""A counter's screen that asks what putting aside, taking up and transferring need to know."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from counter import operations, transfer_operations
from counter.dialogs.hold_dialog import HoldDialog
from counter.dialogs.resume_dialog import ResumeDialog
from counter.dialogs.transfer_dialog import TransferDialog
from counter.transfer_operations import Transfer
from counter.verb_runner import VerbRunner
from counter.verbs import Verb
from db.faults import DatabaseFault
from hall.errors import Refused
from hall.errors.counters import CounterPausedNow
from hall.errors.tickets import NoTicketInHand, TicketInHand
from hall.marked import _

if TYPE_CHECKING:
    from hall.counters.counter_view import CitizenInHand, CounterView
    from hall.open_hall import OpenHall
    from hall.tickets.transfer_targets import Targets


class HandOverAsker(VerbRunner):
    """What is answered is meant for the ticket the question was about, and no other."""

    @dataclass
    class TargetsRead(Message):
        citizen: CitizenInHand
        targets: Targets

    def ask_why_to_hold(self, view: CounterView) -> None:
        if view.in_hand is None:
            self.refuse(NoTicketInHand(counter=self.counter))
        else:
            held = partial(self.hold, view.in_hand.ticket_id)
            self.app.push_screen(HoldDialog(view.in_hand.number), held)

    def hold(self, ticket_id: int, reason: str | None) -> None:
        if reason is not None:
            operation = partial(
                operations.hold, counter=self.counter, ticket_id=ticket_id, reason=reason
            )
            self.run(Verb.HOLD, operation)

    def ask_whom_to_resume(self, view: CounterView) -> None:
        hall = self.app.hall
        if view.in_hand is not None:
            self.refuse(TicketInHand(counter=self.counter, number=view.in_hand.number))
        elif view.state == "paused":
            self.refuse(CounterPausedNow(counter=self.counter))
        elif not view.held:
            self.tell(self.app.say(_("Nobody is put aside.")), "warning")
        elif hall is not None:
            self.app.push_screen(ResumeDialog(view.held, hall.now()), self.resume)

    def resume(self, number: str | None) -> None:
        if number is not None:
            operation = partial(operations.resume, counter=self.counter, number=number)
            self.run(Verb.RESUME, operation)

    def begin_transfer(self, view: CounterView) -> None:
        hall = self.app.hall
        if view.in_hand is None:
            self.refuse(NoTicketInHand(counter=self.counter))
        elif hall is not None and self.begin(Verb.TRANSFER):
            self.read_targets(hall, view.in_hand)

    @work(thread=True, group="verb")
    def read_targets(self, hall: OpenHall, citizen: CitizenInHand) -> None:
        try:
            targets = transfer_operations.targets(hall, self.counter, citizen.service_id)
        except (Refused, DatabaseFault) as error:
            sentence = self.app.sentence_for(error)
            self.post_message(self.VerbEnded(sentence, "error", 0, None))
        else:
            self.post_message(self.TargetsRead(citizen, targets))

    @on(TargetsRead)
    def ask_where_to(self, message: TargetsRead) -> None:
        self.end()
        if not self.is_active:  # locked meanwhile
            self.tell(self.app.say(_("Something else was in front; press once more.")), "warning")
            return
        citizen, targets = message.citizen, message.targets
        if not (targets.matters or targets.places):
            self.tell(self.app.say(_("Nobody else is at an open counter.")), "warning")
            return
        sent = partial(self.transfer, citizen.ticket_id)
        self.app.push_screen(TransferDialog(citizen.number, targets), sent)

    def transfer(self, ticket_id: int, chosen: Transfer | None) -> None:
        if chosen is not None:
            operation = partial(
                transfer_operations.transfer,
                counter=self.counter,
                ticket_id=ticket_id,
                chosen=chosen,
            )
            self.run(Verb.TRANSFER, operation)
