"""What every page of the kiosk has: the name of the hall, another language, a way back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Button, Label

from hall.catalogue.office_words import office_words
from hall.languages import own_name
from hall.marked import _
from hall.names import name_in
from kiosk.choice_button import TouchButton
from kiosk.fitting import FittedText
from kiosk.offer import Offer
from kiosk.visit import Visit
from ui.base_app import HallApp

SPOKEN = ("zh", "en")
"""Languages with a voice."""
LANGUAGE_SIGN = "文/A"
"""On the button that leads to a page of languages."""


class KioskScreen(Screen[None], inherit_bindings=False):
    """One page for one visitor in one language; another visitor gets another one.

    It decides nothing: what was pressed goes to the app as a message.
    """

    app = getters.app(HallApp)

    ALLOW_SELECT = False
    VERTICAL_BREAKPOINTS = [(0, "-low"), (40, "-tall")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-wide")]
    BINDINGS = [
        Binding("tab,down,full_stop", "focus_next", show=False),
        Binding("shift+tab,up", "app.focus_previous", show=False),
        Binding("escape,backspace,0", "back", show=False),
        Binding("left,pageup", "turn(-1)", show=False),
        Binding("right,pagedown", "turn(1)", show=False),
        Binding("minus", "turn_on", show=False),
        Binding("l,asterisk", "other_language", show=False),
        Binding("plus", "large_type", show=False),
        *(Binding(f"{digit}", f"digit({digit})", show=False) for digit in range(1, 10)),
    ]

    has_back: ClassVar[bool] = True
    stands_over: ClassVar[bool] = False
    """Whether “Back” leads to the page it was asked for on, whatever had been reached there."""

    class OtherLanguageAsked(Message):
        pass

    class LargeTypeAsked(Message):
        """Or ordinary type again."""

    class MoreTimeAsked(Message):
        """Or no more time than others have."""

    class AssistantAsked(Message):
        pass

    class AloudAsked(Message):
        """Or silence again."""

    class SteppedOn(Message):
        """From one button to the next, by key."""

    @dataclass
    class WentBack(Message):
        page: KioskScreen

    def __init__(self, visit: Visit, offer: Offer | None) -> None:
        super().__init__()
        self.visit = visit
        self.offer = offer
        self.shown_at = time.monotonic()
        self.composed_for: tuple[tuple[str, ...], bool] | None = None

    def anew(self) -> Self:
        """The same page again, to be composed in another language."""
        return type(self)(self.visit, self.offer)

    def with_offer(self, offer: Offer) -> Self:
        """The same page again, with what the hall offers by now."""
        self.offer = offer
        return self.anew()

    def page_before(self, offer: Offer | None) -> KioskScreen | None:
        """Where “Back” leads, with what the hall offers by now; None ends the visit."""
        return None

    @property
    def is_first_page(self) -> bool:
        """Whether this is what the next visitor finds."""
        return False

    def compose(self) -> ComposeResult:
        self.composed_for = (self.languages, self.can_be_read)
        with Vertical(id="page"):
            yield from self.compose_page()
        with Horizontal(id="foot"):
            yield from self.compose_foot()
        # Last, so that Tab comes to the choices first; the style sheet puts it on top.
        with Horizontal(id="head"):
            yield FittedText(id="hall-name", most_lines=3 if self.can_be_read else 2)
            with Horizontal(id="aids"):
                for aid in self.compose_aids():
                    aid.styles.line_pad = 0  # on 80 columns every cell counts
                    yield aid

    def compose_aids(self) -> Iterator[TouchButton]:
        """What everybody finds on every page, each with its key."""
        say, visit = self.app.say, self.visit
        large = say("Usual type") if visit.large_type else say("Large type")
        time_ = say("Usual time") if visit.more_time else say("More time")
        yield TouchButton(f"{large} +", id="large-type")
        yield TouchButton(time_, id="more-time")
        yield TouchButton(say("Assistant"), id="assistant")
        if self.can_be_read:
            yield TouchButton(say("Listen"), id="aloud")
        if len(self.languages) == 2:
            name = own_name(next(one for one in self.languages if one != visit.language))
            yield TouchButton(f"{name} *", id="other-language")
        elif len(self.languages) > 2:
            yield TouchButton(f"{LANGUAGE_SIGN} *", id="other-language")

    @property
    def can_be_read(self) -> bool:
        """Aloud: there is a loudspeaker here, and a voice for the language."""
        hall = self.app.hall
        return hall is not None and hall.settings.reads_aloud and self.visit.language in SPOKEN

    @property
    def is_out_of_date(self) -> bool:
        """It was composed before the hall was open, and lacks what the hall offers everybody."""
        return self.composed_for not in (None, (self.languages, self.can_be_read))

    @property
    def languages(self) -> tuple[str, ...]:
        hall = self.app.hall
        return tuple(hall.settings.kiosk.languages) if hall else ("zh", "en")

    def compose_page(self) -> ComposeResult:
        yield from ()

    def compose_foot(self) -> ComposeResult:
        if self.has_back:
            yield TouchButton(self.back_words(), id="back")
        yield Label("", id="countdown", classes="unspoken", markup=False)

    def back_words(self) -> str:
        return f"{self.app.say('Back')} 0"

    def on_mount(self) -> None:
        self.set_class(self.visit.large_type, "-large-type")
        self.set_class(self.can_be_read, "-crowded")
        self.query_one("#more-time").set_class(self.visit.more_time, "-on")
        self.show_aids()
        self.show_hall_name()

    def show_hall_name(self) -> None:
        name = self.name_of(self.offer.hall) if self.offer else ""
        if self.visit.person is not None:  # first, so that a long name does not hide it
            card = self.app.say(_("Card …{last}"), last=self.visit.person.last)
            name = f"{card}  {name}"
        self.query_one("#hall-name", FittedText).show(name)

    def name_of(self, names: dict[str, str]) -> str:
        return name_in(names, self.visit.language)

    def other_name_of(self, names: dict[str, str]) -> str:
        """In the other language; empty when there is none."""
        name = names.get(self.visit.other_language, "")
        return name if name != self.name_of(names) else ""

    def office_words(self, texts: dict[str, str]) -> str:
        """What the office writes of a matter, in the visitor's language as far as it is known."""
        return office_words(texts, self.app.say, self.visit.language)

    def show_aids(self) -> None:
        """Whether somebody is called, or comes; whether the page is read."""
        news = self.visit.assistant
        self.query_one("#assistant").set_class(news is not None and news.state != "over", "-on")
        for aloud in self.query("#aloud").results(TouchButton):
            unheard = self.visit.aloud is None
            aloud.show(self.app.say("No sound") if unheard else self.app.say("Listen"))
            aloud.set_class(bool(self.visit.aloud), "-on")

    def show_offer(self, offer: Offer) -> None:
        """Something in the hall changed."""
        self.offer = offer
        self.show_hall_name()

    def show_asking(self) -> None:
        """It is being done; nothing else can be pressed."""
        self.disabled = True

    # -- time ------------------------------------------------------------------------------------

    @property
    def stay_seconds(self) -> float | None:
        """How long it stays without a touch; None for ever."""
        hall = self.app.hall
        return hall.settings.kiosk.idle_seconds if hall else 30

    @property
    def is_settled(self) -> bool:
        """Whether a touch can be meant for this page, not for the one before."""
        hall = self.app.hall
        settle = hall.settings.kiosk.settle_seconds if hall else 0
        return time.monotonic() - self.shown_at >= settle

    def show_countdown(self, seconds: int | None) -> None:
        """None shows nothing."""
        words = ""
        if seconds is not None:
            words = self.app.say("Back to the first page in {seconds} s", seconds=seconds)
        countdown = self.query_one("#countdown", Label)
        if words != countdown.content:
            countdown.update(words)

    # -- keys and buttons ------------------------------------------------------------------------

    @on(Button.Pressed, "#other-language")
    def action_other_language(self) -> None:
        self.post_message(self.OtherLanguageAsked())

    @on(Button.Pressed, "#large-type")
    def action_large_type(self) -> None:
        self.post_message(self.LargeTypeAsked())

    @on(Button.Pressed, "#more-time")
    def action_more_time(self) -> None:
        self.post_message(self.MoreTimeAsked())

    @on(Button.Pressed, "#assistant")
    def action_assistant(self) -> None:
        self.post_message(self.AssistantAsked())

    @on(Button.Pressed, "#back")
    def action_back(self) -> None:
        if self.has_back:
            self.post_message(self.WentBack(self))

    @on(Button.Pressed, "#aloud")
    def action_aloud(self) -> None:
        self.post_message(self.AloudAsked())

    def action_focus_next(self) -> None:
        self.focus_next()
        self.post_message(self.SteppedOn())

    def action_turn(self, by: int) -> None:
        """Only a page with choices has others to turn to."""

    def action_turn_on(self) -> None:
        """A number pad has one key to turn pages with."""
        self.action_turn(1)

    def action_digit(self, digit: int) -> None:
        """Only a page with choices has digits."""

    def take_typed(self, text: str) -> None:
        """Keys that came down together; only a page where something is typed can use them."""
