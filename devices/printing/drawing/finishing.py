"""From grey to the dots that are burnt, none of which a printer may take for a command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

DARK_ENOUGH = 148
"""A grey dot below this is printed. The edge of a letter decided so gives even strokes at every
size; drawn without grey, thin strokes come out one dot wide here and two there."""

REAL_TIME = re.compile(rb"\x10(?=[\x04\x05\x14])")
"""DLE EOT, DLE ENQ and DLE DC4. Some printers obey them wherever they stand, also among the dots
of a picture: they would answer, start over or throw the slip away."""
THICKER = b"\x30"
"""The lone dot of 0x10 with another one on its left."""


def finished(grey: Image) -> Image:
    """In black and white; what is kept of it is what is sent."""
    from PIL import Image as Images

    picture = grey.point([0] * DARK_ENOUGH + [255] * (256 - DARK_ENOUGH), "1")
    sent = bytes_sent(picture)
    harmless = REAL_TIME.sub(THICKER, sent)
    if harmless == sent:
        return picture
    return Images.frombytes("1", picture.size, harmless, "raw", "1;I")


def bytes_sent(picture: Image) -> bytes:
    """The rows as a printer gets them, one after the other: a bit a dot, 1 is black."""
    return picture.tobytes("raw", "1;I")
