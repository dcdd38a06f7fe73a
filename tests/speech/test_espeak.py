"""eSpeak in its child process: the right voice, or a reason, but never a wait without end."""

import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.speech import espeak
from devices.speech.espeak import Espeak
from devices.speech.nobody_heard import NO_VOICE, NOT_INSTALLED, NOT_MADE, NobodyHeard

CALL = "请 A 0 1 2 号，到 3 号窗口办理"


@pytest.fixture
def voice() -> Iterator[Espeak]:
    voice = Espeak(140)
    yield voice
    voice.close()


def seconds_of(path: Path) -> float:
    with wave.open(str(path), "rb") as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
        return sound.getnframes() / sound.getframerate()


def test_many_texts_in_turn_make_as_many_sounds_of_their_own_length(
    voice: Espeak, tmp_path: Path
) -> None:
    for number in range(10):
        voice.make(CALL, "zh", tmp_path / f"{number}.wav")
        voice.make("Ticket A.", "en", tmp_path / f"{number}-en.wav")

    assert all(4 < seconds_of(tmp_path / f"{number}.wav") < 6 for number in range(10))
    assert all(0.5 < seconds_of(tmp_path / f"{number}-en.wav") < 1 for number in range(10))
    assert not list(tmp_path.glob("*.part"))


def test_the_rate_is_heard_from_the_first_text_on(tmp_path: Path) -> None:
    for rate, least, most in ((120, 5.5, 6.5), (200, 2.8, 3.6)) * 3:
        voice = Espeak(rate)
        voice.make(CALL, "zh", tmp_path / "a.wav")
        voice.close()
        assert least < seconds_of(tmp_path / "a.wav") < most


def test_a_language_without_voice_is_refused(voice: Espeak, tmp_path: Path) -> None:
    with pytest.raises(NobodyHeard, match=NO_VOICE):
        voice.make("བོད་", "bo", tmp_path / "a.wav")


def test_a_voice_the_library_does_not_have_makes_no_sound_in_another(
    voice: Espeak, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(espeak.VOICES, "nan", "zh-nan")
    voice.make(CALL, "zh", tmp_path / "before.wav")

    with pytest.raises(NobodyHeard, match=NO_VOICE):
        voice.make(CALL, "nan", tmp_path / "a.wav")

    assert [path.name for path in tmp_path.iterdir()] == ["before.wav"]


def test_a_folder_that_is_gone_is_reported_and_the_next_text_is_made(
    voice: Espeak, tmp_path: Path
) -> None:
    with pytest.raises(NobodyHeard, match=NOT_MADE):
        voice.make(CALL, "zh", tmp_path / "gone" / "a.wav")  # pyttsx3 itself would hang

    voice.make(CALL, "zh", tmp_path / "a.wav")


def test_a_child_that_died_is_replaced(voice: Espeak, tmp_path: Path) -> None:
    voice.warm()
    assert voice.child is not None
    voice.child.kill()

    voice.make(CALL, "zh", tmp_path / "a.wav")

    assert seconds_of(tmp_path / "a.wav") > 4


HANGS_ONCE = """
import pathlib, runpy, sys, time
mark = pathlib.Path(sys.argv.pop(1))
if not mark.exists():
    mark.touch()
    print('{"version": "1.52"}', flush=True)
    time.sleep(600)
runpy.run_module("devices.speech.espeak_child", run_name="__main__")
"""


def test_a_child_that_hangs_is_replaced_once(tmp_path: Path) -> None:
    mark = tmp_path / "hung"
    voice = Espeak(140, [sys.executable, "-c", HANGS_ONCE, str(mark)], answer_s=2)

    voice.make(CALL, "zh", tmp_path / "a.wav")
    voice.close()

    assert mark.exists()
    assert seconds_of(tmp_path / "a.wav") > 4


def test_a_child_that_always_hangs_is_reported_and_killed(tmp_path: Path) -> None:
    voice = Espeak(140, ["sleep", "600"], answer_s=0.1)

    with pytest.raises(NobodyHeard, match=NOT_MADE):
        voice.make(CALL, "zh", tmp_path / "a.wav")

    assert voice.child is None


def test_a_machine_without_the_library_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "espeakng_loader.py").write_text("raise ImportError('not here')")
    hides = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); "
    runs = "import runpy; runpy.run_module('devices.speech.espeak_child', run_name='__main__')"
    voice = Espeak(140, [sys.executable, "-c", hides + runs])

    with pytest.raises(NobodyHeard, match=NOT_INSTALLED):
        voice.make(CALL, "zh", tmp_path / "a.wav")


def test_an_older_library_is_not_trusted_with_chinese(tmp_path: Path) -> None:
    older = "import devices.speech.espeak_child as child; child.OLDEST = (9, 0); child.main()"
    voice = Espeak(140, [sys.executable, "-c", older])

    with pytest.raises(NobodyHeard, match=NOT_INSTALLED):
        voice.make(CALL, "zh", tmp_path / "a.wav")
