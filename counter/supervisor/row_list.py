"""A list of rows that is filled anew again and again; the chosen row stays chosen."""

from __future__ import annotations

import time
from collections.abc import Sequence

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

Row = tuple[str, Content]
"""Its key, the same at every filling, and what stands in it."""

REPLACED_S = 1.5
"""So long after another row took the place of the chosen one, a key was meant for the old one."""


class RowList(OptionList):
    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(markup=False, id=id, classes=classes)
        self.rows: tuple[Row, ...] = ()
        self.replaced_at = float("-inf")

    @property
    def just_replaced(self) -> bool:
        """Whether the chosen row is another one than a moment ago, and nobody chose it."""
        return time.monotonic() - self.replaced_at < REPLACED_S

    @property
    def chosen(self) -> str | None:
        """The key of the chosen row; None where there is none."""
        at = self.highlighted
        return self.rows[at][0] if at is not None and at < len(self.rows) else None

    def fill(self, rows: Sequence[Row]) -> None:
        """Where the chosen row has gone, the one in its place is chosen."""
        before, self_rows = self.chosen, tuple(rows)
        at, old = self.highlighted or 0, self.rows
        if self_rows == old:
            return
        self.rows = self_rows
        keys = [key for key, _ in self_rows]
        if keys == [key for key, _ in old]:
            for place, (row, was) in enumerate(zip(self_rows, old, strict=True)):
                if row != was:
                    self.replace_option_prompt_at_index(place, row[1])
            return
        top = self.scroll_y
        self.clear_options()
        self.add_options([Option(content, id=key) for key, content in self_rows])
        if before is not None and before not in keys:
            self.replaced_at = time.monotonic()
        if keys:
            self.highlighted = keys.index(before) if before in keys else min(at, len(keys) - 1)
            self.scroll_to(y=top, animate=False, force=True)

    def choose(self, key: str) -> None:
        """Nothing where it is not there."""
        keys = [known for known, _ in self.rows]
        if key in keys:
            self.highlighted = keys.index(key)
