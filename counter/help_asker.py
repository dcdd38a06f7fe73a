"""A counter's screen that pauses, calls for help, and reads what it is told."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on

from counter import help_operations, operations
from counter.dialogs.help_dialogs import (
    AskLeaveDialog,
    DutyManagerDialog,
    EmergencyDialog,
    TakeBackDialog,
)
from counter.dialogs.pause_dialog import Pause, PauseDialog
from counter.hand_over_asker import HandOverAsker
from counter.verb_runner import VerbRunner
from counter.verbs import Verb
from hall.errors.counters import LastCounter
from hall.marked import _

if TYPE_CHECKING:
    from counter.operations import Told
    from hall.counters.counter_view import CounterView
    from hall.counters.help_requests import Help
    from hall.open_hall import OpenHall


def open_help(view: CounterView | None, kind: str) -> Help | None:
    """What this counter has asked of this kind, and nobody has answered."""
    asked = view.help if view is not None else ()
    return next((one for one in asked if one.kind == kind and one.ended_at is None), None)


class HelpAsker(HandOverAsker):
    """What was asked already is offered to be taken back, not asked again."""

    def __init__(self, counter: int) -> None:
        super().__init__(counter)
        self.leave_needed: tuple[Pause, LastCounter] | None = None
        """A pause that was refused just now, and could be asked for."""

    # -- pausing

    def ask_why_to_pause(self) -> None:
        hall, asked = self.app.hall, open_help(self.view, "pause")
        if asked is not None:
            self.offer_to_take_back(asked, Verb.PAUSE)
        elif hall is not None:
            self.app.push_screen(PauseDialog(hall.rules.local(hall.now())), self.pause)

    def pause(self, pause: Pause | None) -> None:
        if pause is not None:
            self.run(Verb.PAUSE, partial(self.try_to_pause, pause=pause))

    def try_to_pause(self, hall: OpenHall, pause: Pause) -> Told:
        """In a thread."""
        try:
            return operations.pause(hall, self.counter, pause.reason, pause.until)
        except LastCounter as refusal:
            self.leave_needed = (pause, refusal)
            raise

    @on(VerbRunner.VerbEnded)
    def offer_to_ask_leave(self) -> None:
        needed, self.leave_needed = self.leave_needed, None
        if needed is not None and self.is_active:  # else it would stand over the lock
            pause, refusal = needed
            dialog = AskLeaveDialog(pause, self.app.sentence_for(refusal))
            self.app.push_screen(dialog, self.ask_leave)

    def ask_leave(self, pause: Pause | None) -> None:
        if pause is not None:
            operation = partial(
                help_operations.ask_leave,
                counter=self.counter,
                reason=pause.reason,
                until=pause.until,
            )
            self.run(Verb.PAUSE, operation)

    # -- calling for help

    def ask_for_duty_manager(self, verb: Verb) -> None:
        asked = open_help(self.view, "duty_manager")
        if asked is not None:
            self.offer_to_take_back(asked, verb)
        else:
            self.app.push_screen(DutyManagerDialog(), partial(self.call_duty_manager, verb))

    def call_duty_manager(self, verb: Verb, words: str | None) -> None:
        if words is not None:
            operation = partial(
                help_operations.call_duty_manager, counter=self.counter, words=words
            )
            self.run(verb, operation)

    def ask_for_emergency(self, verb: Verb) -> None:
        hall, asked = self.app.hall, open_help(self.view, "emergency")
        if asked is not None:
            self.offer_to_take_back(asked, verb)
        elif hall is not None:
            dialog = EmergencyDialog(hall.settings.counter.settle_seconds)
            self.app.push_screen(dialog, partial(self.raise_emergency, verb))

    def raise_emergency(self, verb: Verb, words: str | None) -> None:
        if words is not None:
            operation = partial(help_operations.raise_emergency, counter=self.counter, words=words)
            self.run(verb, operation)

    def offer_to_take_back(self, asked: Help, verb: Verb) -> None:
        self.app.push_screen(TakeBackDialog(asked), partial(self.take_back, verb))

    def take_back(self, verb: Verb, request_id: int | None) -> None:
        if request_id is not None:
            operation = partial(
                help_operations.take_back, counter=self.counter, request_id=request_id
            )
            self.run(verb, operation)

    # -- reading

    def mark_read(self, verb: Verb, view: CounterView) -> None:
        """The oldest; the others come up one by one."""
        if view.messages:
            operation = partial(
                help_operations.read_message,
                counter=self.counter,
                message_id=view.messages[0].id,
            )
            self.run(verb, operation)
        else:
            self.tell(self.app.say(_("There is no message to read.")), "warning")
