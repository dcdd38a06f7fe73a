"""The loudspeakers of this machine, by name, and a tone to try one out with.

A sound server may hang: whatever asks it is a process of its own.
"""

from __future__ import annotations

import json
import math
import subprocess
import tempfile
import time
from array import array
from pathlib import Path
from typing import TYPE_CHECKING

from devices.speech import child_process, chime, clips, playback
from devices.speech.nobody_heard import NO_LOUDSPEAKER, NOT_FINISHED, SWITCHED_OFF, NobodyHeard

if TYPE_CHECKING:
    from hall.settings import VoiceSettings

ANSWER_S = 5.0
OURS_S = 2.0
"""How much longer than it is told a sound goes on; there is no lease on the zone."""
TONE_HZ = 440.0
RAMP_S = 0.02
"""At both ends, so that the tone does not crack."""


def listed(command: tuple[str, ...] = playback.PLAYER) -> list[str]:
    """As the sound server names them. Raises NobodyHeard when it does not answer."""
    try:
        process = child_process.start([*command, "--list"])
    except OSError as error:
        raise NobodyHeard(NO_LOUDSPEAKER, str(error)) from error
    with child_process.ended(process):
        try:
            told, _nothing = process.communicate(timeout=ANSWER_S)
            found = json.loads(told.strip().rpartition(b"\n")[2] or b"[]")
        except (subprocess.TimeoutExpired, ValueError) as error:
            raise NobodyHeard(NO_LOUDSPEAKER, str(error)) from error
    if isinstance(found, dict):
        raise NobodyHeard(str(found["reason"]), str(found["detail"]))
    return [str(name) for name in found]


def tone(seconds: float, volume: float) -> array[int]:
    """As loud as the loudest of a call."""
    loudest = 32767 * clips.PEAK * volume
    length, ramp = int(seconds * chime.RATE), int(RAMP_S * chime.RATE)
    return array(
        "h",
        (
            int(
                loudest
                * min(1.0, place / ramp, (length - place) / ramp)
                * math.sin(math.tau * TONE_HZ * place / chime.RATE)
            )
            for place in range(length)
        ),
    )


def try_out(seconds: float, voice: VoiceSettings) -> None:
    """Play a tone to its end, beside the queue. Raises NobodyHeard."""
    if not voice.enabled:
        raise NobodyHeard(SWITCHED_OFF)
    with tempfile.TemporaryDirectory(prefix="jiaohao-voice-") as folder:
        path = Path(folder, "tone.wav")
        clips.write(tone(seconds, voice.volume), path)
        player = playback.player_of(voice.device)
        if not playback.play(path, lambda: time.monotonic() + OURS_S, player):
            raise NobodyHeard(NOT_FINISHED)
