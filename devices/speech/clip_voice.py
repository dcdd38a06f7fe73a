"""The voice of the calls: recorded clips of letters, digits and counters, joined as one speaks.

They come with the product (`assets/voice`, made once by a neural voice); a hall may lay recordings
of its own over them, file by file.
"""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path

from devices.speech import chime
from devices.speech.nobody_heard import NOT_MADE, NobodyHeard

ENDINGS = (".wav", ".ogg")
DIGIT_GAP_S, WORD_GAP_S, CLAUSE_GAP_S = 0.1, 0.06, 0.2
"""After a letter or digit of the number, after a word, before where to go."""
MOST_S = 6.0
"""A clip that is longer is no clip of these."""
MOST_BYTES = 8_000_000
"""Of a file; a call must not wait for a film."""
KEPT = 512
"""Clips held decoded: all of two languages, about 20 MB at the most."""


class ClipVoice:
    """`own`: the hall's recordings, LANGUAGE/NAME.wav; the folder need not be there."""

    def __init__(self, own: Path) -> None:
        self.own = own

    def joined(self, pieces: Sequence[str], language: str) -> array[int] | None:
        """As one phrase, 16 bit at `chime.RATE`; None when a piece is not there.

        Raises NobodyHeard for a clip that cannot be read.
        """
        found = [self.file_of(piece, language) for piece in pieces]
        phrase = array("h")
        for piece, following, file in zip(pieces, [*pieces[1:], ""], found, strict=True):
            if file is None:
                return None
            phrase += decoded(file, modified(file))
            if following:
                phrase += silence(gap_between(piece, following))
        return phrase

    def file_of(self, name: str, language: str) -> Path | None:
        """The hall's own before that of the product."""
        for folder in (self.own, product_clips()):
            for ending in ENDINGS:
                file = folder / language / f"{name}{ending}"
                with contextlib.suppress(OSError):  # a folder this user may not look into
                    if file.is_file():
                        return file
        return None


def product_clips() -> Path:
    return Path(str(resources.files("assets"))) / "voice"


def names(language: str) -> list[str]:
    """Of every clip the product has for this language; empty for one it has none for."""
    folder = product_clips() / language
    if not folder.is_dir():
        return []
    return sorted(file.stem for file in folder.glob("*.ogg"))


def modified(file: Path) -> int:
    """A recording may be replaced, or taken away, while the speaker runs."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=KEPT)
def decoded(file: Path, _modified: int) -> array[int]:
    """Raises NobodyHeard."""
    samples = sound_in(file)
    if not samples or len(samples) > MOST_S * chime.RATE:
        raise NobodyHeard(NOT_MADE, f"{file.name}: {len(samples) / chime.RATE:.1f} s")
    return samples


def sound_in(file: Path) -> array[int]:
    """Of a WAV, Ogg, FLAC or MP3 file of any rate: mono, 16 bit, at `chime.RATE`.

    Raises NobodyHeard.
    """
    import miniaudio

    try:
        if file.stat().st_size > MOST_BYTES:
            raise NobodyHeard(NOT_MADE, f"{file.name}: more than {MOST_BYTES} bytes")
        sound = miniaudio.decode(
            file.read_bytes(),
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=chime.RATE,
        )
    except (OSError, miniaudio.MiniaudioError) as error:
        raise NobodyHeard(NOT_MADE, f"{file.name}: {error}") from error
    return array("h", sound.samples)


def gap_between(piece: str, following: str) -> float:
    if following.startswith("counter-"):
        return CLAUSE_GAP_S
    return DIGIT_GAP_S if len(piece) == 1 and len(following) == 1 else WORD_GAP_S


def silence(seconds: float) -> array[int]:
    return array("h", bytes(2 * int(seconds * chime.RATE)))
