"""The chosen inquiry: what is asked, who has it, through whose hands it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from counter.phrases import Say
from hall.inquiries.inquiry_words import CHANNELS, STATES
from hall.marked import _
from ui.base_app import HallApp

if TYPE_CHECKING:
    from hall.desk_view import Colleague, InquiryShown, Link


def reached_at(say: Say, person: Colleague) -> str:
    """How a colleague is found: telephone, department, counter."""
    counter = say(_("Counter {counter}"), counter=person.counter) if person.counter else ""
    return "  ".join(part for part in (person.phone, person.department, counter) if part)


def inquiry_words(say: Say, inquiry: InquiryShown) -> Content:
    asked = inquiry.chain[0].at if inquiry.chain else None
    rows = [
        Content.assemble(
            (inquiry.number, "bold"),
            f"  {say(CHANNELS[inquiry.channel])}",
            f"  {asked:%m-%d %H:%M}" if asked is not None else "",
            (f"  {say(_('overdue'))}", "bold $error") if inquiry.overdue else "",
        ),
        Content.styled(inquiry.matter, "bold"),
        Content.assemble(
            (say(_("Answers for it:")) + " ", "$secondary"),
            (inquiry.responsible.name, "bold"),
            f"  {reached_at(say, inquiry.responsible)}",
        ),
    ]
    if inquiry.contact:
        rows.append(
            Content.assemble((say(_("To be reached at:")) + " ", "$secondary"), inquiry.contact)
        )
    if inquiry.ticket:
        rows.append(Content.assemble((say(_("Ticket:")) + " ", "$secondary"), inquiry.ticket))
    rows += [link_words(say, inquiry, link) for link in inquiry.chain]
    return Content("\n").join(rows)


def link_words(say: Say, inquiry: InquiryShown, link: Link) -> Content:
    went = f"→ {link.to}" if link.to != link.by else ""
    words = link.words
    if not link.to:
        went, words = f"→ {say(STATES[inquiry.state])}", inquiry.result
    return Content.assemble(
        (f"{link.at:%m-%d %H:%M}", "$secondary"), f"  {link.by} {went}".rstrip(), f"  {words}"
    )


class InquiryPanel(VerticalScroll, can_focus=False):
    app = getters.app(HallApp)

    def compose(self) -> ComposeResult:
        yield Static("", markup=False, id="inquiry")

    def show(self, inquiry: InquiryShown | None, count: int) -> None:
        """None: nothing is chosen, for there is none."""
        say = self.app.say
        if inquiry is None:
            words = Content(say(_("Nobody waits for an answer.")) if not count else "")
        else:
            words = inquiry_words(say, inquiry)
        self.query_one("#inquiry", Static).update(words)
