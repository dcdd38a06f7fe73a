"""What a clerk fills in: the papers as found, those asked for besides, the remark, the fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input, Static

from counter.notice.notice_fault_line import FaultLine
from counter.notice.notice_operations import Findings, Special
from counter.notice.notice_special_row import SpecialRow
from counter.notice.paper_row import Finding, PaperRow
from hall.marked import _
from ui.base_app import HallApp

if TYPE_CHECKING:
    from hall.notices.notice_view import Papers

MOST_REMARK = 500
"""Signs; the rules of the hall have the last word."""
MOST_PASTED = 5000
"""What is too long is shown to be so and can be shortened; a book is not taken in."""


class PaperList(VerticalScroll, inherit_bindings=False):
    """Its own up and down would scroll, and Space then mark a paper that is out of sight."""


class NoticeForm(Vertical):
    app = getters.app(HallApp)

    class Changed(Message):
        """Something was marked or written."""

    class Gap(Exception):
        """Something is left to write; the cursor stands there."""

        def __init__(self, sentence: str) -> None:
            super().__init__(sentence)
            self.sentence = sentence

    def __init__(self, prefill: Findings | None = None, answerable: str = "") -> None:
        """`prefill`: as the notice found them that is corrected; `answerable`: for that one."""
        super().__init__(id="form")
        self.prefill = prefill
        self.answerable = answerable
        self.listed = 0
        """The highest number of the catalogue's papers."""

    def compose(self) -> ComposeResult:
        if self.answerable:
            yield FaultLine(self.answerable)
        yield PaperList(id="papers", can_focus=False)
        yield Static(self.app.say(_("Remark")), markup=False, id="remark-caption")
        remark = self.prefill.remark if self.prefill is not None else ""
        yield Input(remark, max_length=MOST_PASTED, select_on_focus=False, id="remark")

    # -- the papers

    async def show_papers(self, papers: Papers) -> None:
        """Instead of those of another matter; what was asked for by hand stays."""
        place = self.query_one("#papers")
        await self.query("PaperRow, #no-papers").remove()
        rows = [PaperRow(paper) for paper in papers.papers]
        self.listed = max((paper.number for paper in papers.papers), default=0)
        if rows:
            await place.mount_all(rows, before=0 if place.children else None)
            rows[0].focus()
        else:
            words = self.app.say(_("No papers are listed for this matter; write a remark."))
            note = Static(words, markup=False, id="no-papers")
            await place.mount(note, before=0 if place.children else None)
            self.query_one("#remark").focus()
        await self.fill_in(rows)
        self.renumber()
        self.post_message(self.Changed())

    async def fill_in(self, rows: list[PaperRow]) -> None:
        found, self.prefill = self.prefill, None  # it says nothing about another matter
        if found is None:
            return
        for row in rows:
            if row.paper.number in found.wrong:
                row.put(Finding.WRONG, found.wrong[row.paper.number])
            elif row.paper.number in found.missing:
                row.put(Finding.MISSING)
        for special in found.special:
            await self.query_one("#papers").mount(SpecialRow(0, special.name, special.what))

    async def add_special(self) -> None:
        row = SpecialRow(self.listed + len(self.query(SpecialRow)) + 1)
        await self.query_one("#papers").mount(row)
        row.action_write()
        self.post_message(self.Changed())

    @on(SpecialRow.Unwanted)
    async def remove_special(self, event: SpecialRow.Unwanted) -> None:
        event.stop()
        rows = list(self.query("PaperRow, SpecialRow"))
        if event.row not in rows:  # pressed twice
            return
        at = rows.index(event.row)
        await event.row.remove()
        others = rows[:at][::-1] + rows[at + 1 :]
        if others:
            others[0].focus()
        self.renumber()
        self.post_message(self.Changed())

    def renumber(self) -> None:
        for number, row in enumerate(self.query(SpecialRow), start=self.listed + 1):
            row.renumber(number)

    @on(PaperRow.Changed)
    @on(SpecialRow.Changed)
    @on(FaultLine.Changed)
    def tell_changed(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Changed())

    @on(Input.Changed, "#remark")
    def count_remark(self, event: Input.Changed) -> None:
        event.stop()
        count = len(event.value)
        words = self.app.say(_("Remark"))
        caption = self.query_one("#remark-caption", Static)
        caption.update(f"{words}  {count}/{MOST_REMARK}" if count else words)
        caption.set_class(count > MOST_REMARK, "-too-long")
        self.post_message(self.Changed())

    @on(Input.Submitted, "#remark")
    def stop_writing(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.set_focus(None)  # so that p prints; Enter must not, pressed once too often

    def stop_writing_about_a_paper(self) -> bool:
        """From writing back to choosing; False where nobody is writing about a paper."""
        focused = self.screen.focused
        if isinstance(focused, Input):
            for row in focused.ancestors:
                if isinstance(row, PaperRow | SpecialRow):
                    row.focus()
                    return True
        return False

    # -- what it says

    @property
    def counts(self) -> tuple[int, int]:
        """Missing, those asked for by hand among them, and wrong."""
        found = [row.finding for row in self.query(PaperRow)]
        by_hand = sum(bool(row.paper_name) for row in self.query(SpecialRow))
        return found.count(Finding.MISSING) + by_hand, found.count(Finding.WRONG)

    @property
    def has_marks(self) -> bool:
        return any(row.finding is not Finding.HERE for row in self.query(PaperRow))

    @property
    def has_anything(self) -> bool:
        written = any(row.paper_name or row.what for row in self.query(SpecialRow))
        return self.has_marks or written or bool(self.query_one("#remark", Input).value)

    def findings(self) -> Findings:
        """What was ticked and written. Raises Gap."""
        rows = list(self.query(PaperRow))
        for row in rows:
            if row.finding is Finding.WRONG and not row.what_is_wrong:
                row.query_one(Input).focus()
                words = self.app.say(
                    _("Write what is wrong with {number}."), number=row.paper.number
                )
                raise self.Gap(words)
        special = []
        for asked in self.query(SpecialRow):
            if asked.what and not asked.paper_name:
                asked.action_write()
                words = self.app.say(_("Write which paper {number} is."), number=asked.number)
                raise self.Gap(words)
            if asked.paper_name:  # an empty row was added and not needed
                special.append(Special(asked.paper_name, asked.what))
        return Findings(
            {row.paper.number for row in rows if row.finding is Finding.MISSING},
            {row.paper.number: row.what_is_wrong for row in rows if row.finding is Finding.WRONG},
            self.query_one("#remark", Input).value,
            tuple(special),
            self.fault(),
        )

    def fault(self) -> str:
        """Empty where nothing is corrected. Raises Gap."""
        lines = self.query(FaultLine)
        if not lines:
            return ""
        if not lines.first().fault:
            raise self.Gap(
                self.app.say(_("Choose with f what was the matter with the old notice."))
            )
        return lines.first().fault

    def next_fault(self) -> None:
        for line in self.query(FaultLine):
            line.next_fault()
