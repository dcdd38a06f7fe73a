"""Sound out of the loudspeaker, by a child process that is killed when its time is over."""

import contextlib
import json
import os
import signal
import subprocess
import time
import wave
from collections.abc import Callable, Sequence
from pathlib import Path

from devices.speech import child_process
from devices.speech.nobody_heard import NOT_FINISHED, NOT_PLAYED, NobodyHeard
from devices.speech.playback_child import CUT_OFF

GRACE_S = 3.0
"""A clip may take so much longer than it is; a frozen sound server takes for ever."""

BEAT_S = 0.4

PLAYER = tuple(child_process.command("devices.speech.playback_child"))
"""Any command that plays the file it is given and exits with 0 when that was heard."""


def player_of(device: str) -> tuple[str, ...]:
    """The player for the loudspeaker of this name; "" for the machine's usual one."""
    return (*PLAYER, "--device", device) if device else PLAYER


def length_of(clip: Path) -> float:
    """In seconds; raises NobodyHeard.

    Looked at before it is played: players take a file that is no WAV for noise, and succeed.
    """
    try:
        with wave.open(str(clip), "rb") as sound:
            seconds = sound.getnframes() / sound.getframerate()
    except (OSError, EOFError, wave.Error, ZeroDivisionError) as error:
        raise NobodyHeard(NOT_PLAYED, f"{clip.name}: {error}") from error
    if not seconds:
        raise NobodyHeard(NOT_PLAYED, f"{clip.name}: empty")
    return seconds


def play(
    clip: Path,
    ours_until: Callable[[], float],
    player: Sequence[str] = PLAYER,
    beat_s: float = BEAT_S,
) -> bool:
    """Play it to its end; False when it was cut off because the loudspeaker is no longer ours.

    `ours_until` is asked before the first sound and then every `beat_s`: up to which moment, of
    time.monotonic, it surely is. Raises NobodyHeard.
    """
    limit = length_of(clip) + GRACE_S
    until = ours_until()
    if until <= time.monotonic():
        return False
    started = time.monotonic()
    try:
        process = child_process.start([*player, str(clip)])
    except OSError as error:
        raise NobodyHeard(NOT_PLAYED, str(error)) from error
    with child_process.ended(process):
        while True:
            tell(process, until)
            left = started + limit - time.monotonic()
            try:
                code = process.wait(max(0.0, min(beat_s, until - time.monotonic(), left)))
            except subprocess.TimeoutExpired:
                pass
            else:
                return verdict(process, code)
            if time.monotonic() - started >= limit:
                raise NobodyHeard(NOT_FINISHED, f"{limit:.0f} s")
            until = ours_until()
            if until <= time.monotonic():
                return False


def tell(process: "subprocess.Popen[bytes]", until: float) -> None:
    assert process.stdin is not None
    with contextlib.suppress(OSError):  # it has ended, or does not read
        process.stdin.write(f"{until}\n".encode())
        process.stdin.flush()


def verdict(process: "subprocess.Popen[bytes]", code: int) -> bool:
    """True: heard; False: it fell silent because it was told nothing. Raises NobodyHeard."""
    if code in (0, CUT_OFF):
        return code == 0
    if code == -signal.SIGALRM:
        raise NobodyHeard(NOT_FINISHED)
    assert process.stdout is not None
    os.set_blocking(process.stdout.fileno(), False)  # what it started may hold the pipe open
    last = (process.stdout.read(65536) or b"").strip().rpartition(b"\n")[2]
    try:
        told = json.loads(last)
        raise NobodyHeard(str(told["reason"]), str(told["detail"]))
    except (ValueError, KeyError, TypeError):
        raise NobodyHeard(NOT_PLAYED, f"exit {code} {last.decode(errors='replace')}") from None
