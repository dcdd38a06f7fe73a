"""A program in a pseudo-terminal, and when it shows what."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from types import TracebackType
from typing import Self

ESCAPES = re.compile(
    rb"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[PX^_].*?\x1b\\|.)", re.S
)
TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}


class InTerminal:
    """Started when entered, ended when left; 100 columns, 30 rows."""

    def __init__(self, command: list[str]) -> None:
        self.command = command

    def __enter__(self) -> Self:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.screen = ours
        self.begun = time.perf_counter()
        self.program = subprocess.Popen(
            self.command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env=os.environ | TERMINAL,
        )
        os.close(theirs)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.program.kill()
        self.program.wait()
        os.close(self.screen)

    def seconds_until(self, shown: re.Pattern[bytes], since: float, limit_s: float = 15) -> float:
        """From `since` (perf_counter) until text that matches was drawn; raises TimeoutError."""
        seen = b""
        while not shown.search(ESCAPES.sub(b"", seen)):
            if time.perf_counter() - since > limit_s:
                raise TimeoutError(f"{shown.pattern!r} not in {ESCAPES.sub(b'', seen)[-500:]!r}")
            if select.select([self.screen], [], [], 0.1)[0]:
                seen += os.read(self.screen, 65536)
        return time.perf_counter() - since

    def drain(self, quiet_s: float) -> None:
        """Read on until nothing was drawn for so long."""
        while select.select([self.screen], [], [], quiet_s)[0]:
            os.read(self.screen, 65536)


def jiaohao(url: str, *words: str) -> list[str]:
    return [sys.executable, "-m", "jiaohao", "--database", url, *words]
