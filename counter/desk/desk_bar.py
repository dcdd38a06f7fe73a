"""The frame of the desk's screen: its top row, its buttons, its page of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.style import Style
from textual.widgets import Button, Static

from counter.desk.desk_verbs import AT_THE_CALL, KEYS, LABELS, MEANINGS, DeskVerb
from counter.help_overlay import HelpOverlay
from counter.verb_bar import LEAST_CELLS, VerbBar
from hall.accounts.stations import WORDS, Station
from hall.marked import _
from hall.names import name_in
from ui.base_app import HallApp
from ui.cells import fit

if TYPE_CHECKING:
    from textual.app import RenderResult

    from hall.accounts.station_sign_in import Colleague
    from hall.desk_view import DeskView

OTHERS = (
    ("↑ ↓", _("Choose an inquiry; Home and End go to the first and the last.")),
    ("PgUp PgDn", _("Read on in the chosen inquiry.")),
    (_("Enter"), _("The highlighted button. Space does the same.")),
    ("F1", _("This page.")),
    ("Ctrl+L", _("Lock the screen; your password opens it again.")),
    ("Ctrl+Q", _("Ctrl+Q ends the program.")),
)


class DeskBar(Horizontal):
    app = getters.app(HallApp)

    def compose(self) -> ComposeResult:
        yield Static("", markup=False, id="hall-name")
        yield Static(self.app.say(WORDS[Station.DESK]), markup=False, id="station-name")
        yield Static("", markup=False, id="clerk-name")
        yield Static("", markup=False, id="clock")

    def show(self, view: DeskView, colleague: Colleague | None) -> None:
        self.query_one("#hall-name", Static).update(name_in(view.hall, self.app.wording.language))
        who = f"{colleague.name} {colleague.staff_number}" if colleague is not None else ""
        self.query_one("#clerk-name", Static).update(who)

    def tick(self) -> None:
        hall = self.app.hall
        if hall is not None:
            local = hall.rules.local(hall.now())
            self.query_one("#clock", Static).update(f"{local:%H:%M:%S}")


class DeskVerbButton(Button, can_focus=False):
    """Never has the focus: Enter belongs to the highlighted verb, wherever one clicked last."""

    def __init__(self, verb: DeskVerb, label: str) -> None:
        super().__init__(Content(f"{KEYS[verb]} {label}"), id=verb.value.replace("_", "-"))
        self.desk_verb = verb
        self.styles.line_pad = 0

    def render(self) -> RenderResult:
        # In fewer cells a wide character has no room; wrapping into none fails.
        return super().render() if self.content_size.width > LEAST_CELLS else Content("")


class DeskVerbBar(VerbBar):
    def compose(self) -> ComposeResult:
        for verb in [one for one in DeskVerb if one is not AT_THE_CALL]:
            yield DeskVerbButton(verb, self.app.say(LABELS[verb]))

    def offer_verbs(self, verbs: frozenset[DeskVerb], highlighted: DeskVerb | None) -> None:
        for button in self.query(DeskVerbButton):
            button.disabled = button.desk_verb not in verbs
            button.variant = "primary" if button.desk_verb is highlighted else "default"


class DeskKeys(Static):
    """What is no button; the help can be clicked there."""

    app = getters.app(HallApp)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", markup=False, id=id)

    def offer(self, highlighted: DeskVerb | None) -> None:
        say = self.app.say
        keys = [("↑↓", say(_("Choose")))]
        if highlighted is not None:
            keys.append((say(_("Enter")), say(LABELS[highlighted])))
        keys.append(("F1", say(_("Help"))))
        named = [Content.assemble((key, "bold"), " ", label) for key, label in keys]
        named[-1] = named[-1].stylize(Style.from_meta({"@click": "screen.help"}))
        for key, label in (("Ctrl+L", say(_("Lock"))), ("Ctrl+Q", say(_("Quit")))):
            named.append(Content.assemble((key, "bold"), " ", label))
        self.update(Content("  ").join(named))


class DeskHelp(HelpOverlay):
    def compose(self) -> ComposeResult:
        say = self.app.say
        with VerticalScroll(id="dialog"):
            yield Static(say(_("Keys")), markup=False, id="dialog-title")
            rows = [
                (f"{KEYS[verb]}  {fit(say(LABELS[verb]), 12)}", say(MEANINGS[verb]))
                for verb in DeskVerb
            ]
            rows += [(fit(say(key), 15), say(meaning)) for key, meaning in OTHERS]
            for key, meaning in rows:
                yield Static(Content.assemble((key, "bold"), " ", meaning), markup=False)
            yield Static(
                say(_("Letters need the input method in English. Esc closes this page.")),
                markup=False,
                id="trouble",
            )
