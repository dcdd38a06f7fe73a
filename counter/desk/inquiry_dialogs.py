"""A new inquiry being written down, and an old one being looked at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from counter.desk.desk_operations import Asked
from counter.desk.inquiry_panel import inquiry_words
from counter.dialogs.dialog import Dialog
from counter.dialogs.transfer_dialog import BackHere
from hall.marked import _

if TYPE_CHECKING:
    from hall.desk_view import InquiryShown

NOTHING_ASKED = Asked("", False, "", "", "")


class NewInquiryDialog(Dialog[Asked]):
    """What is asked is enough; Enter takes it, Tab goes on to the rest."""

    BINDINGS = [
        Binding("f2", "by_phone", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, asked: Asked = NOTHING_ASKED, trouble: str = "") -> None:
        """`asked`, `trouble`: when it is asked again."""
        super().__init__()
        self.asked = asked
        self.trouble = trouble

    def title_words(self) -> str:
        return self.app.say(_("What is asked?  Enter takes it, Tab goes on."))

    def body(self) -> Iterable[Widget]:
        say, asked = self.app.say, self.asked
        yield Input(
            asked.matter,
            placeholder=say(_("In a few words, without names and numbers of people")),
            max_length=200,
            id="matter",
        )
        yield Static(say(_("Answer, if you give it now:")), markup=False, classes="caption")
        yield Input(asked.result, max_length=300, id="result")
        caption = _("Else: where the citizen can be reached (erased with the result)")
        yield Static(say(caption), markup=False, classes="caption")
        yield Input(asked.contact, max_length=60, id="contact")
        yield Static(say(_("Ticket, if there is one:")), markup=False, classes="caption")
        yield Input(asked.ticket, max_length=12, id="ticket")
        label = Content(say(_("F2  Asked by telephone")))
        yield BackHere(label, asked.by_phone, compact=True, id="by-phone")

    def on_mount(self) -> None:
        self.complain(self.trouble)
        self.query_one("#matter").focus()

    def action_by_phone(self) -> None:
        self.query_one("#by-phone", BackHere).toggle()

    @on(Input.Submitted)
    def submit(self) -> None:
        self.confirm()

    def answer(self) -> Asked | None:
        matter, result, contact, ticket = (
            self.query_one(f"#{field}", Input).value.strip()
            for field in ("matter", "result", "contact", "ticket")
        )
        if not matter:
            self.complain(self.app.say(_("Say in a few words what is asked.")))
            self.query_one("#matter").focus()
            return None
        by_phone = self.query_one("#by-phone", BackHere).value
        return Asked(matter, by_phone, contact, ticket, result)


class InquiryDialog(Dialog[bool]):
    """An inquiry that was looked for, perhaps long ended."""

    BINDINGS = [Binding("enter,space", "close", show=False)]

    def __init__(self, inquiry: InquiryShown) -> None:
        super().__init__()
        self.inquiry = inquiry

    def title_words(self) -> str:
        return self.inquiry.number

    def body(self) -> Iterable[Widget]:
        yield Static(inquiry_words(self.app.say, self.inquiry), markup=False, id="about")

    def action_close(self) -> None:
        self.dismiss(None)

    def answer(self) -> bool:
        return True
