"""The prompter: reads what stands on one machine's screen, and gives way to the hall's calls.

What it is to say is told as a whole, again and again: it says what it has not said yet, and falls
silent in the middle of what does not stand there any more.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from db.engine import reading
from db.faults import DatabaseFault
from devices.speech import playback
from devices.speech.clips import Clips
from devices.speech.nobody_heard import NO_VOICE, NOTHING_TO_SAY, TOO_LONG, NobodyHeard
from devices.speech.pronunciation import free_text
from hall.announcing import announcement_queue
from hall.open_hall import OpenHall

log = logging.getLogger(__name__)

BEAT_S = 0.1
"""So soon it falls silent when the page is another."""
LOOK_S = 0.4
"""How often it looks whether somebody is called."""
END_S = 3.0

FOCUS = "focus"
"""The key of what is said instead of the page."""


@dataclass(frozen=True)
class Sentence:
    page: object
    key: str
    text: str
    language: str


class Prompter:
    """One at a time, the newest; to be closed. `player` as the speaker's.

    `zone`: whose calls go first; "" nobody's, e.g. where it speaks into headphones. `unheard` is
    called in its own thread when nothing can be heard here; what was to be said is forgotten.
    """

    def __init__(
        self,
        hall: OpenHall,
        zone: str,
        unheard: Callable[[NobodyHeard], None],
        player: Sequence[str] | None = None,
        clips: Clips | None = None,
    ) -> None:
        self.hall = hall
        self.zone = zone
        self.unheard = unheard
        self.player = player or playback.player_of(hall.settings.voice.device)
        self.clips = clips or Clips(hall.settings.voice.model_copy(update={"chime": False}))
        self.changed = threading.Condition()
        self.page: object = None
        self.wanted: list[Sentence] = []
        self.said: set[str] = set()
        self.is_sounding = False
        self.is_closed = False
        self.looked_at = 0.0
        self.is_quiet = True
        self.thread = threading.Thread(target=self.run, name="prompter", daemon=True)
        self.thread.start()

    # -- what is to be said ----------------------------------------------------------------------

    def tell(self, page: object, texts: Mapping[str, str], language: str) -> None:
        """What stands on `page` now, in its order. A key that was said on this page is not said
        again."""
        with self.changed:
            if page is not self.page:
                self.page, self.wanted, self.said = page, [], set()
            first = [one for one in self.wanted if one.key == FOCUS]
            self.wanted = first + [
                Sentence(page, key, text, language)
                for key, text in texts.items()
                if key not in self.said
            ]
            self.changed.notify()

    def instead(self, text: str, language: str) -> None:
        """Somebody steps through the page: this, and not the rest of it."""
        with self.changed:
            self.said |= {one.key for one in self.wanted} - {FOCUS}
            self.wanted = [Sentence(self.page, FOCUS, text, language)]
            self.changed.notify()

    def hush(self) -> None:
        with self.changed:
            self.page, self.wanted = None, []

    def close(self) -> None:
        with self.changed:
            self.is_closed = True
            self.wanted = []
            self.changed.notify()
        self.thread.join(END_S)

    # -- its own thread --------------------------------------------------------------------------

    def run(self) -> None:
        try:
            while True:
                with self.changed:
                    self.changed.wait_for(lambda: self.wanted or self.is_closed)
                    if self.is_closed:
                        return
                    sentence = self.wanted[0]
                if self.nobody_is_called():
                    self.say(sentence)
                else:
                    time.sleep(BEAT_S)
        finally:
            self.clips.close()

    def say(self, sentence: Sentence) -> None:
        """Cut off by a call it is said again afterwards, if it stands there still."""
        try:
            clip = self.clips.sound_of([free_text(sentence.text, sentence.language)], times=1)
            heard = playback.play(
                clip, lambda: self.ours_until(sentence), self.player, beat_s=BEAT_S
            )
        except NobodyHeard as reason:
            if reason.reason in (NOTHING_TO_SAY, TOO_LONG, NO_VOICE):
                heard = True
            else:
                log.warning("nothing can be read aloud: %s", reason)
                self.hush()
                self.unheard(reason)
                return
        finally:
            self.is_sounding = False
        if heard:
            self.forget(sentence)

    def forget(self, sentence: Sentence) -> None:
        with self.changed:
            if sentence in self.wanted:
                self.wanted.remove(sentence)
            if sentence.page is self.page and sentence.key != FOCUS:
                self.said.add(sentence.key)

    def ours_until(self, sentence: Sentence) -> float:
        with self.changed:
            stands = sentence in self.wanted
        self.is_sounding = stands and self.nobody_is_called()
        return time.monotonic() + 5 * BEAT_S if self.is_sounding else 0.0

    def nobody_is_called(self) -> bool:
        """Looked up no more often than is heard."""
        if self.zone and time.monotonic() - self.looked_at >= LOOK_S:
            self.looked_at = time.monotonic()
            try:
                with reading(self.hall.engine) as session:
                    self.is_quiet = not announcement_queue.is_speaking(
                        session, self.hall.rules.hall_id, self.zone, self.hall.now()
                    )
            except DatabaseFault:  # then nobody can be called either
                self.is_quiet = True
        return self.is_quiet
