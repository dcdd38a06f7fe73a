"""Speakers whose player writes down what it would have played, and calls for them to speak."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from db.engine import open_engine, writing
from devices.speech import chime, clips
from devices.speech.clips import Clips
from devices.speech.speaker import Speaker
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from hall.settings import Settings
from tests.speech.listening import quiet
from tests.speech.speaking import ROOT, Record, call_at, wait_until

TOOLS = ("pulseaudio", "parecord", "pactl")
SERVER = """
load-module module-native-protocol-unix
load-module module-null-sink sink_name=hall rate=48000 channels=2
load-module module-null-sink sink_name=upstairs sink_properties=device.description=Upstairs
set-default-sink hall
set-default-source hall.monitor
"""


@pytest.fixture
def sound_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """PulseAudio with two loudspeakers nobody hears, the usual one first; its folder."""
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


@pytest.fixture
def record(tmp_path: Path, database: Path) -> Record:
    return Record(tmp_path / "heard.jsonl", database)


@pytest.fixture
def settings(database: Path, tmp_path: Path) -> Settings:
    voice = {"cache_folder": tmp_path / "voice"}
    return Settings.model_validate({"database_url": f"sqlite:///{database}", "voice": voice})


@pytest.fixture
def make_speaker(
    database: Path, settings: Settings, rules: HallRules, record: Record
) -> Iterator[Callable[..., Speaker]]:
    """Speakers with a hall of their own each, on the real clock; closed at the end."""
    made: list[Speaker] = []

    def make(seconds: float = 0.05, sounds: Clips | None = None, **voice: Any) -> Speaker:
        own = settings.model_copy(update={"voice": settings.voice.model_copy(update=voice)})
        engine = open_engine(f"sqlite:///{database}")
        hall = OpenHall(engine, own, rules, lambda: datetime.now(UTC))
        made.append(Speaker(hall, player=record.player(seconds), clips=sounds))
        return made[-1]

    yield make
    for speaker in made:
        speaker.close()
        speaker.hall.engine.dispose()


@pytest.fixture
def called(open_hall: OpenHall) -> list[str]:
    """Three calls, at counters 1 to 3; their subjects in the order in which they were called."""
    now = datetime.now(UTC)
    with writing(open_hall.engine) as session:
        calls = [
            call_at(session, open_hall.rules, counter, service, now)
            for counter, service in ((1, "T201"), (2, "D301"), (3, "T201"))
        ]
    return [f"ticket/{call.ticket_id}" for call in calls]


SPEAKER_PROCESS = """
import sys, threading
from datetime import UTC, datetime
from pathlib import Path
from devices.speech import chime, clips
from devices.speech.clips import Clips
from devices.speech.espeak import Espeak
from devices.speech.speaker import Speaker
from hall.open_hall import open_hall
from hall.settings import Settings

told, voice, *player = sys.argv[1:]
settings = Settings.model_validate_json(told)
espeak = Espeak(140, ["sleep", "600"], answer_s=600) if voice == "hung" else None
hall = open_hall(settings, lambda: datetime.now(UTC))
Speaker(hall, player=player, clips=Clips(settings.voice, espeak)).run(threading.Event())
"""


@pytest.fixture
def start_speaker(
    settings: Settings, record: Record
) -> Iterator[Callable[..., "subprocess.Popen[bytes]"]]:
    """Speakers as processes of their own, to be killed."""
    started: list[subprocess.Popen[bytes]] = []

    def start(
        seconds: float = 0.05, voice: str = "real", command: Sequence[str] = ()
    ) -> "subprocess.Popen[bytes]":
        """`command`: a player that really plays."""
        told = settings.model_dump_json(include={"database_url", "voice", "hall"})
        process = [sys.executable, "-c", SPEAKER_PROCESS, told, voice]
        temporary = str(record.log.parent)  # killed, it leaves its folder behind
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": temporary}
        started.append(
            subprocess.Popen(
                [*process, *(command or record.player(seconds))], env=environment, cwd=ROOT
            )
        )
        return started[-1]

    yield start
    for process in started:
        process.send_signal(signal.SIGCONT)
        process.kill()
        process.wait()
