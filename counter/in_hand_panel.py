"""The citizen in hand, largest of all; with empty hands, who waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.style import Style

from counter.phrases import class_words, language_words, length_words, stopwatch
from counter.verbs import KEYS, Verb
from hall.marked import _
from hall.names import name_in
from hall.priority_words import PROOFS
from ui.base_app import HallApp
from ui.big_text import BigText
from ui.steady_text import SteadyText

if TYPE_CHECKING:
    from hall.counters.counter_view import CitizenInHand, CounterView
    from hall.tickets.visit_view import Visit


PROOF_STATES = {
    "asked": _("To be shown: {proof}  ({key})"),
    "seen": _("✓ seen: {proof}"),
    "missing": _("✗ not shown: {proof}"),
}


class InHandPanel(Vertical):
    """`show` takes what is known, `tick` the time."""

    app = getters.app(HallApp)

    view: CounterView | None = None

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.told: dict[str, str] = {}
        """What the second's tick has painted, so that only what has changed is painted again."""

    def compose(self) -> ComposeResult:
        yield SteadyText("", markup=False, id="headline")
        yield BigText(id="number")
        yield SteadyText("", markup=False, id="service")
        yield SteadyText("", markup=False, id="origin")
        yield SteadyText("", markup=False, id="to-look-at")
        yield SteadyText("", markup=False, id="particulars")
        yield SteadyText("", markup=False, id="my-day")

    def show(self, view: CounterView, now: datetime) -> None:
        self.view = view
        citizen = view.in_hand
        mood = citizen.state if citizen else "paused" if view.state == "paused" else "idle"
        origin = self.origin_words(citizen.visit) if citizen is not None else ""
        self.set_classes(f"-{mood} -passed-on" if origin else f"-{mood}")
        self.query_one("#origin", SteadyText).update(origin)
        self.show_what_to_look_at(citizen)
        if citizen is not None:
            number, service = citizen.number, name_in(citizen.service, self.app.wording.language)
        elif view.state == "paused":
            number, service = self.app.say(_("Paused")), view.pause_reason or ""
        else:
            number, service = str(view.waiting), self.app.say(_("waiting for this counter"))
        self.query_one(BigText).show(number)
        self.query_one("#service", SteadyText).update(service)
        self.query_one("#my-day", SteadyText).update(self.day_words(view))
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
        for where, words in (("#headline", headline), ("#particulars", particulars)):
            if words != self.told.get(where):
                rows_before = self.told.get(where, "").count("\n")
                self.told[where] = words
                taller = words.count("\n") != rows_before or len(words) > self.size.width
                self.query_one(where, SteadyText).update(words, layout=taller)

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
        say, visit = self.app.say, citizen.visit
        waited = f"{say(_('Waited'))}  {length_words(say, visit.waited)}"
        if visit.held:
            waited += f"   {say(_('Put aside so far'))}  {length_words(say, visit.held)}"
        told = [
            f"{say(_('Class'))}  {class_words(say, citizen.priority_class)}",
            waited,
            f"{say(_('Language'))}  {language_words(say, citizen.language)}",
        ]
        if len(visit.counters) > 1:
            counters = " → ".join(str(number) for number in visit.counters)
            been = _("This visit: counters {counters}, calls {calls}")
            told.append(say(been, counters=counters, calls=visit.calls))
        return "\n".join(told)

    def show_what_to_look_at(self, citizen: CitizenInHand | None) -> None:
        """The proof of the class, which a click confirms, and whose card took the number."""
        say, told = self.app.say, []
        if citizen is not None and citizen.proof:
            proof = say(PROOFS[citizen.priority_class])
            words = say(PROOF_STATES[citizen.proof], proof=proof, key=KEYS[Verb.PROOF])
            click = Style.from_meta({"@click": f"screen.verb('{Verb.PROOF.value}')"})
            told.append(Content(words).stylize(click))
        if citizen is not None and citizen.card:
            told.append(Content(say(_("Identity card ends in  {last}"), last=citizen.card)))
        part = self.query_one("#to-look-at", SteadyText)
        part.display = bool(told)
        part.set_class(citizen is not None and citizen.proof == "asked", "-asked")
        part.update(Content("\n").join(told))

    def origin_words(self, visit: Visit) -> str:
        """From whom it came, where it goes back to, what the colleague says, who helps; empty for
        none of these."""
        say, origin, told = self.app.say, visit.origin, []
        back_where_it_came_from = origin is not None and visit.returns_to == origin.counter
        if origin is not None:
            words = _("From counter {counter} {clerk}")
            if origin.sent_back:
                words = _("Back from counter {counter} {clerk}")
            elif back_where_it_came_from:
                words = _("From counter {counter} {clerk}; goes back there when done")
            told.append(say(words, counter=origin.counter, clerk=origin.clerk))
        if visit.returns_to is not None and not back_where_it_came_from:
            told.append(
                say(_("Goes back to counter {counter} when done"), counter=visit.returns_to)
            )
        if visit.note:
            told.append(say(_("Note: {note}"), note=visit.note))
        if visit.assisted_by:
            by = _("Assisted by {clerk}: {help}") if visit.assistance else _("Assisted by {clerk}")
            told.append(say(by, clerk=visit.assisted_by, help=visit.assistance))
        return "\n".join(told)

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
        told = [self.app.say(_("Today served {count}"), count=view.day.served)]
        if view.day.average is not None:
            minutes = view.day.average / timedelta(minutes=1)
            told.append(self.app.say(_("average {minutes} min"), minutes=f"{minutes:.1f}"))
        if view.day.held:
            told.append(self.app.say(_("put aside {count}"), count=view.day.held))
        if view.day.held_time >= timedelta(minutes=1):
            minutes = view.day.held_time / timedelta(minutes=1)
            told.append(self.app.say(_("held for {minutes} min in all"), minutes=f"{minutes:.0f}"))
        return "  ".join(told)
