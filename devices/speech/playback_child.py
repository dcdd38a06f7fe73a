"""The process that plays one WAV file and ends: 0 when it sounded to its end.

Arguments: [--device NAME] FILE, or --list for the names of the loudspeakers.

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
from typing import TYPE_CHECKING, NoReturn

from devices.speech.child_process import die_with_parent
from devices.speech.nobody_heard import (
    NO_LOUDSPEAKER,
    NO_SUCH_LOUDSPEAKER,
    NOT_INSTALLED,
    NOT_PLAYED,
)

if TYPE_CHECKING:
    import miniaudio

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


def tell(told: object) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def refuse(reason: str, detail: object) -> NoReturn:
    tell({"reason": reason, "detail": str(detail)})
    os._exit(1)


def backends() -> "list[miniaudio.Backend]":
    """Not the one that plays to nobody, which it falls back on when it may choose."""
    from miniaudio import Backend

    return [Backend.PULSEAUDIO, Backend.ALSA, Backend.JACK]


def loudspeakers() -> dict[str, object]:
    """By name, what miniaudio knows each under."""
    import miniaudio

    found = miniaudio.Devices(backends()).get_playbacks()
    return {device["name"]: device["id"] for device in found}


def known_as(name: str) -> object:
    """None for the usual one; whole names go before parts of names."""
    if not name:
        return None
    there = loudspeakers()
    if name in there:
        return there[name]
    found = [one for one in there if name.casefold() in one.casefold()]
    if len(found) != 1:
        refuse(NO_SUCH_LOUDSPEAKER, f"{name!r}: {len(found)} of {len(there)}")
    return there[found[0]]


def play(sound: wave.Wave_read, name: str) -> None:
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
            device_id=known_as(name),
            backends=backends(),
            app_name="jiaohao",
        )
        device.start(source)
    except miniaudio.MiniaudioError as error:
        refuse(NO_LOUDSPEAKER, error)
    over.wait()  # a device that vanished never gets there: the alarm ends this process
    device.stop()


def list_loudspeakers() -> NoReturn:
    try:
        tell(list(loudspeakers()))
    except (ImportError, OSError) as error:
        refuse(NOT_INSTALLED, error)
    except Exception as error:  # miniaudio's own, which cannot be named where it is missing
        refuse(NO_LOUDSPEAKER, error)
    os._exit(0)


def main() -> None:
    die_with_parent()
    if sys.argv[1:] == ["--list"]:
        list_loudspeakers()
    *_, file = sys.argv
    name = sys.argv[2] if sys.argv[1] == "--device" else ""
    try:
        sound = wave.open(file, "rb")  # noqa: SIM115 - until the process ends
        seconds = sound.getnframes() / sound.getframerate()
    except (OSError, EOFError, wave.Error) as error:
        refuse(NOT_PLAYED, error)
    # Its default action ends the process even inside a sound library that hangs.
    signal.setitimer(signal.ITIMER_REAL, seconds + GRACE_S)
    threading.Thread(target=obey_parent, daemon=True).start()
    play(sound, name)
    os._exit(0)


if __name__ == "__main__":
    main()
