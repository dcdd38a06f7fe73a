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
    ("Ctrl+Q", _("End the program. The counter stays as it is; start again and go on.")),
)


class HelpOverlay(ModalScreen[None]):
    """Any key leaves it, and does nothing else."""

    app = getters.app(HallApp)

    BINDINGS = [
        Binding("escape,enter,space,f1,q", "dismiss", show=False),
    ]

    def compose(self) -> ComposeResult:
        say = self.app.say
        with VerticalScroll(id="dialog"):
            yield Static(say(_("Keys")), markup=False, id="dialog-title")
            rows = [(KEYS[verb], say(LABELS[verb]), say(MEANINGS[verb])) for verb in Verb]
            rows += [(say(key), "", say(meaning)) for key, meaning in OTHERS]
            for key, label, meaning in rows:
                yield Static(
                    Content.assemble((fit(key, 7), "bold"), (fit(label, 11), "bold"), meaning),
                    markup=False,
                )
            yield Static(
                say(_("Letters need the input method in English. Esc closes this page.")),
                markup=False,
                id="trouble",
            )
