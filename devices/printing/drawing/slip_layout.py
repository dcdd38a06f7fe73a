"""Draw a slip as one black-and-white picture: text in every script, rules, marks, QR codes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from devices.printing.drawing import fonts
from devices.printing.drawing.line_breaking import is_wide, wrap
from devices.printing.drawing.paper import Mark, Size
from hall.names import plain

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

BLACK, WHITE = 0, 255
DARK_ENOUGH = 148
"""A grey dot below this is printed. The edge of a letter decided so gives even strokes at every
size; drawn without grey, thin strokes come out one dot wide here and two there."""

SIZES = {
    576: {Size.HUGE: 168, Size.TITLE: 46, Size.LARGE: 36, Size.BODY: 27, Size.SMALL: 22},
    384: {Size.HUGE: 128, Size.TITLE: 36, Size.LARGE: 30, Size.BODY: 24, Size.SMALL: 20},
}
"""In dots, of which there are 8 to the millimetre."""

MARGIN = {576: 10, 384: 4}
QR_MODULE = 6
QR_BORDER = 4
"""Modules of white that readers need around it."""

ASCENT, LINE = 0.92, 1.28
"""Of a line of Chinese, in its size; the font's own figures leave half a line empty."""
MIDDLE = 0.1
"""By how much a line in a box is lowered to stand in its middle."""
LEGIBLE_SCRIPT = 28
"""Tibetan, Uyghur, Mongolian or Yi letters are too fine for a printer below this size."""
SMALLEST_FIT = 0.75
"""A headline a little too long is set so much smaller before it is broken."""

Ink = Callable[["ImageDraw", "Image"], None]


class Sheet:
    """A slip being drawn, from top to bottom. A `Paper`.

    The paper is as long as what stands on it, so drawing waits for `picture`.
    """

    def __init__(self, width_dots: int) -> None:
        self.width = width_dots
        self.sizes = SIZES[width_dots]
        self.left = MARGIN[width_dots]
        self.right = width_dots - self.left
        self.y = 8.0
        self.ground: list[Ink] = []
        """What lies beneath the text."""
        self.ink: list[Ink] = []

    def picture(self) -> Image:
        from PIL import Image, ImageDraw

        image = Image.new("L", (self.width, round(self.y) + 8), WHITE)
        draw = ImageDraw.Draw(image)
        for put in self.ground + self.ink:
            put(draw, image)
        return image.point([0] * DARK_ENOUGH + [255] * (256 - DARK_ENOUGH), "1")

    def centred(self, text: str, size: Size, *, heavy: bool = False) -> None:
        text = plain(text)
        room = self.right - self.left
        dots = self.fitting(text, size, room)
        figures = size is Size.HUGE and text.isascii()
        self.y -= dots * 0.1 if figures else 0  # figures are lower than the line they stand on
        for line in self.balanced(text, dots, room):
            x = self.left + (room - fonts.width(line, dots)) / 2
            self.line(line, dots, x, heavy=heavy)
        self.y -= dots * 0.22 if figures else 0

    def banner(self, text: str, size: Size) -> None:
        text = plain(text)
        room = self.right - self.left - 16
        dots = self.fitting(text, size, room)
        top = self.y
        self.y += 4 + dots * MIDDLE / 2
        for line in self.balanced(text, dots, room):
            x = (self.width - fonts.width(line, dots)) / 2
            self.line(line, dots, x, fill=WHITE, heavy=True)
        self.y += 4
        self.box(self.left, top, self.right, self.y)

    def paragraph(self, text: str, size: Size, *, heavy: bool = False) -> None:
        self.block(plain(text), self.sizes[size], self.left, self.right, heavy=heavy)

    def pair(self, label: str, value: str, size: Size, *, heavy: bool = True) -> None:
        dots = self.sizes[size]
        label = with_colon(plain(label))
        left = self.left + fonts.width(label, dots)
        if left > self.width * 0.6:  # a long label in another language stands above its value
            self.block(label, dots, self.left, self.right)
            self.block(plain(value), dots, self.left + dots, self.right, heavy=heavy)
            return
        top = self.y
        self.line(label, dots, self.left)
        label_end, self.y = self.y, top
        self.block(plain(value), dots, left, self.right, heavy=heavy)
        self.y = max(self.y, label_end)

    def item(
        self, number: str, title: str, details: list[str], mark: str, kind: Mark, size: Size
    ) -> None:
        dots, small = self.sizes[size], self.sizes[Size.SMALL]
        column = max(dots * 1.6, fonts.width(plain(mark), dots) + dots * 0.5)
        top = self.y
        self.mark(plain(mark), dots, self.right - column, column, kind)
        self.y = top
        self.line(plain(number), dots, self.left)
        self.y = top
        left = self.left + max(dots * 1.3, fonts.width(plain(number), dots) + dots * 0.4)
        self.block(
            plain(title),
            dots,
            left,
            self.right - column - dots * 0.4,
            heavy=kind is Mark.STRONG,
        )
        for detail in details:
            self.block(plain(detail), small, left, self.right)
        self.y = max(self.y, top + dots * LINE) + 4
        self.dotted()

    def mark(self, text: str, dots: int, left: float, column: float, kind: Mark) -> None:
        strong = kind is Mark.STRONG
        if strong:
            self.box(left, self.y, left + column, self.y + dots * LINE)
        self.y += dots * MIDDLE
        x = left + (column - fonts.width(text, dots)) / 2
        self.line(text, dots, x, fill=WHITE if strong else BLACK, heavy=strong)

    def signature(self, label: str, size: Size) -> None:
        dots = self.sizes[size]
        label = with_colon(plain(label))
        self.y += dots * 1.4  # room for a hand
        self.line(label, dots, self.left)
        x = self.left + fonts.width(label, dots)
        self.box(x, self.y - 6, self.right, self.y - 5)

    def qr(self, text: str) -> None:
        from PIL import Image

        side, dots = qr_dots(plain(text), self.width - 2 * self.left)
        code = Image.frombytes("L", (side, side), dots)
        at = ((self.width - side) // 2, round(self.y))
        self.ink.append(lambda _, image: image.paste(code, at))
        self.y += side

    def rule(self, *, heavy: bool = False) -> None:
        self.y += 9
        self.box(self.left, self.y, self.right, self.y + (3 if heavy else 1))
        self.y += 13 if heavy else 10

    def dotted(self) -> None:
        y, left, right = round(self.y), self.left, self.right
        self.ground.append(
            lambda draw, _: draw.point([(x, y) for x in range(left, right, 4)], fill=BLACK)
        )
        self.y += 5

    def gap(self, lines: float) -> None:
        self.y += lines * self.sizes[Size.BODY] * LINE

    def fitting(self, text: str, size: Size, room: float) -> int:
        """The size in dots: somewhat smaller where that saves a line, never too small to read."""
        dots = self.sizes[size]
        if any(run.face != fonts.cjk_face() for run in fonts.runs_of(text)):
            dots = max(dots, LEGIBLE_SCRIPT)
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

    def block(
        self, text: str, dots: int, left: float, right: float, *, heavy: bool = False
    ) -> None:
        for line in self.lines(text, dots, right - left):
            x = left if fonts.runs_rightwards(line) else right - fonts.width(line, dots)
            self.line(line, dots, x, heavy=heavy)

    def line(
        self, text: str, dots: int, x: float, *, fill: int = BLACK, heavy: bool = False
    ) -> None:
        """One line at `x`, below what stands there already."""
        ascent, depth = dots * ASCENT, dots * (LINE - ASCENT)
        runs = fonts.runs_from_left(text)
        for run in runs:
            if run.face != fonts.cjk_face():  # stacked letters are higher than Chinese
                above, below = run.face.at(dots).getmetrics()
                ascent, depth = max(ascent, above), max(depth, below)
        baseline = round(self.y + ascent)
        for run in runs:
            self.write(run, dots, round(x), baseline, fill, heavy)
            x += run.width(dots)
        self.y += ascent + depth

    def write(
        self, run: fonts.Run, dots: int, x: int, baseline: int, fill: int, heavy: bool
    ) -> None:
        stroke = dots // 36 if heavy else 0
        # The installation has one weight; small type is struck twice, as on a typewriter.
        strikes = (0, 1) if heavy and not stroke else (0,)

        def put(draw: ImageDraw, _: Image) -> None:
            letters, left, top = letters_of(run, dots, stroke)
            for shift in strikes:
                draw.bitmap((x + shift + left, baseline + top), letters, fill=fill)

        self.ink.append(put)

    def box(self, left: float, top: float, right: float, bottom: float) -> None:
        edges = (round(left), round(top), round(right), round(bottom))
        self.ground.append(lambda draw, _: draw.rectangle(edges, fill=BLACK))


def with_colon(label: str) -> str:
    return label + ("：" if label and is_wide(label[-1]) else ": ")


@lru_cache(maxsize=256)
def letters_of(run: fonts.Run, dots: int, stroke: int) -> tuple[Image, int, int]:
    """A mask of the letters, and where it lies from their start on the baseline.

    Kept, because a slip says mostly what the one before said, and a notice all of it twice.
    """
    from PIL import Image, ImageDraw

    font, direction = run.face.at(dots), run.direction
    left, top, right, bottom = (
        round(edge)
        for edge in font.getbbox(run.text, anchor="ls", direction=direction, stroke_width=stroke)
    )
    mask = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(mask).text(
        (-left, -top),
        run.text,
        fill=255,
        font=font,
        anchor="ls",
        direction=direction,
        stroke_width=stroke,
    )
    return mask, left, top


@lru_cache(maxsize=32)
def qr_dots(text: str, room: int) -> tuple[int, bytes]:
    """The side in dots and the dots; smaller modules only where it would not fit."""
    from PIL import Image

    rows = qr_modules(text)
    module = max(1, min(QR_MODULE, room // len(rows)))
    side = len(rows) * module
    image = Image.new("L", (len(rows), len(rows)), WHITE)
    image.putdata([BLACK if dark else WHITE for row in rows for dark in row])
    return side, image.resize((side, side), Image.Resampling.NEAREST).tobytes()


def qr_modules(text: str) -> list[list[bool]]:
    """True is dark; the border is included."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_M, border=QR_BORDER)
    code.add_data(text)
    code.make()
    rows: list[list[bool]] = code.get_matrix()
    return rows
