"""The citizen in hand, largest of all; with empty hands, who waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from counter.phrases import class_words, language_words, length_words, stopwatch
from hall.marked import _
from hall.names import name_in
from ui.base_app import HallApp
from ui.big_text import BigText

if TYPE_CHECKING:
    from hall.counter_view import CitizenInHand, CounterView


class InHandPanel(Vertical):
    """`show` takes what is known, `tick` the time."""

    app = getters.app(HallApp)

    view: CounterView | None = None

    def compose(self) -> ComposeResult:
        yield Static("", markup=False, id="headline")
        yield BigText(id="number")
        yield Static("", markup=False, id="service")
        yield Static("", markup=False, id="particulars")
        yield Static("", markup=False, id="my-day")

    def show(self, view: CounterView, now: datetime) -> None:
        self.view = view
        citizen = view.in_hand
        mood = citizen.state if citizen else "paused" if view.state == "paused" else "idle"
        self.set_classes(f"-{mood}")
        if citizen is not None:
            number, service = citizen.number, name_in(citizen.service, self.app.wording.language)
        elif view.state == "paused":
            number, service = self.app.say(_("Paused")), view.pause_reason or ""
        else:
            number, service = str(view.waiting), self.app.say(_("waiting for this counter"))
        self.query_one(BigText).show(number)
        self.query_one("#service", Static).update(service)
        self.query_one("#my-day", Static).update(self.day_words(view))
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """What changes with the time alone."""
        view = self.view
        if view is None:
            return
        headline, particulars = (
            (self.citizen_headline(view.in_hand, view.calls_needed, now), self.about(view.in_hand))
            if view.in_hand is not None
            else self.empty_handed(view, now)
        )
        self.query_one("#headline", Static).update(headline)
        self.query_one("#particulars", Static).update(particulars)

    def citizen_headline(self, citizen: CitizenInHand, needed: int, now: datetime) -> str:
        since = citizen.started_at if citizen.state == "serving" else citizen.called_at
        length = stopwatch(now - since) if since is not None else ""
        if citizen.state == "serving":
            return self.app.say(_("Being served  {length}"), length=length)
        return self.app.say(
            _("Called, {calls} of {needed} before no-show  {length}"),
            calls=citizen.calls,
            needed=needed,
            length=length,
        )

    def about(self, citizen: CitizenInHand) -> str:
        say = self.app.say
        waited = (citizen.called_at or citizen.issued_at) - citizen.issued_at
        return "\n".join(
            [
                f"{say(_('Class'))}  {class_words(say, citizen.priority_class)}",
                f"{say(_('Waited'))}  {length_words(say, waited)}",
                f"{say(_('Language'))}  {language_words(say, citizen.language)}",
            ]
        )

    def empty_handed(self, view: CounterView, now: datetime) -> tuple[str, str]:
        say = self.app.say
        longest = (
            f"{say(_('Longest wait'))}  {length_words(say, now - view.oldest_at)}"
            if view.oldest_at is not None
            else ""
        )
        if view.state != "paused":
            return say(_("Nobody in hand")), longest
        until = (
            say(_("Paused until {time}"), time=f"{view.pause_until:%H:%M}")
            if view.pause_until is not None
            else say(_("Paused"))
        )
        waiting = say(_("{count} waiting"), count=view.waiting)
        return until, f"{waiting}  {longest}".rstrip()

    def day_words(self, view: CounterView) -> str:
        served = self.app.say(_("Today served {count}"), count=view.day.served)
        if view.day.average is None:
            return served
        minutes = view.day.average / timedelta(minutes=1)
        average = self.app.say(_("average {minutes} min"), minutes=f"{minutes:.1f}")
        return f"{served}  {average}"
