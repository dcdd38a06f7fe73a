"""The queue of announcements: order, lease, and what is not said any more."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from db.tables import Announcement, JournalEntry, SpeakerZone
from hall.announcing import announcement_queue as queue
from hall.announcing.announcement_queue import INTERRUPTED, LEASE, MOST_AT_ONCE, Taken
from hall.hall_rules import HallRules
from hall.tickets import calling, serving
from tests.speech.speaking import announce, call_at

SOON = timedelta(seconds=1)
LATER = LEASE + timedelta(milliseconds=1)


def take(session: Session, owner: str, now: datetime, zone: str = "hall") -> Taken | None:
    return queue.take_next(session, 1, zone, owner, now)


def taken(session: Session, owner: str, now: datetime) -> Taken:
    found = take(session, owner, now)
    assert found is not None
    return found


def state_of(session: Session, announcement: Announcement) -> str:
    session.refresh(announcement)
    return announcement.state


def test_the_more_urgent_comes_first_then_the_older(session: Session, nine: datetime) -> None:
    first, second = announce(session, "a", nine), announce(session, "b", nine)
    urgent = announce(session, "c", nine, priority=0)

    order = []
    while (found := take(session, "one", nine)) is not None:
        order.append(found.announcement_id)
        queue.finish(session, found, "", nine)

    assert order == [urgent.id, first.id, second.id]


def test_while_one_speaks_another_gets_nothing(session: Session, nine: datetime) -> None:
    announce(session, "a", nine)
    announce(session, "b", nine)
    taken(session, "one", nine)

    assert take(session, "two", nine + SOON) is None
    assert not queue.anything_to_do(session, 1, "hall", "two", nine + SOON)


def test_zones_do_not_wait_for_each_other(session: Session, nine: datetime) -> None:
    announce(session, "a", nine)
    announce(session, "b", nine, zone="upstairs")
    taken(session, "one", nine)

    assert take(session, "two", nine, zone="upstairs") is not None


def test_a_renewed_lease_lasts(session: Session, nine: datetime) -> None:
    announce(session, "a", nine)
    speaking = taken(session, "one", nine)

    assert queue.keep(session, speaking, nine + SOON)

    assert take(session, "two", nine + LATER) is None


def test_what_a_dead_speaker_left_is_said_once_more(session: Session, nine: datetime) -> None:
    announcement = announce(session, "a", nine)
    dead = taken(session, "one", nine)

    again = taken(session, "two", nine + LATER)

    assert again.announcement_id == announcement.id
    assert again.fence > dead.fence
    assert not queue.keep(session, dead, nine + LATER)
    assert not queue.finish(session, dead, "", nine + LATER)
    assert state_of(session, announcement) == "playing"


def test_what_kills_every_speaker_is_reported_and_the_next_is_spoken(
    session: Session, nine: datetime
) -> None:
    deadly, harmless = announce(session, "a", nine), announce(session, "b", nine)
    taken(session, "one", nine)
    taken(session, "two", nine + LATER)

    third = taken(session, "three", nine + 2 * LATER)

    assert third.announcement_id == harmless.id
    assert state_of(session, deadly) == "failed"
    assert deadly.error == INTERRUPTED
    journal = session.exec(select(JournalEntry).order_by(col(JournalEntry.id).desc())).first()
    assert journal is not None
    assert (journal.what, journal.subject) == ("announcement.failed", "a")


def test_a_call_cut_off_does_not_count_and_keeps_its_place(
    session: Session, nine: datetime
) -> None:
    first = announce(session, "a", nine)
    announce(session, "b", nine)
    for _ in range(3):
        assert queue.put_back(session, taken(session, "one", nine), nine)

    assert taken(session, "one", nine).announcement_id == first.id


def test_a_recall_during_the_call_replaces_what_its_dead_speaker_left(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    call = call_at(session, rules, 1, "T201", nine)
    taken(session, "one", nine)
    calling.recall(session, rules, 1, nine + SOON)

    again = taken(session, "two", nine + LATER)
    queue.finish(session, again, "", nine + LATER)

    assert again.content["number"] == call.number
    assert take(session, "two", nine + LATER) is None


def test_an_old_call_stays_silent(session: Session, nine: datetime) -> None:
    old = announce(session, "a", nine, lifetime_s=10)

    assert take(session, "one", nine + timedelta(seconds=10)) is None
    assert state_of(session, old) == "expired"
    assert not session.exec(select(JournalEntry)).all()


def test_who_has_come_is_not_called_any_more(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    call_at(session, rules, 1, "T201", nine)
    interrupted = taken(session, "one", nine)
    serving.start(session, rules, 1, nine + SOON)
    queue.put_back(session, interrupted, nine + SOON)

    assert take(session, "one", nine + SOON) is None


def test_who_is_called_elsewhere_by_now_is_not_sent_to_the_old_counter(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    call_at(session, rules, 1, "T201", nine)
    announcement = session.exec(select(Announcement)).one()
    announcement.counter_id = 2
    session.flush()

    assert take(session, "one", nine) is None
    assert state_of(session, announcement) == "expired"


def test_a_clock_set_back_does_not_silence_the_hall(session: Session, nine: datetime) -> None:
    announce(session, "a", nine - timedelta(hours=2), lifetime_s=36_000)
    taken(session, "one", nine)

    assert take(session, "two", nine - timedelta(hours=1)) is not None


def test_a_speaker_that_leaves_lets_the_next_go_on_at_once(
    session: Session, nine: datetime
) -> None:
    announce(session, "a", nine)
    queue.put_back(session, taken(session, "one", nine), nine)
    queue.leave(session, 1, "hall", "one", nine)

    assert take(session, "two", nine) is not None


def test_leaving_does_not_take_the_zone_from_another(session: Session, nine: datetime) -> None:
    announce(session, "a", nine)
    taken(session, "one", nine)

    queue.leave(session, 1, "hall", "two", nine)

    assert take(session, "two", nine) is None


def test_a_year_without_a_speaker_is_cleared_bit_by_bit(session: Session, nine: datetime) -> None:
    for number in range(MOST_AT_ONCE + 1):
        announce(session, f"old/{number}", nine, lifetime_s=1)
    much_later = nine + timedelta(days=300)

    assert take(session, "one", much_later) is None
    assert queue.anything_to_do(session, 1, "hall", "one", much_later)
    assert take(session, "one", much_later) is None
    assert not queue.anything_to_do(session, 1, "hall", "one", much_later)


@pytest.mark.parametrize("count", [0, 3])
def test_how_many_wait_behind_is_told(session: Session, nine: datetime, count: int) -> None:
    for number in range(count + 1):
        announce(session, f"a/{number}", nine)
    announce(session, "old", nine - timedelta(hours=1), lifetime_s=1)

    assert taken(session, "one", nine).waiting == count


def test_an_idle_zone_is_nobodys(session: Session, nine: datetime) -> None:
    announce(session, "a", nine)
    queue.finish(session, taken(session, "one", nine), "", nine)
    take(session, "one", nine)

    zone = session.get(SpeakerZone, (1, "hall"))
    assert zone is not None
    assert queue.is_free(zone, "two", nine)
