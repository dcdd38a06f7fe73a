"""The line before the counter: who comes next, who is absent, what they wait for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import getters
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from counter.phrases import class_words, length_words
from hall.marked import _
from hall.names import name_in
from ui.base_app import HallApp
from ui.cells import fit
from ui.steady_text import SteadyText

if TYPE_CHECKING:
    from hall.counters.counter_view import CounterView
    from hall.notices.notice_view import Paper


PEOPLE = _("{count} people")


class LinePanel(VerticalScroll, can_focus=False):
    """Rows are cut to the panel's width, so they are made anew when it changes."""

    app = getters.app(HallApp)

    view: CounterView | None = None
    now: datetime | None = None

    def compose(self) -> ComposeResult:
        yield SteadyText("", markup=False, id="next-title", classes="title")
        yield SteadyText("", markup=False, id="next-tickets", classes="rows")
        yield SteadyText("", markup=False, id="papers-title", classes="title")
        yield SteadyText("", markup=False, id="papers", classes="rows")
        yield SteadyText("", markup=False, id="held-title", classes="title")
        yield SteadyText("", markup=False, id="held", classes="rows")
        yield SteadyText("", markup=False, id="absent-title", classes="title")
        yield SteadyText("", markup=False, id="absent", classes="rows")
        yield SteadyText("", markup=False, id="groups-title", classes="title")
        yield SteadyText("", markup=False, id="groups", classes="rows")

    def show(self, view: CounterView, now: datetime) -> None:
        self.view, self.now = view, now
        self.fill()

    def on_resize(self) -> None:
        self.fill()

    def fill(self) -> None:
        width = self.scrollable_content_region.width
        if self.view is None or self.now is None or width < 20:
            return
        say = self.app.say
        self.put("next-title", Content(say(_("Next in line"))))
        self.put("next-tickets", self.next_rows(self.view, self.now, width))
        papers = self.view.in_hand.papers if self.view.in_hand is not None else ()
        self.set_class(bool(papers), "-with-papers")
        self.put(
            "papers-title", Content(say(_("Papers this matter takes: {count}"), count=len(papers)))
        )
        self.put("papers", self.paper_rows(papers, width))
        self.set_class(bool(self.view.held), "-with-held")
        self.put("held-title", Content(say(_("Put aside: {count}"), count=len(self.view.held))))
        self.put("held", self.held_rows(self.view, self.now, width))
        absent = len(self.view.absent)
        self.put(
            "absent-title", Content(say(_("Absent, can be brought back: {count}"), count=absent))
        )
        self.put("absent", Content("  ".join(ticket.number for ticket in self.view.absent)))
        self.put("groups-title", Content(say(_("Waiting, by matter"))))
        self.put("groups", self.group_rows(self.view, self.now, width))

    def put(self, name: str, content: Content) -> None:
        self.query_one(f"#{name}", SteadyText).update(content)

    def next_rows(self, view: CounterView, now: datetime, width: int) -> Content:
        say, language = self.app.say, self.app.wording.language
        if not view.next_tickets:
            return Content(say(_("Nobody waits.")))
        rows = [
            (
                ticket.number,
                name_in(ticket.service, language),
                say(_("Only here"))
                if ticket.only_here
                else class_words(say, ticket.priority_class),
                length_words(say, now - ticket.issued_at),
            )
            for ticket in view.next_tickets
        ]
        number, privilege, wait = (max(cell_len(row[at]) for row in rows) for at in (0, 2, 3))
        service = width - number - privilege - wait - 3
        return Content("\n").join(
            Content.assemble(
                (fit(row[0], number), "bold"),
                f" {fit(row[1], service)} {fit(row[2], privilege)} {fit(row[3], wait, 'right')}",
            )
            for row in rows
        )

    def paper_rows(self, papers: tuple[Paper, ...], width: int) -> Content:
        """Number, name, and in what form; of those not always needed it is said."""
        say, language = self.app.say, self.app.wording.language
        rows = []
        for paper in papers:
            form = paper.form if paper.required else say(_("as needed"))
            name = f"{paper.number:>2} {name_in(paper.names, language)}"
            room = min(cell_len(form), width // 2)
            rows.append(f"{fit(name, width - room - 1)} {fit(form, room, 'right')}")
        return Content("\n".join(rows))

    def held_rows(self, view: CounterView, now: datetime, width: int) -> Content:
        """Another counter's with its number before the reason."""
        say = self.app.say
        if not view.held:
            return Content("")
        rows = [
            (
                ticket.number,
                ticket.reason
                if ticket.own
                else f"{say(_('Counter {counter}'), counter=ticket.counter)} {ticket.reason}",
                length_words(say, now - ticket.since),
            )
            for ticket in view.held
        ]
        number, wait = (max(cell_len(row[at]) for row in rows) for at in (0, 2))
        reason = width - number - wait - 2
        return Content("\n").join(
            Content.assemble(
                (fit(row[0], number), "bold"),
                f" {fit(row[1], reason)} {fit(row[2], wait, 'right')}",
            )
            for row in rows
        )

    def group_rows(self, view: CounterView, now: datetime, width: int) -> Content:
        """One row a group; the services of it beneath, when there are several."""
        say, language = self.app.say, self.app.wording.language
        rows: list[tuple[str, str, str]] = []
        styles: list[str] = []
        for group in view.groups:
            wait = length_words(say, now - group.oldest_at) if group.oldest_at else ""
            name = f"{group.prefix} {name_in(group.group, language)}"
            rows.append((name, say(PEOPLE, count=group.waiting), wait))
            styles.append("bold")
            for line in group.services if len(group.services) > 1 else ():
                wait = length_words(say, now - line.oldest_at)
                service = "  " + name_in(line.service, language)
                rows.append((service, say(PEOPLE, count=line.waiting), wait))
                styles.append("")
        if not rows:
            return Content(say(_("This counter takes no matters.")))
        count, wait_width = (max(cell_len(row[at]) for row in rows) for at in (1, 2))
        name_width = width - count - wait_width - 2
        return Content("\n").join(
            Content.styled(
                " ".join(
                    (
                        fit(name, name_width),
                        fit(waiting, count, "right"),
                        fit(wait, wait_width, "right"),
                    )
                ),
                style,
            )
            for (name, waiting, wait), style in zip(rows, styles, strict=True)
        )
