"""Where the citizen in hand goes on: to a matter, a counter or a clerk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Input, OptionList

from counter.dialogs.dialog import Dialog
from counter.transfer_operations import Kind, Transfer
from hall.marked import _
from hall.names import name_in
from ui.cells import fit

if TYPE_CHECKING:
    from hall.tickets.transfer_targets import Matter, Place, Targets

ROW_CELLS = 68
KIND_WORDS = {
    Kind.MATTER: _("To a matter"),
    Kind.COUNTER: _("To a counter"),
    Kind.CLERK: _("To a clerk"),
}
NOBODY = {
    Kind.MATTER: _("No matter of that name is taken at an open counter."),
    Kind.COUNTER: _("No open counter is called so."),
    Kind.CLERK: _("No clerk of that name sits at a counter."),
}


@dataclass(frozen=True)
class Row:
    """One target: what it is found by, what is shown, what is answered."""

    key: str
    name: str
    beside: str
    """Who or what is there."""
    found_by: tuple[str, ...]


class KindButton(Button, can_focus=False):
    def __init__(self, kind: Kind, label: str) -> None:
        super().__init__(Content(label), id=f"to-{kind.value}", classes="kind")
        self.kind = kind


class BackHere(Checkbox):
    BUTTON_INNER = "✓"  # on paper forms a cross means no


class TargetInput(Input):
    """While nothing is typed, left and right choose the kind of target."""

    def action_cursor_left(self, select: bool = False) -> None:
        if self.value or not isinstance(self.screen, TransferDialog):
            super().action_cursor_left(select)
        else:
            self.screen.turn(-1)

    def action_cursor_right(self, select: bool = False) -> None:
        if self.value or not isinstance(self.screen, TransferDialog):
            super().action_cursor_right(select)
        else:
            self.screen.turn(1)


class TransferDialog(Dialog[Transfer]):
    """Typing narrows the list, the arrows choose in it; Enter goes on to the note, then sends."""

    BINDINGS = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("f2", "back_here", show=False),
    ]

    def __init__(self, number: str, targets: Targets) -> None:
        super().__init__()
        self.number = number
        self.targets = targets
        self.kind = Kind.MATTER if targets.matters else Kind.COUNTER
        self.rows: list[Row] = []
        """Of this kind, as far as they are what was typed."""

    def title_words(self) -> str:
        return self.app.say(_("Transfer {number} to where?"), number=self.number)

    def body(self) -> Iterable[Widget]:
        say = self.app.say
        with Horizontal(id="kinds"):
            for kind in Kind:
                yield KindButton(kind, say(KIND_WORDS[kind]))
        yield TargetInput(
            placeholder=say(_("← → choose what; then ↑ ↓, or type a name or number")),
            max_length=40,
            id="target",
        )
        yield OptionList(markup=False)
        yield Input(placeholder=say(_("Note for whoever goes on")), max_length=80, id="note")
        yield BackHere(
            Content(say(_("F2  Comes back to this counter when done"))),
            compact=True,
            id="back-here",
        )

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self.query_one("#target").focus()
        self.turn(0)

    # -- what there is

    def all_rows(self) -> list[Row]:
        match self.kind:
            case Kind.MATTER:
                return [self.matter_row(matter) for matter in self.targets.matters]
            case Kind.COUNTER:
                return [self.counter_row(place) for place in self.targets.places]
            case Kind.CLERK:
                return [self.clerk_row(place) for place in self.targets.places]

    def matter_row(self, matter: Matter) -> Row:
        numbers = ", ".join(str(number) for number in matter.counters)
        return Row(
            matter.code,
            name_in(matter.names, self.app.wording.language),
            self.app.say(_("Counter {counter}"), counter=numbers),
            (matter.code, *matter.names.values(), *matter.group.values()),
        )

    def counter_row(self, place: Place) -> Row:
        state = self.app.say(_("Paused")) if place.paused else ""
        name = name_in(place.names, self.app.wording.language)
        return Row(
            str(place.counter),
            name,
            f"{place.clerk}  {state}".rstrip(),
            (str(place.counter), *place.names.values(), place.clerk),
        )

    def clerk_row(self, place: Place) -> Row:
        at = self.app.say(_("Counter {counter}"), counter=place.counter)
        state = self.app.say(_("Paused")) if place.paused else ""
        return Row(
            place.staff_number,
            place.clerk,
            f"{at}  {state}".rstrip(),
            (place.staff_number, place.clerk, str(place.counter)),
        )

    def fill(self) -> None:
        wanted = self.query_one("#target", Input).value.strip().casefold()
        self.rows = [
            row
            for row in self.all_rows()
            if any(wanted in text.casefold() for text in row.found_by)
        ]
        key, beside = (
            max((cell_len(getattr(row, of)) for row in self.rows), default=0)
            for of in ("key", "beside")
        )
        beside = min(beside, ROW_CELLS // 3)
        name = ROW_CELLS - key - beside - 4
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(
            f"{fit(row.key, key)}  {fit(row.name, name)}  {fit(row.beside, beside)}"
            for row in self.rows
        )
        options.highlighted = 0 if self.rows else None
        self.complain("" if self.rows else self.app.say(NOBODY[self.kind]))

    # -- what is pressed

    def turn(self, by: int) -> None:
        kinds = list(Kind)
        self.show_kind(kinds[(kinds.index(self.kind) + by) % len(kinds)])

    @on(Button.Pressed, ".kind")
    def choose_kind(self, event: Button.Pressed) -> None:
        assert isinstance(event.button, KindButton)
        self.show_kind(event.button.kind)

    def show_kind(self, kind: Kind) -> None:
        self.kind = kind
        for button in self.query(KindButton):
            button.variant = "primary" if button.kind is kind else "default"
        self.fill()

    @on(Input.Changed, "#target")
    def narrow(self) -> None:
        self.fill()

    def action_move(self, step: int) -> None:
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_back_here(self) -> None:
        self.query_one(BackHere).toggle()

    @on(Input.Submitted, "#target")
    @on(OptionList.OptionSelected)
    def on_to_the_note(self) -> None:
        if self.rows:
            self.query_one("#note").focus()

    @on(Input.Submitted, "#note")
    def submit(self) -> None:
        self.confirm()

    def answer(self) -> Transfer | None:
        at = self.query_one(OptionList).highlighted
        if at is None or at >= len(self.rows):
            self.complain(self.app.say(NOBODY[self.kind]))
            self.query_one("#target").focus()
            return None
        row = self.rows[at]
        return Transfer(
            self.kind,
            row.key,
            row.key if self.kind is Kind.COUNTER else row.name,
            self.query_one("#note", Input).value.strip(),
            self.query_one(BackHere).value,
        )
