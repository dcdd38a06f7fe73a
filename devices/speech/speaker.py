"""The speaker: says in one acoustic zone what is announced there, one call after the other."""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Sequence

from sqlmodel import Session

from db import doorbell
from db.engine import reading, writing
from db.faults import DatabaseFault
from devices import service_manager
from devices.speech import playback
from devices.speech.clips import Clips
from devices.speech.nobody_heard import NO_VOICE, QUIET_HOUR, SWITCHED_OFF, NobodyHeard
from devices.speech.pronunciation import Phrase, phrases
from hall.announcing import announcement_queue as queue
from hall.announcing.announcement_queue import LEASE, Taken
from hall.open_hall import OpenHall
from hall.settings import VoiceSettings

log = logging.getLogger(__name__)

LOOK_S = 0.4
"""How soon it notices, without a bell, that the speaker before it has died."""

Outcome = Callable[[Session], bool]


def how_often(
    said: list[Phrase], waiting: int, settings: VoiceSettings, own: str = ""
) -> tuple[list[Phrase], int]:
    """The more are waiting the less is said of each, so that none gets too old to be said.

    `own`: the language of whom it is said to; the hall's first where that has no voice.
    """
    if waiting > settings.short_when_waiting:
        return [phrase for phrase in said if phrase.language == own] or said[:1], 1
    return said, 1 if waiting > settings.once_when_waiting else settings.times


class Speaker:
    """One speaks at a time, however many run: the second goes on when the first dies.

    `player` is a command that plays the WAV file it is given.
    """

    def __init__(
        self,
        hall: OpenHall,
        zone: str = "hall",
        player: Sequence[str] | None = None,
        clips: Clips | None = None,
    ) -> None:
        self.hall = hall
        self.zone = zone
        self.player = player or playback.player_of(hall.settings.voice.device)
        self.clips = clips or Clips(hall.settings.voice)
        self.owner = f"{socket.gethostname()}/{os.getpid()}/{secrets.token_hex(4)}"
        self.stop = threading.Event()
        self.unwritten: Outcome | None = None
        self.ours_until = 0.0
        self.last_fault: type[DatabaseFault] | None = None

    def run(self, stop: threading.Event) -> None:
        """Until `stop` is set; the call it was saying then is said again by the next speaker."""
        self.stop = stop
        if self.hall.settings.voice.enabled:
            self.clips.warm()
        try:
            engine = self.hall.engine
            with doorbell.listener(engine, poll_s=LOOK_S, before_others=True) as listener:
                opened = listener.identity
                while not stop.is_set():
                    if listener.identity not in (opened, None):
                        opened = listener.identity
                        self.hall.engine.dispose()  # what it holds is of the one before
                    self.speak_all()
                    service_manager.alive()
                    listener.wait()
        finally:
            self.close()

    def close(self) -> None:
        try:
            self.write_outcome()
            with writing(self.hall.engine) as session:
                queue.leave(
                    session, self.hall.rules.hall_id, self.zone, self.owner, self.hall.now()
                )
        except DatabaseFault as fault:
            self.note(fault)  # the lease passes by itself
        self.clips.close()

    def speak_all(self) -> None:
        """Everything there is to say; what the database refuses is tried again next time."""
        try:
            while not self.stop.is_set() and self.speak_next():
                service_manager.alive()
        except DatabaseFault as fault:
            self.note(fault)
        else:
            self.last_fault = None

    def speak_next(self) -> bool:
        """One call, to its end; False when there was nothing to say. Raises DatabaseFault."""
        self.write_outcome()
        engine, hall_id = self.hall.engine, self.hall.rules.hall_id
        with reading(engine) as session:
            now = self.hall.now()
            if not queue.anything_to_do(session, hall_id, self.zone, self.owner, now):
                return False
        with writing(engine) as session:
            self.ours_until = time.monotonic() + LEASE.total_seconds()
            taken = queue.take_next(session, hall_id, self.zone, self.owner, self.hall.now())
        if taken is None:
            return False
        self.unwritten = self.outcome(taken)
        self.write_outcome()
        return True

    def outcome(self, taken: Taken) -> Outcome:
        """Speak it; what is to be written about it afterwards."""
        now = self.hall.now
        try:
            heard, left_out = self.speak(taken)
        except NobodyHeard as unheard:
            reason, detail = unheard.reason, unheard.detail
            facts = {"zone": self.zone, "announcement": taken.announcement_id}
            told = "zone %(zone)s: announcement %(announcement)s: %(reason)s"
            log.warning(told, facts | {"reason": unheard}, extra=facts)
            return lambda session: queue.fail(session, taken, reason, detail, now())
        if heard:
            return lambda session: queue.finish(session, taken, left_out, now())
        return lambda session: queue.put_back(session, taken, now())

    def speak(self, taken: Taken) -> tuple[bool, str]:
        """Whether it was heard to its end, and what was left out of it. Raises NobodyHeard."""
        settings = self.hall.settings.voice
        if not settings.enabled:
            raise NobodyHeard(SWITCHED_OFF)
        share = self.share_now(taken)
        if not share:
            return True, QUIET_HOUR  # as the hall wishes: nothing has failed
        possible = phrases(taken.content, one_is_yao=settings.one_is_yao)
        wanted = taken.content.get("languages", ())
        left_out = set(wanted) - {phrase.language for phrase in possible}
        if "text" in taken.content:  # told to everyone: whole, whatever waits behind it
            said, times = possible, settings.times
        else:
            own = str(taken.content.get("own") or "")
            said, times = how_often(possible, taken.waiting, settings, own)
        clip = self.clips.sound_of(said, times, share)
        heard = playback.play(clip, lambda: self.keep_zone(taken), self.player)
        return heard, NO_VOICE if left_out else ""

    def share_now(self, taken: Taken) -> float:
        """How loud, of the usual; an emergency knows no quiet hour."""
        if taken.urgent:
            return 1.0
        local = self.hall.rules.local(self.hall.now())
        return self.hall.settings.voice.share_at(local.time())

    def keep_zone(self, taken: Taken) -> float:
        """Up to when, of time.monotonic, the zone is surely ours: the lease is renewed."""
        if self.stop.is_set():
            return 0.0
        try:
            with writing(self.hall.engine, quietly=True) as session:
                renewed = time.monotonic() + LEASE.total_seconds()
                kept = queue.keep(session, taken, self.hall.now())
        except DatabaseFault as fault:
            self.note(fault)
            return self.ours_until
        self.ours_until = renewed if kept else 0.0
        return self.ours_until

    def note(self, fault: DatabaseFault) -> None:
        """Once, not at every look."""
        if type(fault) is not self.last_fault:
            log.warning("zone %s: %r", self.zone, fault, extra={"zone": self.zone})
        self.last_fault = type(fault)

    def write_outcome(self) -> None:
        """Raises DatabaseFault, and then remembers it: what was spoken is not spoken again."""
        if self.unwritten is None:
            return
        with writing(self.hall.engine) as session:
            if not self.unwritten(session):
                told = "zone %s: it was taken back, or another speaker went on"
                log.warning(told, self.zone, extra={"zone": self.zone})
        self.unwritten = None
