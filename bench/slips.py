"""Drawing and encoding slips, against Pillow writing the same words without any layout."""

from collections.abc import Callable
from statistics import median
from typing import Any

from PIL import Image, ImageDraw

from bench.operations import seconds
from devices.printing.drawing import fonts
from devices.printing.pictures import pictures_of
from devices.printing.slip_text import texts_of
from devices.printing.slips.samples import SAMPLES
from devices.printing.transports.escpos_bytes import cut_bytes, picture_bytes

ROUNDS = 60
WIDTH = 576
TEXT_DOTS = 27


def drawing(kind: str) -> tuple[float, float]:
    """Median seconds of drawing and encoding all copies, and of the bare words; in turn.

    Each slip has another number, as in a hall; fonts and what all slips share are warm.
    """
    ours, bare = [], []
    for number in range(ROUNDS + 5):
        content = SAMPLES[kind] | {
            "number": f"A{number:03d}",
            "code": f"code{number:08d}",
            "serial": f"LC-2026-{number:06d}",
        }
        taken = seconds(printing(kind, content)), seconds(bare_words(kind, content))
        if number >= 5:
            ours.append(taken[0])
            bare.append(taken[1])
    return median(ours), median(bare)


def printing(kind: str, content: dict[str, Any]) -> Callable[[], None]:
    def draw_and_encode() -> None:
        for picture in pictures_of(kind, content, WIDTH):
            picture_bytes(picture)
            cut_bytes()

    return draw_and_encode


def bare_words(kind: str, content: dict[str, Any]) -> Callable[[], None]:
    copies = ["\n".join(lines) for lines in texts_of(kind, content)]
    font = fonts.cjk_face().at(TEXT_DOTS)

    def draw() -> None:
        for text in copies:
            height = (text.count("\n") + 1) * TEXT_DOTS * 4 // 3
            ImageDraw.Draw(Image.new("1", (WIDTH, height), 1)).multiline_text((0, 0), text, 0, font)

    return draw
