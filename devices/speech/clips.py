"""The sound of a call: chime and phrases, leveled and joined into one WAV file.

Calls are joined from recorded clips; what was not recorded is said by eSpeak.

Phrases are kept in a cache: made once, they can be spoken though the voice is at fault. A cache
that is gone, full or damaged costs a few milliseconds, never a call.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import tempfile
import wave
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from devices.speech import chime
from devices.speech.clip_voice import ClipVoice, silence
from devices.speech.espeak import Espeak, voice_of
from devices.speech.nobody_heard import NO_ROOM, NOT_MADE, NobodyHeard
from devices.speech.pronunciation import Phrase

if TYPE_CHECKING:
    from hall.settings import VoiceSettings

log = logging.getLogger(__name__)

PEAK = 0.7079
"""-3 dBFS: room for a sound card that resamples."""

CHIME_SHARE = 0.45
"""Of a phrase's peak: steady tones sound louder than speech."""

SILENT = 300
"""Samples below this, of 32767, are the pause eSpeak ends with."""

GAP_S = 0.45
"""Between the phrases of one call."""
MADE_BY = "espeak-ng-1.52/1"
"""Part of every cache key; raise the number when phrases are made differently."""


class Clips:
    """The sounds of one speaker; to be closed."""

    def __init__(self, settings: VoiceSettings, espeak: Espeak | None = None) -> None:
        self.settings = settings
        self.espeak = espeak or Espeak(settings.rate)
        self.voice = ClipVoice(settings.recordings_folder) if settings.calls == "clips" else None
        self.own_folder: tempfile.TemporaryDirectory[str] | None = None

    def sound_of(self, phrases: Sequence[Phrase], times: int, share: float = 1.0) -> Path:
        """A WAV file, overwritten by the next; raises NobodyHeard. `share`: how loud, of the usual.

        A phrase that cannot be made is left out, as long as there is another.
        """
        made: list[array[int]] = []
        unheard: NobodyHeard | None = None
        for phrase in phrases:
            try:
                made.append(self.spoken(phrase))
            except NobodyHeard as reason:
                unheard = reason
        if not made:
            raise unheard or NobodyHeard(NOT_MADE, "no phrase")
        joined = self.chime() if self.settings.chime else array("h")
        for place, samples in enumerate(made * times):
            joined += (silence(GAP_S) if place else array("h")) + samples
        joined += silence(self.settings.gap_seconds)
        if share < 1:
            joined = array("h", (int(value * share) for value in joined))
        return self.in_own_folder(joined)

    def warm(self) -> None:
        """Do ahead of the first call what takes time."""
        chime.samples()
        self.espeak.warm()

    def close(self) -> None:
        self.espeak.close()
        if self.own_folder is not None:
            with contextlib.suppress(OSError):
                self.own_folder.cleanup()
            self.own_folder = None

    def chime(self) -> array[int]:
        loudest = 32767 * PEAK * CHIME_SHARE * self.settings.volume
        return array("h", (int(value * loudest) for value in chime.samples()))

    def spoken(self, phrase: Phrase) -> array[int]:
        """From recorded clips, from the cache, else from the voice; raises NobodyHeard."""
        if self.voice is not None and phrase.pieces:
            try:
                joined = self.voice.joined(phrase.pieces, phrase.language)
            except NobodyHeard as reason:  # one bad recording must not silence a hall
                log.warning("clips: %s", reason)
                joined = None
            if joined is not None:
                return leveled(joined, self.settings.volume)
        kept = self.cache_folder() / f"{self.key(phrase)}.wav"
        with contextlib.suppress(OSError, EOFError, wave.Error):
            samples = read(kept)
            os.utime(kept)  # the longest unused goes first
            return samples
        raw = self.folder() / "phrase.wav"
        self.espeak.make(phrase.spoken, phrase.language, raw)
        try:
            samples = leveled(trimmed(read(raw)), self.settings.volume)
        except (OSError, EOFError, wave.Error) as error:
            raise NobodyHeard(NOT_MADE, str(error)) from error
        if not samples:
            raise NobodyHeard(NOT_MADE, "silence")
        with contextlib.suppress(OSError):
            write(samples, kept)
            tidy(kept.parent, self.settings.cache_megabytes * 1_000_000)
        return samples

    def key(self, phrase: Phrase) -> str:
        how = f"{self.settings.rate} {self.settings.volume}"
        what = (MADE_BY, voice_of(phrase.language), how, phrase.spoken)
        return hashlib.sha256("\n".join(what).encode()).hexdigest()[:32]

    def cache_folder(self) -> Path:
        return self.settings.cache_folder or user_cache_path("jiaohao") / "voice"

    def folder(self) -> Path:
        """For what only this speaker needs, and only until the next call."""
        if self.own_folder is None or not Path(self.own_folder.name).is_dir():
            try:
                self.own_folder = tempfile.TemporaryDirectory(
                    prefix="jiaohao-voice-", ignore_cleanup_errors=True
                )
            except OSError as error:
                raise NobodyHeard(NO_ROOM, str(error)) from error
        return Path(self.own_folder.name)

    def in_own_folder(self, samples: array[int]) -> Path:
        path = self.folder() / "call.wav"
        try:
            write(samples, path)
        except OSError as error:
            raise NobodyHeard(NO_ROOM, str(error)) from error
        return path


def read(path: Path) -> array[int]:
    """Mono, 16 bit, 22050 Hz; raises wave.Error for anything else and what was cut off."""
    with wave.open(str(path), "rb") as sound:
        shape = (sound.getnchannels(), sound.getsampwidth(), sound.getframerate())
        frames = sound.readframes(sound.getnframes())
        if shape != (1, 2, chime.RATE) or len(frames) != 2 * sound.getnframes() or not frames:
            raise wave.Error(f"{path}: {shape}, {len(frames)} bytes")
    return array("h", frames)


def write(samples: array[int], path: Path) -> None:
    """Appears whole or not at all; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file, wave.open(file, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(chime.RATE)
            sound.writeframes(samples.tobytes())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def leveled(samples: array[int], volume: float) -> array[int]:
    """English comes 4 dB quieter than Mandarin."""
    peak = max(max(samples), -min(samples)) if samples else 0
    if peak == 0:
        return samples
    gain = 32767 * PEAK * volume / peak
    return array("h", (int(value * gain) for value in samples))


def trimmed(samples: array[int]) -> array[int]:
    """Without the silence at both ends; empty when there is nothing else."""
    first, last = 0, len(samples)
    while first < last and abs(samples[first]) < SILENT:
        first += 1
    while last > first and abs(samples[last - 1]) < SILENT:
        last -= 1
    margin = int(0.03 * chime.RATE)  # a soft consonant begins below the threshold
    return samples[max(0, first - margin) : last + margin] if first < last else samples[:0]


def tidy(folder: Path, most_bytes: int) -> None:
    """Remove what was not used for the longest time; raises OSError."""
    files = [(entry.stat(), Path(entry.path)) for entry in os.scandir(folder) if entry.is_file()]
    total = sum(stat.st_size for stat, _ in files)
    for stat, path in sorted(files, key=lambda file: file[0].st_mtime):
        if total <= most_bytes:
            return
        path.unlink(missing_ok=True)
        total -= stat.st_size
