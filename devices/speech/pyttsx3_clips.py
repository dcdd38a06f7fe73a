"""The clips as a driver of pyttsx3: `install()`, then `pyttsx3.init("clips")`.

For whoever speaks through pyttsx3 and wants the voice of the calls. It says calls, as `jiaohao say`
takes them, and nothing else: the speaker has eSpeak for other words, in a child that may crash.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from devices.speech import playback
from devices.speech.clips import Clips
from devices.speech.loudspeakers import OURS_S
from devices.speech.nobody_heard import NOT_READABLE, NobodyHeard
from devices.speech.pronunciation import LANGUAGES, typed
from hall.settings import VoiceSettings

NAME = "clips"
"""Of the driver."""


def install() -> None:
    """pyttsx3 looks for drivers among its own modules only."""
    sys.modules[f"pyttsx3.drivers.{NAME}"] = sys.modules[__name__]


def buildDriver(proxy: Any) -> ClipsDriver:
    return ClipsDriver(proxy)


class ClipsDriver:
    """One utterance at a time; what fails is notified as `error`, as pyttsx3 has it."""

    def __init__(self, proxy: Any) -> None:
        self.proxy = proxy
        self.clips = Clips(VoiceSettings(calls="clips", chime=False))
        self.language = LANGUAGES[0]
        self.stopped = False

    def destroy(self) -> None:
        self.clips.close()

    def say(self, text: str) -> None:
        self.utter(text, self.play)

    def save_to_file(self, text: str, filename: str) -> None:
        self.utter(text, lambda sound: bool(shutil.copyfile(sound, filename)))

    def utter(self, text: str, use: Callable[[Path], bool]) -> None:
        self.proxy.setBusy(True)
        self.proxy.notify("started-utterance")
        self.stopped = completed = False
        try:
            phrase = typed(text, self.language, one_is_yao=self.clips.settings.one_is_yao)
            if not phrase.pieces:
                raise NobodyHeard(NOT_READABLE, text)
            completed = use(self.clips.sound_of([phrase], times=1))
        except (NobodyHeard, OSError) as error:
            self.proxy.notify("error", exception=error)
        self.proxy.notify("finished-utterance", completed=completed)
        self.proxy.setBusy(False)

    def play(self, sound: Path) -> bool:
        def ours_until() -> float:
            return 0.0 if self.stopped else time.monotonic() + OURS_S

        player = playback.player_of(self.clips.settings.device)
        return playback.play(sound, ours_until, player)

    def stop(self) -> None:
        self.stopped = True

    def getProperty(self, name: str) -> Any:
        settings = self.clips.settings
        known = {
            "voices": [SimpleNamespace(id=one, name=one, languages=[one]) for one in LANGUAGES],
            "voice": self.language,
            "rate": settings.rate,
            "volume": settings.volume,
        }
        return known[name]

    def setProperty(self, name: str, value: Any) -> None:
        """Raises KeyError and ValueError. The clips have the rate they were recorded at."""
        if name == "voice":
            if value not in LANGUAGES:
                raise ValueError(value)
            self.language = str(value)
        elif name == "volume":
            volume = min(1.0, max(0.0, float(value)))
            self.clips.settings = self.clips.settings.model_copy(update={"volume": volume})
        elif name != "rate":
            raise KeyError(name)

    def startLoop(self) -> None:
        """Says all that waits and returns: what comes later is said when it comes."""
        self.proxy.setBusy(False)

    def endLoop(self) -> None:
        """There is nothing to end."""

    def iterate(self) -> Iterator[None]:
        self.proxy.setBusy(False)
        yield
