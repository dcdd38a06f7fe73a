"""The manager's console: what needs somebody now, the whole hall, and every verb on one key."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Button, OptionList, Static

from counter.input_method import SWITCH, is_composed
from counter.message_line import MessageLine
from counter.supervisor import supervisor_operations as operations
from counter.supervisor.alarm_words import alarm_rows, help_words
from counter.supervisor.hall_pages import HallPages
from counter.supervisor.row_list import RowList
from counter.supervisor.supervisor_asker import SupervisorAsker
from counter.supervisor.supervisor_bar import (
    PAGES,
    PageTab,
    PageTabs,
    SupervisorBar,
    SupervisorHelp,
    SupervisorKeys,
    SupervisorVerbBar,
    SupervisorVerbButton,
)
from counter.supervisor.supervisor_operations import SupervisorView
from counter.supervisor.supervisor_verbs import KEYS, SupervisorVerb, allowed
from hall.marked import _
from hall.names import plain

if TYPE_CHECKING:
    from hall.counters.help_requests import Help
    from hall.open_hall import OpenHall
    from hall.overview.hall_alarms import Alarm

REPLACED = _("The row you had chosen is gone. Look again, then press again.")
REPAINT_S = 10
"""Lengths of time go on while nothing else happens."""


class SupervisorScreen(SupervisorAsker):
    """One verb at a time; what no longer fits what the database has is refused there."""

    # None is the app's, which takes whatever list is there first.
    AUTO_FOCUS = ""  # type: ignore[assignment]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-medium"), (42, "-tall")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (140, "-broad")]
    BINDINGS = [
        *(
            Binding(f"{key},{key.upper()}", f"verb('{verb.value}')", show=False)
            for verb, key in KEYS.items()
        ),
        *(
            Binding(str(key), f"page('{page}')", show=False)
            for key, page in enumerate(PAGES, start=1)
        ),
        Binding("tab,shift+tab", "other_list", show=False, priority=True),
        Binding("f1", "help", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield SupervisorBar(id="supervisor-bar")
        yield Static("", markup=False, id="banner")
        yield Static("", markup=False, id="all-well")
        yield RowList(id="alarms")
        yield PageTabs(id="tabs")
        yield HallPages(id="pages")
        yield Static("", markup=False, id="detail")
        yield MessageLine(id="messages")
        yield SupervisorVerbBar(id="verbs")
        yield SupervisorKeys(id="keys")

    def on_mount(self) -> None:
        self.query_one(PageTabs).show("lines")
        self.offer()
        self.set_interval(1, self.tick)
        self.set_interval(REPAINT_S, self.repaint)

    # -- what is seen

    def read(self, hall: OpenHall) -> SupervisorView:
        colleague = self.app.colleague
        role = colleague.role if colleague is not None else ""
        figures = self.query_one(HallPages).page == "figures"
        return operations.look(hall, role, with_figures=figures)

    def show(self, view: SupervisorView, now: datetime) -> None:
        say, language = self.app.say, self.app.wording.language
        self.query_one(SupervisorBar).show(view.hall, self.app.colleague)
        alarms = self.query_one("#alarms", RowList)
        alarms.fill(alarm_rows(say, language, view.alarms, now))
        alarms.display = bool(view.alarms)
        well = self.query_one("#all-well", Static)
        well.update(say(_("Needs somebody now: {count}"), count=len(view.alarms)))
        if not view.alarms:
            well.update(say(_("All is well")))
        well.set_class(not view.alarms, "-well")
        self.query_one(HallPages).show(view, now)
        if self.focused is None or not self.focused.display:
            self.focus_page()
        self.show_detail()
        self.offer()
        self.tick()

    def show_trouble(self, sentence: str) -> None:
        self.query_one("#banner", Static).update(plain(sentence))
        self.set_class(bool(sentence), "-stale")

    @on(OptionList.OptionHighlighted)
    def show_detail(self) -> None:
        self.query_one("#detail", Static).update(self.query_one(HallPages).detail())
        self.offer()

    def offer(self) -> None:
        verbs = allowed(self.view.rights) if self.view is not None else frozenset()
        called_for: frozenset[SupervisorVerb] = frozenset()
        asked = self.asked_for_help()
        if asked is not None:
            called_for = frozenset(
                {SupervisorVerb.GRANT, SupervisorVerb.REFUSE}
                if asked.kind == "pause"
                else {SupervisorVerb.ANSWER}
            )
        self.query_one(SupervisorVerbBar).offer_verbs(verbs, called_for)

    def tick(self) -> None:
        self.query_one(SupervisorBar).tick()

    def repaint(self) -> None:
        if self.view is not None and self.app.hall is not None:
            self.show(self.view, self.app.hall.now())

    # -- what is chosen

    @property
    def alarm(self) -> Alarm | None:
        chosen = self.query_one("#alarms", RowList).chosen
        alarms = self.view.alarms if self.view is not None else ()
        return next((one for one in alarms if one.key == chosen), None)

    def asked_for_help(self, kind: str | None = None) -> Help | None:
        """The chosen call for help; another one only where it is the only one of its kind."""
        if self.view is None:
            return None
        calls = [one for one in self.view.hall.help if kind in (None, one.kind)]
        alarm = self.alarm
        chosen = alarm.about if alarm is not None else None
        if any(one is chosen for one in calls):
            return next(one for one in calls if one is chosen)
        return calls[0] if len(calls) == 1 else None

    def number_chosen(self) -> str:
        """Of the ticket that the focused list is about."""
        pages = self.query_one(HallPages)
        alarm = self.alarm
        if self.focused is self.query_one("#alarms") or pages.counter is None:
            about = alarm.about if alarm is not None else None
            return str(getattr(about, "number", "")) if alarm_is_ticket(alarm) else ""
        return pages.counter.in_hand.number if pages.counter.in_hand is not None else ""

    def action_page(self, page: str) -> None:
        pages = self.query_one(HallPages)
        pages.turn_to(page)
        self.query_one(PageTabs).show(page)
        self.call_after_refresh(self.focus_page)
        if page == "figures":
            self.look()

    @on(PageTab.Pressed)
    def turn_page(self, message: PageTab.Pressed) -> None:
        self.action_page(message.page)

    def focus_page(self) -> None:
        pages = self.query_one(HallPages)
        self.set_focus(pages.rows_of(pages.page))
        self.show_detail()

    def action_other_list(self) -> None:
        alarms = self.query_one("#alarms", RowList)
        if self.focused is not alarms and alarms.display:
            self.set_focus(alarms)
        else:
            self.focus_page()

    @on(OptionList.OptionSelected)
    def go_there(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        pages = self.query_one(HallPages)
        if event.option_list.id == "alarms":
            self.go_to_alarm()
        elif event.option_list.id == "counters" and pages.counter is not None:
            self.press(SupervisorVerb.GROUPS)

    def go_to_alarm(self) -> None:
        alarm = self.alarm
        if alarm is None:
            return
        kind, _slash, key = alarm.key.partition("/")
        if kind == "help" and alarm.kind != "pause":
            self.press(SupervisorVerb.ANSWER)
        elif kind == "line":
            self.go_to("lines", key)
        elif kind in ("printer", "voice"):
            self.go_to("devices", alarm.key)
        elif kind == "bulletin":
            self.go_to("bulletins", key)
        elif alarm.counter is not None:
            self.go_to("counters", str(alarm.counter))

    def go_to(self, page: str, key: str) -> None:
        self.action_page(page)
        listed = self.query_one(HallPages).rows_of(page)
        # It may be filled only now that it is on the screen.
        self.call_after_refresh(self.call_after_refresh, listed.choose, key)

    # -- what is pressed

    def on_key(self, event: events.Key) -> None:
        if is_composed(event):
            self.tell(self.app.say(SWITCH), "warning")

    @on(Button.Pressed)
    def press_button(self, event: Button.Pressed) -> None:
        if isinstance(event.button, SupervisorVerbButton):
            self.press(event.button.supervisor_verb)

    def action_verb(self, verb: str) -> None:
        self.press(SupervisorVerb(verb))

    def action_help(self) -> None:
        verbs = allowed(self.view.rights) if self.view is not None else frozenset()
        self.app.push_screen(SupervisorHelp(verbs))

    def press(self, verb: SupervisorVerb) -> None:
        if self.view is None:
            self.tell(self.app.say(_("The hall is not open yet; one moment.")), "warning")
            return
        if verb not in allowed(self.view.rights):
            self.tell(self.app.say(_("You look on here; that takes another right.")), "warning")
            return
        match verb:
            case SupervisorVerb.GRANT | SupervisorVerb.REFUSE:
                self.press_for_leave(verb)
            case SupervisorVerb.ANSWER:
                self.press_answer()
            case SupervisorVerb.GROUPS | SupervisorVerb.TAKE_ALL:
                self.press_groups(every=verb is SupervisorVerb.TAKE_ALL)
            case SupervisorVerb.RELEASE:
                self.ask_which_ticket(self.number_chosen())
            case SupervisorVerb.MESSAGE:
                counter = self.query_one(HallPages).counter
                self.ask_words(counter.number if counter is not None else None)
            case SupervisorVerb.LIFE:
                self.ask_whose_life(self.number_chosen())
            case SupervisorVerb.PUT_UP:
                self.ask_bulletin()
            case SupervisorVerb.TAKE_DOWN:
                self.press_take_down()
            case SupervisorVerb.ANNOUNCE:
                self.ask_announcement()

    def press_for_leave(self, verb: SupervisorVerb) -> None:
        asked = self.asked_for_help("pause")
        if asked is None:
            words = _("Choose the counter that asks leave to pause, above; then press again.")
            self.tell(self.app.say(words), "warning")
        elif verb is SupervisorVerb.REFUSE:
            assert self.app.hall is not None
            self.ask_why_not(asked, help_words(self.app.say, asked, self.app.hall.now()))
        elif self.query_one("#alarms", RowList).just_replaced:
            self.tell(self.app.say(REPLACED), "warning")
        else:
            self.grant(asked)

    def press_answer(self) -> None:
        asked = self.asked_for_help()
        if asked is None:
            words = _("Choose the call for help, above; then press again.")
            self.tell(self.app.say(words), "warning")
        elif asked.kind == "pause":
            words = _("Leave to pause is given with G and refused with F.")
            self.tell(self.app.say(words), "warning")
        else:
            assert self.app.hall is not None
            self.ask_answer(asked, help_words(self.app.say, asked, self.app.hall.now()))

    def press_groups(self, *, every: bool) -> None:
        counter = self.query_one(HallPages).counter
        if counter is not None:
            self.ask_groups(counter, every=every)
            return
        self.action_page("counters")
        self.tell(self.app.say(_("Choose the counter, then press again.")), "warning")

    def press_take_down(self) -> None:
        pages = self.query_one(HallPages)
        bulletin_id = pages.bulletin_id
        if bulletin_id is not None and pages.rows_of("bulletins").just_replaced:
            self.tell(self.app.say(REPLACED), "warning")
            return
        if bulletin_id is not None:
            self.run(
                self.name_of(SupervisorVerb.TAKE_DOWN),
                partial(operations.take_down, bulletin_id=bulletin_id),
            )
            return
        self.action_page("bulletins")
        self.tell(self.app.say(_("Choose what is taken down, then press again.")), "warning")


def alarm_is_ticket(alarm: Alarm | None) -> bool:
    return alarm is not None and alarm.key.startswith("ticket/")
