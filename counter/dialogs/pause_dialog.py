"""Why the counter pauses, and until when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from textual import on
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from counter.dialogs.dialog import Dialog
from counter.dialogs.reason_picker import ReasonPicker
from hall.counters.pause_reasons import PAUSE_REASONS
from hall.marked import _

CLOCK = re.compile(r"(\d{1,2})[:：.．]?(\d{2})")


@dataclass(frozen=True)
class Pause:
    reason: str
    until: datetime | None


def clock_time(text: str, now: datetime) -> datetime | None:
    """The moment of "12:30", "0930" or "１２：３０" on the day of `now`; None for anything else.

    `now` is the hall's local time.
    """
    found = CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2])
    if hour > 23 or minute > 59:
        return None
    return now.replace(hour=hour, minute=minute, second=0, microsecond=0)


class PauseDialog(Dialog[Pause]):
    def __init__(self, local_now: datetime) -> None:
        super().__init__()
        self.local_now = local_now

    def title_words(self) -> str:
        return self.app.say(_("Pause the counter"))

    def body(self) -> Iterable[Widget]:
        yield ReasonPicker([self.app.say(words) for words in PAUSE_REASONS.values()])
        yield Static(
            self.app.say(_("Until (e.g. 12:30; empty: until I come back)")),
            markup=False,
            classes="caption",
        )
        yield Input(max_length=8, id="until")

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    @on(ReasonPicker.Chosen)
    def ask_until(self) -> None:
        self.query_one("#until").focus()

    @on(Input.Submitted, "#until")
    def submit(self) -> None:
        self.confirm()

    def answer(self) -> Pause | None:
        reason = self.query_one(ReasonPicker).reason
        if not reason:
            self.complain(self.app.say(_("Say why.")))
            return None
        typed = self.query_one("#until", Input).value.strip()
        if not typed:
            return Pause(reason, None)
        until = clock_time(typed, self.local_now)
        if until is None:
            self.complain(self.app.say(_("Write the time as 12:30, or leave it empty.")))
            return None
        if until <= self.local_now:
            self.complain(self.app.say(_("{time} has passed already."), time=f"{until:%H:%M}"))
            return None
        return Pause(reason, until)
