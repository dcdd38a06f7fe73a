"""An open counter nobody may look at without its clerk's password; it shows nothing of citizens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Input, Static

from counter.sign_in_app import SignInApp
from counter.sign_in_dialogs import LONGEST_PASSWORD
from counter.sign_in_operations import Asked
from hall.marked import _
from hall.names import name_in, plain

if TYPE_CHECKING:
    from hall.counter_view import CounterView


class LockedScreen(Screen[None]):
    """Leaves by itself with the right password; what lies under it is as it was left."""

    app = getters.app(SignInApp)

    AUTO_FOCUS = "#password"

    asking = False
    """From the press until the answer: a password is tried once, however often Enter is pressed."""

    def __init__(self, view: CounterView, because: str) -> None:
        super().__init__()
        self.view = view
        self.because = because

    def compose(self) -> ComposeResult:
        say = self.app.say
        with Vertical(id="locked"):
            yield Static("", markup=False, id="locked-title")
            yield Static("", markup=False, id="who")
            yield Static("", markup=False, id="because")
            yield Static("", markup=False, id="whose-password")
            yield Input(password=True, max_length=LONGEST_PASSWORD, id="password")
            yield Static("", markup=False, id="trouble")
            yield Button(Content(say(_("Enter Sign in"))), variant="primary", id="sign-in")
            yield Static(
                say(_("Ctrl+Q ends the program; the counter stays as it is.")),
                markup=False,
                id="locked-keys",
            )

    def on_mount(self) -> None:
        self.fill()

    def show(self, view: CounterView) -> None:
        """Who sits there may have changed meanwhile."""
        self.view = view
        self.fill()

    def tell(self, because: str) -> None:
        self.because = because
        self.fill()

    def fill(self) -> None:
        view = self.view
        if not self.query("#who"):
            return  # it has just been pushed, and is filled when it is there
        say = self.app.say
        title = say(
            _("Counter {counter} {name}: locked"),
            counter=view.number,
            name=name_in(view.names, self.app.wording.language),
        )
        self.query_one("#locked-title", Static).update(title)
        name = view.clerk.name if view.clerk is not None else ""
        number = view.clerk.staff_number if view.clerk is not None else ""
        since = f"{view.guard.since:%H:%M}" if view.guard.since is not None else ""
        words = _("It is open with {name} {number}, since {since}; nobody else can work here.")
        self.query_one("#who", Static).update(say(words, name=name, number=number, since=since))
        whose = say(_("Password of {name} {number}:"), name=name, number=number)
        self.query_one("#whose-password", Static).update(whose)
        self.query_one("#because", Static).update(plain(self.because))

    @on(Input.Submitted)
    @on(Button.Pressed)
    def sign_in(self) -> None:
        field, clerk = self.query_one("#password", Input), self.view.clerk
        if self.asking or not field.value or clerk is None:
            return
        self.asking = True
        self.query_one("#trouble", Static).update(self.app.say(_("One moment…")))
        asked = Asked(self.view.number, clerk.staff_number, field.value)
        field.value = ""
        self.app.sign_in(asked, self.answered)

    def answered(self, trouble: str | None) -> None:
        self.asking = False
        if not self.is_attached:
            return  # the counter was closed meanwhile
        if trouble is None:
            self.dismiss()
        else:
            self.query_one("#trouble", Static).update(plain(trouble))
            self.query_one("#password").focus()
