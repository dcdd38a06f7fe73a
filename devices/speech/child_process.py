"""Run a part of the voice as a process of its own, which dies with the one that started it.

eSpeak and sound servers can hang or end the process they live in; a child can be killed.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
BURIAL_S = 2.0
"""How long to wait for a killed process; one stuck in a driver of the kernel never goes."""


def command(module: str) -> list[str]:
    return [sys.executable, "-m", module]


def start(arguments: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Raises OSError. Its standard output and input are pipes, its error output is dropped:
    sound libraries write there, and this program may be showing a screen."""
    here = str(Path(__file__).resolve().parents[2])  # a checkout is not on a child's path
    paths = [here, *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        arguments,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        start_new_session=True,  # a Ctrl-C at the terminal is for the parent to answer
    )


def end(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):  # what was not written yet has no reader now
                pipe.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(BURIAL_S)


@contextlib.contextmanager
def ended(process: "subprocess.Popen[bytes]") -> Iterator["subprocess.Popen[bytes]"]:
    """Whatever happens inside, the process is gone afterwards."""
    try:
        yield process
    finally:
        end(process)


def die_with_parent() -> None:
    """Called in the child, first of all. The pipe from the parent covers what this misses."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
