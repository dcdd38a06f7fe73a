"""The process that plays one WAV file and ends: 0 when it sounded to its end.

It sounds on only while its parent keeps telling it so: each line on its standard input is the
moment, of the machine's monotonic clock, up to which the loudspeaker is its own. A parent that
dies, or is stopped, so falls silent before another may speak.
"""

import json
import os
import select
import signal
import sys
import threading
import time
import wave
from collections.abc import Generator
from typing import NoReturn

from devices.speech.child_process import die_with_parent
from devices.speech.nobody_heard import NO_LOUDSPEAKER, NOT_INSTALLED, NOT_PLAYED

FIRST_PATIENCE_S = 1.5
GRACE_S = 3.0
BUFFER_MS = 60
CUT_OFF = 75
"""The exit code of one that fell silent before its end."""


def obey_parent() -> NoReturn:
    until, unread = time.monotonic() + FIRST_PATIENCE_S, b""
    while True:
        left = until - time.monotonic()
        if left <= 0 or not select.select([0], [], [], left)[0]:
            os._exit(CUT_OFF)
        told = os.read(0, 4096)
        if not told:
            os._exit(CUT_OFF)
        *lines, unread = (unread + told).split(b"\n")
        if lines:
            until = float(lines[-1])


def refuse(reason: str, detail: object) -> NoReturn:
    sys.stdout.write(json.dumps({"reason": reason, "detail": str(detail)}) + "\n")
    sys.stdout.flush()
    os._exit(1)


def play(sound: wave.Wave_read) -> None:
    try:
        import miniaudio
    except (ImportError, OSError) as error:
        refuse(NOT_INSTALLED, error)

    over = threading.Event()

    def frames() -> Generator[bytes, int, None]:
        wanted = yield b""
        while data := sound.readframes(wanted):
            wanted = yield data
        over.set()
        while True:  # what is still in buffers sounds while silence follows
            yield b""

    source = frames()
    next(source)
    try:
        device = miniaudio.PlaybackDevice(
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=sound.getnchannels(),
            sample_rate=sound.getframerate(),
            buffersize_msec=BUFFER_MS,
            # Not the one that plays to nobody, which it falls back on when it may choose.
            backends=[
                miniaudio.Backend.PULSEAUDIO,
                miniaudio.Backend.ALSA,
                miniaudio.Backend.JACK,
            ],
            app_name="jiaohao",
        )
        device.start(source)
    except miniaudio.MiniaudioError as error:
        refuse(NO_LOUDSPEAKER, error)
    over.wait()  # a device that vanished never gets there: the alarm ends this process
    device.stop()


def main() -> None:
    die_with_parent()
    try:
        sound = wave.open(sys.argv[1], "rb")  # noqa: SIM115 - until the process ends
        seconds = sound.getnframes() / sound.getframerate()
    except (OSError, EOFError, wave.Error) as error:
        refuse(NOT_PLAYED, error)
    # Its default action ends the process even inside a sound library that hangs.
    signal.setitimer(signal.ITIMER_REAL, seconds + GRACE_S)
    threading.Thread(target=obey_parent, daemon=True).start()
    play(sound)
    os._exit(0)


if __name__ == "__main__":
    main()
