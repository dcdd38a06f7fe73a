"""A slip's picture in the characters of a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.printing.drawing import fonts

if TYPE_CHECKING:
    from PIL.Image import Image

QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""By which quarters are dark: upper left 1, upper right 2, lower left 4, lower right 8."""
HALVES = " ▀▄█"
DARK_SHARE = 0.3
"""Of a quarter's dots; a letter's stroke is thinner than a quarter is wide."""
BIG_TEXT_DOTS = range(18, 11, -1)
"""Heights tried for a number, until it fits."""


def preview(image: Image, columns: int) -> list[str]:
    """The picture `columns` cells wide, four quarters to a cell, for a dark-on-light pane.

    A cell is about twice as high as it is wide, so a quarter is too: the picture is squeezed.
    """
    from PIL import Image as Images

    across = columns * 2
    down = max(2, round(image.height * across / image.width / 2))
    down += down % 2
    grey = image.convert("L").resize((across, down), Images.Resampling.BOX)
    limit = 255 * (1 - DARK_SHARE)
    return quadrants([[value < limit for value in row] for row in rows_of(grey)])


def big_text(text: str, columns: int) -> list[str]:
    """A word in letters several lines high; as it is where they would not fit."""
    from PIL import Image as Images
    from PIL import ImageDraw

    dots = next((size for size in BIG_TEXT_DOTS if fonts.width(text, size) + 2 <= columns), 0)
    if not text or not dots or any(run.face.larger > 1 for run in fonts.runs_of(text)):
        return [text]
    image = Images.new("L", (round(fonts.width(text, dots)) + 2, dots), 255)
    draw, x = ImageDraw.Draw(image), 1.0
    for run in fonts.runs_from_left(text):
        at = (round(x), round(dots * 0.86))
        font, direction = run.face.at(dots), run.direction
        draw.text(at, run.text, fill=0, font=font, anchor="ls", direction=direction)
        x += run.width(dots)
    rows = [[value < 140 for value in row] for row in rows_of(image)]
    dark = [number for number, row in enumerate(rows) if any(row)]
    return half_blocks(rows[dark[0] : dark[-1] + 1]) if dark else [text]


def rows_of(grey: Image) -> list[list[int]]:
    values, width = grey.tobytes(), grey.width
    return [list(values[start : start + width]) for start in range(0, len(values), width)]


def quadrants(rows: list[list[bool]]) -> list[str]:
    """Even numbers of rows and columns; True is dark."""
    return [
        "".join(
            QUADRANTS[upper[x] + 2 * upper[x + 1] + 4 * lower[x] + 8 * lower[x + 1]]
            for x in range(0, len(upper), 2)
        )
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    ]


def half_blocks(rows: list[list[bool]]) -> list[str]:
    """One cell for two dots, one above the other; True is dark."""
    if len(rows) % 2:
        rows = [*rows, [False] * len(rows[0])]
    return [
        "".join(HALVES[above + 2 * below] for above, below in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    ]
