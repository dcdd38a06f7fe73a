"""A manager moves counters, tickets and texts; nothing waits where nobody would ever call it."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from db import journal
from db.engine import writing
from db.tables import (
    Announcement,
    AnnouncementState,
    Bulletin,
    Clerk,
    Counter,
    CounterGroup,
    CounterMessage,
    JournalEntry,
    Ticket,
)
from hall import board_view
from hall.announcing import announcement_queue, bulletins
from hall.catalogue import catalogue
from hall.counters import counter_groups, counters
from hall.errors import Refused
from hall.errors.accounts import NotAllowed
from hall.errors.announcing import TextEmpty, UnknownBulletin
from hall.errors.catalogue import TicketsLeftWithoutCounter
from hall.errors.counters import (
    GroupLeftWithoutCounter,
    GroupsChanged,
    NoGroupChosen,
    NothingToRelease,
    PauseOver,
    UnknownGroup,
)
from hall.errors.notices import TextTooLong
from hall.errors.printing import ReasonMissing
from hall.errors.tickets import (
    NothingToUndo,
    NoTicketInHand,
    NotNow,
    TicketMoved,
    UndoTooLate,
    UnknownTicket,
)
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from hall.tickets import calling, holding, releasing, serving, tickets, transfers, undo
from hall.tickets.releasing import Seen

pytestmark = pytest.mark.each_engine

MINUTE = timedelta(minutes=1)


@pytest.fixture
def manager(session: Session) -> Clerk:
    clerk = Clerk(
        hall_id=1,
        staff_number="1005",
        name="赵文君",
        department="",
        title="",
        role="duty_manager",
        phone="",
    )
    session.add(clerk)
    session.flush()
    return clerk


def issue(session: Session, rules: HallRules, now: datetime, service: str = "T201") -> str:
    matter, group = catalogue.service(session, rules, service)
    return tickets.issue(session, rules, matter, group, now).number


def opened(session: Session, rules: HallRules, now: datetime, *numbers: int) -> None:
    for number in numbers:
        counters.open_counter(session, rules, number, f"100{number}", now)


def ticket(session: Session, rules: HallRules, number: str, now: datetime) -> Ticket:
    return tickets.by_number(session, rules, number, now)


def entries(session: Session, what: str) -> list[JournalEntry]:
    session.flush()
    return [one for one in journal.entries(session, 1) if one.what == what]


def told(session: Session) -> str:
    """All the journal has, as text."""
    return "\n".join(
        f"{one.what} {one.why} {one.before} {one.after}" for one in journal.entries(session, 1)
    )


def groups(session: Session, counter: int) -> set[int]:
    rows = session.exec(select(CounterGroup).where(CounterGroup.counter_id == counter))
    return {row.group_id for row in rows}


# -- what a counter takes ------------------------------------------------------------------------


def test_a_counter_calls_what_it_takes_from_its_next_call_on(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    opened(session, rules, nine, 1)
    loan = issue(session, rules, nine, "D301")
    assert calling.call_next(session, rules, 1, nine) is None

    taken = counter_groups.set_groups(session, rules, 1, ["提取", "B"], manager, nine)

    assert taken.changed and taken.codes == ("提取", "贷款")
    called = calling.call_next(session, rules, 1, nine)
    assert called is not None and called.number == loan
    (entry,) = entries(session, counter_groups.CHANGED)
    assert (entry.who, entry.place, entry.subject) == ("1005", "supervisor", "counter/1")
    assert (entry.before, entry.after) == ({"groups": ["提取"]}, {"groups": ["提取", "贷款"]})


def test_a_group_always_has_a_counter_of_its_own(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    counter_groups.set_groups(session, rules, 3, ["A"], manager, nine)
    with pytest.raises(GroupLeftWithoutCounter):
        counter_groups.set_groups(session, rules, 2, ["A"], manager, nine)
    issue(session, rules, nine, "D301")
    with pytest.raises(TicketsLeftWithoutCounter) as refused:
        counter_groups.set_groups(session, rules, 2, ["A"], manager, nine)
    assert refused.value.facts == {"count": 1, "group": "贷款"}
    assert groups(session, 2) == {2}


def test_what_is_lent_does_not_count_as_taken_and_is_left_alone(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    session.add(CounterGroup(counter_id=1, group_id=2, lent_by_id=2))
    session.flush()
    counter_groups.set_groups(session, rules, 3, ["A"], manager, nine)
    with pytest.raises(GroupLeftWithoutCounter):
        counter_groups.set_groups(session, rules, 2, ["A"], manager, nine)
    assert not counter_groups.set_groups(session, rules, 1, ["A"], manager, nine).changed
    assert groups(session, 1) == {1, 2}

    counter_groups.set_groups(session, rules, 1, ["A", "B"], manager, nine)
    assert session.get_one(CounterGroup, (1, 2)).lent_by_id is None


def test_all_matters_and_back_to_the_workbook(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    assert counter_groups.take_all(session, rules, 1, manager, nine).codes == ("提取", "贷款")
    counter_groups.set_groups(session, rules, 1, ["B"], manager, nine)
    back = counter_groups.as_in_the_workbook(session, rules, 1, manager, nine)
    assert back.codes == ("提取",)
    assert not counter_groups.as_in_the_workbook(session, rules, 2, manager, nine).changed


def test_a_new_workbook_is_what_one_goes_back_to(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    counter_groups.take_all(session, rules, 1, manager, nine)
    imported = journal.Entry("catalogue.imported", subject="catalogue/1")
    journal.append(session, 1, imported, nine)  # it said: both
    assert not counter_groups.as_in_the_workbook(session, rules, 1, manager, nine).changed
    assert groups(session, 1) == {1, 2}


@pytest.mark.parametrize(
    ("codes", "refusal"), [([], NoGroupChosen), (["提取", "没有"], UnknownGroup)]
)
def test_what_is_no_choice_is_refused(
    session: Session,
    rules: HallRules,
    nine: datetime,
    manager: Clerk,
    codes: list[str],
    refusal: type[Refused],
) -> None:
    with pytest.raises(refusal):
        counter_groups.set_groups(session, rules, 1, codes, manager, nine)


def test_the_second_of_two_managers_looks_again(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    counter_groups.set_groups(session, rules, 3, ["A"], manager, nine, seen=["提取", "贷款"])
    with pytest.raises(GroupsChanged):
        counter_groups.set_groups(session, rules, 3, ["B"], manager, nine, seen=["提取", "贷款"])
    assert groups(session, 3) == {1}


# -- tickets back into the line ------------------------------------------------------------------


def in_hand(session: Session, rules: HallRules, now: datetime) -> str:
    """Served at counter 1 for two minutes by `now` + 2; counter 3 takes it too."""
    opened(session, rules, now, 1, 3)
    number = issue(session, rules, now)
    calling.call_next(session, rules, 1, now)
    serving.start(session, rules, 1, now)
    return number


def test_a_ticket_in_a_dead_hand_is_called_by_another_counter(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    number = in_hand(session, rules, nine)
    due_at = ticket(session, rules, number, nine).due_at
    issue(session, rules, nine + MINUTE)

    freed = releasing.release_ticket(
        session, rules, number, manager, "电脑故障 13800000000", nine + 2 * MINUTE
    )

    assert (freed.state, freed.counter_id, freed.calls) == ("waiting", None, 0)
    assert (freed.due_at, freed.served_s, freed.started_at) == (due_at, 120, None)
    called = calling.call_next(session, rules, 3, nine + 2 * MINUTE)
    assert called is not None and called.number == number
    with pytest.raises(NoTicketInHand):
        serving.finish(session, rules, 1, nine + 3 * MINUTE)
    (message,) = session.exec(select(CounterMessage)).all()
    assert (message.counter_id, message.sender_id) == (1, manager.id)
    assert number in message.text and "电脑故障" in message.text
    assert "电脑故障" not in told(session)


def test_the_counter_that_lost_it_undoes_nothing_of_it(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    number = in_hand(session, rules, nine)
    releasing.release_ticket(session, rules, number, manager, "x", nine + MINUTE)
    with pytest.raises((UndoTooLate, NothingToUndo)):
        undo.undo(session, rules, 1, nine + MINUTE)


def test_a_call_that_was_not_spoken_stays_silent(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    opened(session, rules, nine, 1)
    number = issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    releasing.release_ticket(session, rules, number, manager, "x", nine)
    session.expire_all()
    (call,) = session.exec(select(Announcement)).all()
    assert call.state == AnnouncementState.EXPIRED


def test_what_is_put_aside_keeps_what_it_was_served_and_held(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    number = in_hand(session, rules, nine)
    holding.hold(session, rules, 1, "拿材料", nine + 3 * MINUTE)
    freed = releasing.release_ticket(session, rules, number, manager, "x", nine + 10 * MINUTE)
    assert (freed.served_s, freed.held_s, freed.held_at) == (180, 420, None)


def test_what_is_kept_for_one_counter_waits_for_all(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    number = in_hand(session, rules, nine)
    counters.open_counter(session, rules, 2, "1002", nine)
    transfers.to_counter(session, rules, 1, 2, nine)
    assert calling.call_next(session, rules, 3, nine) is None
    releasing.release_ticket(session, rules, number, manager, "x", nine)
    assert [one.counter_id for one in session.exec(select(CounterMessage)).all()] == [2]
    called = calling.call_next(session, rules, 3, nine)
    assert called is not None and called.number == number


def test_a_ticket_that_moved_on_meanwhile_is_left_alone(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    number = in_hand(session, rules, nine)
    seen = Seen("serving", 1)
    releasing.release_ticket(session, rules, number, manager, "x", nine, seen=seen)
    calling.call_next(session, rules, 3, nine)
    serving.start(session, rules, 3, nine)
    with pytest.raises(TicketMoved):  # the second manager saw what the first did
        releasing.release_ticket(session, rules, number, manager, "x", nine, seen=seen)
    serving.finish(session, rules, 3, nine)
    with pytest.raises(NotNow):
        releasing.release_ticket(session, rules, number, manager, "x", nine)


def test_only_what_is_stuck_and_of_today_is_released_and_with_a_reason(
    session: Session, rules: HallRules, nine: datetime, manager: Clerk
) -> None:
    number = issue(session, rules, nine)
    with pytest.raises(NothingToRelease):
        releasing.release_ticket(session, rules, number, manager, "x", nine)
    with pytest.raises(ReasonMissing):
        releasing.release_ticket(session, rules, number, manager, " \n", nine)
    with pytest.raises(UnknownTicket):
        releasing.release_ticket(session, rules, "A999", manager, "x", nine)
    opened(session, rules, nine, 1)
    calling.call_next(session, rules, 1, nine)
    with pytest.raises(UnknownTicket):
        releasing.release_ticket(session, rules, number, manager, "x", nine + timedelta(days=1))


def test_of_two_managers_at_once_one_releases_it(
    open_hall: OpenHall, rules: HallRules, nine: datetime
) -> None:
    with writing(open_hall.engine) as session:
        in_hand(session, rules, nine)
        for clerk in session.exec(select(Clerk)):
            clerk.role = "duty_manager"
    ready = threading.Barrier(2)

    def act(staff_number: str) -> str:
        ready.wait()
        try:
            with writing(open_hall.engine) as session:
                clerk = counters.clerk_by_staff_number(session, rules, staff_number)
                releasing.release_ticket(session, rules, "A001", clerk, "x", nine)
        except NothingToRelease:
            return "refused"
        return "released"

    with ThreadPoolExecutor() as threads:
        ended = list(threads.map(act, ("1001", "1002")))

    assert sorted(ended) == ["refused", "released"]
    with writing(open_hall.engine) as session:
        assert len(entries(session, "ticket.freed")) == 1


# -- bulletins and announcements -----------------------------------------------------------------


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


# -- rights --------------------------------------------------------------------------------------

Act = Callable[[Session, HallRules, Clerk, datetime], object]

ACTS: dict[str, Act] = {
    "groups": lambda s, r, c, n: counter_groups.set_groups(s, r, 1, ["A"], c, n),
    "all": lambda s, r, c, n: counter_groups.take_all(s, r, 1, c, n),
    "workbook": lambda s, r, c, n: counter_groups.as_in_the_workbook(s, r, 1, c, n),
    "release": lambda s, r, c, n: releasing.release_ticket(s, r, "A001", c, "x", n),
    "put up": lambda s, r, c, n: bulletins.put_up(s, r, {"zh": "x"}, None, c, n),
    "take down": lambda s, r, c, n: bulletins.take_down(s, r, 1, c, n),
    "speak": lambda s, r, c, n: bulletins.speak_to_all(s, r, {"zh": "x"}, c, n),
}


@pytest.mark.parametrize("role", ["clerk", "desk", "supervision", "administrator"])
@pytest.mark.parametrize("act", list(ACTS))
def test_who_has_not_the_right_does_nothing(
    session: Session, rules: HallRules, nine: datetime, act: str, role: str
) -> None:
    clerk = session.get_one(Clerk, 1)
    clerk.role = role
    with pytest.raises(NotAllowed):
        ACTS[act](session, rules, clerk, nine)


def test_a_lead_releases_tickets_and_runs_nothing(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    number = in_hand(session, rules, nine)
    lead = session.get_one(Clerk, 2)
    lead.role = "lead"
    assert releasing.release_ticket(session, rules, number, lead, "x", nine).state == "waiting"
    with pytest.raises(NotAllowed):
        counter_groups.take_all(session, rules, 1, lead, nine)
