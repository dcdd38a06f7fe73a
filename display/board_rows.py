"""Text in columns: every cell of a table is exactly as wide as its column, in any script."""

from collections.abc import Iterable, Sequence

from textual.content import Content

from ui.cells import fit

Cell = tuple[str, int, str]
"""Text, width in cells of the terminal, style."""


def row(*cells: Cell) -> Content:
    return Content.assemble(*((fit(text, width), style) for text, width, style in cells))


def pages(
    blocks: Sequence[Sequence[Content]], columns: int, height: int, width: int, gap: int = 2
) -> list[list[Content]]:
    """Blocks of equal height in columns, each filled downwards; at least one page.

    `width` is that of one column, `height` that of the page.
    """
    if not blocks:
        return [[]]
    tall = len(blocks[0])
    each = max(1, height // tall)
    if len(blocks) <= each * columns:
        each = -(
            -len(blocks) // columns
        )  # columns of one length, not one full and one nearly empty
    found = []
    for start in range(0, len(blocks), each * columns):
        shown = blocks[start : start + each * columns]
        standing = [shown[at : at + each] for at in range(0, len(shown), each)]
        found.append(list(side_by_side(standing, tall, width, gap)))
    return found


def side_by_side(
    columns: Sequence[Sequence[Sequence[Content]]], tall: int, width: int, gap: int
) -> Iterable[Content]:
    nothing = [Content(" " * width)] * tall
    for place in range(len(columns[0])):
        beside = [column[place] if place < len(column) else nothing for column in columns]
        for line in range(tall):
            yield Content(" " * gap).join(block[line] for block in beside)
