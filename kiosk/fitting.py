"""Long names in a small button: wrapped, and shortened with … where they do not fit."""

from textual.content import Content
from textual.widget import Widget

from hall.names import plain
from ui.cells import shortened


def lines_of(text: str, width: int, most: int) -> list[str]:
    """At most `most` lines of at most `width` cells; a character is never cut in two."""
    text = plain(text)
    if width < 2 or most < 1 or not text:
        return []
    lines = [line.plain.rstrip() for line in Content(text).wrap(width)]
    if len(lines) <= most:
        return lines
    kept = lines[: most - 1]
    end = 0
    for line in kept:
        end = text.index(line, end) + len(line)
    return [*kept, shortened(text[end:].lstrip(), width)]


class FittedText(Widget):
    """A text in a place of fixed size, shortened to it."""

    def __init__(self, text: str = "", *, most_lines: int = 1, id: str | None = None) -> None:
        super().__init__(id=id)
        self.text = text
        self.most_lines = most_lines

    def show(self, text: str) -> None:
        if text != self.text:
            self.text = text
            self.refresh()

    def render(self) -> Content:
        return Content("\n".join(lines_of(self.text, self.size.width, self.most_lines)))
