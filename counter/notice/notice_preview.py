"""The citizen's copy of a notice as it would be printed, before it is."""

from __future__ import annotations

from collections.abc import Sequence

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from hall.marked import _
from ui.base_app import HallApp

MARGINS = 5
"""Two cells on either side of the paper, and the scroll bar."""


class NoticePreview(ModalScreen[None]):
    """Made anew for each look; Esc or v goes back to the notice."""

    app = getters.app(HallApp)

    BINDINGS = [Binding("escape,v,V", "leave", show=False)]

    def __init__(self, lines: Sequence[str], columns: int) -> None:
        """`lines` of at most so many `columns`, as wide as the paper."""
        super().__init__()
        self.lines = lines
        self.columns = columns

    def compose(self) -> ComposeResult:
        say = self.app.say
        with Vertical(id="preview") as preview:
            preview.styles.width = self.columns + MARGINS
            title = say(_("Preview: serial and code come with printing"))
            yield Static(title, markup=False, id="preview-title")
            with VerticalScroll(id="paper"):
                yield Static(Content("\n".join(self.lines)), markup=False)
            keys = say(_("↑ ↓ PgUp PgDn read  Esc or v back"))
            yield Static(keys, markup=False, id="preview-keys")

    def action_leave(self) -> None:
        self.dismiss(None)
