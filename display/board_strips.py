"""The lines along the foot of the board: who waits, and what is announced to everyone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from display.board_rows import pages, row
from display.board_section import GAP, BoardSection
from display.two_languages import Pair, both, both_names
from hall.marked import _

if TYPE_CHECKING:
    from hall.board_view import GroupWaiting
    from hall.names import Names

PREFIX, COUNT = 3, 4
MOST_NAME = 28


class WaitingStrip(BoardSection):
    """How many wait, by group, and how long a newcomer would."""

    groups: tuple[GroupWaiting, ...] = ()
    waits: dict[int, tuple[int, int]] = {}
    """Minutes, low and high, by the id of the group; without those nobody can tell."""

    def show(self, groups: tuple[GroupWaiting, ...]) -> None:
        if groups != self.groups:
            self.groups = groups
            self.refresh()

    def show_waits(self, waits: dict[int, tuple[int, int]]) -> None:
        if waits != self.waits:
            self.waits = waits
            self.refresh()

    def title(self) -> Pair:
        return both(self.app.wording, _("People waiting"))

    def wait(self, group: GroupWaiting) -> str:
        low, high = self.waits.get(group.id, (0, 0))
        if not high or not group.waiting:
            return ""
        minutes = f"{low}–{high}" if low not in (0, high) else f"≤{high}"
        return self.app.say(_("about {minutes} min"), minutes=minutes)

    def pages(self, width: int, height: int) -> Sequence[Sequence[Content]]:
        names = [both_names(self.app.wording, group.names) for group in self.groups]
        here_only = [(here, "") for here, _english in names]
        waits = [self.wait(group) for group in self.groups]
        wait_width = max(map(cell_len, waits), default=0)
        wait_width += 2 if wait_width else 0
        # English needs a second line; rather without it than with pages to turn.
        for tall, shown in ((2, names), (1, here_only)):
            longest = max((cell_len(name) for pair in shown for name in pair), default=0)
            name_width = min(longest, MOST_NAME)
            each = PREFIX + name_width + COUNT + wait_width
            columns = max(1, (width + GAP) // (each + GAP))
            if len(names) <= columns * (height // tall):
                break
        blocks = [
            [
                row(
                    (group.prefix, PREFIX, "bold $primary"),
                    (here, name_width, ""),
                    (f"{group.waiting:>{COUNT}}", COUNT, "bold $accent" if group.waiting else ""),
                    (f"  {wait}" if wait else "", wait_width, "$secondary"),
                ),
                row(("", PREFIX, ""), (english, name_width + COUNT + wait_width, "$secondary")),
            ][:tall]
            for group, (here, english), wait in zip(self.groups, names, waits, strict=True)
        ]
        return pages(blocks, columns, height, each, GAP)


class BulletinStrip(BoardSection):
    """What is announced to everyone, a piece at a time; text that moves is hard to read."""

    bulletins: tuple[Names, ...] = ()
    urgent = False

    def show(self, bulletins: tuple[Names, ...], *, urgent: bool = False) -> None:
        """`urgent`: as long as one of these stands, no other is shown."""
        if (bulletins, urgent) != (self.bulletins, self.urgent):
            self.bulletins, self.urgent = bulletins, urgent
            self.turned = 0
            self.refresh()

    def render(self) -> Content:
        width, height = self.size
        pieces = [piece for text in self.bulletins for piece in self.pieces(text, width, height)]
        if not pieces:
            return Content("")
        return Content("\n").join(pieces[self.turned % len(pieces)])

    def pieces(self, text: Names, width: int, height: int) -> list[list[Content]]:
        """As many as the text needs; with room for it English stands beneath."""
        here, english = both_names(self.app.wording, text)
        first = Content.styled(here, "bold").wrap(width)
        beneath = "bold" if self.urgent else "$secondary"
        second = Content.styled(english, beneath).wrap(width) if english else []
        if height < 2:
            return [[line] for line in [*first, *second]]
        both_lines = zip_longest(first, second, fillvalue=None)
        return [
            [upper or first[-1], lower or (second[-1] if second else Content(""))]
            for upper, lower in both_lines
        ]
