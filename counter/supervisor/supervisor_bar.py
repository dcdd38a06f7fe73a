"""The frame of the manager's console: its top row, its pages, its buttons, its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Button, Static

from counter.help_overlay import HelpOverlay
from counter.supervisor.alarm_words import summary_words
from counter.supervisor.supervisor_verbs import KEYS, LABELS, MEANINGS, OF_A_CALL, SupervisorVerb
from counter.verb_bar import LEAST_CELLS, VerbBar
from hall.accounts.stations import WORDS, Station
from hall.marked import _
from hall.names import name_in
from ui.base_app import HallApp
from ui.cells import fit

if TYPE_CHECKING:
    from textual.app import RenderResult

    from hall.accounts.station_sign_in import Colleague
    from hall.overview.hall_view import HallNow

PAGES = {
    "lines": _("Lines"),
    "counters": _("Counters"),
    "devices": _("Devices"),
    "bulletins": _("Bulletins"),
    "figures": _("Figures"),
}
"""On the keys 1, 2, 3…"""

OTHERS = (
    ("1–5", _("The pages: lines, counters, devices, bulletins, figures.")),
    ("↑ ↓", _("Choose a row.")),
    ("Tab", _("From what needs somebody to the page and back.")),
    (_("Enter"), _("Go to what needs somebody; on a counter, choose its matters.")),
    ("F1", _("This page.")),
    ("Ctrl+L", _("Lock the screen; your password opens it again.")),
    ("Ctrl+Q", _("Ctrl+Q ends the program.")),
)


class SupervisorBar(Horizontal):
    app = getters.app(HallApp)

    def compose(self) -> ComposeResult:
        yield Static("", markup=False, id="hall-name")
        yield Static(self.app.say(WORDS[Station.SUPERVISOR]), markup=False, id="station-name")
        yield Static("", markup=False, id="summary")
        yield Static("", markup=False, id="clerk-name")
        yield Static("", markup=False, id="clock")

    def show(self, view: HallNow, colleague: Colleague | None) -> None:
        self.query_one("#hall-name", Static).update(name_in(view.hall, self.app.wording.language))
        self.query_one("#summary", Static).update(summary_words(self.app.say, view))
        who = f"{colleague.name} {colleague.staff_number}" if colleague is not None else ""
        self.query_one("#clerk-name", Static).update(who)

    def tick(self) -> None:
        hall = self.app.hall
        if hall is not None:
            local = hall.rules.local(hall.now())
            self.query_one("#clock", Static).update(f"{local:%H:%M:%S}")


class PageTab(Static):
    class Pressed(Message):
        def __init__(self, page: str) -> None:
            super().__init__()
            self.page = page

    def __init__(self, page: str, words: str) -> None:
        super().__init__(words, markup=False, id=f"tab-{page}", classes="page-tab")
        self.page = page

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Pressed(self.page))


class PageTabs(Horizontal):
    app = getters.app(HallApp)

    def compose(self) -> ComposeResult:
        for key, (page, words) in enumerate(PAGES.items(), start=1):
            yield PageTab(page, f" {key} {self.app.say(words)} ")

    def show(self, page: str) -> None:
        for tab in self.query(PageTab):
            tab.set_class(tab.page == page, "-shown")


class SupervisorVerbButton(Button, can_focus=False):
    """Never has the focus: Enter belongs to the chosen row, wherever one clicked last."""

    def __init__(self, verb: SupervisorVerb, label: str) -> None:
        super().__init__(Content(f"{KEYS[verb]} {label}"), id=verb.value.replace("_", "-"))
        self.supervisor_verb = verb
        self.styles.line_pad = 0

    def render(self) -> RenderResult:
        # In fewer cells a wide character has no room; wrapping into none fails.
        return super().render() if self.content_size.width > LEAST_CELLS else Content("")


class SupervisorVerbBar(VerbBar):
    def compose(self) -> ComposeResult:
        for verb in SupervisorVerb:
            yield SupervisorVerbButton(verb, self.app.say(LABELS[verb]))

    def offer_verbs(
        self, verbs: frozenset[SupervisorVerb], called_for: frozenset[SupervisorVerb]
    ) -> None:
        """A verb one has no right to has no button; `called_for` stand out, and what answers a
        call for help does nothing without one."""
        self.display = bool(verbs)
        for button in self.query(SupervisorVerbButton):
            button.display = button.supervisor_verb in verbs
            wanted = button.supervisor_verb in called_for
            button.variant = "primary" if wanted else "default"
            button.disabled = button.supervisor_verb in OF_A_CALL and not wanted


class SupervisorKeys(Static):
    app = getters.app(HallApp)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", markup=False, id=id)

    def on_mount(self) -> None:
        say = self.app.say
        keys = (
            ("1–5", _("Page")),
            ("↑↓", _("Choose")),
            ("Tab", _("Other list")),
            (say(_("Enter")), _("Go there")),
            ("F1", _("Help")),
            ("Ctrl+L", _("Lock")),
            ("Ctrl+Q", _("Quit")),
        )
        named = [Content.assemble((key, "bold"), " ", say(words)) for key, words in keys]
        named[4] = named[4].stylize(Style.from_meta({"@click": "screen.help"}))
        self.update(Content("  ").join(named))


class SupervisorHelp(HelpOverlay):
    def __init__(self, verbs: frozenset[SupervisorVerb]) -> None:
        super().__init__()
        self.verbs = verbs

    def compose(self) -> ComposeResult:
        say = self.app.say
        with VerticalScroll(id="dialog"):
            yield Static(say(_("Keys")), markup=False, id="dialog-title")
            rows = [
                (f"{KEYS[verb]}  {fit(say(LABELS[verb]), 12)}", say(MEANINGS[verb]))
                for verb in SupervisorVerb
                if verb in self.verbs
            ]
            rows += [(fit(say(key), 11), say(meaning)) for key, meaning in OTHERS]
            for key, meaning in rows:
                yield Static(Content.assemble((key, "bold"), " ", meaning), markup=False)
            yield Static(
                say(_("Letters need the input method in English. Esc closes this page.")),
                markup=False,
                id="trouble",
            )
