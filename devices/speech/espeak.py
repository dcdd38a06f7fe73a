"""Text into a WAV file by eSpeak NG, in a child process that may hang, crash or be missing."""

import contextlib
import json
import os
import select
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from devices.speech import child_process
from devices.speech.nobody_heard import NO_VOICE, NOT_MADE, NobodyHeard

VOICES = {"zh": "sit/cmn", "en": "gmw/en"}

ANSWER_S = 6.0
"""A phrase takes 13 ms; a child that needs longer than this has hung."""

CHILD = tuple(child_process.command("devices.speech.espeak_child"))


def voice_of(language: str) -> str:
    """Raises NobodyHeard: a wrong voice would make nonsense of the text."""
    try:
        return VOICES[language]
    except KeyError:
        raise NobodyHeard(NO_VOICE, language) from None


class ChildGone(Exception):
    """It hung or died; another may do better."""


class Espeak:
    """Starts its child when first needed; to be closed. Threads take turns."""

    def __init__(
        self, rate: int, command: Sequence[str] = CHILD, answer_s: float = ANSWER_S
    ) -> None:
        self.command = [*command, str(rate)]
        self.answer_s = answer_s
        self.child: subprocess.Popen[bytes] | None = None
        self.ready = False
        self.unread = b""
        self.turn = threading.Lock()

    def make(self, text: str, language: str, path: Path) -> None:
        """Write the spoken text to `path`; raises NobodyHeard.

        The file is there whole or not at all. A child that hangs or dies is replaced once.
        """
        request = {"text": text, "voice": voice_of(language), "path": str(path)}
        with self.turn:
            try:
                told = self.ask(request)
            except ChildGone:
                try:
                    told = self.ask(request)
                except ChildGone as gone:
                    raise NobodyHeard(NOT_MADE, str(gone)) from gone
        if "reason" in told:
            raise NobodyHeard(told["reason"], told["detail"])

    def warm(self) -> None:
        """Start the child ahead of the first call; a failure shows with the call."""
        with self.turn, contextlib.suppress(NobodyHeard):
            self.running_child()

    def close(self) -> None:
        with self.turn:
            self.forget_child()

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Raises ChildGone, and NobodyHeard when there is no eSpeak to start."""
        child = self.running_child()
        if not self.ready:
            told = self.next_answer(child)
            if "reason" in told:
                self.forget_child()
                raise NobodyHeard(told["reason"], told["detail"])
            self.ready = True
        assert child.stdin is not None
        try:
            child.stdin.write(json.dumps(request).encode() + b"\n")
            child.stdin.flush()
        except OSError as error:
            self.forget_child()
            raise ChildGone(str(error)) from error
        return self.next_answer(child)

    def running_child(self) -> "subprocess.Popen[bytes]":
        if self.child is None or self.child.poll() is not None:
            self.forget_child()
            try:
                self.child = child_process.start(self.command)
            except OSError as error:
                raise NobodyHeard(NOT_MADE, str(error)) from error
        return self.child

    def next_answer(self, child: "subprocess.Popen[bytes]") -> dict[str, Any]:
        assert child.stdout is not None
        deadline = time.monotonic() + self.answer_s
        while b"\n" not in self.unread:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([child.stdout], [], [], left)[0]:
                self.forget_child()
                raise ChildGone(f"no answer in {self.answer_s:g} s")
            more = os.read(child.stdout.fileno(), 65536)
            if not more:
                self.forget_child()
                raise ChildGone(f"ended with {child.returncode}")
            self.unread += more
        line, _, self.unread = self.unread.partition(b"\n")
        told: dict[str, Any] = json.loads(line)
        return told

    def forget_child(self) -> None:
        if self.child is not None:
            child_process.end(self.child)
        self.child, self.ready, self.unread = None, False, b""
