"""Programs that speak through pyttsx3 may have the voice of the calls."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import pyttsx3

from devices.speech import clips, playback, pyttsx3_clips
from devices.speech.clip_voice import ClipVoice
from devices.speech.nobody_heard import NOT_READABLE
from devices.speech.pronunciation import call_text

CALL = "请A012号到3号窗口办理"
PLAYER = "import shutil, sys; shutil.copyfile(sys.argv[2], sys.argv[1])"


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where what is played ends up."""
    file = tmp_path / "heard.wav"
    monkeypatch.setattr(playback, "PLAYER", (sys.executable, "-c", PLAYER, str(file)))
    return file


@pytest.fixture
def told() -> list[tuple[str, Any]]:
    return []


@pytest.fixture
def engine(told: list[tuple[str, Any]]) -> Iterator[Any]:
    pyttsx3_clips.install()
    engine = pyttsx3.init("clips")
    tokens = [
        engine.connect("finished-utterance", lambda **facts: told.append(("end", facts))),
        engine.connect("error", lambda **facts: told.append(("error", facts["exception"]))),
    ]
    yield engine
    for token in tokens:
        engine.disconnect(token)


def words(sound: Path) -> array[int]:
    return clips.read(sound)


def test_a_call_is_said_by_the_clips(engine: Any, heard: Path, told: list[Any]) -> None:
    engine.say(CALL, "A012")
    engine.runAndWait()
    joined = ClipVoice(Path("none")).joined(call_text("A012", 3, "zh").pieces, "zh")
    assert joined is not None
    assert words(heard)[: len(joined)] == clips.leveled(joined, 1.0)
    assert told == [("end", {"name": "A012", "completed": True})]


def test_a_file_is_written_in_the_language_and_at_the_volume_asked_for(
    engine: Any, tmp_path: Path, told: list[Any]
) -> None:
    files = [tmp_path / "loud.wav", tmp_path / "soft.wav"]
    for file, volume in zip(files, (1.0, 0.25), strict=True):
        engine.setProperty("voice", "en")
        engine.setProperty("volume", volume)
        engine.save_to_file("Ticket A012, please go to counter 3", str(file))
        engine.runAndWait()
    loud, soft = (max(words(file)) for file in files)
    assert soft == pytest.approx(loud / 4, rel=0.01)
    assert [kind for kind, _ in told] == ["end", "end"]


def test_what_is_no_call_is_an_error_and_the_next_one_is_said(
    engine: Any, heard: Path, told: list[Any]
) -> None:
    engine.say("欢迎光临")
    engine.say(CALL)
    engine.runAndWait()
    (kind, reason), (_, first), (_, second) = told
    assert (kind, reason.reason) == ("error", NOT_READABLE)
    assert (first["completed"], second["completed"]) == (False, True)
    assert heard.exists()


def test_an_unknown_voice_is_an_error_and_the_old_one_stays(engine: Any, told: list[Any]) -> None:
    engine.setProperty("voice", "bo")
    engine.runAndWait()
    assert [kind for kind, _ in told] == ["error"]
    assert engine.getProperty("voice") in [voice.id for voice in engine.getProperty("voices")]
