"""A text that is laid out and painted anew only when it says something else."""

from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Static


class SteadyText(Static):
    """A screen that looks again tells all its parts what they say; most of them say it already."""

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        if not is_same(content, self.content):
            super().update(content, layout=layout)


def is_same(one: VisualType, other: VisualType) -> bool:
    """Textual compares the words of two contents, not how they look."""
    if isinstance(one, Content) and isinstance(other, Content):
        return one.plain == other.plain and one.spans == other.spans
    return isinstance(one, str) and isinstance(other, str) and one == other
