"""The manager's questions: each verb asks what it needs to know, then it is carried out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from counter.desk.guide_operations import Word
from counter.desk.message_dialog import MessageDialog
from counter.desk.words_dialog import WordsDialog
from counter.dialogs.reason_dialog import ReasonDialog
from counter.station.station_screen import StationScreen
from counter.supervisor import supervisor_operations as operations
from counter.supervisor.announce_dialog import Announced, AnnounceDialog
from counter.supervisor.bulletin_dialog import BulletinDialog, NewBulletin
from counter.supervisor.groups_dialog import Groups, GroupsDialog
from counter.supervisor.life_screen import LifeScreen
from counter.supervisor.release_dialog import Release, ReleaseDialog
from counter.supervisor.supervisor_operations import Moment, SupervisorView
from counter.supervisor.supervisor_verbs import LABELS, SupervisorVerb
from db.faults import DatabaseFault
from hall.errors import Refused
from hall.marked import _

if TYPE_CHECKING:
    from hall.counters.help_requests import Help
    from hall.open_hall import OpenHall
    from hall.overview.hall_counters import CounterNow
    from hall.tickets.releasing import Seen


class RefuseLeaveDialog(ReasonDialog):
    usual = (
        _("Please wait until the stand-in has come"),
        _("Please serve those who wait first"),
        _("Not in this hour, please"),
    )

    def __init__(self, asked: str) -> None:
        super().__init__()
        self.asked = asked

    def title_words(self) -> str:
        return self.app.say(_("Why may they not pause now? They read it."))

    def explanation(self) -> str:
        return self.asked


class AnswerDialog(ReasonDialog):
    usual = (
        _("I am coming"),
        _("I come in a few minutes"),
        _("A colleague is on the way"),
        _("It is taken care of"),
    )

    def __init__(self, asked: str) -> None:
        super().__init__()
        self.asked = asked

    def title_words(self) -> str:
        return self.app.say(_("What is answered? The call is then over."))

    def explanation(self) -> str:
        return self.asked


class SupervisorAsker(StationScreen[SupervisorView]):
    @dataclass
    class LifeRead(Message):
        number: str
        moments: tuple[Moment, ...]

    @dataclass
    class LifeUnknown(Message):
        sentence: str

    def name_of(self, verb: SupervisorVerb) -> str:
        return self.app.say(LABELS[verb])

    # -- calls for help

    def grant(self, asked: Help) -> None:
        self.run(
            self.name_of(SupervisorVerb.GRANT),
            partial(operations.answer_help, request_id=asked.id, answer="", granted=True),
        )

    def ask_why_not(self, asked: Help, words: str) -> None:
        def told(why: str | None) -> None:
            if why is not None:
                self.run(
                    self.name_of(SupervisorVerb.REFUSE),
                    partial(operations.answer_help, request_id=asked.id, answer=why, granted=False),
                )

        self.app.push_screen(RefuseLeaveDialog(words), told)

    def ask_answer(self, asked: Help, words: str) -> None:
        def told(answer: str | None) -> None:
            if answer is not None:
                self.run(
                    self.name_of(SupervisorVerb.ANSWER),
                    partial(operations.answer_help, request_id=asked.id, answer=answer),
                )

        self.app.push_screen(AnswerDialog(words), told)

    # -- counters

    def ask_groups(self, counter: CounterNow, *, every: bool = False) -> None:
        assert self.view is not None
        dialog = GroupsDialog(counter, self.view.hall.lines, every=every)

        def told(groups: Groups | None) -> None:
            if groups is not None:
                self.run(
                    self.name_of(SupervisorVerb.GROUPS),
                    partial(
                        operations.set_groups,
                        counter=counter.number,
                        codes=groups.codes,
                        seen=dialog.own,
                    ),
                )

        self.app.push_screen(dialog, told)

    def ask_words(self, counter: int | None, word: Word | None = None, trouble: str = "") -> None:
        from hall.desk_view import CounterShown

        assert self.view is not None
        seated = tuple(
            CounterShown(one.number, one.names, one.clerk, one.state == "paused")
            for one in self.view.hall.counters
            if one.state != "closed"
        )
        if not seated:
            self.tell(self.app.say(_("Nobody sits at a counter now.")), "warning")
            return

        def told(told: Word | None) -> None:
            if told is not None:
                self.run(
                    self.name_of(SupervisorVerb.MESSAGE),
                    partial(operations.send, counter=told.counter, text=told.text),
                )

        first = word if word is not None or counter is None else Word(counter, "")
        self.app.push_screen(MessageDialog(seated, first, trouble), told)

    # -- tickets

    def ask_which_ticket(self, number: str) -> None:
        def told(release: Release | None) -> None:
            if release is not None:
                seen = self.seen(release.number)
                self.run(
                    self.name_of(SupervisorVerb.RELEASE),
                    partial(
                        operations.release,
                        number=release.number,
                        reason=release.reason,
                        seen=seen,
                    ),
                )

        self.app.push_screen(ReleaseDialog(number), told)

    def seen(self, number: str) -> Seen | None:
        """Where the screen has it; None for a ticket that it does not show."""
        from hall.tickets.releasing import Seen

        assert self.view is not None
        wanted = number.strip().upper()
        for stuck in self.view.hall.stuck:
            if stuck.number == wanted:
                return Seen(stuck.state, stuck.held_by)
        for counter in self.view.hall.counters:
            held = counter.in_hand
            if held is not None and held.number == wanted:
                return Seen(held.state, counter.number)
        return None

    def ask_whose_life(self, number: str, trouble: str = "") -> None:
        def told(number: str | None) -> None:
            hall, colleague = self.app.hall, self.app.colleague
            if number is not None and hall is not None and colleague is not None:
                self.read_life(hall, colleague.staff_number, number)

        say = self.app.say
        dialog = WordsDialog(
            say(_("Which ticket?")),
            most=8,
            hint=say(_("Its number")),
            empty=say(_("Type the number of the ticket.")),
            typed=number,
            trouble=trouble,
        )
        self.app.push_screen(dialog, told)

    @work(thread=True, group="life")
    def read_life(self, hall: OpenHall, staff_number: str, number: str) -> None:
        try:
            found = operations.life(hall, staff_number, number)
        except (Refused, DatabaseFault) as error:
            self.post_message(self.LifeUnknown(self.app.sentence_for(error)))
        else:
            self.post_message(self.LifeRead(*found))

    @on(LifeRead)
    def show_life(self, message: LifeRead) -> None:
        if self.app.colleague is not None:  # locked meanwhile, it stays covered
            self.app.push_screen(LifeScreen(message.number, message.moments))

    @on(LifeUnknown)
    def tell_unknown(self, message: LifeUnknown) -> None:
        self.tell(message.sentence, "error")

    # -- everyone

    def ask_bulletin(self) -> None:
        assert self.app.hall is not None
        hall = self.app.hall

        def told(bulletin: NewBulletin | None) -> None:
            if bulletin is not None:
                self.run(
                    self.name_of(SupervisorVerb.PUT_UP),
                    partial(operations.put_up, text=bulletin.text, until=bulletin.until),
                )

        self.app.push_screen(BulletinDialog(hall.rules.local(hall.now())), told)

    def ask_announcement(self) -> None:
        def told(chosen: Announced | None) -> None:
            if chosen is None:
                return
            operation = partial(operations.announce, texts=chosen.texts)
            if chosen.emergency:
                operation = partial(operations.proclaim, code=chosen.emergency)
            self.run(self.name_of(SupervisorVerb.ANNOUNCE), operation)

        self.app.push_screen(AnnounceDialog(), told)
