"""Say a sentence now, beside the queue: for trying out the loudspeaker and for single words."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from devices.speech import playback
from devices.speech.clips import Clips
from devices.speech.loudspeakers import OURS_S
from devices.speech.nobody_heard import NOT_FINISHED, SWITCHED_OFF, NobodyHeard
from devices.speech.pronunciation import typed

if TYPE_CHECKING:
    from hall.settings import Settings


def say(text: str, language: str, settings: Settings, player: Sequence[str] | None = None) -> str:
    """Speak it once, to its end; the caption of what was said. Raises NobodyHeard."""
    if not settings.voice.enabled:
        raise NobodyHeard(SWITCHED_OFF)
    phrase = typed(text, language, one_is_yao=settings.voice.one_is_yao)
    clips = Clips(settings.voice)
    try:
        clip = clips.sound_of([phrase], times=1)
        heard = playback.play(
            clip,
            lambda: time.monotonic() + OURS_S,
            player or playback.player_of(settings.voice.device),
        )
    finally:
        clips.close()
    if not heard:
        raise NobodyHeard(NOT_FINISHED)
    return phrase.caption
