"""For which matter an inquiry goes on at a counter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Button

from counter.desk.desk_operations import Led
from counter.dialogs.assist_dialog import ClassButton
from counter.dialogs.dialog import Dialog
from counter.dialogs.matter_picker import MatterInput, MatterPicker
from counter.phrases import CLASSES, class_words
from hall.marked import _

if TYPE_CHECKING:
    from hall.notices.notice_view import ServiceChoice


class LeadDialog(Dialog[Led]):
    """Typing narrows the matters, the arrows choose one and the class; Enter takes the ticket."""

    def __init__(self, number: str, services: tuple[ServiceChoice, ...]) -> None:
        super().__init__()
        self.number = number
        self.services = services
        self.priority_class = next(iter(CLASSES))

    def title_words(self) -> str:
        return self.app.say(_("{number} goes on with which matter?"), number=self.number)

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="kinds"):
            for priority_class in CLASSES:
                yield ClassButton(priority_class, class_words(self.app.say, priority_class))
        yield MatterPicker([self.services])

    def on_mount(self) -> None:
        self.query_one(MatterInput).focus()
        self.show_class(self.priority_class)

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

    @on(MatterPicker.Moved)
    def look_what_is_there(self) -> None:
        found = self.query_one(MatterPicker).picked is not None
        self.complain("" if found else self.app.say(_("No matter is called so.")))

    @on(MatterPicker.Picked)
    def submit(self) -> None:
        self.confirm()

    def answer(self) -> Led | None:
        matter = self.query_one(MatterPicker).picked
        if matter is None:
            self.complain(self.app.say(_("Choose a matter from the list.")))
            self.query_one(MatterInput).focus()
            return None
        return Led(matter.service_id, self.priority_class)
