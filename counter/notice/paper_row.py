"""One paper of a matter, as the clerk found it: here, missing or wrong."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from hall.marked import _
from hall.names import name_in
from ui.base_app import HallApp

if TYPE_CHECKING:
    from hall.notices.notice_view import Paper


class Finding(StrEnum):
    HERE = "here"
    MISSING = "missing"
    WRONG = "wrong"


MARKS = {
    Finding.HERE: _("here"),
    Finding.MISSING: _("missing"),
    Finding.WRONG: _("wrong"),
}


class PaperRow(Vertical, can_focus=True):
    """Space or a click goes on to the next finding."""

    app = getters.app(HallApp)

    BINDINGS = [Binding("space", "go_on", show=False)]

    class Changed(Message):
        """Another finding."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(classes="-here")
        self.paper = paper
        self.finding = Finding.HERE

    def compose(self) -> ComposeResult:
        say, paper = self.app.say, self.paper
        with Horizontal(classes="paper"):
            yield Static(say(MARKS[self.finding]), markup=False, classes="mark")
            yield Static(str(paper.number), markup=False, classes="paper-number")
            name = name_in(paper.names, self.app.wording.language)
            if not paper.required:
                name += say(_(" (where it applies)"))
            yield Static(name, markup=False, classes="paper-name")
        yield Static(self.details(), markup=False, classes="details")
        yield Input(
            placeholder=say(_("What is wrong with it?")), max_length=200, classes="what-is-wrong"
        )

    def details(self) -> str:
        say, paper = self.app.say, self.paper
        told = [paper.form]
        if paper.copies:
            told.append(say(_("copies: {copies}"), copies=paper.copies))
        told.append(paper.how_to_fill)
        if paper.source:
            told.append(say(_("from: {source}"), source=paper.source))
        return " · ".join(text for text in told if text)

    @property
    def what_is_wrong(self) -> str:
        return self.query_one(Input).value.strip()

    def put(self, finding: Finding, what_is_wrong: str = "") -> None:
        """As it was found before."""
        self.query_one(Input).value = what_is_wrong
        self.mark(finding)

    def mark(self, finding: Finding) -> None:
        self.finding = finding
        self.set_classes(f"-{finding}")
        self.query_one(".mark", Static).update(self.app.say(MARKS[finding]))
        self.post_message(self.Changed())

    def action_go_on(self) -> None:
        findings = list(Finding)
        self.mark(findings[(findings.index(self.finding) + 1) % len(findings)])
        if self.finding is Finding.WRONG:
            self.query_one(Input).focus()
        else:
            self.focus()

    def on_click(self, event: events.Click) -> None:
        if not isinstance(event.widget, Input):
            self.action_go_on()

    @on(Input.Submitted)
    def on_to_the_next(self, event: Input.Submitted) -> None:
        event.stop()
        rows = list(self.screen.query("PaperRow, SpecialRow"))
        # Behind the last one there is a field again, and p would be a letter there.
        rows[min(rows.index(self) + 1, len(rows) - 1)].focus()
