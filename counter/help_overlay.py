"""Every key of the counter screen and what it does."""

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from counter.verbs import KEYS, LABELS, MEANINGS, Verb
from hall.marked import _
from ui.base_app import HallApp
from ui.cells import fit

OTHERS = (
    (_("Enter"), _("The highlighted button: the next sensible step. Space does the same.")),
    ("F1", _("This page.")),
    ("Ctrl+L", _("Lock the screen; your password opens it again.")),
    ("Ctrl+Q", _("End the program. The counter stays as it is; start again and go on.")),
)


class HelpOverlay(ModalScreen[None]):
    """Any key leaves it, and does nothing else."""

    app = getters.app(HallApp)

    VERTICAL_BREAKPOINTS = [(0, "-short"), (28, "-medium")]
    BINDINGS = [
        Binding("escape,enter,space,f1,q", "dismiss", show=False),
    ]

    def compose(self) -> ComposeResult:
        say = self.app.say
        with VerticalScroll(id="dialog"):
            yield Static(say(_("Keys")), markup=False, id="dialog-title")
            rows = [
                (f"{KEYS[verb]}  {fit(say(LABELS[verb]), 10)}", say(MEANINGS[verb]))
                for verb in Verb
            ]
            rows += [(fit(say(key), 7), say(meaning)) for key, meaning in OTHERS]
            for key, meaning in rows:
                yield Static(Content.assemble((key, "bold"), meaning), markup=False)
            yield Static(
                say(_("Letters need the input method in English. Esc closes this page.")),
                markup=False,
                id="trouble",
            )
