"""The one-time notice (一次性告知单): tick what is missing or wrong, print both copies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Button, Static

from counter.dialogs.service_dialog import ServiceDialog
from counter.input_method import SWITCH, is_composed
from counter.message_line import MessageLine
from counter.notice import notice_operations
from counter.notice.notice_form import NoticeForm
from counter.notice.notice_operations import Corrected, NoticeWanted
from counter.notice.notice_preview import NoticePreview
from counter.operations import Told
from counter.sign_in import sign_in_operations
from counter.sign_in.sign_in_app import SignInApp
from db.faults import DatabaseFault
from hall.errors import Refused
from hall.marked import _
from hall.names import name_in
from ui.base_app import RETRY_S

if TYPE_CHECKING:
    from hall.notices.notice_view import Papers, ServiceChoice


class NoticeScreen(Screen[Told | None]):
    """Pushed anew for each notice; answers with what tells its serial number."""

    app = getters.app(SignInApp)

    AUTO_FOCUS = None
    BINDINGS = [
        Binding("p,P", "print", show=False),
        Binding("v,V", "preview", show=False),
        Binding("a,A,plus", "add_paper", show=False),
        Binding("o,O", "other_matter", show=False),
        Binding("f,F", "next_fault", show=False),
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

    issued: Told | None = None
    """What tells its serial number, once it has one."""

    choosing_anew = False
    """So was the key for another matter."""

    @dataclass
    class PapersRead(Message):
        papers: Papers

    @dataclass
    class ServicesRead(Message):
        services: tuple[ServiceChoice, ...]

    @dataclass
    class NotRead(Message):
        sentence: str

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
        self,
        counter: int,
        service_id: int,
        ticket_id: int | None = None,
        ticket: str = "",
        corrects: Corrected | None = None,
    ) -> None:
        """`ticket_id` and `ticket`, its number: of the citizen in hand, if there is one."""
        super().__init__()
        self.counter = counter
        self.service_id = service_id
        self.papers_of: int | None = None
        """The matter whose papers are on the screen; None until they are."""
        self.ticket_id = ticket_id
        self.ticket = ticket
        self.corrects = corrects

    def compose(self) -> ComposeResult:
        say = self.app.say
        yield Static(self.title_words(), markup=False, id="notice-title")
        if self.corrects is None:
            yield NoticeForm()
        else:
            yield NoticeForm(self.corrects.found, self.corrects.answerable)
        with Horizontal(id="answers"):
            yield Static("", markup=False, id="count")
            yield Button(Content(say(_("p Print both copies"))), variant="primary", id="print")
            yield Button(Content(say(_("v Preview"))), id="preview")
            yield Button(Content(say(_("Esc Back"))), id="leave")
        yield MessageLine(id="messages")
        yield Static(
            say(
                _(
                    "Space here, missing, wrong  ↑ ↓ choose  Enter written  a add a paper  "
                    "o other matter  p print  v preview  Esc back"
                )
            ),
            markup=False,
            id="keys",
        )

    def title_words(self, *more: str) -> str:
        title = self.app.say(_("One-time notice"))
        if self.corrects is not None:
            title = self.app.say(_("Correction of {serial}"), serial=self.corrects.serial)
        return "  ".join(part for part in (title, self.ticket, *more) if part)

    @property
    def form(self) -> NoticeForm:
        return self.query_one(NoticeForm)

    def on_key(self, event: events.Key) -> None:
        if is_composed(event):
            self.tell(self.app.say(SWITCH))

    def on_mount(self) -> None:
        self.read()

    @work(thread=True, group="read")
    def read(self) -> None:
        hall = self.app.hall
        assert hall is not None
        try:
            self.post_message(self.PapersRead(notice_operations.papers(hall, self.service_id)))
        except (Refused, DatabaseFault) as error:
            self.post_message(self.NotRead(self.app.sentence_for(error)))
            if isinstance(error, DatabaseFault):
                self.app.call_from_thread(self.set_timer, RETRY_S, self.read)

    @on(PapersRead)
    async def show_papers(self, message: PapersRead) -> None:
        papers = message.papers
        if papers.service_id != self.service_id or papers.service_id == self.papers_of:
            return
        name = name_in(papers.names, self.app.wording.language)
        self.query_one("#notice-title", Static).update(self.title_words(papers.code, name))
        await self.form.show_papers(papers)
        self.papers_of = papers.service_id

    @on(NoticeForm.Changed)
    def count(self) -> None:
        self.leaving = self.choosing_anew = False
        missing, wrong = self.form.counts
        self.query_one("#count", Static).update(
            self.app.say(_("missing {missing}, wrong {wrong}"), missing=missing, wrong=wrong)
        )

    def wanted(self) -> NoticeWanted | None:
        """What was ticked and written; None, after saying so, when something is left to do."""
        if self.papers_of != self.service_id:
            self.tell(self.app.say(_("The papers are being read; one moment.")))
            return None
        try:
            found = self.form.findings()
        except NoticeForm.Gap as gap:
            self.tell(gap.sentence)
            return None
        corrects = self.corrects.serial if self.corrects is not None else ""
        return NoticeWanted(self.counter, self.service_id, self.ticket_id, found, corrects)

    async def action_add_paper(self) -> None:
        if not self.refuse_while_printing():
            await self.form.add_special()

    def action_next_fault(self) -> None:
        self.form.next_fault()

    # -- about another matter

    def action_other_matter(self) -> None:
        if self.refuse_while_printing():
            return
        if self.form.has_marks and not self.choosing_anew:
            self.choosing_anew = True
            sentence = _("Press o once more: the marks on the papers go, the rest stays.")
            self.tell(self.app.say(sentence))
            return
        self.choosing_anew = False
        self.read_services()

    @work(thread=True, exclusive=True, group="services")
    def read_services(self) -> None:
        hall = self.app.hall
        assert hall is not None
        try:
            self.post_message(self.ServicesRead(notice_operations.services(hall)))
        except (Refused, DatabaseFault) as error:
            self.post_message(self.NotRead(self.app.sentence_for(error)))

    @on(NotRead)
    def tell_why_not_read(self, message: NotRead) -> None:
        self.query_one(MessageLine).tell(message.sentence, "error")

    @on(ServicesRead)
    def ask_which_matter(self, message: ServicesRead) -> None:
        if self.is_active and not self.printing:
            self.app.push_screen(ServiceDialog(message.services), self.choose_matter)

    def choose_matter(self, service_id: int | None) -> None:
        if service_id is not None and service_id != self.service_id:
            self.service_id = service_id
            self.read()

    # -- looking at it first

    @on(Button.Pressed, "#preview")
    def action_preview(self) -> None:
        if self.refuse_while_printing() or self.previewing:
            return
        wanted = self.wanted()
        if wanted is not None:
            self.previewing = True
            self.draw(wanted)

    @work(thread=True, group="preview")
    def draw(self, wanted: NoticeWanted) -> None:
        hall = self.app.hall
        assert hall is not None
        columns = hall.settings.printer.width_dots // notice_operations.DOTS_PER_COLUMN
        try:
            lines = notice_operations.preview_notice(hall, wanted, columns)
        except (Refused, DatabaseFault) as error:
            self.post_message(self.NotDrawn(self.app.sentence_for(error)))
        else:
            self.post_message(self.Drawn(lines, columns))

    @on(Drawn)
    def show_preview(self, message: Drawn) -> None:
        self.previewing = False
        if self.is_active and not self.printing:
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
        wanted = self.wanted()
        if wanted is not None:
            self.printing = True
            self.issue(wanted)

    def refuse_while_printing(self) -> bool:
        if self.printing:
            self.tell(self.app.say(_("The notice is being written; this press did nothing.")))
        return self.printing

    @work(thread=True, group="verb")
    def issue(self, wanted: NoticeWanted) -> None:
        hall = self.app.hall
        assert hall is not None
        try:
            told = sign_in_operations.as_signed_in(
                hall,
                self.counter,
                self.app.seat,
                partial(notice_operations.issue_notice, wanted=wanted),
            )
        except (Refused, DatabaseFault) as error:
            self.post_message(self.Failed(self.app.sentence_for(error)))
        else:
            self.post_message(self.Issued(told))

    @on(Issued)
    def done(self, message: Issued) -> None:
        self.issued = message.told
        self.leave_when_seen()

    @on(events.ScreenResume)
    def leave_when_seen(self) -> None:
        """Under the lock it stays until the clerk is back: leaving would take the lock off."""
        if self.issued is not None and self.is_active:
            self.dismiss(self.issued)

    @on(Failed)
    def refused(self, message: Failed) -> None:
        self.printing = False
        self.query_one(MessageLine).tell(message.sentence, "error")

    def tell(self, sentence: str) -> None:
        self.query_one(MessageLine).tell(sentence, "warning")

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        if self.form.stop_writing_about_a_paper() or self.refuse_while_printing():
            return
        if self.form.has_anything and not self.leaving:
            self.leaving = True
            self.tell(self.app.say(_("Press Esc once more to throw this notice away.")))
            return
        self.dismiss(None)
