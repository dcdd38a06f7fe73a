"""What the board is told of the hall."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from db.tables import Announcement, AnnouncementState, Call, Clerk, Counter, Post, ServiceGroup
from hall.board_view import NEWEST_CALLS, BoardView, read_board
from hall.catalogue import catalogue
from hall.counters import counters
from hall.hall_rules import HallRules
from hall.tickets import calling, holding, serving, tickets, transfers
from tests.display.before_the_board import NINE


@pytest.fixture(autouse=True)
def _open(session: Session, rules: HallRules) -> None:
    for number in (1, 2, 3):
        counters.open_counter(session, rules, number, f"100{number}", NINE)


def issue(session: Session, rules: HallRules, service: str = "T201") -> str:
    found, group = catalogue.service(session, rules, service)
    return tickets.issue(session, rules, found, group, NINE).number


def numbers(view: BoardView) -> list[str]:
    return [call.number for call in view.calls]


def test_a_ticket_called_again_is_listed_once_by_its_newest_call(
    session: Session, rules: HallRules
) -> None:
    issue(session, rules)
    issue(session, rules)
    calling.call_next(session, rules, 1, NINE)
    calling.call_next(session, rules, 3, NINE)
    later = NINE + timedelta(minutes=1)
    calling.recall(session, rules, 1, later)

    view = read_board(session, rules, later, 6)

    assert [(call.number, call.counter, call.called_at) for call in view.calls] == [
        ("A001", 1, later),
        ("A002", 3, NINE),
    ]


def test_back_in_the_line_it_is_no_longer_sent_to_a_counter(
    session: Session, rules: HallRules
) -> None:
    issue(session, rules)
    calling.call_next(session, rules, 1, NINE)
    for minute in (1, 2):
        calling.recall(session, rules, 1, NINE + timedelta(minutes=minute))
    serving.no_show(session, rules, 1, NINE)
    assert read_board(session, rules, NINE, 6).missed == ("A001",)
    serving.requeue(session, rules, 1, "A001", NINE)

    view = read_board(session, rules, NINE, 6)

    assert (numbers(view), view.missed) == ([], ())
    assert [group.waiting for group in view.groups] == [1, 0]


def test_who_is_put_aside_is_neither_called_nor_served(session: Session, rules: HallRules) -> None:
    issue(session, rules)
    calling.call_next(session, rules, 1, NINE)
    holding.hold(session, rules, 1, "去复印", NINE)

    view = read_board(session, rules, NINE, 6)

    assert (numbers(view), view.counters[0].ticket) == ([], "")


def test_taken_up_at_another_counter_nobody_is_sent_to_the_first(
    session: Session, rules: HallRules
) -> None:
    issue(session, rules)
    calling.call_next(session, rules, 1, NINE)
    holding.hold(session, rules, 1, "去复印", NINE)
    holding.resume(session, rules, 3, "A001", NINE)

    view = read_board(session, rules, NINE, 6)

    assert numbers(view) == []
    assert [line.ticket for line in view.counters] == ["", "", "A001"]


@pytest.mark.parametrize("zone", [None, "hall", "upstairs"])
def test_a_transferred_ticket_leaves_its_old_counter_in_every_zone(
    session: Session, rules: HallRules, zone: str | None
) -> None:
    counter = session.get(Counter, 2)
    assert counter is not None
    counter.zone = "upstairs"
    issue(session, rules)
    calling.call_next(session, rules, 1, NINE)
    transfers.to_counter(session, rules, 1, 2, NINE)
    waiting = read_board(session, rules, NINE, 6, zone)
    assert numbers(waiting) == []
    assert not any(line.ticket for line in waiting.counters)

    calling.call_next(session, rules, 2, NINE)
    again = read_board(session, rules, NINE, 6, zone)

    assert [(call.number, call.counter) for call in again.calls] == (
        [] if zone == "hall" else [("A001", 2)]
    )
    assert [line.number for line in again.counters if line.ticket] == (
        [] if zone == "hall" else [2]
    )


def many_recalls(session: Session, ticket: int, count: int) -> None:
    session.add_all(
        Call(
            hall_id=1,
            ticket_id=ticket,
            counter_id=1,
            clerk_id=1,
            kind="recall",
            called_at=NINE,
            reason={},
        )
        for _ in range(count)
    )
    session.flush()


def test_a_clock_set_back_does_not_hide_the_calls_after_it(
    session: Session, rules: HallRules
) -> None:
    issue(session, rules)
    issue(session, rules)
    called = calling.call_next(session, rules, 1, NINE)
    assert called is not None
    many_recalls(session, called.ticket_id, NEWEST_CALLS)
    calling.call_next(session, rules, 3, NINE - timedelta(minutes=50))

    assert numbers(read_board(session, rules, NINE - timedelta(minutes=50), 6)) == ["A002", "A001"]


def test_yesterdays_calls_are_gone_in_the_morning(session: Session, rules: HallRules) -> None:
    issue(session, rules)
    calling.call_next(session, rules, 1, NINE)

    view = read_board(session, rules, NINE + timedelta(days=1), 6)

    assert numbers(view) == []
    assert view.counters[0].ticket == ""


def test_only_so_many_calls_are_read(session: Session, rules: HallRules) -> None:
    for _ in range(40):
        issue(session, rules)
        calling.call_next(session, rules, 1, NINE)
        serving.finish(session, rules, 1, NINE)

    found = numbers(read_board(session, rules, NINE, 6))

    assert found[:2] == ["A040", "A039"]
    assert len(found) == 6 + 24


def speak(session: Session) -> Announcement:
    row = session.get(Announcement, 1)
    assert row is not None
    row.state, row.started_at = AnnouncementState.PLAYING, NINE
    session.flush()
    return row


def test_what_the_voice_says_is_told(session: Session, rules: HallRules) -> None:
    issue(session, rules)
    calling.call_next(session, rules, 1, NINE)
    speak(session)

    view = read_board(session, rules, NINE + timedelta(seconds=20), 6)

    assert view.calls[0].speaking
    assert [(words.number, words.counter) for words in view.spoken] == [("A001", 1)]


def test_a_voice_that_died_in_the_middle_is_not_speaking_for_ever(
    session: Session, rules: HallRules
) -> None:
    issue(session, rules)
    calling.call_next(session, rules, 1, NINE)
    speak(session)

    view = read_board(session, rules, NINE + timedelta(minutes=30), 6)

    assert not view.calls[0].speaking
    assert view.spoken == ()


@pytest.mark.parametrize("text", ["下班了", {"zh": "下班了"}, {"en": None, "zh": "下班\x1b了"}])
def test_a_spoken_text_is_told_in_its_languages(
    session: Session, rules: HallRules, text: object
) -> None:
    session.add(
        Announcement(
            hall_id=1,
            zone="hall",
            subject="closing",
            content={"text": text},
            state=AnnouncementState.PLAYING,
            created_at=NINE,
            started_at=NINE,
            expires_at=NINE,
        )
    )
    session.flush()

    assert [words.text for words in read_board(session, rules, NINE, 6).spoken] == [
        {"zh": "下班了"}
    ]


def test_a_call_nobody_heard_is_shown_all_the_same(session: Session, rules: HallRules) -> None:
    issue(session, rules)
    calling.call_next(session, rules, 1, NINE)
    speak(session).state = AnnouncementState.FAILED

    assert numbers(read_board(session, rules, NINE, 6)) == ["A001"]


def test_a_pause_whose_time_has_passed_names_no_time(session: Session, rules: HallRules) -> None:
    counters.pause(session, rules, 1, "取材料", NINE, until=NINE + timedelta(minutes=10))

    before = read_board(session, rules, NINE, 6).counters[0]
    after = read_board(session, rules, NINE + timedelta(minutes=10), 6).counters[0]

    assert before.pause_until is not None
    assert f"{before.pause_until:%H:%M}" == "09:10"
    assert (after.state, after.pause_reason, after.pause_until) == ("paused", "取材料", None)


def test_a_closed_counter_names_nobody(session: Session, rules: HallRules) -> None:
    counters.close(session, rules, 1, NINE)
    line, other, _ = read_board(session, rules, NINE, 6).counters
    assert (line.state, line.clerk) == ("closed", "")
    assert (other.state, other.clerk) == ("open", "周五")


def test_a_counter_says_for_whom_somebody_stands_in(session: Session, rules: HallRules) -> None:
    counters.close(session, rules, 1, NINE)
    counters.close(session, rules, 2, NINE)
    counters.open_counter(session, rules, 1, "1002", NINE)

    lines = read_board(session, rules, NINE, 6).counters

    assert [(line.clerk, line.stands_in_for) for line in lines] == [
        ("周五", "李四"), ("", ""), ("吴六", ""),
    ]  # fmt: skip
    session.get_one(Clerk, 1).withdrawn = True
    session.flush()
    assert read_board(session, rules, NINE, 6).counters[0].stands_in_for == ""


def test_a_counter_without_a_post_names_who_sits_there(session: Session, rules: HallRules) -> None:
    session.delete(session.exec(select(Post).where(Post.counter_id == 1)).one())
    session.flush()
    line = read_board(session, rules, NINE, 6).counters[0]
    assert (line.clerk, line.stands_in_for) == ("李四", "")


def test_a_zone_is_told_of_its_own(session: Session, rules: HallRules) -> None:
    upstairs = session.get(Counter, 2)
    assert upstairs is not None
    upstairs.zone = "upstairs"
    for service in ("T201", "D301", "D301"):
        issue(session, rules, service)
    calling.call_next(session, rules, 1, NINE)
    calling.call_next(session, rules, 2, NINE)

    view = read_board(session, rules, NINE, 6, "upstairs")

    assert numbers(view) == ["B001"]
    assert [line.number for line in view.counters] == [2]
    assert [(group.prefix, group.waiting) for group in view.groups] == [("B", 1)]


def test_a_withdrawn_group_stays_while_somebody_waits(session: Session, rules: HallRules) -> None:
    issue(session, rules)
    for group in (1, 2):
        row = session.get(ServiceGroup, group)
        assert row is not None
        row.withdrawn = True
    session.flush()

    assert [group.prefix for group in read_board(session, rules, NINE, 6).groups] == ["A"]


def test_control_characters_do_not_reach_the_board(session: Session, rules: HallRules) -> None:
    row = session.get(Counter, 1)
    assert row is not None
    row.names = {"zh": "一\x1b]0;x\x07号\n窗口"}
    session.flush()

    assert read_board(session, rules, NINE, 6).counters[0].names == {"zh": "一]0;x号 窗口"}


def test_recalls_of_one_do_not_crowd_out_the_others(session: Session, rules: HallRules) -> None:
    issue(session, rules)
    issue(session, rules)
    calling.call_next(session, rules, 3, NINE)
    called = calling.call_next(session, rules, 1, NINE)
    assert called is not None
    many_recalls(session, called.ticket_id, 100)

    assert numbers(read_board(session, rules, NINE, 6)) == ["A002", "A001"]
