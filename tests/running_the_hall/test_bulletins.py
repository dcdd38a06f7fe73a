"""What is put up stands until its time; what is spoken to all is heard next."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from db.tables import (
    Announcement,
    AnnouncementState,
    Bulletin,
    Clerk,
    Counter,
)
from hall import board_view
from hall.announcing import announcement_queue, bulletins
from hall.errors import Refused
from hall.errors.announcing import TextEmpty, UnknownBulletin
from hall.errors.counters import (
    PauseOver,
)
from hall.errors.notices import TextTooLong
from hall.hall_rules import HallRules
from hall.tickets import calling
from tests.running_the_hall.before_the_manager import MINUTE, entries, issue, opened, told

pytestmark = pytest.mark.each_engine


def on_the_board(session: Session, rules: HallRules, now: datetime) -> tuple[list[Any], list[Any]]:
    board = board_view.read_board(session, rules, now, 6)
    return list(board.bulletins), list(board.urgent)


def test_a_bulletin_stands_until_its_time_or_until_it_is_taken_down(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    text = {"zh": "今日\x1b[31m停电", "en": ""}
    put_up = bulletins.put_up(session, rules, text, nine + MINUTE, manager, nine)
    other = bulletins.put_up(session, rules, {"zh": "请排队"}, None, manager, nine)
    assert on_the_board(session, rules, nine)[0] == [{"zh": "今日[31m停电"}, {"zh": "请排队"}]
    assert on_the_board(session, rules, nine + MINUTE)[0] == [{"zh": "请排队"}]
    for _ in range(2):
        bulletins.take_down(session, rules, other.id or 0, manager, nine)
    bulletins.take_down(session, rules, put_up.id or 0, manager, nine + 2 * MINUTE)
    assert on_the_board(session, rules, nine + MINUTE)[0] == []
    assert len(entries(session, "bulletin.taken_down")) == 1
    assert "请排队" not in told(session)


@pytest.mark.parametrize(
    ("text", "until", "refusal"),
    [
        ({"zh": " "}, None, TextEmpty),
        ({"zh": "长" * 201}, None, TextTooLong),
        ({"zh": "好"}, timedelta(0), PauseOver),
    ],
)
def test_a_bulletin_that_says_nothing_is_refused(
    session: Session,
    rules: HallRules,
    nine: datetime,
    manager: Clerk,
    text: dict[str, str],
    until: timedelta | None,
    refusal: type[Refused],
) -> None:
    moment = nine + until if until is not None else None
    with pytest.raises(refusal):
        bulletins.put_up(session, rules, text, moment, manager, nine)
    with pytest.raises(UnknownBulletin):
        bulletins.take_down(session, rules, 99, manager, nine)


def test_everyone_hears_it_next_in_every_zone_and_reads_it_until_it_is_taken_down(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    session.get_one(Counter, 3).zone = "east"
    opened(session, rules, nine, 1)
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    text = {"zh": "请有序离场", "en": "Please leave calmly"}

    spoken = bulletins.speak_to_all(session, rules, text, manager, nine)

    for zone in ("east", "hall"):
        taken = announcement_queue.take_next(session, 1, zone, "speaker", nine + 10 * MINUTE)
        assert taken is not None and taken.content == {"text": text}
        announcement_queue.finish(session, taken, "", nine)
    bulletins.put_up(session, rules, {"zh": "请排队"}, None, manager, nine)
    assert on_the_board(session, rules, nine) == ([{"zh": "请排队"}], [text])
    assert on_the_board(session, rules, nine + bulletins.STANDS)[1] == []
    bulletins.take_down(session, rules, spoken.id or 0, manager, nine)
    assert on_the_board(session, rules, nine)[1] == []
    assert "离场" not in told(session)


def test_taken_down_before_it_was_spoken_it_stays_silent(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    spoken = bulletins.speak_to_all(session, rules, {"zh": "请有序离场"}, manager, nine)
    bulletins.take_down(session, rules, spoken.id or 0, manager, nine)
    session.expire_all()
    assert announcement_queue.take_next(session, 1, "hall", "speaker", nine) is None


def test_the_same_once_more_is_said_again_and_stands_once(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    text = {"zh": "请有序离场"}
    for minute in range(3):
        bulletins.speak_to_all(session, rules, text, manager, nine + minute * MINUTE)
    assert on_the_board(session, rules, nine + 3 * MINUTE)[1] == [text]
    assert len(session.exec(select(Bulletin).where(col(Bulletin.shown))).all()) == 1
    session.expire_all()
    queued = session.exec(
        select(Announcement).where(Announcement.state == AnnouncementState.QUEUED)
    ).all()
    assert len(queued) == 1
