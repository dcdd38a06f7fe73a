"""What a counter is told by others: emergencies, messages, answers, for whom it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import getters
from textual.content import Content

from counter.help_words import help_row
from counter.verbs import KEYS, Verb
from hall.announcing.prepared_texts import HEADLINES
from hall.marked import _
from hall.names import name_in
from ui.base_app import HallApp
from ui.steady_text import SteadyText

if TYPE_CHECKING:
    from hall.counters.counter_view import CounterView

MOST_MESSAGES = 2
"""The oldest unread ones; the others follow as these are read."""


class WordStrip(SteadyText):
    """Not there while there is nothing to tell."""

    app = getters.app(HallApp)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", markup=False, id=id)

    def on_mount(self) -> None:
        self.display = False

    def show(self, view: CounterView) -> None:
        say = self.app.say
        rows = [
            *self.hall_emergency(view),
            *(help_row(say, one) for one in view.emergencies),
            *self.messages(view),
            *(help_row(say, one) for one in view.help if one.kind != "emergency"),
            *self.standing_in(view),
        ]
        self.display = bool(rows)
        self.update(Content("\n").join(rows))

    def hall_emergency(self, view: CounterView) -> Iterator[Content]:
        """What the public reads everywhere; staff keep their screens, to finish what is in hand."""
        if view.hall_emergency is not None:
            words = name_in(HEADLINES[view.hall_emergency.emergency], self.app.wording.language)
            yield Content.styled(f"{self.app.say(_('EMERGENCY'))}  {words}", "bold $error")

    def messages(self, view: CounterView) -> Iterator[Content]:
        say = self.app.say
        for message in view.messages[:MOST_MESSAGES]:
            words = _("{name} {time}: {text}") if message.name else _("{time}: {text}")
            told = say(words, name=message.name, time=f"{message.sent_at:%H:%M}", text=message.text)
            key = say(_("[{key} read]"), key=KEYS[Verb.READ])
            yield Content.assemble((told, "bold $warning"), "  ", key)
        left = len(view.messages) - MOST_MESSAGES
        if left > 0:
            yield Content(say(_("and {count} more messages"), count=left))

    def standing_in(self, view: CounterView) -> Iterator[Content]:
        say, language = self.app.say, self.app.wording.language
        if view.stands_in_for is not None and view.clerk is not None:
            yield Content(say(_("Standing in for {name} (A)"), name=view.stands_in_for.name))
        by_counter: dict[int, list[str]] = {}
        for lent in view.lent:
            by_counter.setdefault(lent.counter, []).append(name_in(lent.group, language))
        for counter, groups in by_counter.items():
            words = _("Also taking {groups} while counter {counter} pauses")
            yield Content(say(words, groups="、".join(groups), counter=counter))
