"""A counter's screen that carries out one verb at a time and tells how it ended."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from textual import on, work
from textual.message import Message
from textual.timer import Timer

from counter.live_counter import LiveCounter
from counter.message_line import MessageLine
from counter.operations import Told
from counter.patience import patiently
from counter.verbs import LABELS, NEVER_LATER, Verb
from db.faults import DatabaseFault
from hall.errors import Refused
from hall.marked import _

if TYPE_CHECKING:
    from hall.counters.counter_view import CounterView
    from hall.open_hall import OpenHall


Found = TypeVar("Found")

SLOW_S = 0.3
"""An operation that takes longer is shown to be under way."""


class VerbRunner(LiveCounter):
    """While the database is locked a verb waits and is tried until it is done, or given up."""

    @dataclass
    class StillLocked(Message):
        """Tried for as long as a program waits for the database; it is tried again."""

    @dataclass
    class Fetched(Message):
        """What a question offers has been read."""

        found: Any
        then: Callable[[Any], None]

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
        self.remembered: Verb | None = None
        """Pressed meanwhile; begun when that one has ended well."""
        self.given_up = threading.Event()
        """The clerk does not want to wait for the database any longer."""
        self.slow: Timer | None = None
        self.trouble = ""
        """Why the last one was not done; empty when it was."""

    def tell(self, sentence: str, tone: str = "good") -> None:
        self.query_one(MessageLine).tell(sentence, tone)

    def refuse(self, error: Refused) -> None:
        self.tell(self.app.sentence_for(error), "error")

    def press(self, verb: Verb) -> None:
        """What the key or the button of a verb does."""
        raise NotImplementedError

    def refuse_while_busy(self) -> None:
        self.tell_while_busy(_("“{verb}” is still under way; this press did nothing."))

    def remember(self, verb: Verb) -> None:
        """Pressed while another verb is under way: nothing typed is lost without a word."""
        if verb is self.busy or verb in NEVER_LATER or self.remembered is not None:
            self.refuse_while_busy()
            return
        self.remembered = verb
        words = _("“{verb}” is still under way; “{next}” follows when it is done.")
        self.tell_while_busy(words, next=self.app.say(LABELS[verb]))

    def tell_while_busy(self, sentence: str, **facts: str) -> None:
        assert self.busy is not None
        if self.slow is not None:
            self.slow.stop()  # it would say less, and over this
        verb = self.app.say(LABELS[self.busy])
        self.tell(self.app.say(sentence, verb=verb, **facts), "warning")

    def run(self, verb: Verb, operation: Callable[[OpenHall], Told]) -> None:
        hall = self.app.hall
        if hall is not None and self.begin(verb):
            self.carry_out(hall, operation)

    def begin(self, verb: Verb) -> bool:
        if self.busy is not None:
            return False
        self.busy = verb
        self.given_up.clear()
        self.slow = self.set_timer(SLOW_S, self.show_slow)
        return True

    def end(self) -> None:
        self.busy = self.remembered = None
        if self.slow is not None:
            self.slow.stop()
        self.remove_class("-busy")

    def fetch(
        self, verb: Verb, read: Callable[[OpenHall], Found], then: Callable[[Found], None]
    ) -> None:
        """`read` in a thread, `then` with what was found; told like a verb that went wrong."""
        hall = self.app.hall
        if hall is not None and self.begin(verb):
            self.read_for(hall, read, then)

    @work(thread=True, group="verb")
    def read_for(
        self, hall: OpenHall, read: Callable[[OpenHall], Any], then: Callable[[Any], None]
    ) -> None:
        try:
            found = read(hall)
        except (Refused, DatabaseFault) as error:
            self.post_message(self.VerbEnded(self.app.sentence_for(error), "error", 0, None))
        else:
            self.post_message(self.Fetched(found, then))

    @on(Fetched)
    def ask_with_it(self, message: Fetched) -> None:
        self.end()
        if self.is_active:  # not locked meanwhile
            message.then(message.found)
        else:
            self.tell(self.app.say(_("Something else was in front; press once more.")), "warning")

    def show_slow(self) -> None:
        if self.busy is not None:
            self.add_class("-busy")
            verb = self.app.say(LABELS[self.busy])
            self.query_one(MessageLine).hold(self.app.say(_("{verb} …"), verb=verb))

    @work(thread=True, group="verb")
    def carry_out(self, hall: OpenHall, operation: Callable[[OpenHall], Told]) -> None:
        try:
            told = patiently(
                partial(operation, hall),
                lambda: self.given_up.is_set() or self.app.is_leaving.is_set(),
                lambda: self.post_message(self.StillLocked()),
            )
        except (Refused, DatabaseFault) as error:
            sentence, tone = self.app.sentence_for(error), "error"
        else:
            sentence = self.app.say(told.words, **told.facts)
            tone = "good" if told.good else "warning"
        look, view = 0, None
        with suppress(Refused, DatabaseFault):
            look, view = self.take_a_look(hall)
        self.post_message(self.VerbEnded(sentence, tone, look, view))

    @on(StillLocked)
    def tell_of_the_lock(self) -> None:
        if self.busy is not None:
            words = _("The database is busy; “{verb}” is tried until it is done. Esc gives it up.")
            verb = self.app.say(LABELS[self.busy])
            self.query_one(MessageLine).hold(self.app.say(words, verb=verb))

    def action_give_up(self) -> None:
        if self.busy is not None:
            self.given_up.set()

    @on(VerbEnded)
    def verb_ended(self, message: VerbEnded) -> None:
        follows = self.remembered
        self.end()
        self.trouble = message.sentence if message.tone == "error" else ""
        self.tell(message.sentence, message.tone)
        if message.view is not None:
            self.take(message.look, message.view)
        self.after_verb()
        if follows is not None and message.tone != "error" and self.is_active:
            self.press(follows)

    def after_verb(self) -> None:
        """Whether it was done or refused; what is shown is fresh by now."""
