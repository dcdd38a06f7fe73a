"""Programs of a hall as processes of their own: started, watched, killed, started again."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from proof.scene import Scene

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["proof.warm_start"])

PATIENCE_S = 300.0
"""A machine may be slow; a program that has not ended by then hangs."""
LONGEST_S = 1800
"""Of any program; the longest proof takes five minutes."""
LOG = "programs.log"


class DidNotEnd(Exception):
    """A program hangs, or died by itself; the promise that it goes on is broken."""


class Program:
    """One that is started anew wherever it is killed."""

    def __init__(self, scene: Scene, work: Callable[..., None], *given: Any) -> None:
        self.scene, self.work, self.given = scene, work, given
        self.kills = 0
        self.start()

    def start(self) -> None:
        self.hears, told = CONTEXT.Pipe(duplex=False)
        self.process = CONTEXT.Process(
            target=work_quietly, args=(self.work, self.scene, told, *self.given), daemon=True
        )
        self.process.start()
        told.close()

    def begins_a_deed(self, patience_s: float) -> bool:
        """Wait for the next; False when none began in that time."""
        heard = False
        while self.hears.poll(0 if heard else patience_s):
            try:
                self.read()
            except (EOFError, OSError):
                return False
            heard = True
        return heard

    def read(self) -> None:
        if not os.read(self.hears.fileno(), 4096):
            raise EOFError

    def kill(self) -> None:
        self.process.kill()
        self.process.join(10)
        self.hears.close()
        self.kills += 1

    def end(self) -> None:
        """As `systemctl stop` does."""
        if self.process.is_alive():
            self.process.terminate()
            self.process.join(10)
        self.process.kill()
        self.process.join(10)

    def wait(self) -> None:
        """Until it has ended by itself. Raises DidNotEnd."""
        deadline = time.monotonic() + PATIENCE_S
        while self.process.is_alive():
            self.begins_a_deed(0.05)
            if time.monotonic() > deadline:
                raise DidNotEnd(f"{self.work.__name__} hangs")
        if self.process.exitcode != 0:
            raise DidNotEnd(f"{self.work.__name__} ended: {last_words(self.scene)}")

    def died_by_itself(self) -> bool:
        return not self.process.is_alive()


def work_quietly(work: Callable[..., None], scene: Scene, *given: Any) -> None:
    """What it has to complain of is kept for the report. It outlives neither the proof, however
    that ends, nor its time."""
    threading.Thread(target=die_with_the_proof, daemon=True).start()
    signal.alarm(LONGEST_S)
    log = os.open(scene.folder / LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 2)
    work(scene, *given)


def die_with_the_proof() -> None:
    """The server it was forked from lives as long as one of these; the proof is its parent."""
    proof = multiprocessing.parent_process()
    assert proof is not None
    proof.join()
    os.kill(os.getpid(), signal.SIGKILL)


def last_words(scene: Scene) -> str:
    lines = (scene.folder / LOG).read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "without a word"


def words_in(*ledgers: Path) -> list[str]:
    return [word for file in ledgers if file.exists() for word in file.read_text().split()]


def until(is_so: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
    """Raises DidNotEnd."""
    deadline = time.monotonic() + patience_s
    while not is_so():
        if time.monotonic() > deadline:
            raise DidNotEnd(what)
        time.sleep(0.05)
