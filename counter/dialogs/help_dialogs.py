"""Calling the duty manager, raising the alarm, asking leave to pause, and taking it back."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, OptionList, Static

from counter.dialogs.dialog import Dialog
from counter.dialogs.reason_dialog import ReasonDialog
from counter.dialogs.reason_picker import ReasonPicker
from hall.marked import _

if TYPE_CHECKING:
    from counter.dialogs.pause_dialog import Pause
    from hall.counters.help_requests import Help


class DutyManagerDialog(ReasonDialog):
    usual = (
        _("A citizen complains or is upset"),
        _("A matter I may not decide"),
        _("The system or a device does not work"),
        _("Somebody must relieve me"),
        _("Please come"),
    )

    def title_words(self) -> str:
        return self.app.say(_("What is the duty manager called for?"))

    def confirm_words(self) -> str:
        return self.app.say(_("Enter Call"))


class EmergencyDialog(Dialog[str]):
    """Chosen with Enter, raised with U: no key alone does both, however often it is pressed."""

    BINDINGS = [Binding("u,U", "raise_alarm", show=False)]

    usual = (
        _("Somebody is ill"),
        _("A dispute, somebody is threatened"),
        _("Fire or other danger"),
        _("Danger from a device"),
    )

    def __init__(self, settle_seconds: float = 0.0) -> None:
        """`settle_seconds`: a click sooner after the choice is the choice's own second click."""
        super().__init__()
        self.settle_seconds = settle_seconds
        self.chosen = ""
        self.chosen_at = 0.0

    def title_words(self) -> str:
        return self.app.say(_("Emergency: what has happened?"))

    def body(self) -> Iterable[Widget]:
        yield ReasonPicker([self.app.say(words) for words in self.usual])

    def confirm_words(self) -> str:
        return self.app.say(_("Enter Choose"))

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    @on(ReasonPicker.Chosen)
    def choose(self) -> None:
        picker = self.query_one(ReasonPicker)
        self.chosen, self.chosen_at = picker.reason, time.monotonic()
        picker.disabled = True
        button = self.query_one("#confirm", Button)
        button.label = Content(self.app.say(_("U Raise the alarm")))
        button.variant = "error"
        words = _("Everyone on duty will be told: {what}. Press U to raise the alarm.")
        self.complain(self.app.say(words, what=self.chosen))
        # Enter, pressed once more, must find nothing to press.
        self.call_after_refresh(self.set_focus, None)

    def answer(self) -> str | None:
        if self.chosen:
            settled = time.monotonic() - self.chosen_at >= self.settle_seconds
            return self.chosen if settled else None
        if self.query_one(ReasonPicker).reason:
            self.choose()
        else:
            self.complain(self.app.say(_("Say what has happened.")))
        return None

    def action_raise_alarm(self) -> None:
        if self.chosen:
            self.dismiss(self.chosen)


class AskLeaveDialog(Dialog["Pause"]):
    """The last open counter of a matter may not pause by itself; the duty manager may let it."""

    def __init__(self, pause: Pause, refusal: str) -> None:
        """`refusal`: why it may not."""
        super().__init__()
        self.pause = pause
        self.refusal = refusal

    def title_words(self) -> str:
        return self.app.say(_("Ask the duty manager for leave to pause?"))

    def body(self) -> Iterable[Widget]:
        say, pause = self.app.say, self.pause
        yield Static(self.refusal, markup=False, classes="explanation")
        if pause.until is None:
            asked = say(_("Asked for: {reason}, until you come back."), reason=pause.reason)
        else:
            asked = say(
                _("Asked for: {reason}, until {until}."),
                reason=pause.reason,
                until=f"{pause.until:%H:%M}",
            )
        yield Static(asked, markup=False, classes="explanation", id="asked-for")
        yield Static(
            say(_("Go on working; with leave, the counter pauses by itself.")),
            markup=False,
            classes="explanation",
        )

    def confirm_words(self) -> str:
        return self.app.say(_("Enter Ask"))

    def on_mount(self) -> None:
        self.query_one("#confirm").focus()

    def answer(self) -> Pause | None:
        return self.pause


TAKE_BACK = {
    "duty_manager": _("The duty manager was called at {time}: {why}. Take it back?"),
    "emergency": _("The alarm was raised at {time}: {why}. Is it over?"),
    "pause": _("Leave to pause was asked at {time}: {why}. Take it back?"),
}


class TakeBackDialog(Dialog[int]):
    """Answers with the id of the call for help, when it is to be taken back."""

    def __init__(self, asked: Help) -> None:
        super().__init__()
        self.asked = asked

    def title_words(self) -> str:
        asked = self.asked
        return self.app.say(TAKE_BACK[asked.kind], time=f"{asked.asked_at:%H:%M}", why=asked.words)

    def body(self) -> Iterable[Widget]:
        words = _("Nobody has answered yet. Esc: go on waiting for the answer.")
        yield Static(self.app.say(words), markup=False, classes="explanation")

    def confirm_words(self) -> str:
        return self.app.say(_("Enter Take back"))

    def on_mount(self) -> None:
        self.query_one("#confirm").focus()

    def answer(self) -> int | None:
        return self.asked.id
