"""Every counter of the hall: its name, whether it is open, whom it serves now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from display.board_rows import pages, row
from display.board_section import GAP, BoardSection
from display.two_languages import Pair, both, both_names
from hall.marked import _
from ui.big_text import big_letters
from ui.cells import fit

if TYPE_CHECKING:
    from hall.board_view import CounterLine

LARGE = 6
"""Lines of a counter in big letters, with the space beneath."""
LEAST_WIDTHS = {LARGE: 80, 3: 50, 2: 50, 1: 46}
"""By the lines a counter takes; a place twice as wide has two columns."""
MOST_WIDTH = 96
"""Farther apart the eye loses the line."""
NUMBER, TICKET = 3, 6
NUMBER_WIDE, TICKET_WIDE = 14, 26
"""The same in big letters."""
STYLES = {"open": "$success", "paused": "bold $warning", "closed": "$secondary"}


class CounterLines(BoardSection):
    counters: tuple[CounterLine, ...] = ()

    def show(self, counters: tuple[CounterLine, ...]) -> None:
        if counters != self.counters:
            self.counters = counters
            self.refresh()

    def title(self) -> Pair:
        return both(self.app.wording, _("Counters"))

    def pages(self, width: int, height: int) -> Sequence[Sequence[Content]]:
        """As roomy as shows all of them at once; else two lines each, turned like pages."""
        columns, tall = self.form(width, height)
        each = min(MOST_WIDTH, (width + GAP) // columns - GAP)
        blocks = [self.block(counter, each, tall) for counter in self.counters]
        return pages(blocks, columns, height + hangs_over(tall), each, GAP)

    def form(self, width: int, height: int) -> tuple[int, int]:
        """How many columns, and lines a counter."""
        for tall, least in LEAST_WIDTHS.items():
            most = max(1, (width + GAP) // (least + GAP))
            each = (height + hangs_over(tall)) // tall
            for columns in range(1, most + 1):
                if len(self.counters) <= columns * each and (tall < LARGE or width >= least):
                    return columns, tall
        tall = 2 if height >= 12 else 1
        return max(1, (width + GAP) // (LEAST_WIDTHS[tall] + GAP)), tall

    def block(self, counter: CounterLine, width: int, tall: int) -> list[Content]:
        name, english = both_names(self.app.wording, counter.names)
        closed = counter.state == "closed"
        state, state_english = self.state(counter)
        beneath = self.beneath(counter)
        status = max(18 if tall == 1 else 22, min(36, width * 2 // 5))
        room = width - NUMBER - 1 - TICKET - 1 - status - 1
        shown = STYLES.get(counter.state, "")
        number = fit(str(counter.number), NUMBER, "right")
        name_style = "$secondary" if closed else "bold"
        if tall == 1:
            words = " ".join(part for part in (state, beneath) if part)
            return [
                row(
                    (number, NUMBER + 1, name_style),
                    (name, room, name_style),
                    (" ", 1, ""),
                    (counter.ticket, TICKET + 1, "bold $accent"),
                    (words, status, shown),
                )
            ]
        first = row(
            (number, NUMBER + 1, name_style),
            (name, room, name_style),
            (" ", 1, ""),
            (counter.ticket, TICKET + 1, "bold $accent"),
            (f"{state} {state_english}", status, shown),
        )
        second = row(
            ("", NUMBER + 1, ""),
            (english, room, "$secondary"),
            ("", TICKET + 2, ""),
            (beneath, status, "$warning" if counter.state == "paused" else "$secondary"),
        )
        if tall == LARGE:
            return self.large(counter, [name, english, f"{state} {state_english}", beneath], width)
        return [first, second, Content(" " * width)][:tall]

    def large(self, counter: CounterLine, words: list[str], width: int) -> list[Content]:
        """Its number and the one it serves in letters to be read from the last row of seats."""
        lines = LARGE - 1
        shown = STYLES.get(counter.state, "")
        room = width - NUMBER_WIDE - TICKET_WIDE - 4
        styles = ["bold", "$secondary", shown, "$warning" if counter.state == "paused" else ""]
        number = big_letters(str(counter.number), NUMBER_WIDE, lines)
        ticket = big_letters(counter.ticket, TICKET_WIDE, lines)
        block = []
        for place in range(lines):
            left = number[place] if place < len(number) else ""
            right = ticket[place] if place < len(ticket) else ""
            text = words[place] if place < len(words) else ""
            style = styles[place] if place < len(styles) else ""
            block.append(
                row(
                    (fit(left, NUMBER_WIDE, "right"), NUMBER_WIDE + 2, shown),
                    (text, room + 2, style),
                    (fit(right, TICKET_WIDE, "right"), TICKET_WIDE, "$accent"),
                )
            )
        return [*block, Content(" " * width)]

    def state(self, counter: CounterLine) -> Pair:
        match counter.state:
            case "open":
                return both(self.app.wording, _("Open"))
            case "paused" if counter.pause_until is not None:
                until = f"{counter.pause_until:%H:%M}"
                return self.app.say(_("Paused until {time}"), time=until), "Paused"
            case "paused":
                return both(self.app.wording, _("Paused"))
            case _:
                return both(self.app.wording, _("Closed"))

    def beneath(self, counter: CounterLine) -> str:
        """Why it is paused; else who sits there, for whom (B角), and the counter's sign."""
        if counter.state == "paused":
            return counter.pause_reason
        clerk = counter.clerk
        if counter.stands_in_for:
            primary = counter.stands_in_for
            clerk = self.app.say(_("{clerk} for {primary}"), clerk=clerk, primary=primary)
        return " ".join(part for part in (clerk, counter.sign) if part)


def hangs_over(tall: int) -> bool:
    """Whether a block ends with an empty line, which the last one of a column does not need."""
    return tall > 2
