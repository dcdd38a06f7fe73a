"""How soon a call is heard: from its commit to the first sound out of the loudspeaker.

Needs PulseAudio, and starts one of its own whose loudspeaker nobody hears.
"""

import contextlib
import os
import select
import shutil
import subprocess
import tempfile
import time
from array import array
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

from bench import bench_hall
from bench.operations import calling_next, finish, issuing
from bench.terminal import jiaohao
from db.engine import writing
from db.tables import Setting

CALLS = 15
RATE = 22050
LOUD = 300
"""Of 32767; anything quieter is the silence of a sound card."""
PATIENCE_S = 10.0
QUIET_S = 0.8
"""No pause within a call is as long."""
SERVER = """
load-module module-native-protocol-unix
load-module module-null-sink sink_name=hall rate=48000
set-default-sink hall
"""


def can_be_measured() -> bool:
    return all(shutil.which(tool) for tool in ("pulseaudio", "parec", "pactl"))


@contextlib.contextmanager
def sound_server() -> Iterator[dict[str, str]]:
    """The environment of programs that are to be heard there."""
    with tempfile.TemporaryDirectory(prefix="sound-") as folder:
        environment = os.environ | dict.fromkeys(
            ("HOME", "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH", "PULSE_STATE_PATH"), folder
        )
        script = Path(folder, "server.pa")
        script.write_text(SERVER)
        command = ["pulseaudio", "-n", "-F", str(script), "--daemonize=no", "--use-pid-file=0"]
        server = subprocess.Popen(
            [*command, "--exit-idle-time=-1"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            until = time.monotonic() + PATIENCE_S
            while subprocess.run(
                ["pactl", "info"], env=environment, capture_output=True, check=False
            ).returncode:
                if time.monotonic() > until:
                    raise TimeoutError("no sound server")
                time.sleep(0.1)
            yield environment
        finally:
            server.kill()
            server.wait()


class Ear:
    """What comes out of the loudspeaker, as it comes."""

    def __init__(self, environment: dict[str, str]) -> None:
        form = ["--raw", "--format=s16le", "--channels=1", f"--rate={RATE}"]
        command = ["parec", "--device=hall.monitor", "--latency-msec=10", *form]
        self.listening = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
        assert self.listening.stdout is not None
        self.pipe = self.listening.stdout.fileno()

    def seconds_until_sound(self, since: float) -> float:
        """From `since` (perf_counter); raises TimeoutError."""
        while time.perf_counter() - since < PATIENCE_S:
            if select.select([self.pipe], [], [], 0.1)[0] and is_loud(os.read(self.pipe, 4096)):
                return time.perf_counter() - since
        raise TimeoutError("nothing was heard")

    def wait_for_silence(self) -> None:
        quiet_since = time.perf_counter()
        while time.perf_counter() - quiet_since < QUIET_S:
            if select.select([self.pipe], [], [], 0.1)[0] and is_loud(os.read(self.pipe, 4096)):
                quiet_since = time.perf_counter()

    def close(self) -> None:
        self.listening.kill()
        self.listening.wait()


def is_loud(sound: bytes) -> bool:
    samples = array("h", sound[: len(sound) // 2 * 2])
    return any(abs(sample) > LOUD for sample in samples)


def call_to_sound(folder: Path) -> tuple[float, float]:
    """Median and 95th percentile of seconds, in a zone where nothing is being said."""
    hall = bench_hall.make(folder / "sound.db", lambda: datetime.now(UTC))
    with writing(hall.engine) as session:
        session.merge(Setting(hall_id=hall.rules.hall_id, key="languages", value=["zh"]))
    hall.read_rules_again()
    issue, call = issuing(hall), calling_next(hall, 1)
    took = []
    with sound_server() as environment:
        environment |= {"JIAOHAO_VOICE__TIMES": "1"}
        speaker = subprocess.Popen(
            jiaohao(hall.settings.database_url, "run", "speaker"),
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ear = Ear(environment)
        try:
            time.sleep(3)  # the speaker starts, and would be slower with its first call
            for _call in range(CALLS):
                issue()
                call()
                took.append(ear.seconds_until_sound(time.perf_counter()))
                ear.wait_for_silence()
                finish(hall, 1)
        finally:
            ear.close()
            speaker.kill()
            speaker.wait()
    hall.engine.dispose()
    return median(took), quantiles(took, n=20)[-1]
