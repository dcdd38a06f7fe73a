"""Mongolian and Manchu: letters in columns from top to bottom, the columns from left to right.

Pillow piles such letters on one another when asked to draw downwards. So a column is drawn as a
line, the lines are stacked from bottom to top, and the whole is turned to the right.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from devices.printing.drawing import fonts
from devices.printing.drawing.line_breaking import wrap

if TYPE_CHECKING:
    from PIL.Image import Image

LETTERS = re.compile(
    "([\u1800-\u18af](?:[\u1800-\u18af \u202f\u200c\u200d]*[\u1800-\u18af\u200c\u200d])?)"
)
"""With the spaces between words, the narrow one before an ending too."""
TURNS = 4
"""A text that changes its direction more often has its columns gathered below."""

ABOVE, BELOW = 0.92, 0.33
"""Of the size, on both sides of the line that the letters of a column are strung on."""
HIGHEST, HIGHEST_WORD = 1 / 3, 1 / 2
"""Of the paper's width: how high a column is, and how high for a word that would be broken."""


def pieces(text: str) -> list[tuple[bool, str]]:
    """The text in the order it is read, cut where its direction changes; True is in columns."""
    if not LETTERS.search(text) or fonts.face_for("\u1820") is None:
        return [
            (False, text)
        ]  # without a font its letters are shown by codes, which stand in lines
    parts = [(number % 2 == 1, part.strip()) for number, part in enumerate(LETTERS.split(text))]
    found = [(upright, part) for upright, part in parts if part]
    if len(found) <= TURNS:
        return found
    across = " ".join(part for upright, part in found if not upright)
    down = " ".join(part for upright, part in found if upright)
    return [(False, across), (True, down)]


@lru_cache(maxsize=64)
def blocks_of(text: str, dots: int, room: int, width: int, stroke: int) -> tuple[Image, ...]:
    """Masks no wider than `room`, to stand one below the other on a paper of this width."""
    size = round(dots * max(run.face.larger for run in fonts.runs_of(text)))
    pitch = round(size * (ABOVE + BELOW))
    longest = max(fonts.width(word, dots) for word in text.split(" "))
    height = max(width * HIGHEST, min(longest, width * HIGHEST_WORD))
    columns = wrap(text, height, lambda piece: fonts.width(piece, dots))
    per_block = max(1, room // pitch)
    return tuple(
        turned(columns[start : start + per_block], dots, pitch, size, stroke)
        for start in range(0, len(columns), per_block)
    )


def turned(columns: list[str], dots: int, pitch: int, size: int, stroke: int) -> Image:
    from PIL import Image as Images
    from PIL import ImageDraw

    length = max(1, *(round(fonts.width(column, dots)) for column in columns)) + stroke * 2 + 2
    image = Images.new("L", (length, pitch * len(columns)))
    draw = ImageDraw.Draw(image)
    for number, column in enumerate(reversed(columns)):
        x, baseline = float(stroke), round(number * pitch + size * ABOVE)
        for run in fonts.runs_of(column):
            font = run.face.at(dots)
            at = (round(x), baseline)
            draw.text(at, run.text, fill=255, font=font, anchor="ls", stroke_width=stroke)
            x += run.width(dots)
    return image.transpose(Images.Transpose.ROTATE_270)
