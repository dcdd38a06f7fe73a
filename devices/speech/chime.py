"""The two-tone chime before a call: it turns heads, and wakes loudspeakers that sleep.

Outputs that were idle swallow the first part of a second; so it is the chime that is cut.
"""

from __future__ import annotations

import math
from array import array
from functools import cache

RATE = 22050
"""Samples a second; what eSpeak gives."""

TONES = ((659.26, 0.0), (523.25, 0.42))
"""Frequency in Hz (e'' and c'') and when it begins, in seconds."""

SECONDS = 1.35
ATTACK_S = 0.008
DECAY_S = 0.33
PARTIALS = ((1.0, 1.0), (2.0, 0.28), (3.01, 0.1))
"""Multiple of the tone and its strength; the last is a little off, like a struck bar's."""


@cache
def samples() -> array[float]:
    """Between -1 and 1, peak 1; softly begun and fully faded."""
    made = array("d", bytes(8 * int(SECONDS * RATE)))
    for tone, begins in TONES:
        first = int(begins * RATE)
        for place in range(first, len(made)):
            after = (place - first) / RATE
            strength = min(after / ATTACK_S, 1.0) * math.exp(-after / DECAY_S)
            for multiple, share in PARTIALS:
                made[place] += strength * share * math.sin(math.tau * tone * multiple * after)
    fade = int(0.1 * RATE)
    for step in range(fade):
        made[-1 - step] *= step / fade
    peak = max(max(made), -min(made))
    return array("d", (value / peak for value in made))
