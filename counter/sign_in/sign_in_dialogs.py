"""What signing in may ask besides: a password of one's own, and why to take over."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Input, Static

from counter.dialogs.dialog import Dialog
from counter.dialogs.reason_dialog import ReasonDialog
from hall.accounts.take_over_reasons import TAKE_OVER_REASONS
from hall.marked import _

LONGEST_PASSWORD = 128


class NewPasswordDialog(Dialog[str]):
    """Answers with a password written twice alike; whether it is fit is decided by the hall."""

    def __init__(self, least: int, trouble: str) -> None:
        super().__init__()
        self.least = least
        self.trouble = trouble

    def title_words(self) -> str:
        return self.app.say(_("Choose a password of your own"))

    def body(self) -> Iterable[Widget]:
        say = self.app.say
        rule = _("At least {least} characters; not your staff number, not the one you had.")
        yield Static(say(rule, least=self.least), markup=False, id="rule")
        yield Static(say(_("New password:")), markup=False, classes="caption")
        yield Input(password=True, max_length=LONGEST_PASSWORD, id="new-password")
        yield Static(say(_("Once more:")), markup=False, classes="caption")
        yield Input(password=True, max_length=LONGEST_PASSWORD, id="again")

    def on_mount(self) -> None:
        self.complain(self.trouble)
        self.query_one("#new-password").focus()

    @on(Input.Submitted, "#new-password")
    def ask_again(self) -> None:
        self.query_one("#again").focus()

    @on(Input.Submitted, "#again")
    def submit(self) -> None:
        self.confirm()

    def answer(self) -> str | None:
        new = self.query_one("#new-password", Input)
        again = self.query_one("#again", Input)
        if new.value and new.value == again.value:
            return new.value
        words = _("The two are not alike; write both again.") if new.value else _("Write it twice.")
        self.complain(self.app.say(words))
        new.value = again.value = ""
        new.focus()
        return None


class TakeOverDialog(ReasonDialog):
    usual = tuple(TAKE_OVER_REASONS.values())

    def __init__(self, where: str) -> None:
        """`where` tells where the clerk is signed in, and since when."""
        super().__init__()
        self.where = where

    def title_words(self) -> str:
        return self.where

    def explanation(self) -> str:
        return self.app.say(_("Go on here? The other counter is closed then. Say why:"))
