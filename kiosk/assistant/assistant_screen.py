"""Before, while and after an assistant is called; “Back” leads to the page it was asked on."""

from __future__ import annotations

from typing import Self

from textual import on
from textual.app import ComposeResult
from textual.containers import Center
from textual.message import Message
from textual.widgets import Button, Label

from hall.marked import _
from kiosk.assistant.assistant_news import AssistantNews
from kiosk.choice_button import TouchButton
from kiosk.fitting import lines_of
from kiosk.kiosk_screen import KioskScreen
from kiosk.offer import Offer
from kiosk.visit import Visit
from ui.big_text import BigText

ASK = _("Shall somebody come to this kiosk and help you?")
CALLED = _("An assistant is called")
WAIT = _("Please wait here; the information desk has been told.")
NOBODY = _("If nobody comes, please go to the information desk.")
COMING = _("Somebody is coming")
WAIT_ON = _("Please wait here a moment longer.")
GOES_ON = _("Until then you can go on here: touch “Back”.")


class AssistantScreen(KioskScreen):
    stands_over = True

    class Called(Message):
        pass

    class Withdrawn(Message):
        pass

    def __init__(
        self, visit: Visit, offer: Offer | None, asked_on: KioskScreen, trouble: str = ""
    ) -> None:
        """`trouble`: why nobody could be called just now."""
        super().__init__(visit, offer)
        self.asked_on = asked_on
        self.trouble = trouble

    def anew(self) -> Self:
        return type(self)(self.visit, self.offer, self.asked_on, self.trouble)

    def page_before(self, offer: Offer | None) -> KioskScreen | None:
        return self.asked_on.with_offer(offer) if offer is not None else self.asked_on.anew()

    @property
    def news(self) -> AssistantNews | None:
        """None: nobody is called now."""
        news = self.visit.assistant
        return news if news is not None and news.state != "over" else None

    def compose_page(self) -> ComposeResult:
        yield BigText(self.heading(), id="big")
        yield Label("", id="lines", markup=False)
        with Center(id="does"):
            if self.news is None:
                yield TouchButton(f"1  {self.app.say('Call an assistant')}", id="call")
            elif self.news.state == "called":
                yield TouchButton(f"1  {self.app.say('No longer needed')}", id="withdraw")

    def heading(self) -> str:
        if self.news is None:
            return self.app.say("Assistant") if not self.trouble else ""
        return self.app.say(COMING if self.news.state == "coming" else CALLED)

    def lines(self) -> list[str]:
        say, news = self.app.say, self.news
        if self.trouble:
            return [self.trouble, say("Please ask at the information desk.")]
        if news is None:
            return [say(ASK)]
        if news.state == "coming":
            return [news.answer, say(WAIT_ON), say(NOBODY)]
        return [say(WAIT), say(NOBODY), say(GOES_ON)]

    def on_resize(self) -> None:
        width = self.size.width - 8
        told = ["\n".join(lines_of(line, width, 3)) for line in self.lines() if line]
        self.query_one("#lines", Label).update("\n".join(told))

    @on(Button.Pressed, "#call")
    def call(self) -> None:
        self.post_message(self.Called())

    @on(Button.Pressed, "#withdraw")
    def withdraw(self) -> None:
        self.post_message(self.Withdrawn())

    def action_digit(self, digit: int) -> None:
        if digit != 1:
            return
        if self.query("#call"):
            self.call()
        elif self.query("#withdraw"):
            self.withdraw()

    @property
    def stay_seconds(self) -> float | None:
        """Whoever waits for somebody touches nothing."""
        stay = super().stay_seconds
        return 4 * stay if stay is not None and self.news is not None else stay
