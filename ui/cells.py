"""Text in a place of so many cells of the terminal, in any script; no character is cut in two."""

from rich.cells import cell_len, set_cell_size

ELLIPSIS = "…"


def shortened(text: str, width: int) -> str:
    """At most so many cells wide, ending in … where there was more."""
    if cell_len(text) <= width:
        return text
    # Pads with a space where a character of two cells does not fit any more.
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS if width > 0 else ""


def fit(text: str, width: int, align: str = "left") -> str:
    """Exactly so many cells wide: cut with an ellipsis, or filled with spaces."""
    text = shortened(text, width)
    filling = " " * (width - cell_len(text))
    return filling + text if align == "right" else text + filling
