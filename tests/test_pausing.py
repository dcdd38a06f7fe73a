"""Nobody leaves the last open counter of a matter without somebody having said so."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from db.engine import open_engine, reading, writing
from db.tables import Clerk, Counter, CounterGroup, JournalEntry, Role
from hall.catalogue import catalogue
from hall.counters import counters, stand_ins
from hall.counters.stand_ins import Unserved
from hall.errors import Refused
from hall.errors.accounts import NotAllowed
from hall.errors.counters import LastCounter
from hall.errors.notices import ForbiddenPhrase
from hall.hall_rules import HallRules
from hall.tickets import tickets

pytestmark = pytest.mark.each_engine

MINUTE = timedelta(minutes=1)


@pytest.fixture
def manager(session: Session) -> Clerk:
    """带班领导, who sits at no counter."""
    clerk = Clerk(
        hall_id=1,
        staff_number="1005",
        name="郑主任",
        department="办公室",
        title="主任",
        role=Role.DUTY_MANAGER,
        phone="0883-2120005",
    )
    session.add(clerk)
    session.flush()
    return clerk


@pytest.fixture
def open_(session: Session, rules: HallRules, nine: datetime) -> Callable[..., None]:
    def open_them(*numbers: int) -> None:
        for number in numbers:
            counters.open_counter(session, rules, number, f"100{number}", nine)

    return open_them


def journalled(session: Session, what: str) -> list[JournalEntry]:
    return list(
        session.exec(
            select(JournalEntry)
            .where(JournalEntry.what == what)
            .order_by(col(JournalEntry.sequence))
        ).all()
    )


def test_the_last_open_counter_of_a_matter_does_not_pause(
    session: Session, rules: HallRules, nine: datetime, open_: Callable[..., None]
) -> None:
    open_(1, 2)
    session.get_one(Counter, 2).clerk_id = 3  # its stand-in is not there
    with pytest.raises(LastCounter) as refusal:
        counters.pause(session, rules, 1, "用餐", nine)
    assert refusal.value.facts == {"counter": 1, "groups": "提取"}
    assert session.get_one(Counter, 1).state == "open"


def test_where_another_open_counter_takes_it_nobody_is_asked(
    session: Session, rules: HallRules, nine: datetime, open_: Callable[..., None]
) -> None:
    open_(1, 3)
    assert counters.pause(session, rules, 1, "用餐", nine).state == "paused"
    with pytest.raises(LastCounter) as refusal:  # the other one is the last now, of both
        counters.pause(session, rules, 3, "用餐", nine)
    assert refusal.value.facts["groups"] == "提取、贷款"


@pytest.mark.parametrize(
    ("hours", "refused"),
    [(-1, False), (0, True), (2.4, True), (2.5, False), (4, False), (5.5, True), (8.5, False)],
)
def test_it_is_asked_in_office_hours_only(
    session: Session,
    rules: HallRules,
    nine: datetime,
    open_: Callable[..., None],
    hours: float,
    refused: bool,
) -> None:
    open_(1)
    moment = nine + timedelta(hours=hours)
    if refused:
        with pytest.raises(LastCounter):
            counters.pause(session, rules, 1, "用餐", moment)
    else:
        assert counters.pause(session, rules, 1, "用餐", moment).state == "paused"


@pytest.mark.parametrize(
    ("from_hours", "to_hours", "refused"),
    [
        (3, 5.5, False),
        (3, 5.6, True),  # five minutes into the afternoon
        (-1, -0.5, False),
        (-1, -0.4, True),
        (2.4, 3, True),
        (8.5, 23, False),
    ],
)
def test_a_pause_that_runs_into_office_hours_is_asked_for_whenever_it_begins(
    session: Session,
    rules: HallRules,
    nine: datetime,
    open_: Callable[..., None],
    from_hours: float,
    to_hours: float,
    refused: bool,
) -> None:
    open_(1)
    moment, until = (nine + timedelta(hours=hours) for hours in (from_hours, to_hours))
    if refused:
        with pytest.raises(LastCounter):
            counters.pause(session, rules, 1, "用餐", moment, until=until)
    else:
        counters.pause(session, rules, 1, "用餐", moment, until=until)
        assert session.get_one(Counter, 1).pause_until == until


@pytest.mark.parametrize(("hours", "opens"), [(-1, -0.5), (3, 5.5), (8.5, None)])
def test_one_of_the_noon_break_without_an_end_ends_with_it(
    session: Session,
    rules: HallRules,
    nine: datetime,
    open_: Callable[..., None],
    hours: float,
    opens: float | None,
) -> None:
    open_(1)
    paused = counters.pause(session, rules, 1, "用餐", nine + timedelta(hours=hours))
    until = nine + timedelta(hours=opens) if opens is not None else None
    assert paused.pause_until == until
    if until is None:
        return
    with pytest.raises(LastCounter):  # it was not leave for the afternoon
        counters.pause(session, rules, 1, "用餐", until)


def test_where_others_are_there_or_leave_is_given_it_has_no_end(
    session: Session, rules: HallRules, nine: datetime, open_: Callable[..., None], manager: Clerk
) -> None:
    open_(1, 3)
    noon = nine + timedelta(hours=3)
    assert counters.pause(session, rules, 1, "培训", noon).pause_until is None
    paused = counters.pause(session, rules, 3, "培训", noon, consent=manager)
    assert paused.pause_until is None


def test_a_hall_may_do_without_the_rule(
    session: Session, rules: HallRules, nine: datetime, open_: Callable[..., None]
) -> None:
    open_(1)
    rules.numbers.last_counter_needs_consent = False
    assert counters.pause(session, rules, 1, "用餐", nine).state == "paused"


def test_the_duty_manager_gives_leave_and_the_journal_has_whose_it_was(
    session: Session, rules: HallRules, nine: datetime, open_: Callable[..., None], manager: Clerk
) -> None:
    open_(1)
    paused = counters.pause(session, rules, 1, "用餐", nine, consent=manager)
    assert paused.state == "paused"
    assert (journalled(session, "counter.paused")[0].after or {})["consent"] == "1005"


def test_leave_that_was_not_needed_is_nobodys(
    session: Session, rules: HallRules, nine: datetime, open_: Callable[..., None], manager: Clerk
) -> None:
    open_(1, 3)
    counters.pause(session, rules, 1, "用餐", nine, consent=manager)
    assert "consent" not in (journalled(session, "counter.paused")[0].after or {})


@pytest.mark.parametrize("number", ["1001", "1002"])
def test_leave_is_not_given_by_who_may_not_least_of_all_by_oneself(
    session: Session, rules: HallRules, nine: datetime, open_: Callable[..., None], number: str
) -> None:
    open_(1)
    consent = counters.clerk_by_staff_number(session, rules, number)
    with pytest.raises(NotAllowed):
        counters.pause(session, rules, 1, "用餐", nine, consent=consent)
    assert session.get_one(Counter, 1).state == "open"


def test_a_duty_manager_at_a_counter_needs_nobody_elses_word(
    session: Session, rules: HallRules, nine: datetime, open_: Callable[..., None]
) -> None:
    open_(1)
    session.get_one(Clerk, 1).role = Role.DUTY_MANAGER
    counters.pause(session, rules, 1, "巡查", nine)
    assert (journalled(session, "counter.paused")[0].after or {})["consent"] == "1001"


def test_a_pause_that_was_allowed_may_become_shorter_but_not_longer(
    session: Session, rules: HallRules, nine: datetime, open_: Callable[..., None], manager: Clerk
) -> None:
    open_(1)
    until = nine + 30 * MINUTE
    counters.pause(session, rules, 1, "用餐", nine, until=until, consent=manager)
    sooner = counters.pause(session, rules, 1, "取材料", nine, until=until - 10 * MINUTE)
    assert sooner.pause_reason == "取材料"
    for longer in (until, None):
        with pytest.raises(LastCounter):
            counters.pause(session, rules, 1, "取材料", nine, until=longer)


def test_the_sign_says_nothing_that_is_not_said_to_citizens(
    session: Session, rules: HallRules, nine: datetime, open_: Callable[..., None]
) -> None:
    open_(1, 3)
    with pytest.raises(ForbiddenPhrase):
        counters.pause(session, rules, 1, "不归我管", nine)


def test_closing_is_never_refused_but_tells_who_waits_for_nobody(
    session: Session, rules: HallRules, nine: datetime, open_: Callable[..., None]
) -> None:
    open_(1, 2, 3)
    for code in ("T201", "D301", "D301"):
        service, group = catalogue.service(session, rules, code)
        tickets.issue(session, rules, service, group, nine)

    def behind(number: int) -> tuple[Unserved, ...]:
        counter = counters.by_number(session, rules, number)
        found = stand_ins.leaves_behind(session, rules, counter, nine)
        counters.close(session, rules, number, nine)
        return found

    assert behind(2) == ()
    assert behind(3) == (Unserved({"zh": "贷款", "en": "Loans"}, 2),)
    assert behind(1) == (Unserved({"zh": "提取", "en": "Withdrawals"}, 1),)
    assert behind(1) == ()


def test_of_two_last_counters_that_pause_at_once_the_second_is_refused(
    database: Path, rules: HallRules, nine: datetime
) -> None:
    engine = open_engine(f"sqlite:///{database}")
    with writing(engine) as session:
        session.add(CounterGroup(counter_id=1, group_id=2))  # so does counter 2 take loans
        for number, clerk in ((1, "1003"), (2, "1001")):  # no stand-ins of each other
            counters.open_counter(session, rules, number, clerk, nine)
        session.delete(session.get_one(CounterGroup, (1, 1)))
    both, ended = threading.Barrier(2), []

    def pause(number: int) -> None:
        both.wait(timeout=30)
        try:
            with writing(engine) as session:
                counters.pause(session, rules, number, "用餐", nine)
        except Refused as refusal:
            ended.append(refusal.code)
        else:
            ended.append("paused")

    threads = [threading.Thread(target=pause, args=(number,)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    with reading(engine) as session:
        states = session.exec(select(Counter.state).where(Counter.number < 3)).all()
    engine.dispose()
    assert sorted(ended) == ["last_counter", "paused"]
    assert sorted(states) == ["open", "paused"]
