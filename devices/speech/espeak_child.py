"""The process in which eSpeak NG lives: one request a line, one answer a line.

Its argument is the rate. Request: {"text", "voice", "path"}; answer: {"seconds"} or {"reason",
"detail"}. The first line, unasked, is {"version"} or {"reason", "detail"}.
"""

import contextlib
import ctypes
import json
import os
import sys
import threading
import time
import wave
from pathlib import Path
from typing import Any, TextIO

from devices.speech.child_process import die_with_parent
from devices.speech.nobody_heard import NO_VOICE, NOT_INSTALLED, NOT_MADE, NobodyHeard

OLDEST = (1, 52)
"""Debian's 1.51 reads most 汉字 as English letters."""

FINISH_S = 5.0


def load_library() -> tuple[Any, str]:
    """pyttsx3 on the eSpeak NG that came with the installation, whatever else is on the machine."""
    try:
        import espeakng_loader

        # Without its data the library ends the whole process when it starts.
        os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
        # pyttsx3 asks for libespeak-ng.so.1 by name, and gets the one that is loaded already.
        ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
        import pyttsx3
        from pyttsx3.drivers import _espeak
    except (ImportError, OSError, RuntimeError) as error:
        raise NobodyHeard(NOT_INSTALLED, str(error)) from error
    version = _espeak.Info(None).decode()
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST:
        raise NobodyHeard(NOT_INSTALLED, f"eSpeak NG {version}")
    try:
        return pyttsx3.init("espeak"), version
    except (RuntimeError, ValueError) as error:
        raise NobodyHeard(NOT_INSTALLED, str(error)) from error


class Hung(Exception):
    """The engine may still write into the file of this text; no other may follow."""


class Engine:
    """pyttsx3, one text at a time: two queued before a run make one file."""

    def __init__(self, rate: int) -> None:
        self.engine, self.version = load_library()
        self.finished = threading.Event()
        self.errors: list[str] = []
        self.engine.connect("finished-utterance", self.on_finished)
        self.engine.connect("error", self.on_error)
        self.settle()
        self.engine.runAndWait()  # until its first run it keeps every property for later
        self.set("rate", rate)
        self.set("volume", 0.8)  # at 1.0 it clips

    def on_finished(self, name: str | None, completed: bool) -> None:
        self.finished.set()

    def on_error(self, name: str | None, exception: Exception) -> None:
        self.errors.append(str(exception))

    def set(self, name: str, value: str | float) -> None:
        """Raises NobodyHeard: after an unknown voice the one before it would speak."""
        self.engine.setProperty(name, value)
        self.settle()
        if self.errors:
            raise NobodyHeard(NO_VOICE if name == "voice" else NOT_MADE, self.errors.pop())

    def settle(self) -> None:
        """Wait until eSpeak's own thread has done everything it was told."""
        from pyttsx3.drivers import _espeak

        # Else a new rate may come after the next text.
        _espeak.Synchronize()
        # A run that finds it busy cancels what it does, and what the next run is to say too.
        deadline = time.monotonic() + FINISH_S
        while _espeak.IsPlaying():
            if time.monotonic() > deadline:
                raise Hung
            time.sleep(0.001)

    def make(self, text: str, voice: str, path: Path) -> float:
        """Write the file, appearing at once and whole; its length in seconds."""
        part = path.with_name(path.name + ".part")
        part.write_bytes(b"")  # pyttsx3 hangs for ever on a file it cannot open
        try:
            self.finished.clear()
            self.set("voice", voice)
            self.engine.save_to_file(text, str(part))
            self.engine.runAndWait()
            # It does not wait: the file is written later, in a thread of eSpeak's own.
            if not self.finished.wait(FINISH_S):
                raise Hung
            with wave.open(str(part), "rb") as sound:
                seconds = sound.getnframes() / sound.getframerate()
            if self.errors or not seconds:
                raise NobodyHeard(NOT_MADE, self.errors.pop() if self.errors else "empty")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return seconds


def answer(line: str, engine: Engine) -> dict[str, Any]:
    request = json.loads(line)
    path = Path(request["path"])
    try:
        seconds = engine.make(request["text"], request["voice"], path)
    except NobodyHeard as unheard:
        return {"reason": unheard.reason, "detail": unheard.detail}
    except (OSError, EOFError, wave.Error, RuntimeError) as error:
        return {"reason": NOT_MADE, "detail": f"{type(error).__name__}: {error}"}
    return {"seconds": seconds}


def serve(rate: int, requests: TextIO, answers: TextIO) -> None:
    def tell(facts: dict[str, Any]) -> None:
        answers.write(json.dumps(facts) + "\n")
        answers.flush()

    try:
        engine = Engine(rate)
    except NobodyHeard as unheard:
        tell({"reason": unheard.reason, "detail": unheard.detail})
        return
    tell({"version": engine.version})
    with contextlib.suppress(Hung):
        for line in requests:
            tell(answer(line, engine))


def main() -> None:
    die_with_parent()
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # pyttsx3 prints to the standard output
    with open(0, encoding="utf-8", closefd=False) as requests:
        serve(int(sys.argv[1]), requests, answers)
    sys.stdout.flush()
    os._exit(0)  # eSpeak's own clearing up may assert


if __name__ == "__main__":
    main()
