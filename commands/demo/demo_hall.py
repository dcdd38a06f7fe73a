"""A hall for visitors: made from a workbook in a temporary folder, gone when they leave."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Any, Self

GIVE_UP_S = 5.0

VISITORS_COUNTER = 5
"""It takes every matter, so that whatever number a visitor takes can be called there."""


class DemoHall:
    """Its spooler and its speaker run as programs of their own while it is entered."""

    def __init__(self) -> None:
        self.programs: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        # A closed window must not leave programs and folders behind.
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.leave)
        self.folder = tempfile.TemporaryDirectory(prefix="jiaohao-demo-")
        self.path = Path(self.folder.name)
        self.database = self.path / "hall.db"
        self.url = f"sqlite:///{self.database}"
        self.slips = self.path / "slips"
        with resources.as_file(resources.files("assets") / "demo-hall.xlsx") as workbook:
            self.ask("init", str(workbook))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def leave(self, _number: int, _frame: object) -> None:
        last_resort = threading.Timer(GIVE_UP_S, self.give_up)
        last_resort.daemon = True
        last_resort.start()
        sys.exit(0)

    def give_up(self) -> None:
        """The screen cannot end, because nobody reads its terminal any more."""
        self.close()
        os._exit(0)

    def close(self) -> None:
        for program in self.programs:
            program.terminate()
        for program in self.programs:
            try:
                program.wait(5)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()
        self.folder.cleanup()

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "jiaohao", "--database", self.url, *words]

    def environment(self) -> dict[str, str]:
        """The visitor's own settings stay out: the hall is the same everywhere."""
        kept = {key: text for key, text in os.environ.items() if not key.startswith("JIAOHAO_")}
        return kept | {
            "LC_ALL": "C.UTF-8",
            "JIAOHAO_HALL__NUMBERS_AT_ANY_HOUR": "true",
            "XDG_CONFIG_HOME": str(self.path / "config"),
            "XDG_CACHE_HOME": str(self.path / "cache"),
        }

    def ask(self, *words: str) -> dict[str, Any]:
        """Run one command of the product; raises CalledProcessError when it is refused."""
        done = subprocess.run(
            self.command(*words, "--json"),
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            sys.stderr.write(done.stderr)
            done.check_returncode()
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def start(self, *words: str) -> None:
        """A program of the hall, in the background, until the visitor leaves."""
        with (self.path / f"{words[-1]}.log").open("ab") as log:
            self.programs.append(
                subprocess.Popen(
                    self.command(*words),
                    env=self.environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
            )
