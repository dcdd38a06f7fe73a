"""How one ticket stands; its slip can be printed again from here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from counter.dialogs.dialog import Dialog
from counter.phrases import class_words, length_words
from hall.marked import _
from hall.names import name_in

if TYPE_CHECKING:
    from hall.tickets.found_ticket import FoundTicket


class TicketDialog(Dialog[bool]):
    """Answers with True when its slip is wanted again."""

    BINDINGS = [
        Binding("w,W", "again", show=False),
    ]

    def __init__(self, found: FoundTicket) -> None:
        super().__init__()
        self.found = found

    def title_words(self) -> str:
        name = name_in(self.found.service, self.app.wording.language)
        return f"{self.found.number}  {name}"

    def body(self) -> Iterable[Widget]:
        yield Static(self.words(), markup=False, id="about")

    def on_mount(self) -> None:
        self.query_one("#leave").focus()  # Enter, pressed once more than needed, prints nothing

    def words(self) -> Content:
        say, found = self.app.say, self.found
        facts = [
            (_("State:"), say(found.state)),
            (_("At counter:"), str(found.counter) if found.counter is not None else ""),
            (_("Called at counters:"), ", ".join(map(str, found.counters))),
            (_("Ahead:"), str(found.ahead) if found.ahead is not None else ""),
            (_("Waited:"), length_words(say, found.waited)),
            (_("Class:"), class_words(say, found.priority_class)),
            (_("Taken:"), f"{found.issued_at:%H:%M}"),
            (_("Ended:"), f"{found.ended_at:%H:%M}" if found.ended_at is not None else ""),
        ]
        rows = [
            Content.assemble((say(label) + " ", "$secondary"), (fact, "bold"))
            for label, fact in facts
            if fact
        ]
        if found.ahead is not None and not found.counters:
            rows.append(Content.styled(say(_("No counter takes it now.")), "bold $error"))
        return Content("\n").join(rows)

    def confirm_words(self) -> str:
        return self.app.say(_("w Print its slip again"))

    def leave_words(self) -> str:
        return self.app.say(_("Esc Close"))

    def action_again(self) -> None:
        self.confirm()

    def answer(self) -> bool:
        return True
