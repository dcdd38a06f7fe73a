"""Speakers whose player writes down what it would have played, and calls for them to speak."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from db.engine import open_engine, writing
from devices.speech.clips import Clips
from devices.speech.speaker import Speaker
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from hall.settings import Settings
from tests.speech.speaking import ROOT, Record, call_at


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

    def make(seconds: float = 0.05, clips: Clips | None = None, **voice: Any) -> Speaker:
        own = settings.model_copy(update={"voice": settings.voice.model_copy(update=voice)})
        engine = open_engine(f"sqlite:///{database}")
        hall = OpenHall(engine, own, rules, lambda: datetime.now(UTC))
        made.append(Speaker(hall, player=record.player(seconds), clips=clips))
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
from devices.speech.clips import Clips
from devices.speech.espeak import Espeak
from devices.speech.speaker import Speaker
from hall.open_hall import open_hall
from hall.settings import Settings

url, cache, voice, *player = sys.argv[1:]
settings = Settings.model_validate({"database_url": url, "voice": {"cache_folder": cache}})
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

    def start(seconds: float = 0.05, voice: str = "real") -> "subprocess.Popen[bytes]":
        url, cache = settings.database_url, str(settings.voice.cache_folder)
        command = [sys.executable, "-c", SPEAKER_PROCESS, url, cache, voice]
        temporary = str(record.log.parent)  # killed, it leaves its folder behind
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": temporary}
        started.append(
            subprocess.Popen([*command, *record.player(seconds)], env=environment, cwd=ROOT)
        )
        return started[-1]

    yield start
    for process in started:
        process.send_signal(signal.SIGCONT)
        process.kill()
        process.wait()
