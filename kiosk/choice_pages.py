"""Any number of choices on large buttons: as many as fit, the others a page further."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from kiosk.choice_button import Choice, ChoiceButton
from ui import script_text

MOST_ON_A_PAGE = 9
"""Each button has a digit."""
LEAST_WIDTH = 36
LEAST_HEIGHT = 4
MOST_HEIGHT = 8
"""A button of half a screen looks like a picture, not like a button."""
LARGE_WIDTH = 60
LARGE_HEIGHT, TALL_LARGE_HEIGHT = 6, 12
"""In large type; where there is room, high enough for characters drawn in blocks."""
MOST_LARGE_HEIGHT = 14
TALL = 40


@dataclass(frozen=True)
class Grid:
    columns: int
    rows: int
    row_height: int

    @property
    def places(self) -> int:
        return min(self.columns * self.rows, MOST_ON_A_PAGE)


def grid_for(choices: int, width: int, height: int, *, large: bool = False) -> Grid:
    """The buttons as large as so many choices allow, with a free row between them."""
    choices = max(1, choices)
    least_width, least, most = LEAST_WIDTH, LEAST_HEIGHT, MOST_HEIGHT
    if large:
        least_width, most = LARGE_WIDTH, MOST_LARGE_HEIGHT
        least = TALL_LARGE_HEIGHT if height >= TALL else LARGE_HEIGHT
    rows_that_fit = max(1, (height + 1) // (least + 1))
    columns = max(1, min(3, width // least_width))
    if choices <= min(3, rows_that_fit):
        columns = 1
    rows = max(1, min(rows_that_fit, -(-min(choices, MOST_ON_A_PAGE) // columns)))
    row_height = (height + 1) // rows - 1
    return Grid(columns, rows, max(1, min(most, row_height)))


class ChoicePages(Container):
    """Nine buttons that are filled anew, never mounted anew: a page that changes does not flicker.

    The app's style sheet gives it the grid layout.
    """

    button_type: ClassVar[type[ChoiceButton]] = ChoiceButton

    @dataclass
    class PageShown(Message):
        page: int
        pages: int

    def __init__(
        self, choices: Sequence[Choice] = (), page: int = 0, *, large_type: bool = False
    ) -> None:
        super().__init__(id="choices")
        self.large_type = large_type
        self.choices = tuple(choices)
        self.page = page
        self.buttons = [self.button_type(digit) for digit in range(1, MOST_ON_A_PAGE + 1)]
        for button in self.buttons:
            button.display = False

    def compose(self) -> ComposeResult:
        yield from self.buttons

    def on_resize(self, event: events.Resize) -> None:
        self.fill()

    def show(self, choices: Sequence[Choice]) -> None:
        if tuple(choices) != self.choices:
            self.choices = tuple(choices)
            self.fill()

    def turn(self, by: int) -> None:
        self.page += by
        self.fill()

    def choice_of(self, digit: int) -> Choice | None:
        """None when no button on this page has that digit."""
        return self.buttons[digit - 1].choice if 1 <= digit <= MOST_ON_A_PAGE else None

    def grid(self, width: int, height: int) -> Grid:
        return grid_for(len(self.choices), width, height, large=self.needs_large_buttons())

    def needs_large_buttons(self) -> bool:
        return self.large_type or any(
            script_text.needs_drawing(choice.title) for choice in self.choices
        )

    def fill(self) -> None:
        if not self.size:
            return  # the first Resize is still to come
        grid = self.grid(*self.size)
        pages = max(1, -(-len(self.choices) // grid.places))
        self.page = min(max(0, self.page), pages - 1)
        self.styles.grid_size_columns = grid.columns
        self.styles.grid_rows = f"{grid.row_height}"
        shown = self.choices[self.page * grid.places :][: grid.places]
        for place, button in enumerate(self.buttons):
            button.large_type = self.large_type
            button.show_choice(shown[place] if place < len(shown) else None)
        self.post_message(self.PageShown(self.page, pages))
