"""Calls joined from recorded clips: complete, replaceable by the hall, and never a silence."""

import string
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.speech import chime, clip_voice, clips
from devices.speech.clip_voice import ClipVoice, product_clips
from devices.speech.clips import Clips
from devices.speech.espeak import Espeak
from devices.speech.nobody_heard import NobodyHeard
from devices.speech.pronunciation import LANGUAGES, call_text
from hall.settings import VoiceSettings

MOST_BYTES = 6_000_000


@pytest.fixture
def voice(tmp_path: Path) -> ClipVoice:
    return ClipVoice(tmp_path / "none")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A hall's recordings: so far one second of its own A."""
    clips.write(array("h", [8000, -8000] * (chime.RATE // 2)), tmp_path / "own" / "zh" / "A.wav")
    return tmp_path / "own"


@pytest.fixture
def without_espeak(tmp_path: Path) -> Iterator[Clips]:
    settings = VoiceSettings(cache_folder=tmp_path / "voice", chime=False)
    sounds = Clips(settings, Espeak(140, ["false"], answer_s=5))
    yield sounds
    sounds.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_ticket_and_counter_can_be_called(voice: ClipVoice, language: str) -> None:
    pieces = {piece for counter in range(1, 100) for piece in numbered(counter, language)}
    for name in (*string.ascii_uppercase, *string.digits, *pieces):
        sound = voice.joined([name], language)
        assert sound is not None, name
        assert 0.1 < len(sound) / chime.RATE < 3.5, name
        assert max(sound) > 3000, name


def numbered(counter: int, language: str) -> tuple[str, ...]:
    return call_text("A012", counter, language).pieces


def test_a_call_needs_no_other_voice(without_espeak: Clips) -> None:
    said = [call_text("B107", 21, language) for language in LANGUAGES]
    samples = clips.read(without_espeak.sound_of(said, times=1))
    assert 6 < len(samples) / chime.RATE < 12


def test_the_digits_stand_apart(voice: ClipVoice) -> None:
    """Of 零一 spoken without a gap the listener hears one syllable."""
    parts = [voice.joined([piece], "zh") for piece in ("0", "1")]
    together = voice.joined(["0", "1"], "zh")
    assert together is not None and all(part is not None for part in parts)
    gap = len(together) - sum(len(part) for part in parts if part is not None)
    assert gap == pytest.approx(clip_voice.DIGIT_GAP_S * chime.RATE, abs=1)


def test_what_was_not_recorded_is_left_to_the_other_voice(voice: ClipVoice) -> None:
    assert voice.joined(call_text("A012", 100, "zh").pieces, "zh") is None
    assert voice.joined(call_text("A012", 3, "zh").pieces, "bo") is None


def test_a_hall_s_own_recording_goes_first_and_may_be_replaced(own: Path) -> None:
    voice = ClipVoice(own)
    theirs = voice.joined(["A"], "zh")
    assert theirs is not None and len(theirs) == chime.RATE
    clips.write(array("h", [8000, -8000] * chime.RATE), own / "zh" / "A.wav")
    replaced = voice.joined(["A"], "zh")
    assert replaced is not None and len(replaced) == 2 * chime.RATE
    assert voice.joined(["A"], "en") != theirs


@pytest.mark.parametrize("damage", [b"", b"RIFF", b"no sound at all" * 100])
def test_a_damaged_recording_costs_no_call(tmp_path: Path, own: Path, damage: bytes) -> None:
    (own / "zh" / "A.wav").write_bytes(damage)
    sounds = Clips(VoiceSettings(recordings=own, cache_folder=tmp_path / "voice", chime=False))
    try:
        samples = clips.read(sounds.sound_of([call_text("A012", 3, "zh")], times=1))
    finally:
        sounds.close()
    assert len(samples) / chime.RATE > 2


def test_the_clips_are_small_and_say_where_they_come_from() -> None:
    folder = product_clips()
    files = list(folder.rglob("*.ogg"))
    assert len(files) == len(clip_voice.names("zh")) + len(clip_voice.names("en"))
    assert sum(file.stat().st_size for file in files) < MOST_BYTES
    told = (folder / "README.md").read_text("utf-8")
    assert "Apache-2.0" in told and "make_clips.py" in told and (folder / "LICENSE").is_file()


def test_a_folder_that_cannot_be_looked_into_costs_no_call(tmp_path: Path) -> None:
    voice = ClipVoice(tmp_path / ("x" * 300))  # what the system refuses, as it does without rights
    assert voice.joined(["A"], "zh") is not None


def test_a_file_as_long_as_a_film_is_not_read(own: Path) -> None:
    with (own / "zh" / "A.wav").open("ab") as file:
        file.truncate(clip_voice.MOST_BYTES + 1)
    with pytest.raises(NobodyHeard):
        ClipVoice(own).joined(["A"], "zh")
