"""A bulletin for the board: what it says, in two languages, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from textual import on
from textual.widget import Widget
from textual.widgets import Input, Static

from counter.dialogs.dialog import Dialog
from counter.dialogs.pause_dialog import clock_time
from hall.marked import _

LONGEST = 200
"""As `hall.announcing.bulletins` has it."""


@dataclass(frozen=True)
class NewBulletin:
    text: dict[str, str]
    until: datetime | None


class BulletinDialog(Dialog[NewBulletin]):
    """Enter goes from field to field, and puts it up from the last."""

    def __init__(self, local_now: datetime, typed: NewBulletin | None = None, trouble: str = ""):
        """`typed`, `trouble`: when it is asked again."""
        super().__init__()
        self.local_now = local_now
        self.typed = typed
        self.trouble = trouble

    def title_words(self) -> str:
        return self.app.say(_("A bulletin for everyone"))

    def body(self) -> Iterable[Widget]:
        say = self.app.say
        text = self.typed.text if self.typed is not None else {}
        until = self.typed.until if self.typed is not None else None
        yield Static(say(_("In Chinese")), markup=False, classes="caption")
        yield Input(text.get("zh", ""), max_length=LONGEST, id="zh")
        yield Static(say(_("In English (may stay empty)")), markup=False, classes="caption")
        yield Input(text.get("en", ""), max_length=LONGEST, id="en")
        caption = say(_("Until (e.g. 12:30; empty: until it is taken down)"))
        yield Static(caption, markup=False, classes="caption")
        yield Input(f"{until:%H:%M}" if until is not None else "", max_length=8, id="until")

    def on_mount(self) -> None:
        self.complain(self.trouble)
        self.query_one("#zh").focus()

    @on(Input.Submitted, "#zh")
    def on_to_english(self) -> None:
        self.query_one("#en").focus()

    @on(Input.Submitted, "#en")
    def on_to_the_end(self) -> None:
        self.query_one("#until").focus()

    @on(Input.Submitted, "#until")
    def submit(self) -> None:
        self.confirm()

    def answer(self) -> NewBulletin | None:
        text = {
            language: self.query_one(f"#{language}", Input).value.strip()
            for language in ("zh", "en")
        }
        if not text["zh"]:
            self.complain(self.app.say(_("Write what everyone is to be told.")))
            return None
        typed = self.query_one("#until", Input).value.strip()
        until = clock_time(typed, self.local_now) if typed else None
        if typed and (until is None or until <= self.local_now):
            words = _("{text} is no time later today; write HH:MM.")
            self.complain(self.app.say(words, text=typed))
            return None
        return NewBulletin({key: words for key, words in text.items() if words}, until)
