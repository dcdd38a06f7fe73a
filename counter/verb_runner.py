"""A counter's screen that carries out one verb at a time and tells how it ended."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message
from textual.timer import Timer

from counter.live_counter import LiveCounter
from counter.message_line import MessageLine
from counter.operations import Told
from counter.verbs import LABELS, Verb
from db.faults import DatabaseFault
from hall.errors import Refused
from hall.marked import _

if TYPE_CHECKING:
    from hall.counter_view import CounterView
    from hall.open_hall import OpenHall


SLOW_S = 0.3
"""An operation that takes longer is shown to be under way."""


class VerbRunner(LiveCounter):
    @dataclass
    class VerbEnded(Message):
        sentence: str
        tone: str
        look: int
        view: CounterView | None

    def __init__(self, counter: int) -> None:
        super().__init__(counter)
        self.busy: Verb | None = None
        """Under way; until it has ended and was looked at, no other verb is taken."""
        self.slow: Timer | None = None
        self.trouble = ""
        """Why the last one was not done; empty when it was."""

    def tell(self, sentence: str, tone: str = "good") -> None:
        self.query_one(MessageLine).tell(sentence, tone)

    def refuse(self, error: Refused) -> None:
        self.tell(self.app.sentence_for(error), "error")

    def refuse_while_busy(self) -> None:
        assert self.busy is not None
        if self.slow is not None:
            self.slow.stop()  # it would say less, and over this
        sentence = _("“{verb}” is still under way; this press did nothing.")
        self.tell(self.app.say(sentence, verb=self.app.say(LABELS[self.busy])), "warning")

    def run(self, verb: Verb, operation: Callable[[OpenHall], Told]) -> None:
        hall = self.app.hall
        if hall is not None and self.begin(verb):
            self.carry_out(hall, operation)

    def begin(self, verb: Verb) -> bool:
        if self.busy is not None:
            return False
        self.busy = verb
        self.slow = self.set_timer(SLOW_S, self.show_slow)
        return True

    def end(self) -> None:
        self.busy = None
        if self.slow is not None:
            self.slow.stop()
        self.remove_class("-busy")

    def show_slow(self) -> None:
        if self.busy is not None:
            self.add_class("-busy")
            verb = self.app.say(LABELS[self.busy])
            self.query_one(MessageLine).hold(self.app.say(_("{verb} …"), verb=verb))

    @work(thread=True, group="verb")
    def carry_out(self, hall: OpenHall, operation: Callable[[OpenHall], Told]) -> None:
        try:
            told = operation(hall)
        except (Refused, DatabaseFault) as error:
            sentence, tone = self.app.sentence_for(error), "error"
        else:
            sentence = self.app.say(told.words, **told.facts)
            tone = "good" if told.good else "warning"
        look, view = 0, None
        with suppress(Refused, DatabaseFault):
            look, view = self.take_a_look(hall)
        self.post_message(self.VerbEnded(sentence, tone, look, view))

    @on(VerbEnded)
    def verb_ended(self, message: VerbEnded) -> None:
        self.end()
        self.trouble = message.sentence if message.tone == "error" else ""
        self.tell(message.sentence, message.tone)
        if message.view is not None:
            self.take(message.look, message.view)
        self.after_verb()

    def after_verb(self) -> None:
        """Whether it was done or refused; what is shown is fresh by now."""
