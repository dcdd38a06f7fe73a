"""The matters that were found, on buttons without digits: on this page digits are typed."""

from textual.content import Content

from kiosk.choice_button import Choice, ChoiceButton
from kiosk.choice_pages import MOST_ON_A_PAGE, ChoicePages, Grid

LEAST_HEIGHT, MOST_HEIGHT, LEAST_WIDTH = 3, 5, 36
EDGE, MARK = 2, 3
"""The mark shows where a button begins, also white on black."""


class FoundButton(ChoiceButton):
    def rows(self, choice: Choice, width: int, height: int) -> list[Content]:
        room = width - MARK - 2 * EDGE
        words = self.words(choice, room, height)
        above = (height - len(words)) // 2
        told = []
        for place in range(height):
            inside = above <= place < above + len(words)
            line = words[place - above] if inside else Content("")
            mark = "▸" if place == (height - 1) // 2 else ""
            edge = self.styled(mark.center(MARK), "choice--tile") + Content(" " * EDGE)
            told.append(edge + line.pad_right(max(0, room - line.cell_length)))
        return told


class FoundPages(ChoicePages):
    button_type = FoundButton

    def grid(self, width: int, height: int) -> Grid:
        """Few large ones; who types one letter more has fewer."""
        columns = max(1, min(2, width // LEAST_WIDTH))
        if self.needs_large_buttons():
            columns = 1
        rows = max(1, min((height + 1) // (LEAST_HEIGHT + 1), MOST_ON_A_PAGE // columns))
        row_height = (height + 1) // rows - 1
        return Grid(columns, rows, max(1, min(MOST_HEIGHT, row_height)))
