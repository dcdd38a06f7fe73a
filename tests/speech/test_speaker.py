"""The speaker: each call once and in order; what cannot be spoken is told and holds up nothing."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import select

from db import journal
from db.engine import reading, writing
from db.tables import JournalEntry
from devices.speech import chime, clips, playback
from devices.speech import speaker as speaker_of_the_zone
from devices.speech.clips import Clips
from devices.speech.espeak import Espeak
from devices.speech.nobody_heard import (
    NO_LOUDSPEAKER,
    NO_VOICE,
    NOT_FINISHED,
    NOT_MADE,
    NOT_READABLE,
    QUIET_HOUR,
    SWITCHED_OFF,
)
from devices.speech.pronunciation import phrases
from devices.speech.speaker import Speaker, how_often
from hall.announcing import announcement_queue
from hall.open_hall import OpenHall
from hall.settings import VoiceSettings
from tests.speech.speaking import Record, announce, announcements_of, wait_until

MakeSpeaker = Callable[..., Speaker]


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def running(*speakers: Speaker) -> Iterator[None]:
    stop = threading.Event()
    threads = [threading.Thread(target=speaker.run, args=[stop]) for speaker in speakers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(20)
        assert not any(thread.is_alive() for thread in threads)


def was_heard(record: Record, subject: str) -> bool:
    return subject in record.heard


def failures(hall: OpenHall) -> list[JournalEntry]:
    with reading(hall.engine) as session:
        found = session.exec(select(JournalEntry).where(JournalEntry.what == "announcement.failed"))
        return list(found)


def test_each_call_is_spoken_once_in_the_order_of_calling(
    make_speaker: MakeSpeaker, record: Record, called: list[str], open_hall: OpenHall
) -> None:
    speaker = make_speaker()

    while speaker.speak_next():
        pass

    assert record.heard == called
    rows = announcements_of(open_hall)
    assert {row.state for row in rows.values()} == {"done"}
    ends = [(row.started_at, row.finished_at) for row in rows.values()]
    assert all(start and end and start < end for start, end in ends)


def test_a_call_is_said_twice_in_every_language(
    make_speaker: MakeSpeaker, record: Record, called: list[str]
) -> None:
    make_speaker().speak_next()

    (heard,) = record.lines("ended")
    assert 19 < heard["length"] < 25


def test_with_many_waiting_each_is_said_once_and_in_one_language(
    make_speaker: MakeSpeaker, record: Record, open_hall: OpenHall
) -> None:
    content = {"number": "A012", "counter": 3, "languages": ["zh", "en"]}
    with writing(open_hall.engine) as session:
        for number in range(8):
            announce(session, f"a/{number}", now(), content=content)
    speaker = make_speaker()

    while speaker.speak_next():
        pass

    lengths = [heard["length"] for heard in record.lines("ended")]
    assert all(5 < length < 8 for length in lengths[:2])  # 7 and 6 wait behind them
    assert all(9 < length < 14 for length in lengths[2:5])
    assert all(19 < length < 25 for length in lengths[5:])


def test_with_many_waiting_each_is_said_in_the_citizen_s_own_language() -> None:
    content = {"number": "A012", "counter": 3, "languages": ["zh", "en"]}
    said, busy = phrases(content), VoiceSettings().short_when_waiting + 1

    def spoken(own: str) -> list[str]:
        chosen, _times = how_often(said, busy, VoiceSettings(), own)
        return [phrase.language for phrase in chosen]

    assert (spoken("en"), spoken("zh")) == (["en"], ["zh"])
    assert spoken("bo") == spoken("") == ["zh"]


def test_a_pause_follows_each_call(make_speaker: MakeSpeaker, record: Record) -> None:
    speaker = make_speaker(times=1, gap_seconds=2)
    said = phrases({"number": "A012", "counter": 3, "languages": ["zh"]})
    samples = clips.read(speaker.clips.sound_of(said, 1))
    pause, loudest = samples[-2 * chime.RATE :], max(samples)
    assert loudest > 20_000
    assert not any(pause)
    assert max(samples[-2 * chime.RATE - chime.RATE // 5 :]) > 300


def test_what_is_told_to_everyone_is_said_first_and_whole_whatever_waits(
    make_speaker: MakeSpeaker, record: Record, open_hall: OpenHall
) -> None:
    call = {"number": "A012", "counter": 3, "languages": ["zh", "en"]}
    with writing(open_hall.engine) as session:
        for number in range(8):
            announce(session, f"a/{number}", now(), content=call)
        text = {"zh": "请有序离场", "en": "Please leave the hall calmly"}
        announce(session, "bulletin/1", now(), content={"text": text}, priority=0)
    speaker = make_speaker()

    speaker.speak_next()

    (heard,) = record.lines("ended")
    assert heard["subjects"] == ["bulletin/1"]
    with_one_language_once = 6
    assert heard["length"] > with_one_language_once


def test_a_commit_wakes_the_speaker(
    make_speaker: MakeSpeaker, record: Record, open_hall: OpenHall
) -> None:
    with running(make_speaker()):
        for number in range(3):
            with writing(open_hall.engine) as session:
                announce(session, f"a/{number}", now())
            wait_until(partial(was_heard, record, f"a/{number}"), "it is spoken")

    assert record.heard == ["a/0", "a/1", "a/2"]


def test_two_speakers_on_one_zone_never_sound_at_once_and_say_nothing_twice(
    make_speaker: MakeSpeaker, record: Record, open_hall: OpenHall
) -> None:
    subjects = [f"a/{number}" for number in range(8)]
    with writing(open_hall.engine) as session:
        for subject in subjects:
            announce(session, subject, now())

    with running(make_speaker(0.3), make_speaker(0.3)):
        wait_until(lambda: len(record.heard) >= 8, "all are spoken")

    assert record.begun == record.heard == subjects
    assert record.most_at_once() == 1


def test_an_hour_after_a_restart_old_calls_stay_silent(
    make_speaker: MakeSpeaker, record: Record, open_hall: OpenHall
) -> None:
    with writing(open_hall.engine) as session:
        announce(session, "old", now(), lifetime_s=-3600)
        announce(session, "new", now())
    speaker = make_speaker()

    while speaker.speak_next():
        pass

    assert record.begun == ["new"]
    assert announcements_of(open_hall)["old"].state == "expired"
    assert not failures(open_hall)


def test_a_voice_switched_off_tells_so_for_every_call(
    make_speaker: MakeSpeaker, record: Record, called: list[str], open_hall: OpenHall
) -> None:
    speaker = make_speaker(enabled=False)

    while speaker.speak_next():
        pass

    rows = announcements_of(open_hall)
    assert [(row.state, row.error) for row in rows.values()] == [("failed", SWITCHED_OFF)] * 3
    assert [entry.subject for entry in failures(open_hall)] == called
    with reading(open_hall.engine) as session:
        assert journal.verify(session, 1).intact
    assert not record.begun


def test_without_a_sound_card_every_call_is_reported_and_none_waits(
    make_speaker: MakeSpeaker,
    called: list[str],
    open_hall: OpenHall,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent")
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/dev/null")
    speaker = make_speaker()
    speaker.player = playback.PLAYER

    while speaker.speak_next():
        pass

    assert {row.error for row in announcements_of(open_hall).values()} == {NO_LOUDSPEAKER}
    assert len(failures(open_hall)) == 3


def test_a_player_that_hangs_holds_up_one_call_only(
    make_speaker: MakeSpeaker,
    record: Record,
    open_hall: OpenHall,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(playback, "GRACE_S", -4.5)  # the phrase takes about five seconds
    with writing(open_hall.engine) as session:
        announce(session, "a", now(), content={"text": "请保持安静，请保持安静，请保持安静"})
        announce(session, "b", now(), content={"text": "请保持安静，请保持安静，请保持安静"})
    speaker = make_speaker(600, times=1)
    speaker.speak_next()
    speaker.player = record.player(0.05)
    speaker.speak_next()

    rows = announcements_of(open_hall)
    assert (rows["a"].state, rows["a"].error) == ("failed", NOT_FINISHED)
    assert rows["b"].state == "done"


def test_a_voice_that_hangs_is_reported_and_what_needs_none_is_spoken(
    make_speaker: MakeSpeaker, record: Record, open_hall: OpenHall
) -> None:
    with writing(open_hall.engine) as session:
        announce(session, "known", now())
    first = make_speaker()
    first.speak_next()  # from now on in the cache
    first.close()
    with writing(open_hall.engine) as session:
        announce(session, "a", now(), content={"text": "没有说过的话"})
        announce(session, "b", now())
    speaker = make_speaker()
    speaker.clips.espeak = Espeak(140, ["sleep", "600"], answer_s=0.1)

    while speaker.speak_next():
        pass

    rows = announcements_of(open_hall)
    assert (rows["a"].state, rows["a"].error) == ("failed", NOT_MADE)
    assert record.heard == ["known", "b"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"text": "བོད་", "language": "bo"}, NO_VOICE),
        ({"number": "A012", "languages": ["zh"]}, NOT_READABLE),
        ([], NOT_READABLE),
    ],
)
def test_a_row_that_cannot_be_spoken_is_reported_and_the_next_is_spoken(
    make_speaker: MakeSpeaker,
    record: Record,
    open_hall: OpenHall,
    content: object,
    reason: str,
) -> None:
    with writing(open_hall.engine) as session:
        announce(session, "a", now(), content=content)
        announce(session, "b", now())
    speaker = make_speaker()

    while speaker.speak_next():
        pass

    assert announcements_of(open_hall)["a"].error == reason
    assert record.heard == ["b"]


def test_a_language_left_out_is_noted_with_the_call(
    make_speaker: MakeSpeaker, record: Record, open_hall: OpenHall
) -> None:
    content = {"number": "A012", "counter": 3, "languages": ["zh", "bo"]}
    with writing(open_hall.engine) as session:
        announce(session, "a", now(), content=content)

    make_speaker().speak_next()

    row = announcements_of(open_hall)["a"]
    assert (row.state, row.error) == ("done", NO_VOICE)


def test_asked_to_stop_it_falls_silent_and_the_call_is_said_again_by_the_next(
    make_speaker: MakeSpeaker, record: Record, open_hall: OpenHall
) -> None:
    with writing(open_hall.engine) as session:
        announce(session, "a", now())
    with running(make_speaker(600)):
        wait_until(lambda: record.begun, "it speaks")

    row = announcements_of(open_hall)["a"]
    assert (row.state, row.attempts) == ("queued", 0)
    make_speaker().speak_next()  # at once: the zone was given up
    assert record.heard == ["a"]


def test_what_was_spoken_is_not_spoken_again_when_it_cannot_be_written_down(
    make_speaker: MakeSpeaker,
    record: Record,
    open_hall: OpenHall,
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for where in (speaker_of_the_zone, announcement_queue):  # it cannot be renewed meanwhile
        monkeypatch.setattr(where, "LEASE", timedelta(minutes=1))
    with writing(open_hall.engine) as session:
        announce(session, "a", now())
    speaker = make_speaker(0.8)
    away = database.with_name("away.db")
    with running(speaker):
        wait_until(lambda: record.begun, "it speaks")
        speaker.hall.engine.dispose()
        database.rename(away)
        wait_until(lambda: record.heard, "it has spoken")
        away.rename(database)
        wait_until(lambda: announcements_of(open_hall)["a"].state == "done", "it is written down")

    assert record.begun == ["a"]


def test_the_sound_of_a_call_stays_where_it_is_until_the_player_ends(
    make_speaker: MakeSpeaker, open_hall: OpenHall
) -> None:
    speaker = make_speaker()
    folder = speaker.clips.folder()
    with writing(open_hall.engine) as session:
        announce(session, "a", now())

    speaker.speak_next()
    speaker.close()

    assert isinstance(speaker.clips, Clips)
    assert not folder.exists()


def test_a_database_locked_for_long_silences_the_voice_until_the_zone_is_sure_again(
    make_speaker: MakeSpeaker, record: Record, open_hall: OpenHall
) -> None:
    with writing(open_hall.engine) as session:
        announce(session, "a", now())
    with running(make_speaker(2.0)):
        wait_until(lambda: record.begun, "it speaks")
        (first,) = record.lines("began")
        with writing(open_hall.engine):  # nobody can renew a lease, nor see whose it is
            wait_until(lambda: not Path(f"/proc/{first['pid']}/fd/0").exists(), "it is silent")
        wait_until(lambda: record.heard, "the call is said again")

    assert record.begun == ["a", "a"]
    assert record.heard == ["a"]
    assert announcements_of(open_hall)["a"].attempts == 1


def test_an_emergency_is_not_kept_waiting_by_a_call(
    make_speaker: MakeSpeaker, record: Record, open_hall: OpenHall
) -> None:
    """The call is said again afterwards, and that it was cut off does not count."""
    speaker = make_speaker(seconds=4)
    with writing(open_hall.engine) as session:
        announce(session, "call", now())
    with running(speaker):
        wait_until(lambda: record.begun == ["call"], "the call is being said")
        with writing(open_hall.engine) as session:
            announce(session, "fire", now(), priority=0)
        wait_until(lambda: record.begun == ["call", "fire"], "the emergency is being said")
        assert record.heard == []
        wait_until(lambda: record.heard == ["fire", "call"], "both are heard")
        wait_until(lambda: announcements_of(open_hall)["call"].state == "done", "it is written")
    assert announcements_of(open_hall)["call"].attempts == 1


def test_a_quiet_hour_is_no_failure_and_holds_back_no_emergency(
    make_speaker: MakeSpeaker, record: Record, open_hall: OpenHall
) -> None:
    speaker = make_speaker(hours={"00:00-12:00": 0, "12:00-00:00": 0})
    with writing(open_hall.engine) as session:
        announce(session, "call", now())
        announce(session, "fire", now(), priority=0)
    with running(speaker):
        wait_until(lambda: announcements_of(open_hall)["call"].state == "done", "it is over")
    assert record.heard == ["fire"]
    assert announcements_of(open_hall)["call"].error == QUIET_HOUR
    assert failures(open_hall) == []
