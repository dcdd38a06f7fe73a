"""The papers of a matter as rows one can touch: not looked at, here, missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from kiosk.choice_button import Choice, ChoiceButton
from kiosk.choice_pages import MOST_ON_A_PAGE, ChoicePages, Grid
from kiosk.matter.matter import Mark

LEAST_ROW_HEIGHT, MOST_ROW_HEIGHT = 3, 5
MOST_NARROW_ROW_HEIGHT = 7
"""Where a paper's facts need another line, on an upright screen."""
NARROW = 70
LEAST_TWO_COLUMNS = 100
SIGNS: dict[Mark, str] = {"unmarked": "□", "here": "✓", "missing": "✗"}
SIGN_WIDTH = 5


@dataclass(frozen=True)
class Row(Choice):
    """A paper; the code is its number."""

    mark: Mark = "unmarked"


class PaperButton(ChoiceButton):
    """The sign stands behind the digit, in its colour."""

    COMPONENT_CLASSES = {"paper--unmarked", "paper--here", "paper--missing"}

    def rows(self, choice: Choice, width: int, height: int) -> list[Content]:
        assert isinstance(choice, Row)
        rows = super().rows(choice, width - SIGN_WIDTH, height)
        middle = (height - 1) // 2
        style = f"paper--{choice.mark}"
        told = []
        for place, row in enumerate(rows):
            sign = SIGNS[choice.mark] if place == middle else ""
            told.append(self.styled(sign.center(SIGN_WIDTH), style) + row)
        return told


class PaperPages(ChoicePages):
    button_type = PaperButton

    def __init__(self, rows: Sequence[Row] = (), page: int = 0) -> None:
        super().__init__(rows, page)

    def grid(self, width: int, height: int) -> Grid:
        """All of them on one page where that can be; then as high as they may be."""
        papers = max(1, len(self.choices))
        fit = max(1, (height + 1) // (LEAST_ROW_HEIGHT + 1))
        columns = 2 if papers > fit and width >= LEAST_TWO_COLUMNS else 1
        rows = min(fit, -(-papers // columns), -(-MOST_ON_A_PAGE // columns))
        most = MOST_ROW_HEIGHT if width >= NARROW else MOST_NARROW_ROW_HEIGHT
        return Grid(columns, rows, max(1, min(most, (height + 1) // rows - 1)))
