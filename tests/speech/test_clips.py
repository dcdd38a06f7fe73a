"""The sound of a call: right length, right level, whatever happens to the cache."""

import math
import os
import shutil
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.speech import chime, clips
from devices.speech.clips import GAP_S, Clips
from devices.speech.espeak import Espeak
from devices.speech.nobody_heard import NO_ROOM, NOT_MADE, NobodyHeard
from devices.speech.pronunciation import call_text
from hall.settings import VoiceSettings

CHINESE, ENGLISH = call_text("A012", 3, "zh"), call_text("A012", 3, "en")


@pytest.fixture
def voice(tmp_path: Path) -> VoiceSettings:
    return VoiceSettings(calls="espeak", cache_folder=tmp_path / "voice")


@pytest.fixture
def sounds(voice: VoiceSettings) -> Iterator[Clips]:
    sounds = Clips(voice)
    yield sounds
    sounds.close()


@pytest.fixture
def mute(voice: VoiceSettings) -> Iterator[Clips]:
    """With a voice that never makes anything."""
    mute = Clips(voice, Espeak(140, ["false"], answer_s=5))
    yield mute
    mute.close()


def seconds(samples: "array[int]") -> float:
    return len(samples) / chime.RATE


def peak_db(samples: "array[int]") -> float:
    return 20 * math.log10(max(max(samples), -min(samples)) / 32768)


def test_a_call_is_a_chime_and_the_phrase_at_full_but_undistorted_level(sounds: Clips) -> None:
    samples = clips.read(sounds.sound_of([CHINESE], times=1))

    assert 5 < seconds(samples) < 7.5
    assert peak_db(samples) == pytest.approx(-3, abs=0.1)
    spoken = samples[int(chime.SECONDS * chime.RATE) :]
    loud = sum(abs(sample) > 1000 for sample in spoken) / len(spoken)
    assert loud > 0.25  # speech, not clicks in silence


def test_every_language_is_as_loud_and_said_in_turn_as_often_as_wished(sounds: Clips) -> None:
    once = [clips.read(sounds.sound_of([phrase], times=1)) for phrase in (CHINESE, ENGLISH)]
    both = clips.read(sounds.sound_of([CHINESE, ENGLISH], times=2))

    assert [peak_db(samples) for samples in once] == pytest.approx([-3, -3], abs=0.1)
    around = chime.SECONDS + sounds.settings.gap_seconds
    spoken = sum(seconds(samples) - around for samples in once)
    between = 3 * clips.GAP_S
    assert seconds(both) == pytest.approx(around + 2 * spoken + between, abs=0.01)


def test_half_the_volume_is_6_db_less(sounds: Clips) -> None:
    sounds.settings = sounds.settings.model_copy(update={"volume": 0.5})

    assert peak_db(clips.read(sounds.sound_of([CHINESE], 1))) == pytest.approx(-9, abs=0.1)


def test_without_chime_the_phrase_begins_at_once(sounds: Clips) -> None:
    sounds.settings = sounds.settings.model_copy(update={"chime": False})

    samples = clips.read(sounds.sound_of([CHINESE], 1))

    assert seconds(samples) < 5.5
    assert max(samples[: chime.RATE // 5]) > 1000


def test_what_was_said_once_can_be_said_without_the_voice(sounds: Clips, mute: Clips) -> None:
    first = clips.read(sounds.sound_of([CHINESE], 1))

    assert clips.read(mute.sound_of([CHINESE], 1)) == first
    with pytest.raises(NobodyHeard, match=NOT_MADE):
        mute.sound_of([ENGLISH], 1)


def test_a_phrase_that_cannot_be_made_is_left_out(sounds: Clips, mute: Clips) -> None:
    alone = clips.read(sounds.sound_of([CHINESE], 1))

    assert clips.read(mute.sound_of([ENGLISH, CHINESE], 1)) == alone


@pytest.mark.parametrize("damage", [b"", b"RIFF", b"no sound at all" * 500])
def test_a_damaged_cache_file_is_made_again(
    sounds: Clips, voice: VoiceSettings, damage: bytes
) -> None:
    sounds.sound_of([CHINESE], 1)
    assert voice.cache_folder is not None
    (kept,) = voice.cache_folder.iterdir()
    kept.write_bytes(damage or kept.read_bytes()[:9999])  # cut off by a power cut

    assert seconds(clips.read(sounds.sound_of([CHINESE], 1))) > 5
    assert len(clips.read(kept)) > 4 * chime.RATE


def test_a_cache_folder_that_vanishes_or_cannot_be_made_costs_no_call(
    sounds: Clips, voice: VoiceSettings, tmp_path: Path
) -> None:
    sounds.sound_of([CHINESE], 1)
    assert voice.cache_folder is not None
    shutil.rmtree(voice.cache_folder)
    sounds.sound_of([ENGLISH], 1)

    (tmp_path / "file").touch()
    blocked = voice.model_copy(update={"cache_folder": tmp_path / "file" / "voice"})
    sounds.settings = blocked

    assert seconds(clips.read(sounds.sound_of([CHINESE], 1))) > 5


def test_a_temporary_folder_swept_away_is_made_again(sounds: Clips) -> None:
    sounds.sound_of([CHINESE], 1)
    shutil.rmtree(sounds.folder())

    assert sounds.sound_of([ENGLISH], 1).is_file()


def test_no_room_anywhere_is_reported(
    sounds: Clips, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))

    with pytest.raises(NobodyHeard, match=NO_ROOM):
        sounds.sound_of([CHINESE], 1)


def test_the_cache_forgets_what_was_not_used_for_longest(tmp_path: Path) -> None:
    for age, name in enumerate(["new", "middle", "old"]):
        (tmp_path / name).write_bytes(bytes(400))
        os.utime(tmp_path / name, (1e9 - age, 1e9 - age))

    clips.tidy(tmp_path, 900)

    assert {path.name for path in tmp_path.iterdir()} == {"new", "middle"}


def test_the_chime_begins_softly_and_ends_in_silence() -> None:
    samples = chime.samples()

    assert max(max(samples), -min(samples)) == pytest.approx(1)
    assert abs(samples[0]) < 0.01
    assert max(abs(sample) for sample in samples[-50:]) < 0.01
    assert GAP_S > 0


def test_a_share_of_the_volume_is_so_much_quieter(sounds: Clips) -> None:
    whole = peak_db(clips.read(sounds.sound_of([CHINESE], times=1)))
    half = peak_db(clips.read(sounds.sound_of([CHINESE], times=1, share=0.5)))
    assert whole - half == pytest.approx(6, abs=0.1)
