"""代办: a ticket for somebody who cannot take it alone, and what help is needed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Input

from counter.case_operations import Assisted
from counter.dialogs.dialog import Dialog
from counter.dialogs.matter_picker import MatterInput, MatterPicker
from counter.phrases import CLASSES, class_words
from hall.errors import Refused
from hall.marked import _
from hall.tickets.assistance_words import LONGEST, checked

if TYPE_CHECKING:
    from hall.notices.notice_view import ServiceChoice


class ClassButton(Button, can_focus=False):
    def __init__(self, priority_class: str, label: str) -> None:
        super().__init__(Content(label), id=f"class-{priority_class}", classes="kind")
        self.priority_class = priority_class


class LargePrint(Checkbox):
    BUTTON_INNER = "✓"  # on paper forms a cross means no


class AssistDialog(Dialog[Assisted]):
    """Typing narrows the matters, the arrows choose one; Enter goes on to the help, then takes."""

    BINDINGS = [Binding("f2", "large_print", show=False)]

    def __init__(self, services: tuple[ServiceChoice, ...], *, large_print: bool = False) -> None:
        """`large_print`: as this machine prints anyway."""
        super().__init__()
        self.services = services
        self.large_print = large_print
        self.priority_class = next(iter(CLASSES))

    def title_words(self) -> str:
        return self.app.say(_("Take a ticket for somebody you help"))

    def body(self) -> Iterable[Widget]:
        say = self.app.say
        with Horizontal(id="kinds"):
            for priority_class in CLASSES:
                yield ClassButton(priority_class, class_words(say, priority_class))
        yield MatterPicker([self.services])
        yield Input(
            placeholder=say(_("What help is needed; no names, no numbers")),
            max_length=LONGEST,
            id="assistance",
        )
        yield LargePrint(
            Content(say(_("F2  Slip in large print"))),
            value=self.large_print,
            compact=True,
            id="large-print",
        )

    def on_mount(self) -> None:
        self.query_one(MatterInput).focus()
        self.show_class(self.priority_class)

    # -- what is pressed

    @on(MatterInput.Turned)
    def turn(self, message: MatterInput.Turned) -> None:
        classes = list(CLASSES)
        at = classes.index(self.priority_class) + message.by
        self.show_class(classes[at % len(classes)])

    @on(Button.Pressed, ".kind")
    def choose_class(self, event: Button.Pressed) -> None:
        assert isinstance(event.button, ClassButton)
        self.show_class(event.button.priority_class)

    def show_class(self, priority_class: str) -> None:
        self.priority_class = priority_class
        for button in self.query(ClassButton):
            chosen = button.priority_class == priority_class
            button.variant = "primary" if chosen else "default"

    def action_large_print(self) -> None:
        self.query_one(LargePrint).toggle()

    @on(MatterPicker.Moved)
    def look_what_is_there(self) -> None:
        found = self.query_one(MatterPicker).picked is not None
        self.complain("" if found else self.app.say(_("No matter is called so.")))

    @on(MatterPicker.Picked)
    def on_to_the_help(self) -> None:
        if self.query_one(MatterPicker).picked is not None:
            self.query_one("#assistance").focus()

    @on(Input.Submitted, "#assistance")
    def submit(self) -> None:
        self.confirm()

    def answer(self) -> Assisted | None:
        matter = self.query_one(MatterPicker).picked
        if matter is None:
            self.complain(self.app.say(_("Choose a matter from the list.")))
            self.query_one(MatterInput).focus()
            return None
        try:
            words = checked(self.query_one("#assistance", Input).value)
        except Refused as error:
            self.complain(self.app.sentence_for(error))
            self.query_one("#assistance").focus()
            return None
        large_print = self.query_one(LargePrint).value
        return Assisted(matter.service_id, self.priority_class, words, large_print)
