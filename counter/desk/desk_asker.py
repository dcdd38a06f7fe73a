"""The desk's screen as it asks what a verb needs to know, and does it.

What is refused is asked again with what was typed: nobody writes an answer twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from textual import on, work
from textual.message import Message

from counter.desk import desk_operations
from counter.desk.colleague_dialog import ColleagueDialog
from counter.desk.desk_operations import Asked, HandedOver, Led
from counter.desk.desk_verbs import LABELS, DeskVerb
from counter.desk.inquiry_dialogs import NOTHING_ASKED, NewInquiryDialog
from counter.desk.lead_dialog import LeadDialog
from counter.desk.words_dialog import WordsDialog
from counter.dialogs.reprint_dialog import Reprint, ReprintDialog
from counter.station.station_screen import StationScreen
from db.faults import DatabaseFault
from hall.errors import Refused
from hall.marked import _

if TYPE_CHECKING:
    from counter.operations import Told
    from counter.reprint_operations import Reprintable
    from hall.desk_view import Colleague, DeskView, InquiryShown  # noqa: F401  the base class's view
    from hall.notices.notice_view import ServiceChoice
    from hall.open_hall import OpenHall

Read = TypeVar("Read")

Again = Callable[[str], None]
"""Asks once more; gets why it was refused."""

MOST_RESULT = 300


class DeskAsker(StationScreen["DeskView"]):
    """Every question may be left; then nothing is done."""

    @dataclass
    class Fetched(Message):
        number: int
        staff_number: str
        """Of who asked: a colleague who has taken over meanwhile did not."""
        read: Any
        then: Callable[[Any], None]

    @dataclass
    class NotFetched(Message):
        number: int
        sentence: str

    def __init__(self) -> None:
        super().__init__()
        self.again: Again | None = None
        self.fetches = count(1)
        self.fetching = 0

    # -- reading what a question offers

    def fetch(self, read: Callable[[OpenHall], Read], then: Callable[[Read], None]) -> None:
        """`read` in a thread; `then` only if nothing else was begun meanwhile."""
        hall, colleague = self.app.hall, self.app.colleague
        if self.busy:
            self.tell_busy()
        elif hall is not None and colleague is not None:
            self.fetching = next(self.fetches)
            self.read_for(hall, colleague.staff_number, self.fetching, read, then)

    @work(thread=True, group="fetch")
    def read_for(
        self,
        hall: OpenHall,
        staff_number: str,
        number: int,
        read: Callable[[OpenHall], Any],
        then: Callable[[Any], None],
    ) -> None:
        try:
            found = read(hall)
        except (Refused, DatabaseFault) as error:
            self.post_message(self.NotFetched(number, self.app.sentence_for(error)))
        else:
            self.post_message(self.Fetched(number, staff_number, found, then))

    @on(Fetched)
    def go_on(self, message: Fetched) -> None:
        colleague = self.app.colleague
        same = colleague is not None and colleague.staff_number == message.staff_number
        if message.number == self.fetching and same and self.app.screen is self:
            message.then(message.read)

    @on(NotFetched)
    def tell_why_not(self, message: NotFetched) -> None:
        if message.number == self.fetching:
            self.tell(message.sentence, "error")

    def tell_busy(self) -> None:
        sentence = _("“{verb}” is still under way; this press did nothing.")
        self.tell(self.app.say(sentence, verb=self.busy), "warning")

    # -- doing

    def do(
        self, verb: DeskVerb, operation: Callable[[OpenHall, str], Told], again: Again | None = None
    ) -> None:
        if self.run(self.app.say(LABELS[verb]), operation):
            self.again = again

    @on(StationScreen.Done)
    def ask_again(self, message: StationScreen.Done) -> None:
        again, self.again = self.again, None
        seen = self.app.colleague is not None and self.app.screen is self
        if message.told is None and again is not None and seen:
            again(message.sentence)

    # -- inquiries

    def ask_what_is_asked(self, asked: Asked = NOTHING_ASKED, trouble: str = "") -> None:
        self.app.push_screen(NewInquiryDialog(asked, trouble), self.take)

    def take(self, asked: Asked | None) -> None:
        if asked is not None:
            operation = partial(desk_operations.take, asked=asked)
            self.do(DeskVerb.NEW, operation, partial(self.ask_what_is_asked, asked))

    def ask_result(self, inquiry: InquiryShown, typed: str = "", trouble: str = "") -> None:
        say = self.app.say
        dialog = WordsDialog(
            say(_("{number}: what was the citizen told?"), number=inquiry.number),
            most=MOST_RESULT,
            about=inquiry.matter,
            hint=say(_("The answer, in short")),
            empty=say(_("An inquiry ends with a result: say what the citizen was told.")),
            typed=typed,
            trouble=trouble,
        )
        self.app.push_screen(dialog, partial(self.answer, inquiry))

    def answer(self, inquiry: InquiryShown, result: str | None) -> None:
        if result is not None:
            operation = partial(desk_operations.answer, inquiry=inquiry, result=result)
            self.do(DeskVerb.ANSWER, operation, partial(self.ask_result, inquiry, result))

    def ask_where(self, inquiry: InquiryShown, typed: str = "", trouble: str = "") -> None:
        say = self.app.say
        dialog = WordsDialog(
            say(_("{number}: where was the citizen told to go?"), number=inquiry.number),
            most=MOST_RESULT,
            about=inquiry.matter,
            hint=say(_("The office, its address, its telephone")),
            empty=say(_("Say which office does it, and where it is.")),
            typed=typed,
            trouble=trouble,
        )
        self.app.push_screen(dialog, partial(self.direct, inquiry))

    def direct(self, inquiry: InquiryShown, where: str | None) -> None:
        if where is not None:
            operation = partial(desk_operations.direct, inquiry=inquiry, where=where)
            self.do(DeskVerb.DIRECT, operation, partial(self.ask_where, inquiry, where))

    def begin_lead(self, inquiry: InquiryShown) -> None:
        self.fetch(desk_operations.services, partial(self.ask_which_matter, inquiry))

    def ask_which_matter(self, inquiry: InquiryShown, services: tuple[ServiceChoice, ...]) -> None:
        self.app.push_screen(LeadDialog(inquiry.number, services), partial(self.lead, inquiry))

    def lead(self, inquiry: InquiryShown, led: Led | None) -> None:
        if led is not None:
            self.do(DeskVerb.LEAD, partial(desk_operations.lead, inquiry=inquiry, led=led))

    def begin_hand_over(
        self, inquiry: InquiryShown, chosen: HandedOver | None = None, trouble: str = ""
    ) -> None:
        read = partial(desk_operations.colleagues, without=inquiry.responsible.staff_number)
        self.fetch(read, partial(self.ask_who, inquiry, chosen, trouble))

    def ask_who(
        self,
        inquiry: InquiryShown,
        chosen: HandedOver | None,
        trouble: str,
        people: tuple[Colleague, ...],
    ) -> None:
        if not people:
            sentence = _("Nobody else has a telephone in the hall's list.")
            self.tell(self.app.say(sentence), "warning")
            return
        dialog = ColleagueDialog(inquiry.number, people, chosen, trouble)
        self.app.push_screen(dialog, partial(self.hand_over, inquiry))

    def hand_over(self, inquiry: InquiryShown, chosen: HandedOver | None) -> None:
        if chosen is not None:
            operation = partial(desk_operations.hand_over, inquiry=inquiry, chosen=chosen)
            self.do(DeskVerb.HAND_OVER, operation, partial(self.begin_hand_over, inquiry, chosen))

    def begin_slip(self, inquiry: InquiryShown) -> None:
        read = partial(desk_operations.inquiry_slip, inquiry=inquiry)
        self.fetch(read, partial(self.print_or_ask_why, inquiry))

    def print_or_ask_why(self, inquiry: InquiryShown, offered: Reprintable) -> None:
        if offered.slips:
            self.ask_why_again(offered)
        else:
            self.do(DeskVerb.SLIP, partial(desk_operations.print_slip, inquiry=inquiry))

    def ask_why_again(self, offered: Reprintable) -> None:
        self.app.push_screen(ReprintDialog(offered), self.reprint)

    def reprint(self, chosen: Reprint | None) -> None:
        if chosen is not None:
            operation = partial(desk_operations.reprint, slip=chosen.slip, reason=chosen.reason)
            self.do(DeskVerb.SLIP, operation)
