"""A hall's own recordings: made fit or refused with a reason, heard from the next call on."""

import json
import math
import random
from array import array
from pathlib import Path

import pytest

import jiaohao
from devices.speech import chime, clip_voice, clips, recordings
from devices.speech.clip_voice import ClipVoice
from devices.speech.recordings import (
    NOT_READ,
    TOO_LONG,
    TOO_QUIET,
    TOO_SHORT,
    UNKNOWN,
    RecordingUnfit,
)

ONE_S = chime.RATE


def tone(seconds: float, peak: int = 5000) -> "array[int]":
    return array("h", (int(peak * math.sin(n / 8)) for n in range(int(seconds * chime.RATE))))


def silence(seconds: float) -> "array[int]":
    noise = random.Random(1)
    return array("h", (noise.randint(-40, 40) for _ in range(int(seconds * chime.RATE))))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the recordings of this machine's hall are kept."""
    monkeypatch.setenv("JIAOHAO_VOICE__RECORDINGS", str(tmp_path / "own"))
    monkeypatch.setenv("JIAOHAO_LANGUAGE", "en")
    return tmp_path / "own"


@pytest.fixture
def spoken(tmp_path: Path) -> Path:
    """As somebody hands it over: quiet before and behind, not very loud."""
    path = tmp_path / "spoken.wav"
    clips.write(silence(0.7) + tone(0.5, peak=2000) + silence(0.9), path)
    return path


def test_a_recording_is_cut_to_the_word_and_as_loud_as_the_others(
    folder: Path, spoken: Path
) -> None:
    path = recordings.lay_over(recordings.read(spoken), "A", "zh", folder)
    kept = recordings.read(path)
    assert len(kept) / chime.RATE == pytest.approx(0.56, abs=0.03)
    theirs = ClipVoice(folder / "none").joined(["A"], "zh")
    assert theirs is not None
    assert recordings.loudness(kept) == pytest.approx(recordings.loudness(theirs), rel=0.15)
    assert ClipVoice(folder).joined(["A"], "zh") == kept


@pytest.mark.parametrize(
    ("samples", "why"),
    [
        (silence(2), TOO_QUIET),
        (array("h"), TOO_QUIET),
        (tone(0.03), TOO_SHORT),
        (tone(5), TOO_LONG),
    ],
)
def test_what_nobody_would_understand_is_refused(
    folder: Path, samples: "array[int]", why: str
) -> None:
    with pytest.raises(RecordingUnfit) as unfit:
        recordings.lay_over(samples, "A", "zh", folder)
    assert unfit.value.reason == why and not folder.exists()


def test_a_name_that_no_call_uses_is_refused(folder: Path) -> None:
    with pytest.raises(RecordingUnfit) as unfit:
        recordings.lay_over(tone(1), "counter-100", "zh", folder)
    assert unfit.value.reason == UNKNOWN


def test_import_and_check_say_what_is_the_hall_s(
    folder: Path, spoken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert jiaohao.main(["voice", "import", str(spoken), "counter-3", "--language", "en"]) == 0
    assert jiaohao.main(["voice", "check"]) == 0
    assert "en/counter-3" in capsys.readouterr().out
    assert jiaohao.main(["voice", "list", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["clips"]
    assert len(told) == len(clip_voice.names("zh")) + len(clip_voice.names("en"))
    assert [clip["name"] for clip in told if clip["own"]] == ["counter-3"]


def test_check_finds_what_was_copied_there_by_hand(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clips.write(tone(5), folder / "zh" / "A.wav")
    clips.write(silence(1), folder / "zh" / "B.wav")
    clips.write(tone(1), folder / "zh" / "窗口.wav")
    (folder / "zh" / "C.wav").write_bytes(b"no sound")
    assert jiaohao.main(["voice", "check"]) == 1
    told = capsys.readouterr().out
    for why in (TOO_LONG, TOO_QUIET, UNKNOWN, NOT_READ):
        assert why in told


def test_a_file_that_is_no_sound_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "letter.wav"
    file.write_text("not a sound")
    assert jiaohao.main(["voice", "import", str(file), "A"]) == 1
    assert NOT_READ in capsys.readouterr().err
    assert jiaohao.main(["voice", "import", str(tmp_path / "none.wav"), "A"]) == 1


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "1000", "two"])
def test_a_length_that_is_none_is_refused_before_the_microphone(seconds: str) -> None:
    with pytest.raises(SystemExit) as ended:
        jiaohao.main(["voice", "record", "A", f"--seconds={seconds}"])
    assert ended.value.code == 2
