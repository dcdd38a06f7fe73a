"""What stands in the place of the calls while nobody is called: a welcome, what the hall promises,
who works there, in turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from display.board_rows import pages, row
from display.board_section import GAP, BoardSection, heading
from display.two_languages import Pair, both, both_names
from hall.catalogue.office_words import office_words
from hall.marked import _
from hall.names import name_in
from ui.big_text import big_lines

if TYPE_CHECKING:
    from hall.guide_view import Commitment, Guide, Member

PREFIX, LIMIT, FEE = 3, 20, 12
NUMBER, NAME, COUNTERS, PHONE = 6, 10, 10, 14
LEAST_NAME = 16
"""Of a matter; narrower than that its fee is left out."""
MOST_WIDTH = 120
"""Of a column; farther apart the eye loses the line."""
LINES = 2
"""Of each matter and each of the staff: English beneath."""


@dataclass(frozen=True)
class Face:
    title: Pair
    mark: str
    """Which page of how many."""
    lines: Sequence[Content]


class QuietPanel(BoardSection):
    """Its pages are turned with those of the other lists."""

    guide: Guide | None = None

    def show(self, guide: Guide) -> None:
        if guide != self.guide:
            self.guide = guide
            self.refresh()

    def begin_again(self) -> None:
        """With the welcome."""
        self.turned = 0
        self.refresh()

    def render(self) -> Content:
        width, height = self.size
        if height < 1:
            return Content("")
        faces = list(self.faces(width, height))
        face = faces[self.turned % len(faces)]
        over = heading(face.title, face.mark, width, False) if any(face.title) else []
        return Content("\n").join([*over, *face.lines])

    def faces(self, width: int, height: int) -> Iterator[Face]:
        yield Face(("", ""), "", self.welcome(width, height))
        if self.guide is None or height <= LINES:
            return
        each = column_width(width)
        promised = [self.promise(one, each) for one in self.guide.commitments]
        title = both(self.app.wording, _("What we promise"))
        yield from self.turned_pages(title, promised, width, height)
        staff = [self.member(one, each) for one in self.guide.members if one.counters]
        title = both(self.app.wording, _("Who serves you"))
        yield from self.turned_pages(title, staff, width, height)
        phone = self.guide.supervision_phone
        if phone:
            words = both(self.app.wording, _("Praise or complaints: {phone}"), phone=phone)
            yield Face(("", ""), "", self.large(words, width, height))

    def turned_pages(
        self, title: Pair, blocks: list[list[Content]], width: int, height: int
    ) -> Iterator[Face]:
        if not blocks:
            return
        found = pages(blocks, columns_in(width), height - 1, column_width(width), GAP)
        for place, lines in enumerate(found, 1):
            yield Face(title, f"{place}/{len(found)}" if len(found) > 1 else "", lines)

    def welcome(self, width: int, height: int) -> list[Content]:
        words = _("Welcome")
        beneath = both(self.app.wording, _("Please take a number at the kiosk"))
        return self.large((self.app.say(words), ""), width, height, beneath)

    def large(
        self, words: Pair, width: int, height: int, beneath: Pair = ("", "")
    ) -> list[Content]:
        """In the middle, as large as there is room beside what stands beneath."""
        small = [line for line in (words[1], *beneath) if line]
        together = "   ".join(small)
        if cell_len(together) <= width:
            small = [together]
        drawn = big_lines(words[0], width, height - len(small), 2)
        lines = [Content(line) for line in drawn] or [Content.styled(words[0], "bold")]
        shown = [*lines, *map(Content, small)]
        above = max(0, height - len(shown)) // 2
        middle = [line.center(width) for line in shown[:height]]
        return [Content("")] * above + middle

    def promise(self, one: Commitment, width: int) -> list[Content]:
        """Its name, in how long it is done, what it costs."""
        here, english = both_names(self.app.wording, one.names)
        fee = FEE if width - PREFIX - LIMIT - FEE >= LEAST_NAME else 0
        name = width - PREFIX - LIMIT - fee - 2
        said, language = self.app.say, self.app.wording.language
        limit = office_words(one.promised or one.statutory, said, language)
        return [
            row(
                (one.prefix, PREFIX, "bold $primary"),
                (here, name, "bold"),
                ("", 1, ""),
                (limit, LIMIT, "$accent"),
                ("", 1, ""),
                (office_words(one.fee, said, language), fee, ""),
            ),
            row(("", PREFIX, ""), (english, width - PREFIX, "$secondary")),
        ]

    def member(self, one: Member, width: int) -> list[Content]:
        """Number and name (亮牌), post, counter, what is done there; no photograph."""
        language = self.app.wording.language
        counters = ", ".join(map(str, one.counters))
        at = self.app.say(_("Counter {counter}"), counter=counters)
        post = " · ".join(filter(None, (one.department, one.title)))
        if one.is_party_member:
            post = "  ".join(filter(None, (post, self.app.say(_("Party member")))))
        services = "、".join(name_in(names, language) for names in one.services)
        room = width - NUMBER - NAME - COUNTERS - 2
        return [
            row(
                (one.staff_number, NUMBER, "$secondary"),
                (one.name, NAME, "bold"),
                ("", 1, ""),
                (at, COUNTERS, "$accent"),
                ("", 1, ""),
                (post, room, ""),
            ),
            row(
                ("", NUMBER, ""),
                (services, width - NUMBER - PHONE, "$secondary"),
                (one.phone, PHONE, "$secondary"),
            ),
        ]


def columns_in(width: int) -> int:
    return max(1, -(-width // (MOST_WIDTH + GAP)))


def column_width(width: int) -> int:
    columns = columns_in(width)
    return (width - GAP * (columns - 1)) // columns
