"""Who sits down at a closed counter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual import events, on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from counter.dialogs.dialog import Dialog
from counter.sign_in.sign_in_dialogs import LONGEST_PASSWORD
from hall.marked import _
from hall.names import name_in

if TYPE_CHECKING:
    from hall.counters.counter_view import CounterView, Person


LEFT_OPEN = _(
    "It was left open on an earlier day, since {since}, and was closed as the day began. Open it "
    "again to work."
)


@dataclass(frozen=True)
class Opening:
    staff_number: str
    password: str = field(default="", repr=False)
    """Empty where accounts are not in force."""


class PersonButton(Button):
    def __init__(self, person: Person, label: str) -> None:
        super().__init__(Content(label), classes="person")
        self.person = person


class OpeningDialog(Dialog[Opening]):
    """It is not left: a closed counter has nothing else to do."""

    BINDINGS = [
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, view: CounterView, typed: str = "", trouble: str = "") -> None:
        super().__init__()
        self.view = view
        self.asks_password = view.guard.in_force
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
        since = self.view.left_open_since
        if since is not None:
            words = say(LEFT_OPEN, since=f"{since:%m-%d %H:%M}")
            yield Static(words, markup=False, id="left-open")
        if self.view.primary is not None:
            yield self.button_for(self.view.primary, _("A  {name}  {number}"))
        if self.view.standby is not None:
            yield self.button_for(self.view.standby, _("B  {name}  {number}"))
        yield Static(say(_("Or type the staff number:")), markup=False, classes="caption")
        yield Input(self.typed, max_length=40, id="staff-number")
        if self.asks_password:
            yield Static(say(_("Password:")), markup=False, classes="caption")
            yield Input(password=True, max_length=LONGEST_PASSWORD, id="password")

    def button_for(self, person: Person, words: str) -> PersonButton:
        label = self.app.say(words, name=person.name, number=person.staff_number)
        return PersonButton(person, label)

    def confirm_words(self) -> str:
        return self.app.say(_("Enter Open the counter"))

    def can_leave(self) -> bool:
        return False

    def on_mount(self) -> None:
        if not self.query("#trouble"):
            return  # the program ended in the same moment
        self.complain(self.trouble)
        people = self.query(PersonButton)
        if self.typed:
            self.query_one("#password" if self.asks_password else "#staff-number").focus()
        elif people:
            people.first().focus()
        else:
            self.query_one("#staff-number").focus()

    def tell(self, trouble: str) -> None:
        self.trouble = trouble
        if self.query("#trouble"):  # else it has just been pushed, and tells when it is there
            self.complain(trouble)

    def on_key(self, event: events.Key) -> None:
        """Who types a number over a name means the number: not the name below the highlight."""
        typed = event.character
        if isinstance(self.focused, PersonButton) and typed is not None and typed.isalnum():
            event.stop()
            field = self.query_one("#staff-number", Input)
            field.select_on_focus = False  # the next character would replace this one
            field.focus()
            field.insert_text_at_cursor(typed)

    def answer(self) -> Opening | None:
        typed = self.query_one("#staff-number", Input).value.strip()
        if not typed:
            self.complain(self.app.say(_("Type a staff number or choose a name.")))
            return None
        if not self.asks_password:
            return Opening(typed)
        password = self.query_one("#password", Input).value
        if not password:
            self.complain(self.app.say(_("Type the password.")))
            self.query_one("#password").focus()
            return None
        return Opening(typed, password)

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        if self.asks_password and event.input.id == "staff-number" and event.value.strip():
            self.query_one("#password").focus()
        else:
            self.confirm()

    @on(Button.Pressed, ".person")
    def choose(self, event: Button.Pressed) -> None:
        assert isinstance(event.button, PersonButton)
        staff_number = event.button.person.staff_number
        if self.asks_password:
            self.query_one("#staff-number", Input).value = staff_number
            self.query_one("#password").focus()
        else:
            self.dismiss(Opening(staff_number))
