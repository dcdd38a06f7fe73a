"""What stands on a screen, as text: to look for words, and to compare a whole page."""

from typing import Any

from textual.app import App


def screen_text(app: App[Any]) -> str:
    """The visible lines of the screen on top, without the space at their ends."""
    lines = app.screen._compositor.render_strips(app.screen.size)
    return "\n".join("".join(part.text for part in line).rstrip() for line in lines)
