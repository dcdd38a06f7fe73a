"""Who sits down at a closed counter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from counter.dialog import Dialog
from hall.marked import _
from hall.names import name_in

if TYPE_CHECKING:
    from hall.counter_view import CounterView, Person


class PersonButton(Button):
    def __init__(self, person: Person, label: str) -> None:
        super().__init__(Content(label), classes="person")
        self.person = person


class OpeningDialog(Dialog[str]):
    """Answers with a staff number. It is not left: a closed counter has nothing else to do."""

    BINDINGS = [
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, view: CounterView, typed: str = "", trouble: str = "") -> None:
        super().__init__()
        self.view = view
        self.typed = typed
        self.trouble = trouble

    def title_words(self) -> str:
        return self.app.say(
            _("Counter {counter} {name} is closed. Who opens it?"),
            counter=self.view.number,
            name=name_in(self.view.names, self.app.wording.language),
        )

    def body(self) -> Iterable[Widget]:
        say = self.app.say
        if self.view.primary is not None:
            yield self.button_for(self.view.primary, _("A  {name}  {number}"))
        if self.view.standby is not None:
            yield self.button_for(self.view.standby, _("B  {name}  {number}"))
        yield Static(say(_("Or type the staff number:")), markup=False, classes="caption")
        yield Input(self.typed, max_length=40, id="staff-number")

    def button_for(self, person: Person, words: str) -> PersonButton:
        label = self.app.say(words, name=person.name, number=person.staff_number)
        return PersonButton(person, label)

    def confirm_words(self) -> str:
        return self.app.say(_("Enter Open the counter"))

    def can_leave(self) -> bool:
        return False

    def on_mount(self) -> None:
        self.complain(self.trouble)
        people = self.query(PersonButton)
        if people and not self.typed:
            people.first().focus()
        else:
            self.query_one("#staff-number").focus()

    def answer(self) -> str | None:
        typed = self.query_one("#staff-number", Input).value.strip()
        if typed:
            return typed
        self.complain(self.app.say(_("Type a staff number or choose a name.")))
        return None

    @on(Input.Submitted)
    def submit(self) -> None:
        self.confirm()

    @on(Button.Pressed, ".person")
    def choose(self, event: Button.Pressed) -> None:
        assert isinstance(event.button, PersonButton)
        self.dismiss(event.button.person.staff_number)
