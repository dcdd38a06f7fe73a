"""办件: what a visit is about, matter by matter; each is kept as soon as it is entered."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, OptionList, Static

from counter import case_operations
from counter.dialogs.dialog import Dialog
from counter.dialogs.matter_picker import MatterInput, MatterPicker
from counter.operations import Told
from counter.phrases import RESULTS, result_words
from counter.sign_in import sign_in_operations
from counter.sign_in.sign_in_app import SignInApp
from db.faults import DatabaseFault
from hall.errors import Refused
from hall.marked import _
from hall.names import name_in
from ui.cells import fit

if TYPE_CHECKING:
    from hall.cases.case_view import Matter, Matters, RecordedMatter
    from hall.open_hall import OpenHall

ROW_CELLS = 68
RESULT_CELLS = 10


class ResultButton(Button, can_focus=False):
    def __init__(self, result: str, label: str) -> None:
        super().__init__(Content(label), id=f"result-{result}", classes="kind")
        self.result = result


class MattersDialog(Dialog[Told]):
    """Enter records the matter that is chosen, F8 strikes one out; answers what was done last."""

    app = getters.app(SignInApp)

    BINDINGS = [Binding("f8,delete", "strike", show=False)]

    @dataclass
    class MattersRead(Message):
        matters: Matters
        told: Told | None

    @dataclass
    class NotDone(Message):
        sentence: str
        told: Told | None
        """What was done all the same, before the rest could not be read."""

    def __init__(self, counter: int, ticket_id: int, number: str) -> None:
        """Of the citizen in hand."""
        super().__init__()
        self.counter = counter
        self.ticket_id = ticket_id
        self.number = number
        self.matters: Matters | None = None
        self.result = ""
        self.told: Told | None = None
        self.busy = False
        """Until what was pressed is done, no other press counts."""
        self.done_at = 0.0

    def title_words(self) -> str:
        return self.app.say(_("What is the visit of {number} about?"), number=self.number)

    def body(self) -> Iterable[Widget]:
        yield OptionList(markup=False, id="recorded")
        yield Static("", markup=False, id="by-itself")
        with Horizontal(id="kinds"):
            for result in RESULTS:
                yield ResultButton(result, result_words(self.app.say, result))
        yield MatterPicker()
        yield Static(
            self.app.say(_("↑ ↓ matter  ← → result  Tab recorded ones  F8 strikes one out")),
            markup=False,
            id="matter-keys",
        )

    def confirm_words(self) -> str:
        return self.app.say(_("Enter Record"))

    def leave_words(self) -> str:
        return self.app.say(_("Esc Back"))

    def when_left(self) -> Told | None:
        return self.told

    def on_mount(self) -> None:
        self.query_one(MatterInput).focus()
        self.begin(None)

    # -- what is known

    def begin(self, operation: Callable[[OpenHall], Told] | None) -> None:
        hall = self.app.hall
        if hall is not None and not self.busy:
            self.busy = True
            self.carry_out(hall, operation)

    @work(thread=True, group="verb")
    def carry_out(self, hall: OpenHall, operation: Callable[[OpenHall], Told] | None) -> None:
        told = None
        try:
            told = None
            if operation is not None:
                seat = self.app.seat
                told = sign_in_operations.as_signed_in(hall, self.counter, seat, operation)
            matters = case_operations.matters(hall, self.counter, self.ticket_id)
        except (Refused, DatabaseFault) as error:
            self.post_message(self.NotDone(self.app.sentence_for(error), told))
        else:
            self.post_message(self.MattersRead(matters, told))

    @on(MattersRead)
    def show(self, message: MattersRead) -> None:
        self.busy = False
        self.matters = message.matters
        if message.told is not None:
            self.told = message.told
            self.done_at = time.monotonic()
        self.show_recorded(message.matters)
        self.show_by_itself(message.matters)
        self.query_one(MatterPicker).offer(
            [[message.matters.own], message.matters.of_counter, message.matters.others]
        )
        self.complain("")

    @on(NotDone)
    def tell_why_not(self, message: NotDone) -> None:
        self.busy = False
        if message.told is not None:
            self.told, self.matters = message.told, None  # Enter reads again before it records
        self.complain(message.sentence)

    def show_recorded(self, matters: Matters) -> None:
        options = self.query_one("#recorded", OptionList)
        options.clear_options()
        options.add_options([self.recorded_row(one) for one in matters.recorded])
        options.display = bool(matters.recorded)
        if matters.recorded:
            options.highlighted = len(matters.recorded) - 1
            options.scroll_to_highlight()
        elif options.has_focus:
            self.query_one(MatterInput).focus()

    def recorded_row(self, recorded: RecordedMatter) -> str:
        say, matter = self.app.say, recorded.matter
        beside = "" if recorded.own else say(_("Counter {counter}"), counter=recorded.counter)
        if recorded.first_handler:
            first = say(_("first handled by {clerk}"), clerk=recorded.first_handler)
            beside = f"{beside} {first}".lstrip()
        result = fit(result_words(say, matter.result), RESULT_CELLS)
        name = f"{matter.code} {name_in(matter.names, self.app.wording.language)}"
        return fit(f"✓ {result}  {name}  {beside}".rstrip(), ROW_CELLS)

    def show_by_itself(self, matters: Matters) -> None:
        alone = matters.by_itself
        line = self.query_one("#by-itself", Static)
        line.display = alone is not None
        if alone is not None:
            line.update(
                self.app.say(
                    _("Without an entry {service} counts by itself at the end: {result}."),
                    service=f"{alone.code} {name_in(alone.names, self.app.wording.language)}",
                    result=result_words(self.app.say, alone.result),
                )
            )

    # -- what is chosen

    @on(MatterPicker.Moved)
    def show_its_usual_result(self) -> None:
        picked = self.picked()
        if picked is not None:
            self.show_result(picked.result)
            self.complain("")
        elif self.matters is not None:
            self.complain(self.app.say(_("No matter is called so.")))

    def picked(self) -> Matter | None:
        at = self.query_one(MatterPicker).picked
        everything = (
            [self.matters.own, *self.matters.of_counter, *self.matters.others]
            if self.matters is not None
            else []
        )
        return next((one for one in everything if one is at), None)

    @on(MatterInput.Turned)
    def turn(self, message: MatterInput.Turned) -> None:
        results = list(RESULTS)
        if self.result in results:
            self.show_result(results[(results.index(self.result) + message.by) % len(results)])

    @on(Button.Pressed, ".kind")
    def choose_result(self, event: Button.Pressed) -> None:
        assert isinstance(event.button, ResultButton)
        self.show_result(event.button.result)

    def show_result(self, result: str) -> None:
        self.result = result
        for button in self.query(ResultButton):
            button.variant = "primary" if button.result == result else "default"

    # -- what is done

    @on(MatterPicker.Picked)
    def submit(self) -> None:
        self.confirm()

    def answer(self) -> None:
        """Recording ends nothing: the citizen may have more."""
        picked = self.picked()
        if self.matters is None:
            self.begin(None)
        elif picked is None:
            self.complain(self.app.say(_("Choose a matter from the list.")))
        elif self.too_soon():
            self.complain(self.app.say(_("That was quick: press again if it is one more matter.")))
        else:
            self.begin(
                partial(
                    case_operations.record,
                    counter=self.counter,
                    ticket_id=self.ticket_id,
                    service_id=picked.service_id,
                    result=self.result,
                )
            )

    def too_soon(self) -> bool:
        """A key pressed twice was meant once."""
        hall = self.app.hall
        settle_s = hall.settings.counter.settle_seconds if hall is not None else 0.0
        return time.monotonic() - self.done_at < settle_s

    @on(OptionList.OptionSelected, "#recorded")
    def look_only(self, event: OptionList.OptionSelected) -> None:
        event.stop()

    def action_strike(self) -> None:
        recorded = self.matters.recorded if self.matters is not None else ()
        options = self.query_one("#recorded", OptionList)
        if options.has_focus and options.highlighted is not None:
            chosen = recorded[options.highlighted]
        else:
            own = [one for one in recorded if one.own]
            if not own:
                self.complain(self.app.say(_("Nothing is recorded here yet.")))
                return
            chosen = own[-1]
        if self.too_soon():
            self.complain(self.app.say(_("That was quick: press again to strike out one more.")))
            return
        self.begin(
            partial(
                case_operations.strike,
                counter=self.counter,
                ticket_id=self.ticket_id,
                case_id=chosen.case_id,
            )
        )
