"""A speaker killed outright: nothing committed is forgotten, nothing is said more than once too
often."""

import signal
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime

from db.engine import reading, writing
from hall.open_hall import OpenHall
from tests.speech.speaking import Record, announce, announcements_of, wait_until

StartSpeaker = Callable[..., "subprocess.Popen[bytes]"]


def state_of(hall: OpenHall, subject: str) -> str:
    return announcements_of(hall)[subject].state


def announce_now(hall: OpenHall, *subjects: str) -> None:
    with writing(hall.engine) as session:
        for subject in subjects:
            announce(session, subject, datetime.now(UTC))


def kill(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_killed_between_commit_and_voice_the_call_is_spoken_once(
    start_speaker: StartSpeaker, record: Record, open_hall: OpenHall
) -> None:
    speaker = start_speaker(voice="hung")  # it takes the call, and makes no sound
    announce_now(open_hall, "a", "b")
    wait_until(lambda: state_of(open_hall, "a") == "playing", "the call is taken")
    kill(speaker)

    start_speaker()
    wait_until(lambda: state_of(open_hall, "b") == "done", "both are spoken")

    assert record.begun == record.heard == ["a", "b"]


def test_killed_in_the_middle_the_call_is_heard_again_once(
    start_speaker: StartSpeaker, record: Record, open_hall: OpenHall
) -> None:
    speaker = start_speaker(60)
    announce_now(open_hall, "a", "b")
    wait_until(lambda: record.begun, "it speaks")
    kill(speaker)

    start_speaker()
    wait_until(lambda: state_of(open_hall, "b") == "done", "both are spoken")

    assert record.begun == ["a", "a", "b"]
    assert record.heard == ["a", "b"]
    assert announcements_of(open_hall)["a"].attempts == 2


def test_a_second_speaker_goes_on_where_a_killed_one_stopped(
    start_speaker: StartSpeaker, record: Record, open_hall: OpenHall
) -> None:
    first, second = start_speaker(2), start_speaker(2)
    announce_now(open_hall, "a")
    wait_until(lambda: record.begun, "one of them speaks")
    owner = announcements_owner(open_hall)
    kill(first if f"/{first.pid}/" in owner else second)

    wait_until(lambda: state_of(open_hall, "a") == "done", "the other has spoken")

    assert record.heard == ["a"]


def test_a_stopped_speaker_that_wakes_up_writes_nothing_over_the_new_one(
    start_speaker: StartSpeaker, record: Record, open_hall: OpenHall
) -> None:
    sleeper = start_speaker(60)
    announce_now(open_hall, "a")
    wait_until(lambda: record.begun, "it speaks")
    sleeper.send_signal(signal.SIGSTOP)

    start_speaker(2)
    wait_until(lambda: len(record.begun) == 2, "the other speaks")
    sleeper.send_signal(signal.SIGCONT)
    wait_until(lambda: state_of(open_hall, "a") == "done", "it is spoken")

    assert record.heard == ["a"]
    assert announcements_of(open_hall)["a"].attempts == 2


def announcements_owner(hall: OpenHall) -> str:
    from db.tables import SpeakerZone

    with reading(hall.engine) as session:
        zone = session.get(SpeakerZone, (1, "hall"))
        assert zone is not None
        return zone.owner
