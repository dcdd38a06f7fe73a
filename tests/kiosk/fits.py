"""Whether a page fits its screen."""

from rich.cells import cell_len
from textual.pilot import Pilot

SIZES = [(106, 33), (80, 24), (60, 90)]
"""Landscape, the smallest, portrait."""


def assert_fits(pilot: Pilot[None]) -> None:
    """Every button lies on the screen, apart from the others, with whole words on it."""
    screen = pilot.app.screen
    buttons = [b for b in screen.query("TouchButton") if b.display and b.visible and b.size]
    for button in buttons:
        assert screen.region.contains_region(button.region), button
        assert button.region.height >= 3, button
        for line in str(button.render()).split("\n"):
            assert cell_len(line) <= button.content_size.width, (button, line)
        for other in buttons:
            assert other is button or not button.region.overlaps(other.region), (button, other)
    for label in screen.query("Label"):
        if label.size and label.visible:
            for line in str(label.render()).split("\n"):
                assert cell_len(line) <= label.size.width, (label, line)
