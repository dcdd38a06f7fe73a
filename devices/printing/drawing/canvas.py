"""Ink on a strip of paper that grows downwards: lines, columns, boxes, pictures."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from devices.printing.drawing import fonts
from devices.printing.drawing.finishing import finished

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

BLACK, WHITE = 0, 255

ASCENT, LINE = 0.92, 1.28
"""Of a line of Chinese, in its size; the font's own figures leave half a line empty."""
BETWEEN = 0.12
"""Of the size: white between the letters of lines that are higher."""
EDGE = 8
"""White dots above the first line and below the last."""

Ink = Callable[["ImageDraw", "Image"], None]


class Canvas:
    """The paper is as long as what stands on it, so drawing waits for `picture`."""

    def __init__(self, width_dots: int) -> None:
        self.width = width_dots
        self.y = float(EDGE)
        """Where the next thing begins."""
        self.ground: list[Ink] = []
        """What lies beneath the text."""
        self.ink: list[Ink] = []

    def picture(self) -> Image:
        from PIL import Image, ImageDraw

        image = Image.new("L", (self.width, round(self.y) + EDGE), WHITE)
        draw = ImageDraw.Draw(image)
        for put in self.ground + self.ink:
            put(draw, image)
        return finished(image)

    def line(
        self, text: str, dots: int, x: float, *, fill: int = BLACK, heavy: bool = False
    ) -> None:
        """One line at `x`, below what stands there already."""
        ascent, depth = dots * ASCENT, dots * (LINE - ASCENT)
        runs, stroke = fonts.runs_from_left(text), stroke_of(dots, heavy)
        for run in runs:
            if run.face != fonts.cjk_face():  # stacked letters are higher than Chinese
                letters, _, top = letters_of(run, dots, stroke)
                ascent = max(ascent, dots * BETWEEN - top)
                depth = max(depth, top + letters.height + dots * BETWEEN)
        baseline = round(self.y + ascent)
        for run in runs:
            self.run(run, dots, round(x), baseline, fill=fill, heavy=heavy)
            x += run.width(dots)
        self.y += ascent + depth

    def run(
        self, run: fonts.Run, dots: int, x: int, baseline: int, *, fill: int, heavy: bool
    ) -> None:
        stroke = stroke_of(dots, heavy)

        def put(draw: ImageDraw, _: Image) -> None:
            letters, left, top = letters_of(run, dots, stroke)
            for shift in strikes(heavy, stroke):
                draw.bitmap((x + shift + left, baseline + top), letters, fill=fill)

        self.ink.append(put)

    def mask(self, mask: Image, x: float, *, fill: int, heavy: bool, stroke: int) -> None:
        """Letters drawn elsewhere, as columns are."""
        left, top = round(x), round(self.y)

        def put(draw: ImageDraw, _: Image) -> None:
            for shift in strikes(heavy, stroke):
                draw.bitmap((left + shift, top), mask, fill=fill)

        self.ink.append(put)
        self.y += mask.height

    def grey(self, picture: Image, x: float) -> None:
        at = (round(x), round(self.y))
        self.ink.append(lambda _, image: image.paste(picture, at))
        self.y += picture.height

    def box(self, left: float, top: float, right: float, bottom: float) -> None:
        edges = (round(left), round(top), round(right), round(bottom))
        self.ground.append(lambda draw, _: draw.rectangle(edges, fill=BLACK))

    def dotted(self, left: int, right: int) -> None:
        y = round(self.y)
        self.ground.append(
            lambda draw, _: draw.point([(x, y) for x in range(left, right, 4)], fill=BLACK)
        )


def stroke_of(dots: int, heavy: bool) -> int:
    return dots // 36 if heavy else 0


def strikes(heavy: bool, stroke: int) -> tuple[int, ...]:
    """The installation has one weight; small type is struck twice, as on a typewriter."""
    return (0, 1) if heavy and not stroke else (0,)


@lru_cache(maxsize=512)
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
    # Marks heaped on one letter may not reach over the lines of others.
    above, below = font.getmetrics()
    top, bottom = max(top, -above - dots // 4), min(bottom, below + dots // 4)
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
