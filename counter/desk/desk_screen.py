"""The information desk: inquiries without a result, the lines, and every verb on one key."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, OptionList, Static

from counter.desk import desk_operations
from counter.desk.desk_bar import DeskBar, DeskHelp, DeskKeys, DeskVerbBar, DeskVerbButton
from counter.desk.desk_guide import DeskGuide
from counter.desk.desk_verbs import KEYS, OF_AN_INQUIRY, DeskVerb, applicable, next_step
from counter.desk.inquiry_list import InquiryList
from counter.desk.inquiry_panel import InquiryPanel
from counter.desk.lines_panel import LinesPanel
from counter.help_words import help_rows
from counter.input_method import SWITCH, is_composed
from counter.message_line import MessageLine
from counter.printer_words import trouble_words
from hall.marked import _
from hall.names import plain

if TYPE_CHECKING:
    from hall.desk_view import DeskView, InquiryShown
    from hall.open_hall import OpenHall


class DeskScreen(DeskGuide):
    """One verb at a time; what no longer fits what the database has is refused there."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-medium")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-broad")]
    BINDINGS = [
        *(
            Binding(f"{key},{key.upper()}", f"verb('{verb.value}')", show=False)
            for verb, key in KEYS.items()
        ),
        Binding("enter,space", "next_step", show=False),
        Binding("down", "move('cursor_down')", show=False),
        Binding("up", "move('cursor_up')", show=False),
        Binding("home", "move('first')", show=False),
        Binding("end", "move('last')", show=False),
        Binding("pagedown", "scroll_inquiry(1)", show=False),
        Binding("pageup", "scroll_inquiry(-1)", show=False),
        Binding("escape", "give_up", show=False),
        Binding("f1", "help", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield DeskBar(id="desk-bar")
        yield Static("", markup=False, id="banner")
        yield Static("", markup=False, id="help-calls")
        with Horizontal(id="body"):
            with Vertical(id="inquiries"):
                yield Static("", markup=False, id="inquiries-title", classes="title")
                yield InquiryList(id="inquiry-list")
            with Vertical(id="beside"):
                yield InquiryPanel(id="chosen")
                yield LinesPanel(id="all-lines")
        yield MessageLine(id="messages")
        yield DeskVerbBar(id="verbs")
        yield DeskKeys(id="keys")

    def on_mount(self) -> None:
        self.offer()
        self.set_interval(1, self.tick)

    # -- what is seen

    def read(self, hall: OpenHall) -> DeskView:
        return desk_operations.look(hall)

    def show(self, view: DeskView, now: datetime) -> None:
        say, colleague = self.app.say, self.app.colleague
        staff_number = colleague.staff_number if colleague is not None else ""
        self.query_one(DeskBar).show(view, colleague)
        self.query_one(InquiryList).show(view.inquiries, staff_number, now)
        count = len(view.inquiries)
        mine = sum(one.responsible.staff_number == staff_number for one in view.inquiries)
        title = say(_("Without a result: {count}, mine {mine}"), count=count, mine=mine)
        self.query_one("#inquiries-title", Static).update(title)
        self.query_one(LinesPanel).show(view.lines, now)
        self.query_one("#help-calls", Static).update(help_rows(say, view.help))
        self.set_class(bool(view.help), "-help-called")
        self.show_printers()
        self.show_chosen()
        self.tick()

    def show_trouble(self, sentence: str) -> None:
        self.query_one("#banner", Static).update(plain(sentence))
        self.set_class(bool(sentence), "-stale")

    def show_printers(self) -> None:
        if self.view is not None:
            line = self.query_one(MessageLine)
            width = line.content_size.width
            line.stand(trouble_words(self.app.say, self.view.printer_troubles, width))

    def on_resize(self) -> None:
        self.show_printers()

    @property
    def chosen(self) -> InquiryShown | None:
        return self.query_one(InquiryList).chosen

    @on(OptionList.OptionHighlighted, "#inquiry-list")
    def show_chosen(self) -> None:
        count = len(self.view.inquiries) if self.view is not None else 0
        self.query_one(InquiryPanel).show(self.chosen, count)
        self.offer()

    def offer(self) -> None:
        colleague = self.app.colleague
        staff_number = colleague.staff_number if colleague is not None else ""
        verbs = applicable(self.view, self.chosen)
        step = next_step(self.view, self.chosen, staff_number)
        self.query_one(DeskVerbBar).offer_verbs(verbs, step)
        self.query_one(DeskKeys).offer(step)

    def tick(self) -> None:
        self.query_one(DeskBar).tick()

    # -- what is pressed

    def on_key(self, event: events.Key) -> None:
        if is_composed(event):
            self.tell(self.app.say(SWITCH), "warning")

    @on(Button.Pressed)
    def press_button(self, event: Button.Pressed) -> None:
        if isinstance(event.button, DeskVerbButton):
            self.press(event.button.desk_verb)

    def action_verb(self, verb: str) -> None:
        self.press(DeskVerb(verb))

    def action_next_step(self) -> None:
        colleague = self.app.colleague
        if colleague is not None:
            step = next_step(self.view, self.chosen, colleague.staff_number)
            if step is not None:
                self.press(step)

    def action_move(self, how: str) -> None:
        getattr(self.query_one(InquiryList), f"action_{how}")()

    def action_scroll_inquiry(self, pages: int) -> None:
        panel = self.query_one(InquiryPanel)
        panel.scroll_relative(y=pages * panel.size.height, animate=False)

    def action_help(self) -> None:
        self.app.push_screen(DeskHelp())

    def choose(self, inquiry_id: int) -> bool:
        return self.query_one(InquiryList).choose(inquiry_id)

    def press(self, verb: DeskVerb) -> None:
        if self.view is None:
            self.tell(self.app.say(_("The hall is not open yet; one moment.")), "warning")
        elif self.busy:
            self.tell_busy()
        elif verb in OF_AN_INQUIRY:
            self.press_for(verb, self.chosen)
        else:
            match verb:
                case DeskVerb.NEW:
                    self.ask_what_is_asked()
                case DeskVerb.ASSIST:
                    self.begin_assist()
                case DeskVerb.COME_BACK:
                    self.ask_which_notice()
                case DeskVerb.GO:
                    self.go_to_kiosk()
                case DeskVerb.FIND:
                    self.ask_which_number()
                case DeskVerb.MESSAGE:
                    self.begin_message()
                case DeskVerb.MANAGER:
                    self.ask_for_duty_manager()
                case DeskVerb.EMERGENCY:
                    self.ask_for_emergency()

    def press_for(self, verb: DeskVerb, inquiry: InquiryShown | None) -> None:
        if inquiry is None:
            self.tell(self.app.say(_("No inquiry is chosen.")), "warning")
            return
        match verb:
            case DeskVerb.ANSWER:
                self.ask_result(inquiry)
            case DeskVerb.LEAD:
                self.begin_lead(inquiry)
            case DeskVerb.DIRECT:
                self.ask_where(inquiry)
            case DeskVerb.HAND_OVER:
                self.begin_hand_over(inquiry)
            case DeskVerb.SLIP:
                self.begin_slip(inquiry)
