"""A page of choices: a question, large buttons, and others a page further."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Self

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Button

from hall.priority_words import NAMES
from kiosk.choice_button import Choice, ChoiceButton, TouchButton
from kiosk.choice_pages import ChoicePages
from kiosk.fitting import FittedText
from kiosk.offer import Offer
from kiosk.paged_screen import PagedScreen
from kiosk.visit import ORDINARY


class ChoicesScreen(PagedScreen):
    BINDINGS = [Binding("p", "priority", show=False)]

    class PriorityAsked(Message):
        pass

    class PriorityUndone(Message):
        pass

    @abstractmethod
    def prompt(self) -> str: ...

    @abstractmethod
    def choices(self) -> Sequence[Choice]: ...

    @abstractmethod
    def choose(self, choice: Choice) -> None: ...

    def keep_page(self, screen: Self) -> Self:
        """The other screen opens where this one was turned to."""
        screen.page = self.page
        return screen

    def compose_page(self) -> ComposeResult:
        with Horizontal(id="question"):
            yield FittedText(self.prompt(), most_lines=2, id="prompt")
            yield from self.compose_beside_prompt()
        yield from self.compose_above_choices()
        yield from self.compose_choices()

    def compose_choices(self) -> ComposeResult:
        yield ChoicePages(self.choices(), self.page, large_type=self.visit.large_type)

    def compose_beside_prompt(self) -> ComposeResult:
        """What this visit may ask for, or undo: to be served sooner."""
        say, chosen = self.app.say, self.visit.priority_class
        offered = self.offer.priority_classes if self.offer is not None else ()
        if chosen == ORDINARY and offered:
            yield TouchButton(say("Priority service"), id="priority")
        elif chosen != ORDINARY:
            name = say(NAMES[chosen])
            yield TouchButton(say("Priority: {name} (undo)", name=name), id="no-priority")

    def compose_above_choices(self) -> ComposeResult:
        yield from ()

    def show_prompt(self) -> None:
        self.query_one("#prompt", FittedText).show(self.prompt())

    def show_offer(self, offer: Offer) -> None:
        super().show_offer(offer)
        self.show_prompt()
        self.query_one(ChoicePages).show(self.choices())

    @on(ChoicePages.PageShown)
    def show_page_number(self, message: ChoicePages.PageShown) -> None:
        self.tell_page(message.page, message.pages)

    @on(Button.Pressed, "#priority, #no-priority")
    def action_priority(self) -> None:
        if self.query("#priority"):
            self.post_message(self.PriorityAsked())
        elif self.query("#no-priority"):
            self.post_message(self.PriorityUndone())

    def action_focus_next(self) -> None:
        """The first Tab comes to the first choice, not to what stands above it."""
        if self.focused is None and self.choices():
            self.query_one("#choice-1").focus()
            self.post_message(self.SteppedOn())
        else:
            super().action_focus_next()

    def action_turn(self, by: int) -> None:
        self.query_one(ChoicePages).turn(by)

    def action_digit(self, digit: int) -> None:
        choice = self.query_one(ChoicePages).choice_of(digit)
        if choice is not None:
            self.choose(choice)

    @on(Button.Pressed, "ChoiceButton")
    def choose_pressed(self, event: Button.Pressed) -> None:
        assert isinstance(event.button, ChoiceButton)
        if event.button.choice is not None:
            self.choose(event.button.choice)
