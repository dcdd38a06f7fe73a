"""Who answers for an inquiry from now on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input, OptionList

from counter.desk.desk_operations import HandedOver
from counter.dialogs.dialog import Dialog
from hall.marked import _
from ui.cells import fit

if TYPE_CHECKING:
    from hall.desk_view import Colleague

ROW_CELLS = 68


def found_by(typed: str, person: Colleague) -> bool:
    wanted = typed.strip().casefold()
    texts = (person.staff_number, person.name, person.department, person.phone)
    return any(wanted in text.casefold() for text in texts)


class ColleagueDialog(Dialog[HandedOver]):
    """Typing narrows the list, the arrows choose; Enter goes on to the words, then hands over."""

    BINDINGS = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    def __init__(
        self,
        number: str,
        people: tuple[Colleague, ...],
        chosen: HandedOver | None = None,
        trouble: str = "",
    ) -> None:
        """`chosen`, `trouble`: when it is asked again."""
        super().__init__()
        self.number = number
        self.people = people
        self.chosen = chosen
        self.trouble = trouble
        self.found = list(people)

    def title_words(self) -> str:
        return self.app.say(_("Who answers for {number} from now on?"), number=self.number)

    def body(self) -> Iterable[Widget]:
        say = self.app.say
        yield Input(placeholder=say(_("Name, department or number")), max_length=40, id="who")
        yield OptionList(markup=False)
        words = self.chosen.words if self.chosen is not None else ""
        hint = say(_("What they should know; no names or numbers of citizens"))
        yield Input(words, placeholder=hint, max_length=120, id="words")

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self.fill()
        if self.chosen is not None:
            numbers = [person.staff_number for person in self.found]
            if self.chosen.staff_number in numbers:
                at = numbers.index(self.chosen.staff_number)
                self.query_one(OptionList).highlighted = at
        self.complain(self.trouble)
        self.query_one("#words" if self.trouble else "#who").focus()

    def fill(self) -> None:
        say = self.app.say
        cells = [
            (
                person.staff_number,
                person.name,
                person.department,
                say(_("Counter {counter}"), counter=person.counter) if person.counter else "",
                person.phone,
            )
            for person in self.found
        ]
        widths = [max((cell_len(row[at]) for row in cells), default=0) for at in range(5)]
        widths[1] = min(widths[1], 16)
        widths[2] = max(0, ROW_CELLS - widths[0] - widths[1] - widths[3] - widths[4] - 8)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(
            "  ".join(fit(text, width) for text, width in zip(row, widths, strict=True))
            for row in cells
        )
        options.highlighted = 0 if self.found else None

    @on(Input.Changed, "#who")
    def narrow(self, event: Input.Changed) -> None:
        found = [person for person in self.people if found_by(event.value, person)]
        if found != self.found:
            self.found = found
            self.fill()
        self.complain("" if found else self.app.say(_("Nobody is called so.")))

    def action_move(self, step: int) -> None:
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    @on(Input.Submitted, "#who")
    @on(OptionList.OptionSelected)
    def on_to_the_words(self) -> None:
        if self.found:
            self.query_one("#words").focus()

    @on(Input.Submitted, "#words")
    def submit(self) -> None:
        self.confirm()

    def answer(self) -> HandedOver | None:
        at = self.query_one(OptionList).highlighted
        if at is None or at >= len(self.found):
            self.complain(self.app.say(_("Nobody is called so.")))
            self.query_one("#who").focus()
            return None
        words = self.query_one("#words", Input).value.strip()
        return HandedOver(self.found[at].staff_number, words)
