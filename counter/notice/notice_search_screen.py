"""Notices found again: looked at, printed again, corrected, their citizens taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from counter import reprint_operations
from counter.dialogs.reprint_dialog import Reprint, ReprintDialog
from counter.input_method import SWITCH, is_composed
from counter.message_line import MessageLine
from counter.notice import notice_operations, notice_search_operations
from counter.notice.notice_details import details_words
from counter.notice.notice_operations import Corrected
from counter.notice.notice_screen import NoticeScreen
from counter.notice.notice_search_operations import Found
from counter.operations import Told
from counter.reprint_operations import Reprintable, SlipChoice
from counter.sign_in import sign_in_operations
from counter.sign_in.sign_in_app import SignInApp
from db.faults import DatabaseFault
from hall.errors import Refused
from hall.marked import _
from hall.names import name_in
from ui.cells import fit

if TYPE_CHECKING:
    from hall.notices.notice_search import FoundNotice, NoticeDetails
    from hall.open_hall import OpenHall

EDGES = 4
"""Cells beside the rows of the list, its scroll bar among them."""


class NoticeSearchScreen(Screen[Told | None]):
    """Pushed anew each time; answers with what was done, None when nothing was."""

    app = getters.app(SignInApp)

    AUTO_FOCUS = "#search"
    BINDINGS = [
        Binding("w,W", "reprint", show=False),
        Binding("c,C", "correct", show=False),
        Binding("b,B", "come_back", show=False),
        Binding("slash", "search", show=False),
        Binding("down", "to_list", show=False),
        Binding("up", "search", show=False),
        Binding("pagedown", "scroll_details(1)", show=False, priority=True),
        Binding("pageup", "scroll_details(-1)", show=False, priority=True),
        Binding("escape", "leave", show=False),
    ]

    busy = False
    """From a press until its answer: one press, one slip."""

    @dataclass
    class Searched(Message):
        words: str
        found: Found

    @dataclass
    class Looked(Message):
        details: NoticeDetails

    @dataclass
    class Correctable(Message):
        old: Corrected

    @dataclass
    class Done(Message):
        told: Told

    @dataclass
    class Failed(Message):
        sentence: str

    @dataclass
    class NotRead(Message):
        """Nothing was to be changed."""

        sentence: str

    def __init__(self, counter: int) -> None:
        super().__init__()
        self.counter = counter
        self.found = Found((), False, {})
        self.wanted = ""
        """Asked last; an answer to anything else comes too late."""
        self.told: Told | None = None
        """What was done here; then there is nothing else to do."""
        self.searched: str | None = None
        """By what that was found; None: nothing has been read yet."""

    def compose(self) -> ComposeResult:
        say = self.app.say
        yield Static(say(_("Notices")), markup=False, id="search-title")
        words = _("Serial or its last digits, a number (A012), a day (11-20), a matter; Enter")
        yield Input(placeholder=say(words), max_length=60, id="search")
        yield OptionList(markup=False, id="found")
        with VerticalScroll(id="details-box", can_focus=False):
            yield Static("", markup=False, id="details")
        yield MessageLine(id="messages")
        words = _(
            "Enter search  / search anew  ↑ ↓ choose  PgUp PgDn read  w print again  c correct  "
            "b comes back  Esc back"
        )
        yield Static(say(words), markup=False, id="keys")

    def on_key(self, event: events.Key) -> None:
        if is_composed(event):
            self.tell(self.app.say(SWITCH))

    def on_mount(self) -> None:
        self.find("")

    # -- what is there

    def find(self, words: str) -> None:
        self.wanted = words
        self.look_for(words)

    @work(thread=True, exclusive=True, group="find")
    def look_for(self, words: str) -> None:
        hall = self.app.hall
        assert hall is not None
        try:
            self.post_message(self.Searched(words, notice_search_operations.find(hall, words)))
        except (Refused, DatabaseFault) as error:
            self.post_message(self.NotRead(self.app.sentence_for(error)))

    @on(Input.Submitted, "#search")
    def search(self, event: Input.Submitted) -> None:
        self.find(event.value)

    @on(Searched)
    def show_found(self, message: Searched) -> None:
        if message.words != self.wanted:
            return  # the answer to what was asked before
        self.found, self.searched = message.found, message.words
        self.list_found()
        line = self.query_one(MessageLine)
        line.clear()
        if not self.found.notices:
            self.query_one("#details", Static).update("")
            line.hold(self.app.say(_("No notice is found by that.")))
        elif self.found.more:
            words = _("Only the newest {count} are listed; say more to find older ones.")
            line.tell(self.app.say(words, count=len(self.found.notices)), "warning")
        if self.found.notices and message.words:
            self.query_one("#found").focus()

    def list_found(self) -> None:
        options = self.query_one("#found", OptionList)
        at = options.highlighted
        options.clear_options()
        options.add_options(self.rows(max(40, self.size.width - EDGES)))
        if self.found.notices:
            options.highlighted = min(at or 0, len(self.found.notices) - 1)

    def on_resize(self) -> None:
        self.list_found()

    def rows(self, width: int) -> list[str]:
        hall = self.app.hall
        assert hall is not None
        say, language = self.app.say, self.app.wording.language
        now = hall.rules.local(hall.now())
        cells = [
            (
                one.serial,
                moment_words(hall.rules.local(one.issued_at), now),
                one.ticket,
                say(_("corrected")) if one.corrected_by else "",
                f"{one.service_code} {name_in(one.service, language)}",
            )
            for one in self.found.notices
        ]
        if not cells:
            return []
        widths = [max(cell_len(row[at]) for row in cells) for at in range(4)]
        widths.append(max(1, width - sum(widths) - 2 * len(widths)))
        return [
            "  ".join(fit(text, room) for text, room in zip(row, widths, strict=True))
            for row in cells
        ]

    @property
    def chosen(self) -> FoundNotice | None:
        at = self.query_one("#found", OptionList).highlighted
        return self.found.notices[at] if at is not None and at < len(self.found.notices) else None

    @on(OptionList.OptionHighlighted)
    def look(self) -> None:
        if self.chosen is not None:
            self.read_details(self.chosen.serial)

    @work(thread=True, exclusive=True, group="details")
    def read_details(self, serial: str) -> None:
        hall = self.app.hall
        assert hall is not None
        try:
            self.post_message(self.Looked(notice_search_operations.details(hall, serial)))
        except (Refused, DatabaseFault) as error:
            self.post_message(self.NotRead(self.app.sentence_for(error)))

    @on(Looked)
    def show_details(self, message: Looked) -> None:
        hall, chosen = self.app.hall, self.chosen
        found = message.details.found
        if hall is None or chosen is None or chosen.serial != found.serial:
            return
        moment = hall.rules.local(found.issued_at)
        told = details_words(self.app.say, self.app.wording.language, message.details, moment)
        self.query_one("#details", Static).update(told)
        self.query_one("#details-box").scroll_home(animate=False)

    @on(NotRead)
    def tell_why_not_read(self, message: NotRead) -> None:
        self.query_one(MessageLine).tell(message.sentence, "error")

    # -- what is done with it

    def begin(self) -> FoundNotice | None:
        """The notice chosen; None, after saying so, while there is none or something is done."""
        if self.busy:
            self.tell(self.app.say(_("One moment; this press did nothing.")))
            return None
        if self.chosen is None:
            self.tell(self.app.say(_("Choose a notice first.")))
        return self.chosen

    def action_reprint(self) -> None:
        chosen = self.begin()
        if chosen is not None:
            slip = SlipChoice(f"notice/{chosen.notice_id}", chosen.serial, chosen.service)
            self.app.push_screen(
                ReprintDialog(Reprintable((slip,), self.found.reasons)), self.reprint
            )

    def reprint(self, asked: Reprint | None) -> None:
        if asked is not None:
            self.run(
                partial(
                    reprint_operations.reprint,
                    counter=self.counter,
                    slip=asked.slip,
                    reason=asked.reason,
                )
            )

    def action_come_back(self) -> None:
        chosen = self.begin()
        if chosen is not None:
            operation = notice_search_operations.come_back
            self.run(partial(operation, counter=self.counter, serial=chosen.serial))

    def run(self, operation: Callable[[OpenHall], Told]) -> None:
        hall = self.app.hall
        if hall is not None and not self.busy:
            self.busy = True
            self.carry_out(hall, operation)

    @work(thread=True, group="verb")
    def carry_out(self, hall: OpenHall, operation: Callable[[OpenHall], Told]) -> None:
        try:
            told = sign_in_operations.as_signed_in(hall, self.counter, self.app.seat, operation)
        except (Refused, DatabaseFault) as error:
            self.post_message(self.Failed(self.app.sentence_for(error)))
        else:
            self.post_message(self.Done(told))

    def action_correct(self) -> None:
        hall, chosen = self.app.hall, self.begin()
        if hall is not None and chosen is not None:
            self.busy = True
            self.read_old(hall, chosen.serial)

    @work(thread=True, group="verb")
    def read_old(self, hall: OpenHall, serial: str) -> None:
        try:
            self.post_message(self.Correctable(notice_operations.expect_uncorrected(hall, serial)))
        except (Refused, DatabaseFault) as error:
            self.post_message(self.Failed(self.app.sentence_for(error)))

    @on(Correctable)
    def correct(self, message: Correctable) -> None:
        self.busy = False
        old = message.old
        if self.is_active:
            screen = NoticeScreen(self.counter, old.service_id, corrects=old)
            self.app.push_screen(screen, self.corrected)

    def corrected(self, told: Told | None) -> None:
        self.told = told

    @on(Done)
    def done(self, message: Done) -> None:
        self.told = message.told
        self.leave_when_seen()

    @on(events.ScreenResume)
    def leave_when_seen(self) -> None:
        """Under the lock it stays until the clerk is back: leaving would take the lock off."""
        if self.told is not None and self.is_active:
            self.dismiss(self.told)

    @on(Failed)
    def refused(self, message: Failed) -> None:
        self.busy = False
        self.query_one(MessageLine).tell(message.sentence, "error")

    def tell(self, sentence: str) -> None:
        self.query_one(MessageLine).tell(sentence, "warning")

    # -- moving about

    def action_search(self) -> None:
        self.query_one("#search").focus()

    def action_to_list(self) -> None:
        if self.found.notices:
            self.query_one("#found").focus()

    def action_scroll_details(self, pages: int) -> None:
        box = self.query_one("#details-box")
        box.scroll_relative(y=pages * max(1, box.size.height - 1), animate=False)

    def action_leave(self) -> None:
        if self.busy:
            self.tell(self.app.say(_("One moment; this press did nothing.")))
        else:
            self.dismiss(None)


def moment_words(moment: datetime, now: datetime) -> str:
    """The time today, the day before that, with its year where that is another one."""
    if moment.date() == now.date():
        return moment.strftime("%H:%M")
    return moment.strftime("%m-%d" if moment.year == now.year else "%Y-%m-%d")
