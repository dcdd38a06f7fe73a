"""What a slip says, in lines of text: for a terminal, a transcript, a log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.cells import cell_len

from devices.printing.drawing.line_breaking import wrap
from devices.printing.drawing.paper import Mark, Size
from devices.printing.drawing.preview import big_text, half_blocks
from devices.printing.drawing.printable_text import printable, with_colon
from devices.printing.drawing.qr_code import qr_modules
from devices.printing.pictures import count_of, write_all


class Transcript:
    """A slip being told in lines of at most `columns` cells. A `Paper`.

    `drawn`: the number in big blocks and the QR code as it is, for a pane that shows the slip.
    """

    def __init__(self, columns: int, *, drawn: bool = False) -> None:
        self.columns = columns
        self.drawn = drawn
        self.lines: list[str] = []

    def centred(self, text: str, size: Size, *, heavy: bool = False) -> None:
        text = printable(text)
        if size is Size.HUGE and self.drawn:
            self.add_centred(big_text(text, self.columns))
        else:
            self.add_centred(self.wrapped(text, self.columns))

    def banner(self, text: str, size: Size) -> None:
        self.add_centred(self.wrapped(f"【{printable(text)}】", self.columns))

    def paragraph(self, text: str, size: Size, *, heavy: bool = False) -> None:
        self.lines += self.wrapped(printable(text), self.columns)

    def pair(self, label: str, value: str, size: Size, *, heavy: bool = True) -> None:
        label = with_colon(printable(label))
        indent = cell_len(label)
        if indent > self.columns * 0.6:
            self.lines += self.wrapped(label, self.columns)
            label, indent = "  ", 2
        first, *rest = self.wrapped(printable(value), self.columns - indent)
        self.lines += [label + first, *(" " * indent + line for line in rest)]

    def item(
        self, number: str, title: str, details: list[str], mark: str, kind: Mark, size: Size
    ) -> None:
        number, title = printable(number), printable(title)
        if cell_len(number) > self.columns * 0.2:
            number, title = "", f"{number} {title}"
        mark = f"[{printable(mark)}]" if mark else ""
        indent = max(3, cell_len(number) + 1) if number else 0
        beside = cell_len(mark) <= self.columns * 0.4
        room = self.columns - indent - (cell_len(mark) + 1 if beside else 0)
        first, *rest = self.wrapped(title, room)
        head = number + " " * (indent - cell_len(number)) + first
        if beside:
            head += " " * (self.columns - cell_len(head) - cell_len(mark)) + mark
        else:
            rest += self.wrapped(mark, self.columns - indent)
        self.lines.append(head)
        for detail in details:
            rest += self.wrapped(printable(detail), self.columns - indent)
        self.lines += [" " * indent + line for line in rest]

    def signature(self, label: str, size: Size) -> None:
        label = with_colon(printable(label))
        self.lines.append(label + "_" * (self.columns - cell_len(label)))

    def qr(self, text: str) -> None:
        blocks = half_blocks(qr_modules(printable(text))) if self.drawn else []
        if blocks and cell_len(blocks[0]) <= self.columns:
            self.add_centred(blocks)
        else:
            self.add_centred(self.wrapped(f"[QR {printable(text)}]", self.columns))

    def rule(self, *, heavy: bool = False) -> None:
        self.lines.append(("═" if heavy else "─") * self.columns)

    def gap(self, lines: float) -> None:
        if lines >= 0.5:
            self.lines.append("")

    def wrapped(self, text: str, columns: int) -> list[str]:
        return wrap(text, max(2, columns), cell_len)

    def add_centred(self, lines: list[str]) -> None:
        for line in lines:
            self.lines.append(" " * ((self.columns - cell_len(line)) // 2) + line)


def texts_of(
    job_kind: str,
    content: Mapping[str, Any],
    columns: int = 42,
    reprint: bool = False,
    *,
    drawn: bool = False,
) -> list[list[str]]:
    """The lines of each piece of paper, as `pictures.pictures_of` has their pictures."""
    papers = [Transcript(columns, drawn=drawn) for _ in range(count_of(job_kind))]
    write_all(list(papers), job_kind, content, reprint)
    return [paper.lines for paper in papers]
