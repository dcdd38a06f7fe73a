"""The top row: the hall, the counter, who sits there, its state and the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal

from counter.phrases import STATES
from hall.marked import _
from hall.names import name_in
from ui.base_app import HallApp
from ui.steady_text import SteadyText

if TYPE_CHECKING:
    from hall.counters.counter_view import CounterView


class HallBar(Horizontal):
    app = getters.app(HallApp)

    def compose(self) -> ComposeResult:
        yield SteadyText("", markup=False, id="hall-name")
        yield SteadyText("", markup=False, id="counter-name")
        yield SteadyText("", markup=False, id="clerk-name")
        yield SteadyText("", markup=False, id="counter-state")
        yield SteadyText("", markup=False, id="clock")

    def show(self, view: CounterView) -> None:
        say, language = self.app.say, self.app.wording.language
        self.query_one("#hall-name", SteadyText).update(name_in(view.hall, language))
        self.query_one("#counter-name", SteadyText).update(
            say(_("Counter {counter}"), counter=view.number) + " " + name_in(view.names, language)
        )
        clerk = f"{view.clerk.name} {view.clerk.staff_number}" if view.clerk else ""
        self.query_one("#clerk-name", SteadyText).update(clerk)
        state = self.query_one("#counter-state", SteadyText)
        state.update(say(STATES[view.state]))
        state.set_classes(f"-{view.state}")

    def tick(self) -> None:
        hall = self.app.hall
        if hall is not None:
            local = hall.rules.local(hall.now())
            # Once a second, on every screen of the hall: nothing else has to be laid out anew.
            self.query_one("#clock", SteadyText).update(f"{local:%H:%M:%S}", layout=False)
