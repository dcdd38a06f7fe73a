"""Scripts that terminals cannot shape, drawn as a picture and shown in blocks.

A terminal gives every letter a cell: Tibetan does not stack, Uyghur runs the wrong way, Mongolian
lies in pieces. Chinese, Latin, Yi, Lisu and Tai letters stand well in cells.
"""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from ui.big_text import script_letters

SHAPED = (
    (0x0600, 0x08FF),  # Arabic: Uyghur, Kazakh
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x0F00, 0x0FFF),  # Tibetan
    (0x1000, 0x109F),  # Myanmar
    (0x1800, 0x18AF),  # Mongolian, Manchu
    (0xFB50, 0xFDFF),  # Arabic presentation forms
    (0xFE70, 0xFEFC),
)
TSHEG = "\u0f0b"
"""Between Tibetan syllables; a line may end after it."""
MOST_LINES = 3
LEAST_ROWS = 4


def needs_drawing(text: str) -> bool:
    return any(first <= ord(letter) <= last for letter in text for first, last in SHAPED)


def drawn(text: str, width: int, height: int) -> tuple[str, ...]:
    """Rows of blocks, in as few lines as are legible; () where it cannot be read so small."""
    for count in range(1, MOST_LINES + 1):
        each = height // count
        if each < LEAST_ROWS:
            break
        pieces = in_lines(text, count)
        lines = [script_letters(piece, width, each) for piece in pieces]
        if all(lines):
            return tuple(row for line in lines for row in line)
    return ()


def in_lines(text: str, count: int) -> list[str]:
    """Cut between words, into lines about equally long."""
    words = text.replace(TSHEG, TSHEG + "\n").replace(" ", " \n").split("\n")
    words = [word for word in words if word]
    wanted = -(-len(text) // count)
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) > wanted and len(lines) < count:
            lines.append("")
        lines[-1] += word
    return [line.strip() for line in lines if line.strip()]


class ScriptText(Widget):
    """One text in any script; `text` stays what it says, for whoever looks for it.

    `always`: drawn as a picture in any case, where it is to be larger than a terminal's letters.
    """

    DEFAULT_CSS = """
    ScriptText { content-align: center middle; text-align: center; }
    """

    def __init__(
        self,
        text: str = "",
        *,
        always: bool = False,
        id: str | None = None,
        classes: str = "",
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.text = text
        self.always = always

    def show(self, text: str) -> None:
        if text != self.text:
            self.text = text
            self.refresh()

    def render(self) -> RenderResult:
        rows = drawn(self.text, *self.size) if self.always or needs_drawing(self.text) else ()
        return Content("\n".join(rows) if rows else self.text)
