"""The one-time notice (一次性告知单): tick what is missing or wrong, print both copies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Button, Input, Static

from counter import notice_operations
from counter.message_line import MessageLine
from counter.notice_operations import Findings
from counter.notice_preview import NoticePreview
from counter.operations import Told
from counter.paper_row import Finding, PaperRow
from db.faults import DatabaseFault
from hall.errors import Refused
from hall.marked import _
from hall.names import name_in
from ui.base_app import RETRY_S, HallApp

if TYPE_CHECKING:
    from hall.notice_view import Papers


class PaperList(VerticalScroll, inherit_bindings=False):
    """Its own up and down would scroll, and Space then mark a paper that is out of sight."""


class NoticeScreen(Screen[Told | None]):
    """Pushed anew for each notice; answers with what tells its serial number."""

    app = getters.app(HallApp)

    AUTO_FOCUS = None
    BINDINGS = [
        Binding("p,P", "print", show=False),
        Binding("v,V", "preview", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("escape", "leave", show=False),
    ]

    printing = False
    """One press, one notice: set from the press until the answer."""

    previewing = False
    """From the press until the preview is there, or cannot be."""

    leaving = False
    """Escape was pressed once over findings that would be lost."""

    @dataclass
    class PapersRead(Message):
        papers: Papers

    @dataclass
    class Issued(Message):
        told: Told

    @dataclass
    class Drawn(Message):
        lines: list[str]
        columns: int

    @dataclass
    class NotDrawn(Message):
        sentence: str

    @dataclass
    class Failed(Message):
        sentence: str

    def __init__(
        self, counter: int, service_id: int, ticket_id: int | None = None, ticket: str = ""
    ) -> None:
        """`ticket_id` and `ticket`, its number: of the citizen in hand, if there is one."""
        super().__init__()
        self.counter = counter
        self.service_id = service_id
        self.ticket_id = ticket_id
        self.ticket = ticket

    def compose(self) -> ComposeResult:
        say = self.app.say
        yield Static(say(_("One-time notice")), markup=False, id="notice-title")
        yield PaperList(id="papers", can_focus=False)
        yield Static(say(_("Remark")), markup=False, classes="caption")
        yield Input(max_length=300, id="remark")
        with Horizontal(id="answers"):
            yield Static("", markup=False, id="count")
            yield Button(Content(say(_("p Print both copies"))), variant="primary", id="print")
            yield Button(Content(say(_("v Preview"))), id="preview")
            yield Button(Content(say(_("Esc Back"))), id="leave")
        yield MessageLine(id="messages")
        yield Static(
            say(
                _(
                    "Space here, missing, wrong  ↑ ↓ choose  Enter written  "
                    "p print  v preview  Esc back"
                )
            ),
            markup=False,
            id="keys",
        )

    def on_mount(self) -> None:
        self.read()

    @work(thread=True, group="read")
    def read(self) -> None:
        hall = self.app.hall
        assert hall is not None
        try:
            self.post_message(self.PapersRead(notice_operations.papers(hall, self.service_id)))
        except (Refused, DatabaseFault) as error:
            sentence = self.app.sentence_for(error)
            self.post_message(self.Failed(sentence))
            if isinstance(error, DatabaseFault):
                self.app.call_from_thread(self.set_timer, RETRY_S, self.read)

    @on(PapersRead)
    async def show_papers(self, message: PapersRead) -> None:
        name = name_in(message.papers.names, self.app.wording.language)
        title = self.app.say(_("One-time notice"))
        parts = (title, self.ticket, message.papers.code, name)
        self.query_one("#notice-title", Static).update("  ".join(part for part in parts if part))
        rows = [PaperRow(paper) for paper in message.papers.papers]
        papers = self.query_one("#papers")
        if rows:
            await papers.mount_all(rows)
            rows[0].focus()
        else:
            words = self.app.say(_("No papers are listed for this matter; write a remark."))
            await papers.mount(Static(words, markup=False))
            self.query_one("#remark").focus()
        self.count()

    @on(PaperRow.Changed)
    def count(self) -> None:
        self.leaving = False
        found = [row.finding for row in self.query(PaperRow)]
        missing, wrong = found.count(Finding.MISSING), found.count(Finding.WRONG)
        self.query_one("#count", Static).update(
            self.app.say(_("missing {missing}, wrong {wrong}"), missing=missing, wrong=wrong)
        )

    def findings(self) -> Findings | None:
        """What was ticked and written; None, after saying so, when something is left to write."""
        rows = list(self.query(PaperRow))
        for row in rows:
            if row.finding is Finding.WRONG and not row.what_is_wrong:
                self.tell(
                    self.app.say(_("Write what is wrong with {number}."), number=row.paper.number)
                )
                row.query_one(Input).focus()
                return None
        return Findings(
            {row.paper.number for row in rows if row.finding is Finding.MISSING},
            {row.paper.number: row.what_is_wrong for row in rows if row.finding is Finding.WRONG},
            self.query_one("#remark", Input).value,
        )

    # -- looking at it first

    @on(Button.Pressed, "#preview")
    def action_preview(self) -> None:
        if self.refuse_while_printing() or self.previewing:
            return
        found = self.findings()
        if found is not None:
            self.previewing = True
            self.draw(found)

    @work(thread=True, group="preview")
    def draw(self, found: Findings) -> None:
        hall = self.app.hall
        assert hall is not None
        columns = hall.settings.printer.width_dots // notice_operations.DOTS_PER_COLUMN
        try:
            lines = notice_operations.preview_notice(
                hall, self.counter, self.service_id, self.ticket_id, found, columns
            )
        except (Refused, DatabaseFault) as error:
            self.post_message(self.NotDrawn(self.app.sentence_for(error)))
        else:
            self.post_message(self.Drawn(lines, columns))

    @on(Drawn)
    def show_preview(self, message: Drawn) -> None:
        self.previewing = False
        if self.is_current and not self.printing:
            self.app.push_screen(NoticePreview(message.lines, message.columns))

    @on(NotDrawn)
    def tell_why_not_drawn(self, message: NotDrawn) -> None:
        self.previewing = False
        self.query_one(MessageLine).tell(message.sentence, "error")

    # -- printing it

    @on(Button.Pressed, "#print")
    def action_print(self) -> None:
        if self.refuse_while_printing():
            return
        found = self.findings()
        if found is not None:
            self.printing = True
            self.issue(found)

    def refuse_while_printing(self) -> bool:
        if self.printing:
            self.tell(self.app.say(_("The notice is being written; this press did nothing.")))
        return self.printing

    @work(thread=True, group="verb")
    def issue(self, found: Findings) -> None:
        hall = self.app.hall
        assert hall is not None
        try:
            told = notice_operations.issue_notice(
                hall, self.counter, self.service_id, self.ticket_id, found
            )
        except (Refused, DatabaseFault) as error:
            self.post_message(self.Failed(self.app.sentence_for(error)))
        else:
            self.post_message(self.Issued(told))

    @on(Issued)
    def done(self, message: Issued) -> None:
        self.dismiss(message.told)

    @on(Failed)
    def refused(self, message: Failed) -> None:
        self.printing = False
        self.query_one(MessageLine).tell(message.sentence, "error")

    def tell(self, sentence: str) -> None:
        self.query_one(MessageLine).tell(sentence, "warning")

    @on(Input.Submitted, "#remark")
    def stop_writing(self) -> None:
        self.set_focus(None)  # so that p prints; Enter must not, pressed once too often

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        if isinstance(self.focused, Input) and isinstance(self.focused.parent, PaperRow):
            self.focused.parent.focus()  # from writing back to choosing
            return
        if self.refuse_while_printing():
            return
        found = any(row.finding is not Finding.HERE for row in self.query(PaperRow))
        if (found or self.query_one("#remark", Input).value) and not self.leaving:
            self.leaving = True
            self.tell(self.app.say(_("Press Esc once more to throw this notice away.")))
            return
        self.dismiss(None)
