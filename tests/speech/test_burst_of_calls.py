"""Thirty calls from five counters, the speaker killed twice, heard through a real sound server.

The hall's recordings are tones here, one for each letter, digit and counter; so what sounded can
be read back from a recording of the loudspeaker, call by call.
"""

import math
import re
import signal
import subprocess
import threading
import time
from array import array
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.engine import open_engine, reading, writing
from db.tables import Announcement, Clerk, Counter, CounterGroup, Setting
from devices.speech import chime, clips, playback
from hall.counters import counters
from hall.hall_rules import HallRules, load
from hall.open_hall import OpenHall
from hall.settings import Settings
from hall.tickets import calling, serving
from tests.display.before_the_board import OtherProgram
from tests.speech.listening import streams
from tests.speech.speaking import PATIENCE_S, wait_until

CALLS, COUNTERS = 30, 5
KILLED = {8: 0.0, 19: 0.7}
"""When so many calls were heard to their end, and so long after the next began, in seconds."""
NAMES = (
    "call",
    "A",
    "0",
    "yao",
    *"23456789",
    "number",
    *(f"counter-{n}" for n in range(1, COUNTERS + 1)),
)
SIGNS = dict(zip(NAMES, "<A0123456789.VWXYZ", strict=True))
"""How each clip is written in what was heard."""
TONES = {name: 500.0 * 1.09**place for place, name in enumerate(NAMES)}
TONE_S = 0.12
CALL = re.compile(r"<A(\d{3})\.([V-Z])")


def tone(hertz: float) -> "array[int]":
    steps = range(int(TONE_S * chime.RATE))
    return array("h", (int(9000 * math.sin(math.tau * hertz * n / chime.RATE)) for n in steps))


def sounds_in(samples: "array[int]") -> Iterable["array[int]"]:
    """What sounds between silences."""
    quiet, begins, last = int(0.02 * chime.RATE), None, 0
    for place, value in enumerate(samples):
        if abs(value) > 800:
            if begins is None:
                begins = place
            last = place
        elif begins is not None and place - last > quiet:
            yield samples[begins:last]
            begins = None
    if begins is not None:
        yield samples[begins:last]


def sign_of(sound: "array[int]") -> str:
    """By how often it crosses zero; "?" for one that was cut too short to tell."""
    if len(sound) < TONE_S / 3 * chime.RATE:
        return "?"
    crossings = sum(1 for a, b in pairwise(sound) if a < 0 <= b)
    hertz = crossings * chime.RATE / len(sound)
    name = min(TONES, key=lambda name: abs(math.log(TONES[name] / hertz)) if hertz else 0)
    return SIGNS[name] if abs(math.log(TONES[name] / hertz)) < 0.04 else "?"


class Counters:
    """Each calls, and takes its next citizen when the call was heard."""

    def __init__(self, hall: OpenHall, database: Path, settings: Settings) -> None:
        self.hall = hall
        self.others = []
        for _number in range(COUNTERS):
            engine = open_engine(f"sqlite:///{database}")
            with reading(engine) as session:
                rules = load(session, settings)
            other = OtherProgram(database, rules)
            other.engine = engine
            self.others.append(other)
        self.stop = threading.Event()
        self.trouble: list[BaseException] = []

    def work(self, number: int) -> None:
        other = self.others[number - 1]
        try:
            while not self.stop.is_set():
                other.now = datetime.now(UTC)
                called = other.do(calling.call_next, number)
                if called is None:
                    return
                while not self.stop.is_set() and not self.was_heard(called.ticket_id):
                    time.sleep(0.05)
                other.now = datetime.now(UTC)
                other.do(serving.start, number)
                other.do(serving.finish, number)
        except BaseException as error:
            self.trouble.append(error)

    def was_heard(self, ticket_id: int) -> bool:
        with reading(self.hall.engine) as session:
            of_it = select(Announcement.state).where(Announcement.ticket_id == ticket_id)
            return session.exec(of_it).one() == "done"


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    folder = tmp_path / "recordings"
    for name, hertz in TONES.items():
        clips.write(tone(hertz), folder / "zh" / f"{name}.wav")
    return folder


@pytest.fixture
def settings(database: Path, tmp_path: Path, recordings: Path) -> Settings:
    voice = {
        "cache_folder": tmp_path / "voice",
        "recordings": recordings,
        "chime": False,
        "times": 1,
        "gap_seconds": 0.3,
    }
    hall = {"announcement_lifetime_s": 600, "languages": ["zh"]}
    return Settings.model_validate(
        {"database_url": f"sqlite:///{database}", "voice": voice, "hall": hall}
    )


def prepare(hall: OpenHall) -> None:
    """Five open counters for one group, thirty numbers waiting."""
    with writing(hall.engine) as session:
        for key, value in (("announcement_lifetime_s", 600), ("languages", ["zh"])):
            session.add(Setting(hall_id=1, key=key, value=value))
        for number in range(1, COUNTERS + 1):
            if session.get(Counter, number) is None:
                names = {"zh": f"{number}号窗口"}
                session.add(Counter(id=number, hall_id=1, number=number, names=names))
                session.add(
                    Clerk(
                        hall_id=1,
                        staff_number=f"100{number}",
                        name=f"丁{number}",
                        department="",
                        title="",
                        role="clerk",
                        phone="",
                    )
                )
                session.flush()
            if session.get(CounterGroup, (number, 1)) is None:
                session.add(CounterGroup(counter_id=number, group_id=1))


@pytest.mark.alone  # the ear is a clock: what else runs would make gaps in the tones
def test_every_call_of_a_burst_is_heard_in_order_though_the_speaker_is_killed_twice(
    recorded: Callable[[], "array[int]"],
    start_speaker: Callable[..., "subprocess.Popen[bytes]"],
    open_hall: OpenHall,
    rules: HallRules,
    database: Path,
    settings: Settings,
) -> None:
    prepare(open_hall)
    at_work = Counters(open_hall, database, settings)
    here = at_work.others[0]
    here.now = datetime.now(UTC)
    for number in range(1, COUNTERS + 1):
        here.do(counters.open_counter, number, f"100{number}")
    for _number in range(CALLS):
        here.issue()

    def are_heard(so_many: int) -> bool:
        with reading(open_hall.engine) as session:
            return len(session.exec(select(Announcement.id).where(done)).all()) >= so_many

    done = Announcement.state == "done"
    playing = Announcement.state == "playing"

    def is_speaking() -> bool:
        with reading(open_hall.engine) as session:
            said = session.exec(select(Announcement.id).where(playing)).first() is not None
        return said and streams() == 1

    most_streams, over = 0, threading.Event()

    def count_streams() -> None:
        nonlocal most_streams
        while not over.is_set():
            most_streams = max(most_streams, streams())

    threads = [threading.Thread(target=at_work.work, args=[n]) for n in range(1, COUNTERS + 1)]
    threads.append(threading.Thread(target=count_streams))
    speaker = start_speaker(command=playback.PLAYER)
    for thread in threads:
        thread.start()
    try:
        for so_many, after_s in KILLED.items():
            wait_until(partial(are_heard, so_many), f"{so_many} are heard", 90)
            wait_until(is_speaking, "it speaks")
            time.sleep(after_s)
            speaker.send_signal(signal.SIGKILL)
            speaker.wait()
            speaker = start_speaker(command=playback.PLAYER)
        wait_until(lambda: are_heard(CALLS) or at_work.trouble, "all are heard", 120)
        time.sleep(PATIENCE_S / 10)  # and nothing follows
    finally:
        at_work.stop.set()
        over.set()
        for thread in threads:
            thread.join(20)
    told = "".join(map(sign_of, sounds_in(recorded())))

    assert not at_work.trouble
    with reading(open_hall.engine) as session:
        rows = session.exec(select(Announcement).order_by(col(Announcement.id))).all()
        called = [(row.content["number"][1:], int(row.content["counter"])) for row in rows]
    whole = [(number, "VWXYZ".index(sign) + 1) for number, sign in CALL.findall(told)]
    broken = CALL.sub(" ", told).split()
    assert list(dict.fromkeys(whole)) == called, told
    assert len(whole) + len(broken) <= CALLS + len(KILLED), told
    assert max(row.attempts for row in rows) <= 2
    assert most_streams == 1
