"""Kiosk, a counter, the board and the slips side by side: real programs, each in its own pane."""

from __future__ import annotations

from pathlib import Path

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
from ui.theme import NIGHT

ROOM_FOR_ALL = (150, 42)
"""Columns and rows from which four panes are readable beside each other."""


class Program(Terminal):  # type: ignore[misc]
    """A program of the hall in a pane; started again when it ends, as in a hall."""

    def __init__(self, hall: DemoHall, title: str, *words: str) -> None:
        environment = [f"{key}={text}" for key, text in hall.environment().items()]
        command = ["env", *environment, "COLORTERM=truecolor", *hall.command("run", *words)]
        super().__init__(command=command, id=words[0])
        self.demo_hall, self.words = hall, words
        self.border_title = title


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
            yield Program(hall, say("Kiosk: touch a matter, take a number"), "kiosk")
            yield Program(hall, say("Hall board"), "board")
            yield Program(
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
        self.query_one("#kiosk").focus()

    def on_unmount(self) -> None:
        self.visitors.stop()

    def on_resize(self) -> None:
        columns, rows = ROOM_FOR_ALL
        self.set_class(self.size.width < columns or self.size.height < rows, "one-at-a-time")

    def action_next_pane(self) -> None:
        """Where there is room for one only, it takes the place of the one before."""
        panes = list(self.query("#panes > *"))
        at = next((i for i, pane in enumerate(panes) if pane.has_focus), 0)
        panes[(at + 1) % len(panes)].focus()

    def on_descendant_focus(self) -> None:
        for pane in self.query("#panes > *"):
            pane.set_class(pane.has_focus, "shown")

    @on(Terminal.ProcessExited)
    async def start_again(self, event: Terminal.ProcessExited) -> None:
        for pane in self.query(Program):
            if pane._exited:
                fresh = Program(pane.demo_hall, str(pane.border_title), *pane.words)
                await self.query_one("#panes").mount(fresh, before=pane)
                await pane.remove()

    @work(thread=True)
    def watch_slips(self) -> None:
        """The spooler is another program: what it prints is seen in its folder."""
        import time

        from PIL import Image

        from devices.printing.preview import preview

        worker = get_current_worker()
        seen: Path | None = None
        while not worker.is_cancelled:
            time.sleep(0.3)
            slips = sorted(
                self.demo_hall.slips.glob("*.png"), key=lambda slip: slip.stat().st_mtime
            )
            if not slips or slips[-1] == seen:
                continue
            seen = slips[-1]
            columns = max(20, self.query_one(Slips).content_size.width - 2)
            with Image.open(seen) as image:
                lines = preview(image, columns)
            self.call_from_thread(self.query_one(Slips).show, seen.name, lines)
