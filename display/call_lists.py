"""What was called before, and who missed the call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from display.board_rows import pages, row
from display.board_section import GAP, BoardSection
from display.two_languages import Pair, both
from hall.marked import _
from ui.big_text import big_letters
from ui.cells import fit

if TYPE_CHECKING:
    from hall.board_view import BoardCall
    from hall.hall_rules import HallRules

LARGE = 6
"""Lines of an earlier call in big letters, with the space beneath."""
NUMBER, TIME, BESIDE = 8, 6, 12
LETTERS, MISSED_LETTERS = 46, 26
MOST_WIDTH = 64


class EarlierCalls(BoardSection):
    calls: tuple[BoardCall, ...] = ()
    rules: HallRules | None = None

    def show(self, calls: Sequence[BoardCall], rules: HallRules) -> None:
        if (tuple(calls), rules) != (self.calls, self.rules):
            self.calls, self.rules = tuple(calls), rules
            self.refresh()

    def title(self) -> Pair:
        return both(self.app.wording, _("Called before"))

    def pages(self, width: int, height: int) -> Sequence[Sequence[Content]]:
        """As large as shows all; of what does not fit the oldest are left out."""
        if not self.calls or height < 1:
            return [[]]
        for tall in (LARGE, 3, 2, 1):
            if len(self.calls) * tall <= height + (tall > 2):
                break
        blocks = [self.block(call, width, tall) for call in self.calls]
        return pages(blocks, 1, height + (tall > 2), width)[:1]

    def block(self, call: BoardCall, width: int, tall: int) -> list[Content]:
        assert self.rules is not None
        here, english = both(self.app.wording, _("Counter {counter}"), counter=call.counter)
        time = f"{self.rules.local(call.called_at):%H:%M}"
        if tall == LARGE:
            room = min(LETTERS, width - BESIDE)
            letters = big_letters(f"{call.number} → {call.counter}", room - 2, LARGE - 1)
            if letters:
                beside = [(here, "bold"), (english, "$secondary"), ("", ""), (time, ""), ("", "")]
                lines = [*letters, *[""] * (LARGE - 1 - len(letters))]
                return [
                    row((line, room, ""), (text, width - room, style))
                    for line, (text, style) in zip(lines, beside, strict=True)
                ] + [Content(" " * width)]
        room = min(width, MOST_WIDTH) - NUMBER - 2 - TIME
        first = row(
            (call.number, NUMBER, "bold"),
            ("→", 2, "$secondary"),
            (here, room, "bold"),
            (fit(time, TIME, "right"), TIME, "$secondary"),
        )
        second = row(("", NUMBER + 2, ""), (english, room + TIME, "$secondary"))
        return [first, second, *[Content(" " * width)] * 4][:tall]


class MissedNumbers(BoardSection):
    """过号: where those go who missed their call, and who they are."""

    english_beneath = True
    numbers: tuple[str, ...] = ()

    def show(self, numbers: tuple[str, ...]) -> None:
        if numbers != self.numbers:
            self.numbers = numbers
            self.refresh()

    def title(self) -> Pair:
        return both(self.app.wording, _("Missed? Ask at the desk"))

    def pages(self, width: int, height: int) -> Sequence[Sequence[Content]]:
        columns = (width + GAP) // (MISSED_LETTERS + GAP)
        if height >= LARGE - 1 and 0 < len(self.numbers) <= columns:
            drawn = [big_letters(number, MISSED_LETTERS, LARGE - 1) for number in self.numbers]
            large = [[row((line, MISSED_LETTERS, "$warning")) for line in rows] for rows in drawn]
            if all(len(rows) == LARGE - 1 for rows in drawn):
                return pages(large, columns, height, MISSED_LETTERS, GAP)
        columns = max(1, width // NUMBER)
        blocks = [[row((number, NUMBER, "bold $warning"))] for number in self.numbers]
        return pages(blocks, columns, height, NUMBER, 0)
