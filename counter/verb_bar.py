"""The clerk's verbs as buttons, and the line that names the keys."""

from __future__ import annotations

from textual import getters
from textual.app import ComposeResult, RenderResult
from textual.containers import Grid
from textual.content import Content
from textual.style import Style
from textual.widgets import Button, Static

from counter.verbs import KEYS, LABELS, Verb
from hall.marked import _
from ui.base_app import HallApp

GAP = "  "
LEAST_CELLS = 3
HELP_KEY = "F1"


class VerbButton(Button, can_focus=False):
    """Never has the focus: Enter belongs to the highlighted verb, wherever one clicked last."""

    def __init__(self, verb: Verb, label: str) -> None:
        super().__init__(Content(f"{KEYS[verb]} {label}"), id=verb.value.replace("_", "-"))
        self.verb = verb
        self.styles.line_pad = 0  # on 80 columns an English label needs every cell

    def render(self) -> RenderResult:
        # In fewer cells a wide character has no room; wrapping into none fails.
        return super().render() if self.content_size.width > LEAST_CELLS else Content("")


class VerbBar(Grid):
    """Every verb has its place and keeps it."""

    app = getters.app(HallApp)

    def compose(self) -> ComposeResult:
        for verb in Verb:
            yield VerbButton(verb, self.app.say(LABELS[verb]))

    def offer(self, verbs: frozenset[Verb], highlighted: Verb | None) -> None:
        for button in self.query(VerbButton):
            button.disabled = button.verb not in verbs
            button.variant = "primary" if button.verb is highlighted else "default"


class KeyLine(Static):
    """Names the keys that do something now; the help can be clicked there."""

    app = getters.app(HallApp)

    keys: tuple[tuple[str, str], ...] = ()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", markup=False, id=id)

    def offer(self, verbs: frozenset[Verb], highlighted: Verb | None) -> None:
        say = self.app.say
        keys = []
        for verb in Verb:
            if verb is highlighted:
                keys.append((f"{KEYS[verb]}/{say(_('Enter'))}", say(LABELS[verb])))
            elif verb in verbs:
                keys.append((KEYS[verb], say(LABELS[verb])))
        self.keys = (*keys, (HELP_KEY, say(_("Help"))), ("Ctrl+Q", say(_("Quit"))))
        self.fill()

    def on_resize(self) -> None:
        self.fill()

    def fill(self) -> None:
        """A key stays on one row with its name."""
        rows: list[list[Content]] = [[]]
        room = width = self.content_size.width
        for key, label in self.keys:
            named = Content.assemble((key, "bold"), " ", label)
            if key == HELP_KEY:
                named = named.stylize(Style.from_meta({"@click": "screen.help"}))
            if rows[-1] and named.cell_length > room:
                rows.append([])
                room = width
            rows[-1].append(named)
            room -= named.cell_length + len(GAP)
        self.update(Content("\n").join(Content(GAP).join(row) for row in rows))
