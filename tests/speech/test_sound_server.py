"""From the row in the database to real sound: through a sound server, recorded and measured."""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.engine import writing
from devices.speech import child_process, chime, clips, playback, recordings
from devices.speech.clips import Clips
from devices.speech.nobody_heard import NobodyHeard
from devices.speech.playback_child import CUT_OFF
from devices.speech.prompter import Prompter
from devices.speech.pronunciation import call_text, free_text
from devices.speech.speaker import Speaker
from hall.open_hall import OpenHall
from hall.open_hall import open_hall as open_hall_of
from hall.settings import Settings
from tests.speech.speaking import announce, announcements_of, wait_until

TOOLS = ("pulseaudio", "parecord", "pactl")
SERVER = """
load-module module-native-protocol-unix
load-module module-null-sink sink_name=hall rate=48000 channels=2
set-default-sink hall
set-default-source hall.monitor
"""


@pytest.fixture
def sound_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """PulseAudio with a loudspeaker nobody hears; its folder."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        reason = f"NO REAL SOUND IS TESTED HERE: {', '.join(missing)} not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="sound-"))  # a socket's path must be short
    for name, value in {
        "HOME": folder,
        "XDG_RUNTIME_DIR": folder,
        "PULSE_RUNTIME_PATH": folder / "pulse",
        "PULSE_STATE_PATH": folder / "state",
    }.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    script = folder / "server.pa"
    script.write_text(SERVER)
    command = ["pulseaudio", "-n", "-F", str(script), "--daemonize=no", "--use-pid-file=0"]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen([*command, "--exit-idle-time=-1"], stdout=log, stderr=log)
    try:
        wait_until(lambda: quiet(["pactl", "info"]) == 0, "the sound server answers")
        yield folder
    finally:
        server.kill()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def recorded(sound_server: Path) -> Iterator[Callable[[], "array[int]"]]:
    """Records the loudspeaker from now on; what was heard when called."""
    path = sound_server / "heard.wav"
    command = ["parecord", "--device=hall.monitor", "--file-format=wav", "--latency-msec=20"]
    recorder = subprocess.Popen([*command, "--channels=1", f"--rate={chime.RATE}", str(path)])
    wait_until(lambda: path.exists() and path.stat().st_size > 10_000, "the recorder runs")

    def heard() -> "array[int]":
        recorder.send_signal(signal.SIGINT)
        recorder.wait(10)
        return clips.read(path)

    yield heard
    recorder.kill()
    recorder.wait()


def quiet(command: list[str]) -> int:
    return subprocess.run(command, capture_output=True, check=False).returncode


def streams() -> int:
    command = ["pactl", "list", "short", "sink-inputs"]
    return len(subprocess.run(command, capture_output=True, check=False).stdout.splitlines())


def sounding(samples: "array[int]") -> "array[int]":
    loud = [place for place, sample in enumerate(samples) if abs(sample) > 300]
    return samples[loud[0] : loud[-1]] if loud else samples[:0]


def shape(samples: "array[int]", parts: int = 60) -> list[float]:
    """How loud it is from its beginning to its end."""
    step = len(samples) // parts
    return [
        sum(map(abs, samples[place * step : (place + 1) * step])) / step for place in range(parts)
    ]


def likeness(one: list[float], other: list[float]) -> float:
    """1 for the same course, about 0 for unrelated ones."""
    middle, middle_other = sum(one) / len(one), sum(other) / len(other)
    pairs = [(a - middle, b - middle_other) for a, b in zip(one, other, strict=True)]
    spread = sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs)
    return float(sum(a * b for a, b in pairs) / spread**0.5)


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
