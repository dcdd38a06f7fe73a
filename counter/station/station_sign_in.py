"""Who works at a station; covers it while nobody does, so that it shows nothing of citizens."""

from __future__ import annotations

from collections.abc import Callable

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Input, Static

from counter.sign_in.sign_in_dialogs import LONGEST_PASSWORD
from hall.accounts.stations import WORDS, Station
from hall.marked import _
from hall.names import plain
from ui.base_app import HallApp

Begin = Callable[[str, str, Callable[[str | None], None]], None]
"""Staff number, password (empty: none is asked for), and who is told how it ended: None when
somebody works here now, else why not."""


class StationSignIn(Screen[None]):
    """Leaves by itself when somebody works here; what lies under it is as it was left."""

    app = getters.app(HallApp)

    AUTO_FOCUS = None

    asking = False
    """From the press until the answer: a password is tried once, however often Enter is pressed."""

    def __init__(
        self, station: Station, asks_password: bool, typed: str, because: str, begin: Begin
    ) -> None:
        super().__init__()
        self.station = station
        self.begin = begin
        self.asks_password = asks_password
        self.typed = typed
        self.because = because

    def compose(self) -> ComposeResult:
        say = self.app.say
        with Vertical(id="sign-in-box"):
            title = say(_("Who works here?  {station}"), station=say(WORDS[self.station]))
            yield Static(title, markup=False, id="sign-in-title")
            yield Static(plain(self.because), markup=False, id="because")
            yield Static(say(_("Staff number:")), markup=False, classes="caption")
            yield Input(self.typed, max_length=40, id="staff-number")
            if self.asks_password:
                yield Static(say(_("Password:")), markup=False, classes="caption")
                yield Input(password=True, max_length=LONGEST_PASSWORD, id="password")
            yield Static("", markup=False, id="trouble")
            yield Button(Content(say(_("Enter Sign in"))), variant="primary", id="sign-in")
            yield Static(say(_("Ctrl+Q ends the program.")), markup=False, id="sign-in-keys")

    def tell(self, because: str) -> None:
        """Why nobody works here any more, when it is known later than that."""
        if because and self.is_mounted:
            self.query_one("#because", Static).update(plain(because))

    def on_mount(self) -> None:
        last = "#password" if self.asks_password and self.typed else "#staff-number"
        self.query_one(last).focus()

    @on(Input.Submitted, "#staff-number")
    def ask_password(self, event: Input.Submitted) -> None:
        if self.asks_password and event.value.strip():
            self.query_one("#password").focus()
        else:
            self.sign_in()

    @on(Input.Submitted, "#password")
    @on(Button.Pressed)
    def sign_in(self) -> None:
        staff_number = self.query_one("#staff-number", Input).value.strip()
        password = ""
        if self.asks_password:
            field = self.query_one("#password", Input)
            password = field.value
        if self.asking:
            return
        if not staff_number or (self.asks_password and not password):
            missing = _("Type the password.") if staff_number else _("Type your staff number.")
            self.complain(self.app.say(missing))
            return
        self.asking = True
        self.complain(self.app.say(_("One moment…")))
        if self.asks_password:
            field.value = ""
        self.begin(staff_number, password, self.answered)

    def complain(self, sentence: str) -> None:
        self.query_one("#trouble", Static).update(plain(sentence))

    def answered(self, trouble: str | None) -> None:
        """None: somebody works here now."""
        self.asking = False
        if not self.is_attached:
            return
        if trouble is None:
            self.dismiss()
        else:
            self.complain(trouble)
            self.query_one("#password" if self.asks_password else "#staff-number").focus()
