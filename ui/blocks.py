"""A picture in characters that fill parts of their cell.

Quadrants, two by two, are in every font. Sextants, two by three, show a letter at two thirds of the
height; but only some terminals draw them themselves, so that they meet without gaps. With the
letters of a font they are ragged.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

INK = 100  # of 255; a little below the half, so that thin strokes stay
QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""By which of the four quarters are inked: 1 upper left, 2 upper right, 4 and 8 the lower ones."""
LEFT, RIGHT, FULL = 21, 42, 63
"""Of the sixty-four sextants: those that Unicode had before, at other places."""
SEXTANTS = " " + "".join(
    {LEFT: "▌", RIGHT: "▐", FULL: "█"}.get(
        bits, chr(0x1FB00 + bits - 1 - (bits > LEFT) - (bits > RIGHT))
    )
    for bits in range(1, FULL + 1)
)
TILING = ("xterm-kitty", "foot", "foot-extra", "xterm-ghostty", "wezterm")
"""Terminals, by TERM, that draw sextants themselves."""


@cache
def rows_in_a_cell() -> int:
    """Pixels one above the other: three where the terminal is known to tile sextants, else two."""
    return 3 if os.environ.get("TERM") in TILING else 2


def pixel_height() -> float:
    """Of a pixel, in its widths: a cell is twice as high as wide, and two pixels wide."""
    return 4 / rows_in_a_cell()


def in_blocks(picture: Image) -> tuple[str, ...]:
    """Two pixels of a row, and two or three rows, a character."""
    tall = rows_in_a_cell()
    blocks = QUADRANTS if tall == 2 else SEXTANTS
    width, height = picture.size
    grey = picture.tobytes()
    inked = [
        [value > INK for value in grey[line * width : (line + 1) * width]] + [False]
        for line in range(height)
    ]
    inked += [[False] * (width + 1)] * (-height % tall)
    rows = []
    for top in range(0, len(inked), tall):
        numbers = [0] * (width // 2 + width % 2)
        for place, line in enumerate(inked[top : top + tall]):
            for column in range(len(numbers)):
                numbers[column] |= (line[2 * column] + 2 * line[2 * column + 1]) << (2 * place)
        rows.append("".join([blocks[number] for number in numbers]))
    return tuple(rows)
