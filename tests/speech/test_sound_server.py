"""From the row in the database to real sound: through a sound server, recorded and measured."""

import threading
import time
from array import array
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.engine import writing
from devices.speech import child_process, chime, clips, loudspeakers, playback, recordings
from devices.speech.clips import Clips
from devices.speech.nobody_heard import NobodyHeard
from devices.speech.playback_child import CUT_OFF
from devices.speech.prompter import Prompter
from devices.speech.pronunciation import call_text, free_text
from devices.speech.speaker import Speaker
from hall.open_hall import OpenHall
from hall.open_hall import open_hall as open_hall_of
from hall.settings import Settings
from jiaohao import main
from tests.speech.listening import likeness, shape, sounding, streams
from tests.speech.speaking import announce, announcements_of, wait_until


def test_a_committed_call_is_really_heard_whole_and_alone(
    recorded: Callable[[], "array[int]"],
    make_speaker: Callable[..., Speaker],
    open_hall: OpenHall,
    settings: Settings,
) -> None:
    speakers = [make_speaker(times=1), make_speaker(times=1)]
    stop, most_streams = threading.Event(), 0
    for speaker in speakers:
        speaker.player = playback.PLAYER
    threads = [threading.Thread(target=speaker.run, args=[stop]) for speaker in speakers]
    for thread in threads:
        thread.start()
    content = {"number": "A012", "counter": 3, "languages": ["zh"]}
    with writing(open_hall.engine) as session:
        announce(session, "a", datetime.now(UTC), content=content)

    def done() -> bool:
        nonlocal most_streams
        most_streams = max(most_streams, streams())
        return announcements_of(open_hall)["a"].state not in ("queued", "playing")

    try:
        wait_until(done, "it is spoken")
    finally:
        stop.set()
        for thread in threads:
            thread.join(20)
    heard = sounding(recorded())

    assert announcements_of(open_hall)["a"].state == "done"
    assert most_streams == 1
    expected_clips = Clips(settings.voice)
    expected = sounding(clips.read(expected_clips.sound_of([call_text("A012", 3, "zh")], 1)))
    expected_clips.close()
    assert len(heard) / chime.RATE == pytest.approx(len(expected) / chime.RATE, abs=0.2)
    assert max(heard) == pytest.approx(max(expected), rel=0.2)
    assert likeness(shape(heard), shape(expected)) > 0.8


def test_a_page_of_the_kiosk_is_really_heard(
    recorded: Callable[[], "array[int]"], settings: Settings
) -> None:
    hall, unheard = open_hall_of(settings, lambda: datetime.now(UTC)), list[NobodyHeard]()
    prompter = Prompter(hall, "hall", unheard.append)
    text = "您好，请选择业务类别"
    prompter.tell(object(), {"prompt": text}, "zh")
    try:
        wait_until(lambda: "prompt" in prompter.said, "it is read")
    finally:
        prompter.close()
    heard = sounding(recorded())
    assert unheard == []
    quiet_voice = settings.voice.model_copy(update={"chime": False})
    expected_clips = Clips(quiet_voice)
    expected = sounding(clips.read(expected_clips.sound_of([free_text(text, "zh")], 1)))
    expected_clips.close()
    assert len(heard) / chime.RATE == pytest.approx(len(expected) / chime.RATE, abs=0.2)
    assert likeness(shape(heard), shape(expected)) > 0.8


@pytest.mark.usefixtures("sound_server")
@pytest.mark.parametrize(
    ("device", "sink"), [("", "hall"), ("Upstairs", "upstairs"), ("upst", "upstairs")]
)
def test_the_loudspeaker_is_chosen_by_name(tmp_path: Path, device: str, sink: str) -> None:
    clip = tmp_path / "long.wav"
    clips.write(array("h", bytes(2 * 20 * chime.RATE)), clip)
    player = child_process.start([*playback.player_of(device), str(clip)])
    with child_process.ended(player):
        playback.tell(player, time.monotonic() + 20)
        wait_until(lambda: streams() == 1, "it sounds")
        assert streams(sink) == 1


@pytest.mark.usefixtures("sound_server")
def test_the_loudspeakers_have_names_and_each_can_be_tried_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIAOHAO_DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    assert main(["voice", "devices"]) == 0
    assert "Upstairs" in capsys.readouterr().out.splitlines()
    monkeypatch.setenv("JIAOHAO_VOICE__DEVICE", "Upstairs")
    assert main(["voice", "test", "--seconds", "0.5"]) == 0
    assert "Upstairs" in capsys.readouterr().out


@pytest.mark.usefixtures("sound_server")
@pytest.mark.parametrize("device", ["Downstairs", "u"])
def test_a_loudspeaker_that_is_not_there_or_not_the_only_one_is_a_failure_not_silence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, device: str
) -> None:
    monkeypatch.setenv("JIAOHAO_VOICE__DEVICE", device)
    assert main(["voice", "test", "--seconds", "0.5"]) == 3
    assert "没有这个名称的扬声器" in capsys.readouterr().err


@pytest.mark.usefixtures("sound_server")
def test_a_tone_is_as_loud_as_a_call(
    recorded: Callable[[], "array[int]"], settings: Settings
) -> None:
    loudspeakers.try_out(0.5, settings.voice)
    heard = sounding(recorded())
    assert len(heard) / chime.RATE == pytest.approx(0.5, abs=0.1)
    assert max(heard) == pytest.approx(32767 * clips.PEAK, rel=0.2)


@pytest.mark.usefixtures("sound_server")
def test_a_microphone_is_recorded(tmp_path: Path) -> None:
    """It hears the loudspeaker here."""
    clip = tmp_path / "long.wav"
    clips.write(array("h", [9000, 9000, -9000, -9000] * (10 * chime.RATE // 4)), clip)
    player = child_process.start([*playback.PLAYER, str(clip)])
    with child_process.ended(player):
        playback.tell(player, time.monotonic() + 20)
        wait_until(lambda: streams() == 1, "it sounds")
        taken = recordings.record(1.0)
    assert len(taken) == chime.RATE
    assert recordings.loudness(recordings.fit(taken)) > 2000


@pytest.mark.usefixtures("sound_server")
def test_a_player_told_nothing_more_falls_silent_by_itself(tmp_path: Path) -> None:
    clip = tmp_path / "long.wav"
    clips.write(array("h", bytes(2 * 60 * chime.RATE)), clip)
    player = child_process.start([*playback.PLAYER, str(clip)])
    with child_process.ended(player):
        playback.tell(player, time.monotonic() + 0.5)
        assert player.wait(20) == CUT_OFF
