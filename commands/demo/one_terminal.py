"""Kiosk, a counter, the board and the slips side by side: real programs, each in its own pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.widgets import Footer, Static
from textual.worker import get_current_worker
from textual_tty import Terminal

from commands.demo.demo_hall import VISITORS_COUNTER, DemoHall
from commands.demo.visitors import Visitors
from hall.wording import Wording
from ui import sturdy_input
from ui.theme import NIGHT

if TYPE_CHECKING:
    from sqlalchemy import Engine

ROOM_FOR_ALL = (150, 42)
"""Columns and rows from which four panes are readable beside each other."""

RESTART_S = 2.0


sturdy_input.install()


class ProgramPane(Container):
    """A program of the hall; started again when it ends, as in a hall."""

    def __init__(self, hall: DemoHall, title: str, *words: str) -> None:
        super().__init__(id=words[0])
        environment = [f"{key}={text}" for key, text in hall.environment().items()]
        self.command = ["env", *environment, "COLORTERM=truecolor", *hall.command("run", *words)]
        self.border_title = title

    def compose(self) -> ComposeResult:
        yield Terminal(command=self.command)

    @on(Terminal.ProcessExited)
    def start_again(self) -> None:
        """After a moment, so that a program that cannot start does not keep the machine busy."""
        self.set_timer(RESTART_S, self.replace_program)

    async def replace_program(self) -> None:
        had_focus = self.has_focus_within
        await self.query_one(Terminal).remove()
        fresh = Terminal(command=self.command)
        await self.mount(fresh)
        if had_focus:
            fresh.focus()


class Slips(VerticalScroll):
    """What came out of the printer last."""

    def __init__(self, title: str) -> None:
        super().__init__(id="slips")
        self.border_title = title

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def show(self, name: str, lines: list[str]) -> None:
        self.border_subtitle = name
        self.query_one(Static).update("\n".join(lines))
        self.scroll_home(animate=False)


class OneTerminal(App[None]):
    """`F9` goes to the next pane, `F10` leaves; everything else belongs to the pane."""

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "one_terminal.tcss"
    BINDINGS = [
        Binding("f9", "next_pane", "下一窗格 Next pane", priority=True),
        Binding("f10", "quit", "离开 Leave", priority=True),
    ]

    def __init__(self, hall: DemoHall) -> None:
        super().__init__()
        self.demo_hall = hall
        self.visitors = Visitors(hall)
        self.register_theme(NIGHT)
        self.theme = NIGHT.name

    def compose(self) -> ComposeResult:
        hall, say = self.demo_hall, Wording("zh").say
        counter = str(VISITORS_COUNTER)
        with Container(id="panes"):
            yield ProgramPane(hall, say("Kiosk: touch a matter, take a number"), "kiosk")
            yield ProgramPane(hall, say("Hall board"), "board")
            yield ProgramPane(
                hall, say("Counter {counter}: n calls the next", counter=counter),
                "counter", counter, "--clerk", "1005",
            )  # fmt: skip
            yield Slips(say("Slips, as they are printed"))
        yield Footer()

    def on_mount(self) -> None:
        self.demo_hall.start("run", "spooler")
        self.demo_hall.start("run", "speaker")
        self.visitors.start()
        self.watch_slips()
        self.query_one("#kiosk Terminal").focus()

    def on_unmount(self) -> None:
        self.visitors.stop()

    def on_resize(self) -> None:
        columns, rows = ROOM_FOR_ALL
        self.set_class(self.size.width < columns or self.size.height < rows, "one-at-a-time")

    def action_next_pane(self) -> None:
        """Where there is room for one only, it takes the place of the one before."""
        panes = list(self.query("#panes > *"))
        at = next((i for i, pane in enumerate(panes) if pane.has_focus_within), 0)
        following = panes[(at + 1) % len(panes)]
        following.add_class("shown")  # what is not displayed cannot take the focus
        (following if following.can_focus else following.query_one(Terminal)).focus()

    def on_descendant_focus(self) -> None:
        for pane in self.query("#panes > *"):
            pane.set_class(pane.has_focus_within, "shown")

    @work(thread=True)
    def watch_slips(self) -> None:
        """The spooler is another program: what it has printed is read from the hall's memory."""
        from db import doorbell
        from db.engine import open_engine

        worker = get_current_worker()
        engine = open_engine(self.demo_hall.url)
        shown: str | None = None
        with doorbell.listener(engine) as listener:
            while not worker.is_cancelled:
                printed = last_printed(engine)
                if printed is not None and printed[0] != shown:
                    shown, lines = printed
                    self.call_from_thread(self.query_one(Slips).show, shown, lines)
                listener.wait()
        engine.dispose()


def last_printed(engine: Engine) -> tuple[str, list[str]] | None:
    """The slip that came out last: its name and what it says; None before the first."""
    from sqlmodel import col, select

    from db.engine import reading
    from db.tables import PrintJob
    from devices.printing.slip_text import texts_of

    with reading(engine) as session:
        job = session.exec(
            select(PrintJob)
            .where(PrintJob.state == "printed")
            .order_by(col(PrintJob.finished_at).desc())
        ).first()
    if job is None:
        return None
    lines: list[str] = []
    for paper in texts_of(job.kind, job.content, drawn=True):
        lines += [*paper, "- " * 21]
    return job.key, lines
