"""The clerk's screen: who is in hand, who waits, and every verb on one key."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Button, Static

from counter import operations
from counter.hall_bar import HallBar
from counter.help_overlay import HelpOverlay
from counter.in_hand_panel import InHandPanel
from counter.input_method import SWITCH, is_composed
from counter.line_panel import LinePanel
from counter.message_line import MessageLine
from counter.printer_words import trouble_words
from counter.sign_in.sign_in_asker import SignInAsker
from counter.verb_bar import KeyLine, VerbBar, VerbButton
from counter.verbs import KEYS, LABELS, Verb, applicable, next_step
from counter.word_strip import WordStrip
from hall.errors.counters import CounterNotOpen
from hall.marked import _
from hall.names import plain
from ui.steady_text import SteadyText

if TYPE_CHECKING:
    from datetime import datetime

    from hall.counters.counter_view import CounterView


class CounterScreen(SignInAsker):
    """One verb at a time; a press that no longer fits what the database has is refused."""

    AUTO_FOCUS = None
    VERTICAL_BREAKPOINTS = [(0, "-short"), (28, "-medium"), (40, "-tall")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-broad")]
    BINDINGS = [
        *(
            Binding(f"{key},{key.upper()}", f"verb('{verb.value}')", show=False)
            for verb, key in KEYS.items()
        ),
        Binding("enter,space", "next_step", show=False),
        Binding("escape", "give_up", show=False),
        Binding("f1", "help", show=False),
        Binding("pagedown", "scroll_line(1)", show=False),
        Binding("pageup", "scroll_line(-1)", show=False),
    ]

    def __init__(self, counter: int, clerk: str | None) -> None:
        super().__init__(counter, clerk)
        self.step_pressed_at = 0.0

    def compose(self) -> ComposeResult:
        yield HallBar(id="hall-bar")
        yield SteadyText("", markup=False, id="banner")
        with Horizontal(id="body"):
            yield InHandPanel(id="in-hand")
            yield LinePanel(id="line")
        yield WordStrip(id="words")
        yield MessageLine(id="messages")
        yield VerbBar(id="verbs")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.offer()
        self.query_one(MessageLine).hold(self.app.say(_("Opening the hall…")))
        self.set_interval(1, self.tick)

    # -- what is seen

    def show(self, view: CounterView, before: CounterView | None, now: datetime) -> None:
        self.remove_class("-stale")
        self.query_one("#banner", Static).update("")
        self.query_one(HallBar).show(view)
        self.query_one(InHandPanel).show(view, now)
        self.query_one(LinePanel).show(view, now)
        self.query_one(WordStrip).show(view)
        self.show_printers()
        self.tick()
        self.offer()
        if before is None:
            self.query_one(MessageLine).clear()
            self.sit_down(view)
        self.ask_who_opens()

    def on_resize(self) -> None:
        self.show_printers()

    def show_printers(self) -> None:
        if self.view is not None:
            line = self.query_one(MessageLine)
            width = line.content_size.width
            line.stand(trouble_words(self.app.say, self.view.printer_troubles, width))

    def show_trouble(self, sentence: str) -> None:
        if self.view is None:
            self.query_one(MessageLine).clear()
        self.query_one("#banner", Static).update(plain(sentence))
        self.add_class("-stale")

    def offer(self) -> None:
        verbs, step = applicable(self.view), next_step(self.view)
        self.query_one(VerbBar).offer(verbs, step)
        self.query_one(KeyLine).offer(step)

    def tick(self) -> None:
        if self.app.hall is not None:
            self.query_one(HallBar).tick()
            self.query_one(InHandPanel).tick(self.app.hall.now())

    # -- what is pressed

    def on_key(self, event: events.Key) -> None:
        if is_composed(event):
            self.tell(self.app.say(SWITCH), "warning")

    @on(Button.Pressed)
    def press_button(self, event: Button.Pressed) -> None:
        if isinstance(event.button, VerbButton):
            self.press(event.button.verb)

    def action_verb(self, verb: str) -> None:
        if verb == Verb.PAUSE and self.too_soon_after(self.notice_printed_at):
            self.refuse_as_too_quick(Verb.PAUSE)  # the same key has just printed a notice
        else:
            self.press(Verb(verb))

    def action_next_step(self) -> None:
        step, pressed_at = next_step(self.view), time.monotonic()
        too_soon = self.too_soon_after(max(self.step_moved_at, self.step_pressed_at))
        self.step_pressed_at = pressed_at
        if step is None:
            return
        if self.busy is not None:
            self.refuse_while_busy()  # by the time it ends the key means another step
        elif too_soon:
            self.refuse_as_too_quick(step)
        else:
            self.press(step)

    def too_soon_after(self, moment: float) -> bool:
        """A key that means something else since then was meant for what it was before."""
        hall = self.app.hall
        settle_s = hall.settings.counter.settle_seconds if hall is not None else 0.0
        return time.monotonic() - moment < settle_s

    @on(events.ScreenResume)
    def forget_keys_of_the_dialog(self) -> None:
        self.step_moved_at = time.monotonic()  # its last Enter, pressed twice, calls nobody

    def refuse_as_too_quick(self, verb: Verb) -> None:
        sentence = _("Too quick: this key is “{verb}” now. Press once more if you mean it.")
        self.tell(self.app.say(sentence, verb=self.app.say(LABELS[verb])), "warning")

    def press(self, verb: Verb) -> None:
        view, counter = self.view, self.counter
        if self.busy is not None:
            self.remember(verb)
            return
        if view is None:
            self.tell(self.app.say(_("The hall is not open yet; one moment.")), "warning")
            return
        if view.state == "closed":
            self.refuse(CounterNotOpen(counter=counter))
            return
        held = view.in_hand.ticket_id if view.in_hand is not None else None
        match verb:
            case Verb.NEXT:
                self.run(verb, partial(operations.call_next, counter=counter))
            case Verb.RECALL:
                self.run(verb, partial(operations.recall, counter=counter, ticket_id=held))
            case Verb.START:
                self.run(verb, partial(operations.start, counter=counter, ticket_id=held))
            case Verb.FINISH:
                self.run(verb, partial(operations.finish, counter=counter, ticket_id=held))
            case Verb.NO_SHOW:
                self.run(verb, partial(operations.no_show, counter=counter, ticket_id=held))
            case Verb.CLOSE:
                self.run(verb, partial(operations.close, counter=counter))
            case Verb.REOPEN:
                self.open_for(view.clerk.staff_number if view.clerk is not None else "")
            case Verb.CALL:
                self.ask_whom_to_call(view)
            case Verb.BRING_BACK:
                self.ask_who_is_back(view)
            case Verb.UNDO:
                seen = view.undoable.sequence if view.undoable is not None else None
                self.run(verb, partial(operations.undo, counter=counter, sequence=seen))
            case Verb.HOLD:
                self.ask_why_to_hold(view)
            case Verb.RESUME:
                self.ask_whom_to_resume(view)
            case Verb.TRANSFER:
                self.begin_transfer(view)
            case Verb.MATTERS:
                self.ask_matters(view)
            case Verb.PROOF:
                self.run(verb, partial(operations.look_at_proof, counter=counter, ticket_id=held))
            case Verb.QUICK:
                self.ask_for_quick_one(view)
            case Verb.ASSIST:
                self.ask_whom_to_assist()
            case Verb.INQUIRY:
                self.ask_what_is_asked(view)
            case Verb.LOOK_UP:
                self.look_up_notices()
            case Verb.READ:
                self.mark_read(verb, view)
            case Verb.MANAGER:
                self.ask_for_duty_manager(verb)
            case Verb.EMERGENCY:
                self.ask_for_emergency(verb)
            case Verb.PAUSE:
                self.ask_why_to_pause()
            case Verb.NOTICE:
                self.begin_notice(view)
            case Verb.REPRINT:
                self.begin_reprint(held)

    def action_help(self) -> None:
        self.app.push_screen(HelpOverlay())

    def action_scroll_line(self, pages: int) -> None:
        line = self.query_one(LinePanel)
        line.scroll_relative(y=pages * line.size.height, animate=False)

    def tell_how_to_quit(self) -> None:
        self.tell(self.app.say(_("Ctrl+Q ends the program; the counter stays as it is.")))

    def after_verb(self) -> None:
        self.ask_who_opens()
