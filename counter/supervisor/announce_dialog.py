"""What is spoken to everyone in the hall."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Static

from counter.dialogs.dialog import Dialog
from hall.announcing.prepared_texts import HEADLINES, TEXTS
from hall.marked import _
from hall.names import Names, name_in

LONGEST = 200
"""As `hall.announcing.bulletins` has it."""

TITLES = {
    "evacuate": _("Leave the hall calmly"),
    "stay": _("Stay where you are"),
    "interrupted": _("Service is interrupted"),
    "resumed": _("Service goes on"),
    "closing": _("No more numbers soon"),
    "lost_child": _("A lost child at the desk"),
    "doctor": _("Is there a doctor"),
}


@dataclass(frozen=True)
class Announced:
    texts: Names
    emergency: str
    """Its code; it stands and is said until it is taken down. "": said once."""


class AnnounceDialog(Dialog[Announced]):
    """Chosen with Enter, spoken with Y: no key alone does both, however often it is pressed."""

    SETTLE_S = 1.0
    """A click sooner after the choice is the choice's own second click."""

    BINDINGS = [Binding("y,Y", "speak", show=False)]

    chosen: Announced | None = None

    def title_words(self) -> str:
        return self.app.say(_("Speak to everyone in the hall"))

    def body(self) -> Iterable[Widget]:
        say = self.app.say
        titles = [
            f"{say(TITLES[code])}  {say(_('(until taken down)'))}"
            if code in HEADLINES
            else say(TITLES[code])
            for code in TEXTS
        ]
        yield OptionList(*titles, say(_("In my own words…")), markup=False)
        yield Static("", markup=False, id="text")
        hint = say(_("In Chinese"))
        yield Input(placeholder=hint, max_length=LONGEST, id="zh", disabled=True)
        hint = say(_("In English (may stay empty)"))
        yield Input(placeholder=hint, max_length=LONGEST, id="en", disabled=True)

    def confirm_words(self) -> str:
        return self.app.say(_("Enter Choose"))

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.highlighted = 0
        options.focus()

    @on(OptionList.OptionHighlighted)
    def show_text(self, event: OptionList.OptionHighlighted) -> None:
        own = event.option_index >= len(TEXTS)
        words = "" if own else name_in(list(TEXTS.values())[event.option_index], "zh")
        self.query_one("#text", Static).update(words)
        for field in ("#zh", "#en"):
            self.query_one(field).disabled = not own
            self.query_one(field).display = own

    @on(OptionList.OptionSelected)
    def take(self, event: OptionList.OptionSelected) -> None:
        if event.option_index >= len(TEXTS):
            self.query_one("#zh").focus()
        else:
            self.confirm()

    @on(Input.Submitted, "#zh")
    def on_to_english(self) -> None:
        self.query_one("#en").focus()

    @on(Input.Submitted, "#en")
    def submit(self) -> None:
        self.confirm()

    def announced(self) -> Announced:
        at = self.query_one(OptionList).highlighted
        if at is not None and at < len(TEXTS):
            code = list(TEXTS)[at]
            return Announced(TEXTS[code], code if code in HEADLINES else "")
        typed = {key: self.query_one(f"#{key}", Input).value.strip() for key in ("zh", "en")}
        return Announced({language: words for language, words in typed.items() if words}, "")

    def answer(self) -> Announced | None:
        if self.chosen is not None:
            return self.chosen
        chosen = self.announced()
        if not chosen.texts.get("zh"):
            self.complain(self.app.say(_("Write what everyone is to be told.")))
            return None
        self.chosen = chosen
        for widget in (*self.query(OptionList), *self.query(Input)):
            widget.disabled = True
        self.query_one("#text", Static).update("\n".join(chosen.texts.values()))
        button = self.query_one("#confirm", Button)
        button.label = Content(self.app.say(_("Y Speak")))
        button.variant = "error"
        button.disabled = True
        self.set_timer(self.SETTLE_S, self.let_click)
        words = _("Everyone in the hall will hear and read this. Press Y to speak.")
        self.complain(self.app.say(words))
        self.call_after_refresh(self.set_focus, None)
        return None

    def let_click(self) -> None:
        self.query_one("#confirm", Button).disabled = False

    def action_speak(self) -> None:
        if self.chosen is not None:
            self.dismiss(self.chosen)
