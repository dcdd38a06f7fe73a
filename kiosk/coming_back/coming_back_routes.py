"""From a code under the reader to what its paper is good for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from db.faults import DatabaseFault
from hall.errors import Refused
from hall.errors.identity import HasNumber
from kiosk.coming_back.found import Found, FoundPapers, FoundTicket
from kiosk.coming_back.papers_screen import PapersScreen
from kiosk.coming_back.rating_screens import QUESTIONS, LevelsScreen
from kiosk.coming_back.ticket_words import looking, place, thanks, unknown
from kiosk.kiosk_shell import KioskShell
from kiosk.number.number_routes import NumberRoutes
from kiosk.visit import Visit
from kiosk.words_screen import WordsScreen, ask_at_desk

if TYPE_CHECKING:
    from hall.open_hall import OpenHall


class ComingBackRoutes(NumberRoutes):
    @dataclass
    class CodeFound(Message):
        found: Found

    @dataclass
    class StarsKept(Message):
        ticket_id: int
        reason: str
        """Why they are not; empty: they are."""

    rated: FoundTicket | None = None
    """The visit that is being rated."""

    @on(KioskShell.CodeRead)
    def look_up(self, message: KioskShell.CodeRead) -> None:
        if self.visit.step == "asking" or self.hall is None:
            return
        self.begin_anew()
        self.tell(looking)
        self.read_code(self.hall, message.text)

    def begin_anew(self) -> None:
        super().begin_anew()
        self.rated = None

    @work(thread=True, exclusive=True, group="code")
    def read_code(self, hall: OpenHall, code: str) -> None:
        from kiosk.coming_back.code_reader import read_code

        try:
            found = read_code(hall, code)
        except DatabaseFault as fault:
            self.post_message(self.NoNumberGiven(self.sentence_for(fault)))
        else:
            self.post_message(self.CodeFound(found))

    @on(CodeFound)
    def show_found(self, message: CodeFound) -> None:
        if self.visit.step != "choosing" or not isinstance(self.page, WordsScreen):
            return  # somebody has gone on meanwhile
        match message.found:
            case FoundPapers() as papers:
                self.switch_screen(PapersScreen(self.visit, self.offer, papers))
            case FoundTicket(state="finished", is_rated=False) as ticket:
                self.rated = ticket
                self.switch_screen(LevelsScreen(self.visit, self.offer, ticket.number))
            case FoundTicket() as ticket:
                self.visit.step = "told"
                self.tell(partial(place, ticket))
            case reason:
                self.visit.step = "told"
                self.tell(partial(unknown, reason))

    # -- all papers here -------------------------------------------------------------------------

    @on(PapersScreen.AllHere)
    def ask_for_place(self) -> None:
        screen = self.page
        if self.is_choosing and self.hall is not None and isinstance(screen, PapersScreen):
            papers = screen.papers
            ask = partial(self.ask_with_papers, self.hall, papers)
            self.with_name(screen, papers.real_name, ask)

    def ask_with_papers(self, hall: OpenHall, papers: FoundPapers) -> None:
        self.begin_asking()
        self.come_back(hall, papers, self.visit)

    @work(thread=True, group="number")
    def come_back(self, hall: OpenHall, papers: FoundPapers, visit: Visit) -> None:
        from kiosk.coming_back.code_reader import come_back

        person = visit.person if papers.real_name else None
        try:
            given = come_back(hall, papers, visit.priority_class, visit.language, person)
        except HasNumber as error:
            self.post_message(self.HasOne(**error.facts))
        except (DatabaseFault, Refused) as error:
            self.post_message(self.NoNumberGiven(self.sentence_for(error)))
        else:
            self.post_message(self.NumberGiven(given))

    # -- rating ----------------------------------------------------------------------------------

    @on(LevelsScreen.Answered)
    def take_answer(self, message: LevelsScreen.Answered) -> None:
        screen = self.page
        if (
            not self.is_choosing
            or self.hall is None
            or self.rated is None
            or not isinstance(screen, LevelsScreen)
            or screen.question != message.question
        ):
            return
        ticket_id = self.rated.ticket_id
        if message.question == "stars":
            assert message.stars is not None
            self.visit.step = "asking"  # once
            self.keep_stars(self.hall, ticket_id, message.stars)
            return
        if message.stars is not None:
            self.keep_more(self.hall, ticket_id, {message.question: message.stars})
        self.ask_next(message.question)

    @work(thread=True, group="rating")
    def keep_stars(self, hall: OpenHall, ticket_id: int, stars: int) -> None:
        from kiosk.coming_back.code_reader import rate

        reason = self.why_not(lambda: rate(hall, ticket_id, stars))
        self.post_message(self.StarsKept(ticket_id, reason))

    @work(thread=True, group="rating")
    def keep_more(self, hall: OpenHall, ticket_id: int, more: dict[str, int]) -> None:
        """The stars are kept; what comes besides is not worth a page of its own."""
        from kiosk.coming_back.code_reader import rate_more

        reason = self.why_not(lambda: rate_more(hall, ticket_id, more))
        if reason:
            self.log.error(reason)

    def why_not(self, done: Callable[[], None]) -> str:
        """In a thread; empty: it is done."""
        try:
            done()
        except (DatabaseFault, Refused) as error:
            return self.sentence_for(error)
        return ""

    @on(StarsKept)
    def go_on(self, message: StarsKept) -> None:
        if message.reason:
            self.visit.step = "told"
            self.tell(partial(ask_at_desk, message.reason))
        else:
            self.visit.step = "choosing"
            self.ask_next("stars")

    def ask_next(self, question: str) -> None:
        asked = ["stars", *QUESTIONS]
        at = asked.index(question) + 1
        if at < len(asked) and self.rated is not None:
            page = LevelsScreen(self.visit, self.offer, self.rated.number, asked[at])
            self.switch_screen(page)
        else:
            self.visit.step, self.rated = "told", None
            self.tell(thanks)
