"""Text in columns that stay aligned whatever the script."""

from rich.cells import cell_len, set_cell_size


def fit(text: str, cells: int) -> str:
    """Exactly so many cells wide: filled with spaces, or cut with an ellipsis."""
    if cells <= 0:
        return ""
    if cell_len(text) <= cells:
        return text + " " * (cells - cell_len(text))
    return set_cell_size(text, cells - 1) + "…"


def fit_right(text: str, cells: int) -> str:
    return " " * (cells - cell_len(text)) + text if cell_len(text) <= cells else fit(text, cells)
