"""Draw a slip as one black-and-white picture: text in every script, rules, marks, QR codes."""

from __future__ import annotations

from devices.printing.drawing import fonts, vertical_text
from devices.printing.drawing.canvas import BLACK, LINE, WHITE, Canvas, stroke_of
from devices.printing.drawing.line_breaking import is_wide, wrap
from devices.printing.drawing.paper import Mark, Size
from devices.printing.drawing.printable_text import printable, with_colon
from devices.printing.drawing.qr_code import qr_dots

SIZES = {
    576: {Size.HUGE: 168, Size.TITLE: 46, Size.LARGE: 36, Size.BODY: 27, Size.SMALL: 22},
    384: {Size.HUGE: 128, Size.TITLE: 36, Size.LARGE: 30, Size.BODY: 24, Size.SMALL: 20},
}
"""In dots, of which there are 8 to the millimetre; other papers have those of the nearest."""
LARGE_PRINT = 1.35
"""So much larger for older eyes."""

MARGIN = {576: 10, 384: 4}
QR_MODULE = 6

MIDDLE = 0.1
"""By how much a line in a box is lowered to stand in its middle."""
SMALLEST_FIT = 0.75
"""A headline a little too long is set so much smaller before it is broken."""
LABEL_SHARE, NUMBER_SHARE, MARK_SHARE = 0.6, 0.2, 0.4
"""Of the paper's width; what is wider stands on a line of its own."""
HANGING_LINES = 2
"""A value of more lines goes on below its label, in the full width."""
KEPT_WHOLE = 16
"""Signs; a day or an amount rather goes below its label than is broken, an address does not."""
ROOM_FOR_A_HAND = 2.4
"""In lines; a signature needs a centimetre."""


class Sheet(Canvas):
    """A slip being drawn, from top to bottom. A `Paper`.

    `large`: the same in larger type.
    """

    def __init__(self, width_dots: int, *, large: bool = False) -> None:
        super().__init__(width_dots)
        nearest = min(SIZES, key=lambda known: abs(known - width_dots))
        factor = LARGE_PRINT if large else 1
        self.sizes = {size: round(dots * factor) for size, dots in SIZES[nearest].items()}
        self.qr_module = round(QR_MODULE * factor)
        self.left = MARGIN[nearest]
        self.right = width_dots - self.left

    def centred(self, text: str, size: Size, *, heavy: bool = False) -> None:
        text = printable(text)
        figures = size is Size.HUGE and text.isascii()
        swollen = stroke_of(self.sizes[size], heavy)  # a thick stroke is wider than its letter
        left, right = self.left + swollen, self.right - swollen
        dots = self.fitting(text, size, right - left)
        self.y -= dots * 0.1 if figures else 0  # figures are lower than the line they stand on
        self.headline(text, size, left, right, heavy=heavy)
        self.y -= dots * 0.22 if figures else 0

    def banner(self, text: str, size: Size) -> None:
        top = self.y
        self.y += 4 + self.sizes[size] * MIDDLE / 2
        self.headline(printable(text), size, self.left + 8, self.right - 8, fill=WHITE, heavy=True)
        self.y += 4
        self.box(self.left, top, self.right, self.y)

    def paragraph(self, text: str, size: Size, *, heavy: bool = False) -> None:
        self.block(printable(text), self.sizes[size], self.left, self.right, heavy=heavy)

    def pair(self, label: str, value: str, size: Size, *, heavy: bool = True) -> None:
        dots = self.sizes[size]
        label, value = printable(label), printable(value)
        if not vertical_text.LETTERS.search(label):  # a colon would lie beside its columns
            label = with_colon(label)
        beside = self.left + fonts.width(label, dots)
        if self.stands_above(label, value, dots, beside):
            self.block(label, dots, self.left, self.right)
            self.block(value, dots, self.left + dots, self.right, heavy=heavy)
            return
        top = self.y
        self.line(label, dots, self.left)
        label_end, self.y = self.y, top
        first, rest = self.run_in(label, value, dots, beside)
        self.block(first, dots, beside, self.right, heavy=heavy)
        self.y = max(self.y, label_end)
        if rest:
            self.block(rest, dots, self.left, self.right, heavy=heavy)

    def stands_above(self, label: str, value: str, dots: int, beside: float) -> bool:
        """Whether a label has a line of its own: it is long, or keeps the value from having one."""
        if beside > self.width * LABEL_SHARE or vertical_text.LETTERS.search(label):
            return True
        if vertical_text.LETTERS.search(value):
            return False
        needed = fonts.width(value, dots)
        if self.right - beside < needed <= self.right - self.left - dots:
            return len(value) <= KEPT_WHOLE or not any(is_wide(sign) for sign in value)
        return False

    def run_in(self, label: str, value: str, dots: int, beside: float) -> tuple[str, str]:
        """What stands beside the label, and what in full lines below it, of a long value."""
        upright = vertical_text.LETTERS.search(value) or not fonts.runs_rightwards(label + value)
        if upright or len(self.lines(value, dots, self.right - beside)) <= HANGING_LINES:
            return value, ""
        first = self.lines(label + value, dots, self.right - self.left)[0]
        told = len(first) - len(label)
        return (value[:told], value[told:].lstrip(" ")) if told > 0 else (value, "")

    def item(
        self, number: str, title: str, details: list[str], mark: str, kind: Mark, size: Size
    ) -> None:
        dots, small = self.sizes[size], self.sizes[Size.SMALL]
        number, title, mark = printable(number), printable(title), printable(mark)
        if fonts.width(number, dots) > self.width * NUMBER_SHARE:
            number, title = "", f"{number} {title}"
        column = max(dots * 1.6, fonts.width(mark, dots) + dots * 0.5) if mark else 0.0
        right = self.right - column - (dots * 0.4 if mark else 0)
        beside = column <= self.width * MARK_SHARE
        top = self.y
        if mark and beside:
            self.mark(mark, dots, self.right - column, column, kind)
            self.y = top
        left: float = self.left
        if number:
            self.line(number, dots, self.left)
            self.y = top
            left += max(dots * 1.3, fonts.width(number, dots) + dots * 0.4)
        self.block(title, dots, left, right if beside else self.right, heavy=kind is Mark.STRONG)
        if mark and not beside:
            for line in self.lines(mark, dots, self.right - left):
                x = self.right - fonts.width(line, dots) - dots * 0.25
                self.line(line, dots, x, heavy=kind is Mark.STRONG)
        for detail in details:
            self.block(printable(detail), small, left, self.right)
        self.y = max(self.y, top + dots * LINE) + 4
        self.dotted(self.left, self.right)
        self.y += 5

    def mark(self, text: str, dots: int, left: float, column: float, kind: Mark) -> None:
        strong = kind is Mark.STRONG
        if strong:
            self.box(left, self.y, left + column, self.y + dots * LINE)
        self.y += dots * MIDDLE if strong else 0
        x = left + (column - fonts.width(text, dots)) / 2
        self.line(text, dots, x, fill=WHITE if strong else BLACK, heavy=strong)

    def signature(self, label: str, size: Size) -> None:
        dots = self.sizes[size]
        label = with_colon(printable(label))
        self.y += dots * ROOM_FOR_A_HAND
        x = self.left + fonts.width(label, dots)
        if x > self.width * LABEL_SHARE:
            self.block(label, dots, self.left, self.right)
            self.y += dots * ROOM_FOR_A_HAND
            x = self.left
        else:
            self.line(label, dots, self.left)
        self.box(x, self.y - 6, self.right, self.y - 5)

    def qr(self, text: str) -> None:
        """Told in letters when it is too long for a code that can be read."""
        from PIL import Image

        text = printable(text)
        code = qr_dots(text, self.right - self.left, self.qr_module)
        if code is None:
            self.paragraph(text, Size.SMALL)
            return
        side, dots = code
        self.grey(Image.frombytes("L", (side, side), dots), (self.width - side) // 2)

    def rule(self, *, heavy: bool = False) -> None:
        self.y += 9
        self.box(self.left, self.y, self.right, self.y + (3 if heavy else 1))
        self.y += 13 if heavy else 10

    def gap(self, lines: float) -> None:
        self.y += lines * self.sizes[Size.BODY] * LINE

    def headline(
        self,
        text: str,
        size: Size,
        left: float,
        right: float,
        *,
        fill: int = BLACK,
        heavy: bool = False,
    ) -> None:
        room = right - left
        for upright, piece in vertical_text.pieces(text):
            if upright:
                self.columns(piece, self.sizes[size], left, right, 0.5, fill=fill, heavy=heavy)
                continue
            dots = self.fitting(piece, size, room)
            for line in self.balanced(piece, dots, room):
                x = left + (room - fonts.width(line, dots)) / 2
                self.line(line, dots, x, fill=fill, heavy=heavy)

    def block(
        self, text: str, dots: int, left: float, right: float, *, heavy: bool = False
    ) -> None:
        for upright, piece in vertical_text.pieces(text):
            if upright:
                self.columns(piece, dots, left, right, 0, fill=BLACK, heavy=heavy)
                continue
            for line in self.lines(piece, dots, right - left):
                x = left if fonts.runs_rightwards(line) else right - fonts.width(line, dots)
                self.line(line, dots, x, heavy=heavy)

    def columns(
        self,
        text: str,
        dots: int,
        left: float,
        right: float,
        share: float,
        *,
        fill: int,
        heavy: bool,
    ) -> None:
        """`share` of the room left over stands before them: half of it puts them in the middle."""
        room, stroke = right - left, stroke_of(dots, heavy)
        for mask in vertical_text.blocks_of(text, dots, int(room), self.width, stroke):
            self.y += 4
            x = left + (room - mask.width) * share
            self.mask(mask, x, fill=fill, heavy=heavy, stroke=stroke)
            self.y += 4

    def fitting(self, text: str, size: Size, room: float) -> int:
        """The size in dots: somewhat smaller where that saves a line, never too small to read."""
        dots = self.sizes[size]
        smallest = self.sizes[Size.TITLE] if size is Size.HUGE else round(dots * SMALLEST_FIT)
        needed = fonts.width(text, dots)
        if needed <= room:
            return dots
        fit = int(dots * room / needed)
        return fit if fit >= max(smallest, self.sizes[Size.SMALL]) else dots

    def balanced(self, text: str, dots: int, room: float) -> list[str]:
        """In lines of about the same length, so that no single character is left over."""
        lines = self.lines(text, dots, room)
        if len(lines) < 2:
            return lines
        width = fonts.width(text, dots) / len(lines)
        while (width := width + dots) < room:
            narrower = self.lines(text, dots, width)
            if len(narrower) == len(lines):
                return narrower
        return lines

    def lines(self, text: str, dots: int, width: float) -> list[str]:
        return wrap(text, width, lambda piece: fonts.width(piece, dots))
