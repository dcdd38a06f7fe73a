"""A page with others before and behind it: the buttons that turn them, and which one this is."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Label

from kiosk.choice_button import TouchButton
from kiosk.kiosk_screen import KioskScreen


class PagedScreen(KioskScreen):
    page = 0
    """Which one is shown."""

    def compose_foot(self) -> ComposeResult:
        yield from super().compose_foot()
        yield TouchButton(self.app.say("Previous page"), id="previous-page")
        yield Label("", id="page-number", markup=False)
        yield TouchButton(f"{self.app.say('Next page')} -", id="next-page")

    def on_mount(self) -> None:
        for part in ("#previous-page", "#page-number", "#next-page"):
            self.query_one(part).visible = False

    def tell_page(self, page: int, pages: int) -> None:
        self.page = page
        words = self.app.say("Page {page} of {pages}", page=page + 1, pages=pages)
        self.query_one("#page-number", Label).update(words)
        self.query_one("#previous-page").visible = page > 0
        self.query_one("#page-number").visible = pages > 1
        self.query_one("#next-page").visible = page + 1 < pages

    @on(Button.Pressed, "#previous-page")
    def previous_page(self) -> None:
        self.action_turn(-1)

    @on(Button.Pressed, "#next-page")
    def next_page(self) -> None:
        self.action_turn(1)

    def action_turn_on(self) -> None:
        """A number pad has one key to turn pages with: behind the last comes the first."""
        self.action_turn(1 if self.query_one("#next-page").visible else -self.page)
