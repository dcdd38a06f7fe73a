"""A hall's own clips: taken from a file or a microphone, made fit, laid over the product's."""

from __future__ import annotations

import math
import threading
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from devices.speech import chime, clip_voice, clips
from devices.speech.nobody_heard import NobodyHeard
from hall.marked import _

LOUDNESS = 0.12 * 32767
"""Root of the mean square of every clip, so that a call is of one loudness."""
LEAST_S, MOST_S = 0.1, 4.0
LEAST_LOUD = 300
"""A recording quieter than this, of 32767, is of nothing but the room."""
ENDS_S = 3.0
"""How long a microphone may take to begin or to end."""

UNKNOWN = _("There is no clip of this name; `jiaohao voice list` names them.")
NOT_READ = _("The file cannot be read as sound.")
TOO_QUIET = _("It is too quiet: speak louder, or nearer to the microphone.")
TOO_SHORT = _("It is shorter than a tenth of a second.")
TOO_LONG = _("It is longer than four seconds.")
NO_MICROPHONE = _("No microphone answers.")


class RecordingUnfit(Exception):
    """`reason` is the English source of a sentence."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} ({detail})" if detail else reason)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Clip:
    language: str
    name: str
    own: bool
    """The hall's, not the product's."""
    seconds: float
    wrong: str
    """Why it is not fit to be heard; empty: it is."""


def fit(samples: array[int]) -> array[int]:
    """Without silence at its ends, as loud as the others. Raises RecordingUnfit."""
    spoken = clips.trimmed(samples)
    if not spoken or max(map(abs, spoken)) < LEAST_LOUD:
        raise RecordingUnfit(TOO_QUIET)
    check_length(spoken)
    gain = LOUDNESS / loudness(spoken)
    return array("h", (max(-32767, min(32767, int(value * gain))) for value in spoken))


def check_length(samples: array[int]) -> None:
    """Raises RecordingUnfit."""
    seconds = len(samples) / chime.RATE
    if seconds < LEAST_S:
        raise RecordingUnfit(TOO_SHORT)
    if seconds > MOST_S:
        raise RecordingUnfit(TOO_LONG)


def loudness(samples: array[int]) -> float:
    return math.sqrt(sum(value * value for value in samples) / len(samples))


def read(path: Path) -> array[int]:
    """Raises RecordingUnfit."""
    try:
        return clip_voice.sound_in(path)
    except NobodyHeard as error:
        raise RecordingUnfit(NOT_READ, error.detail) from error


def record(seconds: float) -> array[int]:
    """From the microphone this machine takes by itself. Raises RecordingUnfit."""
    import miniaudio

    taken, wanted, full = bytearray(), 2 * int(seconds * chime.RATE), threading.Event()

    def listening() -> Iterator[None]:
        while True:
            taken.extend((yield) or b"")
            if len(taken) >= wanted:
                full.set()

    listener = listening()
    next(listener)
    try:
        device = miniaudio.CaptureDevice(
            input_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=chime.RATE,
            backends=[miniaudio.Backend.PULSEAUDIO, miniaudio.Backend.ALSA, miniaudio.Backend.JACK],
            app_name="jiaohao",
        )
        device.start(listener)
    except miniaudio.MiniaudioError as error:
        raise RecordingUnfit(NO_MICROPHONE, str(error)) from error
    heard = full.wait(seconds + ENDS_S)
    device.close()
    if not heard:
        raise RecordingUnfit(NO_MICROPHONE)
    return array("h", bytes(taken[:wanted]))


def lay_over(samples: array[int], name: str, language: str, folder: Path) -> Path:
    """Keep it in the hall's folder, for the next call. Raises RecordingUnfit, OSError."""
    if name not in clip_voice.names(language):
        raise RecordingUnfit(UNKNOWN)
    path = folder / language / f"{name}.wav"
    clips.write(fit(samples), path)
    return path


def survey(folder: Path, languages: tuple[str, ...]) -> list[Clip]:
    """Every clip as a call would have it, and what lies in the folder and is none."""
    voice, found = clip_voice.ClipVoice(folder), []
    for language in languages:
        theirs = {file.stem for file in (folder / language).glob("*.*")}
        for name in sorted({*clip_voice.names(language), *theirs}):
            file = voice.file_of(name, language)
            found.append(
                looked_at(file, language, name, file is not None and folder in file.parents)
            )
    return found


def looked_at(file: Path | None, language: str, name: str, own: bool) -> Clip:
    wrong, seconds = "", 0.0
    if file is None:
        return Clip(language, name, True, seconds, NOT_READ)
    try:
        samples = read(file)
        seconds = len(samples) / chime.RATE
        check_length(samples)
        if max(map(abs, samples), default=0) < LEAST_LOUD:
            wrong = TOO_QUIET
    except RecordingUnfit as unfit:
        wrong = unfit.reason
    if name not in clip_voice.names(language):
        wrong = UNKNOWN
    return Clip(language, name, own, seconds, wrong)
