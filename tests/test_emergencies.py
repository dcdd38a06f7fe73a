"""An emergency stands over everything and is said again and again, until it is taken down."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from db import journal
from db.tables import Announcement, AnnouncementState, Clerk, Counter
from hall.announcing import announcement_queue, bulletins, emergencies
from hall.announcing.announcement_queue import Taken
from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors.accounts import NotAllowed
from hall.errors.announcing import NoEmergency
from hall.hall_rules import HallRules
from hall.tickets import calling, tickets

pytestmark = pytest.mark.each_engine

AGAIN = emergencies.SAID_AGAIN


@pytest.fixture
def manager(session: Session) -> Clerk:
    clerk = session.get_one(Clerk, 1)
    clerk.role = "duty_manager"
    session.flush()
    return clerk


def next_said(session: Session, now: datetime, zone: str = "hall") -> Taken | None:
    if not announcement_queue.anything_to_do(session, 1, zone, "speaker", now):
        return None
    return announcement_queue.take_next(session, 1, zone, "speaker", now)


def say_next(session: Session, now: datetime) -> str:
    """Its text in Chinese, or the number called; "" when there was nothing to say."""
    taken = next_said(session, now)
    if taken is None:
        return ""
    announcement_queue.finish(session, taken, "", now)
    text = taken.content.get("text", {}).get("zh", "")
    return str(text or taken.content.get("number"))


def call_somebody(session: Session, rules: HallRules, now: datetime) -> str:
    counters.open_counter(session, rules, 1, "1001", now)
    matter, group = catalogue.service(session, rules, "T201")
    tickets.issue(session, rules, matter, group, now)
    called = calling.call_next(session, rules, 1, now)
    assert called is not None
    return called.number


def test_it_is_said_again_and_again_until_it_is_over(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    emergencies.proclaim(session, rules, "evacuate", manager, nine)
    text = emergencies.texts(rules, "evacuate")["zh"]

    for turn in range(5):
        now = nine + turn * AGAIN
        assert say_next(session, now) == text
        assert say_next(session, now + AGAIN - timedelta(seconds=1)) == ""

    emergencies.end(session, rules, manager, nine + timedelta(minutes=3))
    assert say_next(session, nine + timedelta(minutes=4)) == ""
    assert emergencies.standing(session, rules, nine + timedelta(minutes=4)) is None


@pytest.mark.parametrize("jump", [timedelta(hours=-3), timedelta(days=-1), timedelta(days=2)])
def test_a_clock_that_jumps_does_not_silence_it(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk, jump: timedelta
) -> None:
    emergencies.proclaim(session, rules, "evacuate", manager, nine)
    assert say_next(session, nine) != ""
    assert say_next(session, nine + jump) != ""


def test_it_is_tried_again_where_it_could_not_be_heard(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    emergencies.proclaim(session, rules, "evacuate", manager, nine)
    taken = next_said(session, nine)
    assert taken is not None
    announcement_queue.fail(session, taken, "No loudspeaker answers.", "", nine)
    assert say_next(session, nine + AGAIN) != ""


def test_it_stands_for_days_if_nobody_ends_it(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    emergencies.proclaim(session, rules, "stay", manager, nine)
    found = emergencies.standing(session, rules, nine + timedelta(days=3))
    assert found is not None and found.emergency == "stay" and found.until is None


def test_nobody_is_called_out_of_a_hall_that_is_to_be_left(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    number = call_somebody(session, rules, nine)
    emergencies.proclaim(session, rules, "evacuate", manager, nine)
    assert say_next(session, nine) != number
    assert say_next(session, nine + timedelta(seconds=5)) == ""  # the call waits

    emergencies.end(session, rules, manager, nine + timedelta(seconds=20))
    assert say_next(session, nine + timedelta(seconds=20)) == number


def test_who_is_called_is_not_called_long_afterwards(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    call_somebody(session, rules, nine)
    emergencies.proclaim(session, rules, "evacuate", manager, nine)
    later = nine + timedelta(minutes=10)
    emergencies.end(session, rules, manager, later)
    assert say_next(session, later) == ""


def test_it_cuts_off_a_call_and_falls_silent_in_the_middle_when_it_is_over(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    call_somebody(session, rules, nine)
    call = next_said(session, nine)
    assert call is not None and announcement_queue.keep(session, call, nine)
    emergencies.proclaim(session, rules, "evacuate", manager, nine)
    assert not announcement_queue.keep(session, call, nine)
    announcement_queue.put_back(session, call, nine)

    text = next_said(session, nine)
    assert text is not None and text.urgent and announcement_queue.keep(session, text, nine)
    emergencies.end(session, rules, manager, nine)
    assert not announcement_queue.keep(session, text, nine)
    assert not announcement_queue.put_back(session, text, nine)  # nor is it said again


def test_proclaimed_once_more_it_is_said_at_once_and_not_twice_over(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    first = emergencies.proclaim(session, rules, "evacuate", manager, nine)
    taken = next_said(session, nine)
    assert taken is not None
    again = emergencies.proclaim(session, rules, "evacuate", manager, nine)
    announcement_queue.finish(session, taken, "", nine)
    assert again.id == first.id
    assert say_next(session, nine) != ""
    assert say_next(session, nine) == ""


def test_another_takes_its_place(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    emergencies.proclaim(session, rules, "stay", manager, nine)
    emergencies.proclaim(session, rules, "evacuate", manager, nine)
    standing = [one.emergency for one in bulletins.shown(session, rules, nine) if one.emergency]
    assert standing == ["evacuate"]
    assert say_next(session, nine) == emergencies.texts(rules, "evacuate")["zh"]
    assert say_next(session, nine) == ""


def test_every_zone_says_it(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    session.add(Counter(hall_id=1, number=4, names={"zh": "楼上"}, zone="upstairs"))
    session.flush()
    emergencies.proclaim(session, rules, "evacuate", manager, nine)
    for zone in ("hall", "upstairs"):
        assert next_said(session, nine, zone) is not None


def test_a_hall_adds_its_own_languages(session: Session, rules: HallRules) -> None:
    rules.numbers.emergency_texts = {"evacuate": {"bo": "ཚོགས་ཁང་ནས་ཕྱིར་ཐོན་རོགས།", "zh": "请离场"}}
    texts = emergencies.texts(rules, "evacuate")
    assert list(texts) == ["zh", "en", "bo"] and texts["zh"] == "请离场"
    assert "bo" not in emergencies.texts(rules, "stay")


def test_not_everybody_may_empty_a_hall(session: Session, rules: HallRules, nine: datetime) -> None:
    clerk = session.get_one(Clerk, 2)
    with pytest.raises(NotAllowed):
        emergencies.proclaim(session, rules, "evacuate", clerk, nine)
    with pytest.raises(NotAllowed):
        emergencies.end(session, rules, clerk, nine)


def test_there_is_nothing_to_end(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    with pytest.raises(NoEmergency):
        emergencies.end(session, rules, manager, nine)


def test_the_journal_knows_who_and_when(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    emergencies.proclaim(session, rules, "evacuate", manager, nine)
    emergencies.end(session, rules, manager, nine)
    session.flush()
    told = [(one.what, one.who) for one in journal.entries(session, 1)]
    assert told[-2:] == [("emergency.proclaimed", "1001"), ("bulletin.taken_down", "1001")]
    left = select(Announcement).where(col(Announcement.state) == AnnouncementState.QUEUED)
    assert session.exec(left).all() == []
