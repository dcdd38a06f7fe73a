"""A paper being filled in from its content, in one language: what all slips are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from devices.printing.drawing.paper import Paper, Size
from devices.printing.drawing.printable_text import printable
from devices.printing.slips.values import name, text_of
from hall.marked import _
from hall.wording import Wording

LONG_NAME = 40
"""A name that would fill the paper is set smaller rather than cut: it still has to be found."""


@dataclass(frozen=True)
class Page:
    paper: Paper
    content: Mapping[str, Any]
    wording: Wording
    size: Size = Size.BODY
    """Of its facts: the citizen's language stands in small type below the Chinese."""

    def say(self, words: str, **facts: Any) -> str:
        return self.wording.say(words, **facts)

    def text(self, key: str) -> str:
        return text_of(self.content.get(key))

    def listed(self, key: str) -> list[Any]:
        found = self.content.get(key)
        return list(found) if isinstance(found, list | tuple) else []

    def rows(self, key: str) -> list[Mapping[str, Any]]:
        """A list of maps, without what is none."""
        return [row for row in self.listed(key) if isinstance(row, Mapping)]

    def fact(self, label: str, value: Any, *, heavy: bool = True) -> None:
        """A labelled pair; nothing where there is nothing to tell."""
        if text_of(value):
            self.paper.pair(self.say(label), text_of(value), self.size, heavy=heavy)

    def heading(self, words: str) -> None:
        self.paper.gap(0.35)
        self.paper.paragraph(self.say(words), Size.BODY, heavy=True)

    def told(self, key: str) -> None:
        """A paragraph that belongs to its heading, so a dash where nothing is known."""
        self.paper.paragraph(self.text(key) or "—", self.size)

    def advice(self, words: str, **facts: Any) -> None:
        self.paper.centred(self.say(words, **facts), Size.SMALL)

    def code(self, caption: str = "") -> None:
        """The code by which scanners know this paper."""
        if self.text("code"):
            self.paper.qr(self.text("code"))
            if caption:
                self.advice(caption)


def pages_of(paper: Paper, content: Mapping[str, Any]) -> list[Page]:
    """The Chinese page and, where the citizen reads another language, the page beneath it."""
    language = text_of(content.get("language"))
    pages = [Page(paper, content, Wording("zh"))]
    if language and not language.startswith("zh"):
        pages.append(Page(paper, content, Wording(language), Size.SMALL))
    return pages


def both(pages: list[Page], words: str, **facts: Any) -> str:
    return "  ".join(page.say(words, **facts) for page in pages)


def write_reprint_mark(pages: list[Page], reprint: bool) -> None:
    if reprint:
        pages[0].paper.banner(both(pages, _("REPRINT")), Size.LARGE)
        pages[0].paper.gap(0.3)


def write_names(pages: list[Page], key: str, size: Size = Size.LARGE) -> None:
    """In Chinese and, beneath, in the citizen's language or English."""
    paper, names = pages[0].paper, pages[0].content.get(key)
    first = printable(name(names))
    paper.centred(first, size if len(first) <= LONG_NAME else Size.SMALL, heavy=True)
    if isinstance(names, Mapping):
        theirs = text_of(names.get(pages[-1].wording.language)) if len(pages) > 1 else ""
        second = printable(theirs or text_of(names.get("en")))
        if second and second != first:
            paper.centred(second, Size.SMALL)
