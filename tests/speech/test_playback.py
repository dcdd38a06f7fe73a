"""Playing: heard, or a reason in bounded time."""

import os
import signal
import subprocess
import sys
import time
import wave
from pathlib import Path

import pytest

from devices.speech import playback
from devices.speech.nobody_heard import NO_LOUDSPEAKER, NOT_FINISHED, NOT_PLAYED, NobodyHeard
from devices.speech.say import say
from hall.settings import Settings
from tests.speech.speaking import ROOT, Record, wait_until


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return wav(tmp_path / "clip.wav", 0.5)


def wav(path: Path, seconds: float) -> Path:
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(22050)
        sound.writeframes(bytes(2 * int(22050 * seconds)))
    return path


def always() -> float:
    return time.monotonic() + 2


def gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


def test_what_was_played_to_its_end_was_heard(clip: Path, record: Record) -> None:
    assert playback.play(clip, always, record.player(0.1))
    assert len(record.lines("ended")) == 1


@pytest.mark.parametrize("content", [b"", b"RIFFxxxxWAVE", b"this is not a sound" * 100])
def test_what_is_no_sound_never_reaches_the_loudspeaker(
    tmp_path: Path, record: Record, content: bytes
) -> None:
    broken = tmp_path / "broken.wav"
    broken.write_bytes(content)

    with pytest.raises(NobodyHeard, match=NOT_PLAYED):
        playback.play(broken, always, record.player(0.1))

    assert not record.lines("began")


def test_an_empty_sound_is_reported(tmp_path: Path, record: Record) -> None:
    with pytest.raises(NobodyHeard, match=NOT_PLAYED):
        playback.play(wav(tmp_path / "empty.wav", 0), always, record.player(0.1))


def test_a_player_that_hangs_is_killed_at_its_limit(
    clip: Path, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(playback, "GRACE_S", 0.5)

    with pytest.raises(NobodyHeard, match=NOT_FINISHED):
        playback.play(clip, always, record.player(600))

    (hung,) = record.lines("began")
    assert gone(hung["pid"])


def test_a_player_that_fails_or_is_missing_is_reported(clip: Path) -> None:
    with pytest.raises(NobodyHeard, match=NOT_PLAYED):
        playback.play(clip, always, ["false"])
    with pytest.raises(NobodyHeard, match=NOT_PLAYED):
        playback.play(clip, always, ["no-such-player"])


@pytest.fixture
def no_sound_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent")
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/dev/null")
    monkeypatch.setenv("JACK_NO_START_SERVER", "1")


@pytest.mark.usefixtures("no_sound_card")
def test_no_sound_card_is_told_at_once(clip: Path) -> None:
    with pytest.raises(NobodyHeard, match=NO_LOUDSPEAKER):
        playback.play(clip, always)


def test_the_voice_stops_when_the_zone_is_lost(clip: Path, record: Record) -> None:
    answers = iter([time.monotonic() + 60, time.monotonic() + 60, 0.0])

    assert not playback.play(clip, lambda: next(answers), record.player(600))

    (cut_off,) = record.lines("began")
    assert gone(cut_off["pid"])
    assert not record.lines("ended")


def test_without_the_zone_nothing_is_begun(clip: Path, record: Record) -> None:
    assert not playback.play(clip, lambda: 0.0, record.player(0.1))
    assert not record.lines("began")


PLAYING = """
import sys, time
from pathlib import Path
from devices.speech import playback
playback.play(Path(sys.argv[1]), lambda: time.monotonic() + 1.5, sys.argv[2:])
"""


@pytest.mark.parametrize("fate", [signal.SIGKILL, signal.SIGSTOP])
def test_the_voice_falls_silent_with_a_parent_killed_or_stopped(
    tmp_path: Path, record: Record, fate: signal.Signals
) -> None:
    clip = wav(tmp_path / "long.wav", 60)
    command = [sys.executable, "-c", PLAYING, str(clip), *record.player(60)]
    parent = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        wait_until(lambda: record.lines("began"), "the player began")
        parent.send_signal(fate)
        (playing,) = record.lines("began")
        wait_until(lambda: gone(playing["pid"]), "the player is silent")
    finally:
        parent.kill()
        parent.wait()
    assert not record.lines("ended")


def test_a_sentence_is_said_at_once_and_its_caption_returned(
    settings: Settings, record: Record
) -> None:
    assert say("请A012号 到大厅", "zh", settings, record.player(0.1)) == "请A012号 到大厅"
    (heard,) = record.lines("ended")
    assert 3 < heard["length"] < 7


@pytest.mark.usefixtures("no_sound_card")
def test_a_sentence_nobody_heard_says_why(settings: Settings) -> None:
    with pytest.raises(NobodyHeard, match=NO_LOUDSPEAKER):
        say("请保持安静", "zh", settings)
