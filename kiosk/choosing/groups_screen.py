"""The first page: the groups of matters, how many wait for each, which counters are open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Button, Label

from hall.marked import _
from kiosk.choice_button import Choice, TouchButton
from kiosk.choice_pages import ChoicePages
from kiosk.choices_screen import ChoicesScreen
from kiosk.fitting import lines_of
from kiosk.offer import GroupOffer, Offer
from kiosk.visit import ORDINARY, Visit

COUNTERS_LISTED = 6
"""With more open counters their count says more than their numbers."""
MARGINS = 4
"""Of the page, left and right."""

SLIPS_AT_DESK = _("Printer out of use. Numbers are valid; slips are at the information desk.")


class GroupsScreen(ChoicesScreen):
    """Also what is seen while there is no hall to show: before it is open, or when it is gone."""

    has_back = False

    BINDINGS = [
        Binding("slash", "search", show=False),
        Binding("0", "guide", show=False),
    ]

    class SearchAsked(Message):
        pass

    class GuideAsked(Message):
        """What there is to read of the hall."""

    @dataclass
    class GroupChosen(Message):
        code: str

    def __init__(self, visit: Visit, offer: Offer | None, fault: str | None = None) -> None:
        super().__init__(visit, offer)
        self.fault = fault
        """Why there is no offer, for the staff; None while the hall is being opened."""

    def anew(self) -> Self:
        return self.keep_page(type(self)(self.visit, self.offer, self.fault))

    @property
    def is_first_page(self) -> bool:
        return self.page == 0

    def prompt(self) -> str:
        return self.app.say("Welcome. What is your matter about?")

    def compose_beside_prompt(self) -> ComposeResult:
        yield TouchButton(f"{self.app.say(_('Find a matter'))} /", id="search")
        if self.visit.priority_class != ORDINARY:
            yield from super().compose_beside_prompt()

    def compose_above_choices(self) -> ComposeResult:
        yield Label("", id="slips-at-desk", markup=False)

    def compose_page(self) -> ComposeResult:
        yield from super().compose_page()
        with Vertical(id="no-choices"):
            yield Label("", id="announcement", markup=False)
            yield Label("", id="reason", markup=False)

    def on_mount(self) -> None:
        if not self.is_replaced:
            self.show_state()

    def on_resize(self) -> None:
        if not self.is_replaced:
            self.show_where_slips_are()

    @property
    def is_replaced(self) -> bool:
        """By another before it was mounted: its parts are gone when its first moment comes."""
        return not self.query("#search")

    def choices(self) -> list[Choice]:
        return [self.choice_for(group) for group in self.offer.groups] if self.offer else []

    def choice_for(self, group: GroupOffer) -> Choice:
        say = self.app.say
        counters = group.open_counters
        if not counters:
            openness = say("No counter open")
        elif len(counters) <= COUNTERS_LISTED:
            listed = say(", ").join(str(number) for number in counters)
            openness = say("Open: {counters}", counters=listed)
        else:
            openness = say("{count} counters open", count=len(counters))
        told = [say("{count} waiting", count=group.waiting), self.wait(group), openness]
        return Choice(
            code=group.code,
            title=f"{group.prefix}  {self.name_of(group.names)}",
            subtitle=self.other_name_of(group.names),
            detail="  ".join(filter(None, told)),
            warns=not counters,
        )

    def wait(self, group: GroupOffer) -> str:
        """Empty when one would be served at once, or nobody can say."""
        low, high = group.wait_minutes or (0, 0)
        if not high:
            return ""
        if low in (0, high):
            return self.app.say(_("wait up to {high} min"), high=high)
        return self.app.say(_("wait {low} to {high} min"), low=low, high=high)

    def compose_foot(self) -> ComposeResult:
        yield TouchButton(f"{self.app.say(_('Guide'))} 0", id="about")
        yield from super().compose_foot()

    @on(Button.Pressed, "#about")
    def action_guide(self) -> None:
        if self.choices():
            self.post_message(self.GuideAsked())

    @property
    def is_large(self) -> bool:
        """Whether there are too many matters to look for one page by page."""
        hall, offer = self.app.hall, self.offer
        if hall is None or offer is None:
            return False
        matters = sum(len(group.services) for group in offer.groups)
        return 0 < matters >= hall.settings.kiosk.search_from

    @on(Button.Pressed, "#search")
    def action_search(self) -> None:
        if self.is_large:
            self.post_message(self.SearchAsked())

    def choose(self, choice: Choice) -> None:
        self.post_message(self.GroupChosen(choice.code))

    def show_offer(self, offer: Offer) -> None:
        self.fault = None
        super().show_offer(offer)
        self.show_state()

    def show_fault(self, fault: str) -> None:
        """There is no hall for now; `fault` tells the staff why."""
        self.offer = None
        self.fault = fault
        self.show_state()

    def show_state(self) -> None:
        has_choices = bool(self.choices())
        self.query_one("#search").display = self.is_large
        self.query_one("#about").visible = has_choices
        self.query_one("#question").display = has_choices
        self.query_one(ChoicePages).display = has_choices
        self.query_one("#no-choices").display = not has_choices
        self.show_where_slips_are()
        if has_choices:
            return
        say = self.app.say
        if self.offer is not None:
            words, reason = say("No services here yet. Please ask at the information desk."), ""
        elif self.fault is not None:
            words = say("This machine is being made ready. Please ask at the information desk.")
            reason = self.fault
        else:
            words, reason = say("Welcome. One moment, please…"), ""
        self.query_one("#announcement", Label).update(words)
        self.query_one("#reason", Label).update(reason)

    def show_where_slips_are(self) -> None:
        """Before anybody takes a number, and without moving a button on a screen that is low."""
        at_desk = self.offer is not None and self.offer.slips_at_desk
        self.set_class(at_desk and bool(self.choices()), "-slips-at-desk")
        words = self.app.say(SLIPS_AT_DESK) if at_desk else ""
        most = 2 if self.has_class("-tall") else 1
        lines = lines_of(words, self.size.width - MARGINS, most)
        self.query_one("#slips-at-desk", Label).update("\n".join(lines))
