"""Every counter of the hall: its name, whether it is open, whom it serves now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from display.board_rows import pages, row
from display.board_section import GAP, BoardSection
from display.two_languages import Pair, both, both_names, drawn_name
from hall.marked import _
from ui.big_text import big_letters, script_letters
from ui.cells import fit

if TYPE_CHECKING:
    from hall.board_view import CounterLine

LARGE = 6
"""Lines of a counter in big letters, with the space beneath."""
DRAWN, SCRIPT_LINES = 9, 7
"""The same with its name in a script that is drawn; of that name alone."""
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
        if width >= LEAST_WIDTHS[LARGE] and height >= DRAWN and self.is_drawn:
            columns, tall = 1, DRAWN
        each = min(MOST_WIDTH, (width + GAP) // columns - GAP)
        blocks = [self.block(counter, each, tall) for counter in self.counters]
        return pages(blocks, columns, height + hangs_over(tall), each, GAP)

    @property
    def is_drawn(self) -> bool:
        """Whether names of counters must be drawn in the second language."""
        return any(drawn_name(self.app.wording, one.names) for one in self.counters)

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
        if tall == DRAWN:
            return self.drawn(counter, [name, f"{state} {state_english}", beneath], width)
        if tall == LARGE:
            return self.large(counter, [name, english, f"{state} {state_english}", beneath], width)
        return [first, second, Content(" " * width)][:tall]

    def large(self, counter: CounterLine, words: list[str], width: int) -> list[Content]:
        """Its number and the one it serves in letters to be read from the last row of seats."""
        paused = "$warning" if counter.state == "paused" else ""
        styles = ["bold", "$secondary", STYLES.get(counter.state, ""), paused]
        room = width - NUMBER_WIDE - TICKET_WIDE - 4
        lines = [row((text, room, style)) for text, style in zip(words, styles, strict=True)]
        return self.between_letters(counter, [*lines, Content(" " * room)], width, 0)

    def drawn(self, counter: CounterLine, words: list[str], width: int) -> list[Content]:
        """The same; beneath its name that of the second language, as a picture."""
        script = drawn_name(self.app.wording, counter.names)
        room = width - NUMBER_WIDE - TICKET_WIDE - 4
        picture = script_letters(script, room, SCRIPT_LINES) if script else ()
        name, state, beneath = words
        each = room // 3
        first = row(
            (name, room - 2 * each, "bold"),
            (state, each, STYLES.get(counter.state, "")),
            (beneath, each, "$warning" if counter.state == "paused" else ""),
        )
        lines = [first, *(Content(fit(line, room)) for line in picture)]
        lines += [Content(" " * room)] * (1 + SCRIPT_LINES - len(lines))
        return self.between_letters(counter, lines, width, 1)

    def between_letters(
        self, counter: CounterLine, lines: list[Content], width: int, above: int
    ) -> list[Content]:
        """The letters begin so many lines beneath the first."""
        shown = STYLES.get(counter.state, "")
        number, ticket = (
            ("",) * above + big_letters(word, wide, LARGE - 1) + ("",) * len(lines)
            for word, wide in ((str(counter.number), NUMBER_WIDE), (counter.ticket, TICKET_WIDE))
        )
        block = [
            row((fit(left, NUMBER_WIDE, "right"), NUMBER_WIDE + 2, shown))
            + line
            + row(("", 2, ""), (fit(right, TICKET_WIDE, "right"), TICKET_WIDE, "$accent"))
            for line, left, right in zip(lines, number, ticket, strict=False)
        ]
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
