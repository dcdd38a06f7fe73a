"""Type a few letters; the matters they may mean stand below, fewer with each letter."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_lowercase
from typing import TYPE_CHECKING, Self

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Button

from hall.marked import _
from kiosk.choice_button import Choice, TouchButton
from kiosk.choice_pages import ChoicePages
from kiosk.choices_screen import ChoicesScreen
from kiosk.choosing.groups_screen import GroupsScreen
from kiosk.kiosk_screen import KioskScreen
from kiosk.offer import Offer, ServiceOffer
from kiosk.search.found_pages import FoundPages
from kiosk.search.letter_keys import KEYS, LetterKeys
from kiosk.visit import Visit

if TYPE_CHECKING:
    from hall.catalogue.spelling import SpellingIndex

MOST_TYPED = 12
HOW = _("Type the first letters of the matter (社保卡: S B K), or its code")
TYPED = _("{letters}  —  {count} found")
NOTHING = _("Nothing is called that. Please delete a letter.")


class SearchScreen(ChoicesScreen):
    BINDINGS = [
        *(
            Binding(f"{letter},{letter.upper()}", f"key('{letter}')", show=False)
            for letter in ascii_lowercase
        ),
        Binding("0", "key('0')", show=False),
        Binding("backspace,minus", "delete", show=False),
        Binding("slash", "back", show=False),
        Binding("enter", "first", show=False),
    ]

    @dataclass
    class MatterFound(Message):
        code: str

    def __init__(
        self, visit: Visit, offer: Offer, index: SpellingIndex | None = None, typed: str = ""
    ) -> None:
        """`index`: None while it is made."""
        super().__init__(visit, offer)
        self.offer: Offer = offer
        self.index = index
        self.typed = typed

    def anew(self) -> Self:
        return self.keep_page(type(self)(self.visit, self.offer, self.index, self.typed))

    def page_before(self, offer: Offer | None) -> KioskScreen | None:
        return GroupsScreen(self.visit, offer) if offer is not None else None

    # -- what stands there -----------------------------------------------------------------------

    def compose_above_choices(self) -> ComposeResult:
        yield LetterKeys(classes="unspoken")

    def compose_choices(self) -> ComposeResult:
        yield FoundPages(self.choices(), self.page, large_type=self.visit.large_type)

    def compose_beside_prompt(self) -> ComposeResult:
        yield TouchButton(f"{self.app.say(_('Delete'))} -", id="delete")

    def on_mount(self) -> None:
        # Their usual keys, 0 and -, are typed here or delete.
        self.query_one("#back", TouchButton).show(f"{self.app.say('Back')} /")
        self.query_one("#next-page", TouchButton).show(self.app.say("Next page"))
        self.show_found()

    def prompt(self) -> str:
        say = self.app.say
        if self.index is None:
            return say("One moment, please…")
        if not self.typed:
            return say(HOW)
        count = len(self.index.find(self.typed).codes)
        letters = " ".join(self.typed.upper())
        if not count:
            return f"{letters}  —  {say(NOTHING)}"
        return say(TYPED, letters=letters, count=count)

    def choices(self) -> list[Choice]:
        if self.index is None:
            return []
        offered = {
            service.code: (group.prefix, service)
            for group in self.offer.groups
            for service in group.services
        }
        codes = self.index.find(self.typed).codes
        return [self.choice_for(*offered[code]) for code in codes if code in offered]

    def choice_for(self, prefix: str, service: ServiceOffer) -> Choice:
        other = self.other_name_of(service.names)
        return Choice(
            service.code, self.name_of(service.names), f"{prefix}  {service.code}  {other}"
        )

    def show_found(self) -> None:
        self.show_prompt()
        letters = self.index.find(self.typed).letters if self.index else frozenset()
        can_type = self.index is not None and len(self.typed) < MOST_TYPED
        self.query_one(LetterKeys).offer(letters if can_type else frozenset())
        self.query_one("#delete").visible = bool(self.typed)
        pages = self.query_one(ChoicePages)
        pages.page = self.page
        pages.show(self.choices())

    def show_index(self, index: SpellingIndex) -> None:
        self.index = index
        self.show_found()

    # -- what is typed ---------------------------------------------------------------------------

    def take_typed(self, text: str) -> None:
        for letter in text.lower():
            self.action_key(letter)

    def action_digit(self, digit: int) -> None:
        self.action_key(f"{digit}")

    def action_key(self, letter: str) -> None:
        """Also one that leads nowhere: it says so, and can be deleted."""
        if letter in KEYS and len(self.typed) < MOST_TYPED and self.index is not None:
            self.typed += letter
            self.page = 0
            self.show_found()

    @on(LetterKeys.LetterPressed)
    def type_letter(self, message: LetterKeys.LetterPressed) -> None:
        self.action_key(message.letter)

    @on(Button.Pressed, "#delete")
    def action_delete(self) -> None:
        self.typed = self.typed[:-1]
        self.page = 0
        self.show_found()

    def action_turn_on(self) -> None:
        """Its key deletes here."""
        self.action_delete()

    def action_first(self) -> None:
        """Nothing has the focus: Enter takes the first that was found."""
        found = self.choices() if self.typed else []
        if found:
            self.choose(found[0])

    def choose(self, choice: Choice) -> None:
        self.post_message(self.MatterFound(choice.code))
