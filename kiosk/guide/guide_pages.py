"""Paragraphs over as many pages as they need; none is cut in two where it fits on one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Label

from kiosk.fitting import lines_of

MOST_LINES = 12
"""Of one paragraph."""
LARGE_GAP = 2


@dataclass(frozen=True)
class Paragraph:
    """All of it is text, none of it markup."""

    title: str
    lines: tuple[str, ...] = ()


def set_lines(paragraph: Paragraph, width: int) -> list[Content]:
    title = [Content(line).stylize("bold") for line in lines_of(paragraph.title, width, 3)]
    rest = [line for one in paragraph.lines for line in lines_of(one, width - 2, MOST_LINES)]
    return [*title, *(Content(f"  {line}") for line in rest)]


def pages_of(
    paragraphs: Sequence[Paragraph], width: int, height: int, gap: int
) -> list[list[Content]]:
    """The lines of each page; there is always one."""
    pages: list[list[Content]] = [[]]
    for paragraph in paragraphs:
        lines = set_lines(paragraph, width)
        before = gap if pages[-1] else 0
        if pages[-1] and len(pages[-1]) + before + len(lines) > height:
            pages.append([])
            before = 0
        pages[-1] += [Content("")] * before
        for line in lines:
            if len(pages[-1]) >= height:
                pages.append([])
            pages[-1].append(line)
    return pages


class GuidePages(Label):
    @dataclass
    class PageShown(Message):
        page: int
        pages: int

    def __init__(self, paragraphs: Sequence[Paragraph], page: int, *, large_type: bool) -> None:
        super().__init__("", id="guide", markup=False)
        self.paragraphs = tuple(paragraphs)
        self.page = page
        self.large_type = large_type

    def on_resize(self, event: events.Resize) -> None:
        self.fill()

    def show(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = tuple(paragraphs)
        self.fill()

    def turn(self, by: int) -> None:
        self.page += by
        self.fill()

    def fill(self) -> None:
        if not self.size:
            return  # the first Resize is still to come
        width, height = self.content_size
        pages = pages_of(self.paragraphs, width, height, LARGE_GAP if self.large_type else 1)
        self.page = min(max(0, self.page), len(pages) - 1)
        self.update(Content("\n").join(pages[self.page]))
        self.post_message(self.PageShown(self.page, len(pages)))
