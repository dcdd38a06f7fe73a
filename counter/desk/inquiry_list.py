"""Inquiries without a result, the oldest first; the chosen one stays chosen whatever changes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import getters
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from counter.phrases import Say, length_words
from hall.marked import _
from ui.base_app import HallApp
from ui.cells import fit

if TYPE_CHECKING:
    from hall.desk_view import InquiryShown

LEAST_CELLS = 16


def age_words(say: Say, age: timedelta) -> str:
    """In days after the first one: then hours are no matter."""
    return say(_("{days} d"), days=age.days) if age.days >= 1 else length_words(say, age)


class InquiryList(OptionList, can_focus=False):
    """Two rows each. Rows are cut to the list's width, so they are made anew when it changes."""

    app = getters.app(HallApp)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(markup=False, id=id)
        self.inquiries: tuple[InquiryShown, ...] = ()
        self.chosen_id: int | None = None
        """Of the inquiry; None while there is none."""
        self.staff_number = ""
        """Of whoever looks."""
        self.now: datetime | None = None
        self.filled: list[Content] = []

    @property
    def chosen(self) -> InquiryShown | None:
        return next((one for one in self.inquiries if one.inquiry_id == self.chosen_id), None)

    def show(self, inquiries: tuple[InquiryShown, ...], staff_number: str, now: datetime) -> None:
        """Where the chosen one has gone, the one in its place is chosen."""
        places = [one.inquiry_id for one in self.inquiries]
        was_at = places.index(self.chosen_id) if self.chosen_id in places else 0
        self.inquiries, self.staff_number, self.now = inquiries, staff_number, now
        if self.chosen is None:
            last = len(inquiries) - 1
            self.chosen_id = inquiries[min(was_at, last)].inquiry_id if inquiries else None
        self.fill()

    def choose(self, inquiry_id: int) -> bool:
        """False: it is not on the list."""
        at = self.place_of(inquiry_id)
        if at is None:
            return False
        self.chosen_id = inquiry_id
        self.highlighted = at
        return True

    def place_of(self, inquiry_id: int | None) -> int | None:
        places = (at for at, one in enumerate(self.inquiries) if one.inquiry_id == inquiry_id)
        return next(places, None)

    def on_resize(self) -> None:
        self.fill()

    def fill(self) -> None:
        width = self.scrollable_content_region.width
        if self.now is None or width < LEAST_CELLS:
            return
        rows = [self.row(one, self.now, width) for one in self.inquiries]
        if rows != self.filled:
            self.filled = rows
            top = self.scroll_y
            with self.prevent(OptionList.OptionHighlighted):
                self.clear_options()
                self.add_options(Option(row) for row in rows)
                self.highlighted = self.place_of(self.chosen_id)
            self.scroll_to(y=top, animate=False)
        elif self.highlighted != self.place_of(self.chosen_id):
            self.highlighted = self.place_of(self.chosen_id)
        self.call_after_refresh(self.scroll_to_highlight)

    def row(self, inquiry: InquiryShown, now: datetime, width: int) -> Content:
        say = self.app.say
        age = age_words(say, now - inquiry.asked_at)
        if inquiry.overdue:
            age = say(_("overdue {age}"), age=age)
        own = inquiry.responsible.staff_number == self.staff_number
        name = say(_("me")) if own else inquiry.responsible.name
        head = f"{inquiry.number}  "
        room = max(0, width - cell_len(head) - cell_len(age) - 1)
        return Content.assemble(
            (head, "bold"),
            (fit(name, room), "bold $success" if own else ""),
            " ",
            (age, "bold $error" if inquiry.overdue else ""),
            "\n",
            fit("  " + inquiry.matter, width),
        )

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index < len(self.inquiries):
            self.chosen_id = self.inquiries[event.option_index].inquiry_id
