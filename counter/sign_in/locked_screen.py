"""An open counter nobody may look at without its clerk's password; it shows nothing of citizens.

The post's other person may take it over with the own password.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Input, Static

from counter.sign_in.sign_in_app import SignInApp
from counter.sign_in.sign_in_dialogs import LONGEST_PASSWORD
from counter.sign_in.sign_in_operations import Asked
from hall.marked import _
from hall.names import name_in, plain

if TYPE_CHECKING:
    from hall.counters.counter_view import CounterView, Person


OTHER = _("F2 {name} {number} takes over here")
OPEN_WITH = _("It is open with {name} {number}, since {since}.")
TAKING = _("{name} {number} is signed off here; what waits for the counter goes on waiting for it.")


class LockedScreen(Screen[None]):
    """Leaves by itself with the right password; what lies under it is as it was left."""

    app = getters.app(SignInApp)

    AUTO_FOCUS = "#password"
    BINDINGS = [Binding("f2", "other_person", show=False)]

    asking = False
    """From the press until the answer: a password is tried once, however often Enter is pressed."""

    def __init__(self, view: CounterView, because: str) -> None:
        super().__init__()
        self.view = view
        self.because = because
        self.relieving = False
        """Whose password is asked: the other person's, not the clerk's who sits there."""

    @property
    def other(self) -> Person | None:
        """Who may take over: the post's B while A sits there, or A while B does."""
        view = self.view
        number = view.clerk.staff_number if view.clerk is not None else ""
        pair = [one for one in (view.primary, view.standby) if one is not None]
        if number not in [one.staff_number for one in pair]:
            return None
        return next((one for one in pair if one.staff_number != number), None)

    @property
    def asked_person(self) -> Person | None:
        return self.other if self.relieving else self.view.clerk

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
            yield Button("", id="other-person")
            yield Static(
                say(_("Ctrl+Q ends the program; the counter stays as it is.")),
                markup=False,
                id="locked-keys",
            )

    def on_mount(self) -> None:
        self.fill()

    def show(self, view: CounterView) -> None:
        """Who sits there may have changed meanwhile."""
        if view.clerk != self.view.clerk:
            self.relieving = False
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
        if self.relieving:
            words = TAKING
        elif self.other is not None:
            words = OPEN_WITH
        self.query_one("#who", Static).update(say(words, name=name, number=number, since=since))
        asked, other = self.asked_person, self.other
        whose = ""
        if asked is not None:
            words = _("Password of {name} {number}:")
            whose = say(words, name=asked.name, number=asked.staff_number)
        self.query_one("#whose-password", Static).update(whose)
        button = self.query_one("#other-person", Button)
        button.display = other is not None
        if other is not None and view.clerk is not None:
            to = view.clerk if self.relieving else other
            words = _("F2 Back to {name} {number}") if self.relieving else OTHER
            button.label = Content(say(words, name=to.name, number=to.staff_number))
        self.query_one("#because", Static).update(plain(self.because))

    @on(Button.Pressed, "#other-person")
    def action_other_person(self) -> None:
        if self.asking or self.other is None:
            return
        self.relieving = not self.relieving
        field = self.query_one("#password", Input)
        field.value = ""  # it was meant for the other one
        self.query_one("#trouble", Static).update("")
        self.fill()
        field.focus()

    @on(Input.Submitted)
    @on(Button.Pressed, "#sign-in")
    def sign_in(self) -> None:
        field, person = self.query_one("#password", Input), self.asked_person
        if self.asking or person is None:
            return
        if not field.value:
            self.query_one("#trouble", Static).update(self.app.say(_("Type the password.")))
            return
        self.asking = True
        self.query_one("#trouble", Static).update(self.app.say(_("One moment…")))
        asked = Asked(self.view.number, person.staff_number, field.value)
        field.value = ""
        self.app.sign_in(asked, partial(self.answered, relieved=self.relieving))

    def answered(self, trouble: str | None, *, relieved: bool) -> None:
        self.asking = False
        if not self.is_attached:
            return  # the counter was closed meanwhile
        if trouble is not None:
            self.query_one("#trouble", Static).update(plain(trouble))
            self.query_one("#password").focus()
        elif relieved:
            # What the clerk before has left open under the lock is nobody else's to go on with.
            for _screen in self.app.screen_stack[1:]:
                self.app.pop_screen()
        else:
            self.dismiss()
