"""The clerk's verbs as buttons, and the line that names the keys."""

from __future__ import annotations

from textual import getters
from textual.app import ComposeResult, RenderResult
from textual.containers import Grid
from textual.content import Content
from textual.style import Style
from textual.widgets import Button

from counter.verbs import BESIDE_THE_CLASS, KEYS, LABELS, Verb
from hall.marked import _
from ui.base_app import HallApp
from ui.steady_text import SteadyText

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
    """Every verb has its place and keeps it, but for one that few citizens need."""

    app = getters.app(HallApp)

    def compose(self) -> ComposeResult:
        for verb in [one for one in Verb if one is not BESIDE_THE_CLASS]:
            yield VerbButton(verb, self.app.say(LABELS[verb]))

    def offer(self, verbs: frozenset[Verb], highlighted: Verb | None) -> None:
        for button in self.query(VerbButton):
            button.disabled = button.verb not in verbs
            button.variant = "primary" if button.verb is highlighted else "default"


class KeyLine(SteadyText):
    """What is no button: Enter, and the keys of the program; the help can be clicked there."""

    app = getters.app(HallApp)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", markup=False, id=id)

    def offer(self, highlighted: Verb | None) -> None:
        say = self.app.say
        step = [(say(_("Enter")), say(LABELS[highlighted]))] if highlighted is not None else []
        keys = [
            *step,
            (HELP_KEY, say(_("Help"))),
            ("Ctrl+L", say(_("Lock"))),
            ("Ctrl+Q", say(_("Quit"))),
        ]
        named = [Content.assemble((key, "bold"), " ", label) for key, label in keys]
        at = len(step)
        named[at] = named[at].stylize(Style.from_meta({"@click": "screen.help"}))
        self.update(Content(GAP).join(named))
