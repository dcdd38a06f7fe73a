"""One matter: what it is for, what it takes, its papers to check; then a number, or a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Button, Label

from hall.catalogue.office_words import paper_words
from hall.marked import _
from kiosk.choice_button import Choice, TouchButton
from kiosk.choice_pages import ChoicePages
from kiosk.choices_screen import ChoicesScreen
from kiosk.fitting import FittedText, lines_of
from kiosk.kiosk_screen import KioskScreen
from kiosk.matter.matter import NEXT_MARK, Mark, Matter, Paper
from kiosk.matter.paper_pages import PaperPages, Row
from kiosk.offer import Offer, ServiceOffer
from kiosk.visit import Visit

COUNTERS_LISTED = 8
FACT_LINES, FACT_LINES_TALL = 3, 6
MARGINS = 4

HOW = _("Papers at hand? Touch: once ✓ here, twice ✗ missing.")
NO_PAPERS = _("No papers are needed for this matter.")
READING = _("One moment, the papers are being looked up…")


class MatterScreen(ChoicesScreen):
    """Nothing has to be checked: the number is one touch away at any time."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-medium"), (40, "-tall")]
    BINDINGS = [
        Binding("enter", "main", show=False),
        Binding("slash", "all_the_same", show=False),
    ]

    @dataclass
    class NumberWanted(Message):
        code: str

    @dataclass
    class ListWanted(Message):
        code: str
        missing: frozenset[int]

    def __init__(
        self,
        visit: Visit,
        offer: Offer,
        group: str,
        service: ServiceOffer,
        matter: Matter | None = None,
        marks: Mapping[int, Mark] | None = None,
        *,
        chosen_on: KioskScreen,
    ) -> None:
        """`matter`: None while it is read. `marks`: by the number of the paper."""
        super().__init__(visit, offer)
        self.offer: Offer = offer
        self.group = group
        self.service = service
        self.matter = matter
        self.marks: dict[int, Mark] = dict(marks or {})
        self.chosen_on = chosen_on

    def anew(self) -> Self:
        given = (self.visit, self.offer, self.group, self.service, self.matter, self.marks)
        return self.keep_page(type(self)(*given, chosen_on=self.chosen_on))

    def page_before(self, offer: Offer | None) -> KioskScreen | None:
        return self.chosen_on.with_offer(offer) if offer is not None else None

    # -- what stands there -----------------------------------------------------------------------

    def compose_above_choices(self) -> ComposeResult:
        yield Label("", id="facts", markup=False)
        yield FittedText(self.how(), most_lines=1, id="how")

    def compose_choices(self) -> ComposeResult:
        yield PaperPages(self.rows(), self.page)

    def compose_page(self) -> ComposeResult:
        yield from super().compose_page()
        with Horizontal(id="actions"):
            yield TouchButton("", id="take-number")
            yield TouchButton("", id="print-list")

    def compose_beside_prompt(self) -> ComposeResult:
        yield from ()

    def on_mount(self) -> None:
        self.show_actions()

    def on_resize(self) -> None:
        self.show_facts()

    def prompt(self) -> str:
        if self.visit.step == "asking":
            return self.app.say("One moment, please…")
        names = self.matter.names if self.matter else self.service.names
        other = self.other_name_of(names)
        return f"{self.name_of(names)}  {other}" if other else self.name_of(names)

    def how(self) -> str:
        if self.matter is None:
            return self.app.say(READING)
        return self.app.say(HOW if self.matter.papers else NO_PAPERS)

    def facts(self) -> list[str]:
        say, matter = self.app.say, self.matter
        if matter is None:
            return [say("about {minutes} min", minutes=self.service.minutes)]
        told = []
        if matter.conditions:
            conditions = self.office_words(matter.conditions)
            told.append(say(_("For whom: {conditions}"), conditions=conditions))
        line = [say("about {minutes} min", minutes=matter.minutes)]
        if matter.limit:
            line.append(say("Limit: {limit}", limit=self.office_words(matter.limit)))
        if matter.fee:
            line.append(say(_("Fee: {fee}"), fee=self.office_words(matter.fee)))
        counters = [str(number) for number in matter.counters[:COUNTERS_LISTED]]
        if counters:
            line.append(say(_("Counters: {counters}"), counters=say(", ").join(counters)))
        group = self.offer.group(self.group)
        if group is not None:
            line.append(say("{count} waiting", count=group.waiting))
        told.append("  ".join(line))
        return told

    def show_facts(self) -> None:
        width = self.size.width - MARGINS
        most = FACT_LINES_TALL if self.has_class("-tall") else FACT_LINES
        facts = self.facts()
        lines: list[str] = []
        for at, fact in enumerate(facts):
            left = most - len(lines) - (len(facts) - at - 1)
            lines += lines_of(fact, width, left)
        self.query_one("#facts", Label).update("\n".join(lines))

    def choices(self) -> Sequence[Choice]:
        return self.rows()

    def rows(self) -> list[Row]:
        return [self.row_for(paper) for paper in self.matter.papers] if self.matter else []

    def row_for(self, paper: Paper) -> Row:
        about = (paper.form, paper.copies, paper.how_to_fill, paper.source)
        details = [paper_words(*about, self.app.say, self.visit.language)]
        if not paper.required:
            details.insert(0, self.app.say(_("if it applies")))
        return Row(
            code=str(paper.number),
            title=self.name_of(paper.names),
            detail=" · ".join(filter(None, details)),
            mark=self.marks.get(paper.number, "unmarked"),
        )

    def show_matter(self, matter: Matter) -> None:
        self.matter = matter
        self.show_prompt()
        self.show_facts()
        self.query_one("#how", FittedText).show(self.how())
        self.query_one(ChoicePages).show(self.choices())
        self.show_actions()

    def show_offer(self, offer: Offer) -> None:
        super().show_offer(offer)
        self.show_facts()
        self.show_actions()

    @property
    def service_now(self) -> ServiceOffer:
        """As the hall offers it by now."""
        group = self.offer.group(self.group)
        return (group and group.service(self.service.code)) or self.service

    # -- the papers ------------------------------------------------------------------------------

    @property
    def missing(self) -> frozenset[int]:
        return frozenset(number for number, mark in self.marks.items() if mark == "missing")

    def choose(self, choice: Choice) -> None:
        number = int(choice.code)
        self.marks[number] = NEXT_MARK[self.marks.get(number, "unmarked")]
        self.query_one(ChoicePages).show(self.choices())
        self.show_actions()

    def show_actions(self) -> None:
        """The sensible one is highlighted and has Enter; the other one has /."""
        say, count = self.app.say, len(self.missing)
        take = self.query_one("#take-number", TouchButton)
        listed = self.query_one("#print-list", TouchButton)
        gate = self.service_now.gate
        if gate.why is not None:  # a press tells the rest of it
            take.show(self.app.wording.short_refusal(gate.refusal()))
        elif count:
            take.show(say(_("/  Take a number all the same")))
        else:
            take.show(say(_("Enter  Take a number")))
        if count:
            listed.show(say(_("Enter  Print what is missing ({count})"), count=count))
        listed.display = count > 0
        take.set_class(count == 0 and gate.is_open, "main")
        take.set_class(not gate.is_open, "closed")
        listed.set_class(count > 0, "main")

    # -- what is pressed -------------------------------------------------------------------------

    def action_main(self) -> None:
        if self.missing:
            self.want_list()
        else:
            self.want_number()

    def action_all_the_same(self) -> None:
        if self.missing:
            self.want_number()

    @on(Button.Pressed, "#take-number")
    def want_number(self) -> None:
        self.post_message(self.NumberWanted(self.service.code))

    @on(Button.Pressed, "#print-list")
    def want_list(self) -> None:
        self.post_message(self.ListWanted(self.service.code, self.missing))

    def show_asking(self) -> None:
        super().show_asking()
        self.show_prompt()
