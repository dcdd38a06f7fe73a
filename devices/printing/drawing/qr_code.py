"""QR codes in dots that a phone or a kiosk's scanner reads from thermal paper."""

from __future__ import annotations

from functools import lru_cache

BORDER = 4
"""Modules of white that readers need around it."""
SMALLEST_MODULE = 4
"""Dots; half a millimetre. Finer ones run together on warm paper."""


@lru_cache(maxsize=32)
def qr_dots(text: str, room: int, module: int) -> tuple[int, bytes] | None:
    """The side in dots and the grey values; smaller modules where it would not fit.

    None when the text is too long for a code that can be read from this paper.
    """
    from PIL import Image

    rows = qr_modules(text)
    module = min(module, room // len(rows)) if rows else 0
    if module < SMALLEST_MODULE:
        return None
    side = len(rows) * module
    image = Image.frombytes(
        "L", (len(rows), len(rows)), bytes(0 if dark else 255 for row in rows for dark in row)
    )
    return side, image.resize((side, side), Image.Resampling.NEAREST).tobytes()


def qr_modules(text: str) -> list[list[bool]]:
    """True is dark; the border is included. Empty when no QR code holds so much."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.exceptions import DataOverflowError
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_M, border=BORDER)
    code.add_data(text)
    try:
        code.make()
    except (DataOverflowError, ValueError):  # beyond version 40 the library raises either
        return []
    rows: list[list[bool]] = code.get_matrix()
    return rows
