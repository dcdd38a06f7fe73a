"""A large button: what it is for, in two languages, and what there is to know before pressing."""

from dataclasses import dataclass

from textual.content import Content
from textual.widgets import Button

from kiosk.fitting import lines_of
from ui import script_text
from ui.big_text import big_letters, is_wide

TILE_WIDTH, NARROW_TILE_WIDTH, LARGE_TILE_WIDTH = 7, 5, 11
GAP = 2
"""Between the tile, the words and the edge."""


@dataclass(frozen=True)
class Choice:
    """What a button stands for; all of it is text, none of it markup."""

    code: str
    title: str
    subtitle: str = ""
    """The same in the other language."""
    detail: str = ""
    warns: bool = False
    """The detail is something to think about first."""


class TouchButton(Button):
    """A button that a finger can hit, and that a finger does not leave focused.

    A code reader ends with Enter, which would press whatever was touched last.
    """

    FOCUS_ON_CLICK = False

    def __init__(self, label: str, *, id: str | None = None) -> None:
        super().__init__(Content(label), id=id)

    def show(self, label: str) -> None:
        self.label = Content(label)
        self.refresh(layout=True)  # it may be longer

    def focus_on_click(self) -> bool:
        return False


class ChoiceButton(TouchButton):
    """One of the choices of a page, with the digit that presses it too."""

    COMPONENT_CLASSES = {
        "choice--tile",
        "choice--title",
        "choice--subtitle",
        "choice--detail",
        "choice--warning",
    }

    def __init__(self, digit: int) -> None:
        super().__init__("", id=f"choice-{digit}")
        self.digit = digit
        self.styles.line_pad = 0  # a style sheet cannot say so: Textual takes 0 for no number
        self.choice: Choice | None = None
        self.large_type = False

    def show_choice(self, choice: Choice | None) -> None:
        """None hides the button. What is shown already is not painted again."""
        if choice == self.choice:
            return
        self.choice = choice
        self.display = choice is not None
        self.refresh()

    def render(self) -> Content:
        if self.choice is None:
            return Content()
        return Content("\n").join(self.rows(self.choice, *self.content_size))

    def rows(self, choice: Choice, width: int, height: int) -> list[Content]:
        """The whole face of the button: the digit's tile, then the words in the middle."""
        tile_width = TILE_WIDTH if width >= 44 else NARROW_TILE_WIDTH
        if self.large_type:
            tile_width = LARGE_TILE_WIDTH
        digits = self.digit_rows(tile_width, height)
        room = max(0, width - tile_width - 2 * GAP)
        words = self.words(choice, room, height)
        above = (height - len(words)) // 2
        blank = Content(" " * room)
        rows = []
        for place in range(height):
            tile = self.styled(digits[place].center(tile_width), "choice--tile")
            inside = above <= place < above + len(words)
            line = words[place - above] if inside else blank
            rows.append(tile + Content(" " * GAP) + line.pad_right(room - line.cell_length + GAP))
        return rows

    def digit_rows(self, width: int, height: int) -> list[str]:
        rows = big_letters(f"{self.digit}", width - 2, height - 1) if self.large_type else ()
        rows = rows or (f"{self.digit}",)
        above = (height - len(rows)) // 2
        return [""] * above + list(rows) + [""] * (height - above - len(rows))

    def words(self, choice: Choice, room: int, height: int) -> list[Content]:
        # The detail changes while one looks; it keeps its lines, the names share the rest.
        details = lines_of(choice.detail, room, 1 if height < 5 else 2 if height < 7 else 3)
        left = max(1, height - len(details))
        second = 1 if choice.subtitle and left > 1 else 0
        titles = self.title_rows(choice.title, room, left - second)
        subtitles = lines_of(choice.subtitle, room, left - len(titles)) if second else []
        words = [self.styled(line, "choice--title") for line in titles]
        words = words[:left]
        words += [self.styled(line, "choice--subtitle") for line in subtitles]
        if details and len(words) + len(details) < height - 2:
            words.append(Content())
        style = "choice--warning" if choice.warns else "choice--detail"
        return words + [self.styled(line, style) for line in details]

    def title_rows(self, title: str, room: int, height: int) -> list[str]:
        """In blocks where the script, or the eyes of the visitor, ask for it and they fit."""
        rows: tuple[str, ...] = ()
        if script_text.needs_drawing(title):
            rows = script_text.drawn(title, room, height)
        elif self.large_type:
            rows = big_letters(title, room, height)
            if not rows:
                spaced = " ".join(title) if any(map(is_wide, title)) else title
                title = spaced if len(lines_of(spaced, room, height + 1)) <= height else title
        return list(rows) or lines_of(title, room, height)

    def styled(self, text: str, component: str) -> Content:
        return Content.styled(text, self.get_visual_style(component))
