"""A manager sees what needs somebody, and nothing of it costs more with the years."""

import json
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from db.engine import open_engine, reading, writing
from db.tables import (
    Announcement,
    Clerk,
    Counter,
    CounterGroup,
    HelpKind,
    PrinterState,
    SignIn,
)
from hall.announcing import bulletins
from hall.catalogue import catalogue
from hall.counters import counters, help_requests
from hall.hall_rules import HallRules
from hall.notices import notices
from hall.open_hall import OpenHall
from hall.overview import hall_alarms, hall_view
from hall.overview.hall_counters import CounterNow
from hall.overview.hall_lines import LineNow
from hall.overview.hall_view import HallNow
from hall.printing import printers
from hall.settings import Settings
from hall.tickets import calling, holding, serving, tickets, transfers
from hall.tickets.stuck_tickets import Why
from tests.query_plans import Ran, recorded, through_history
from tests.test_command_line import ask, run

pytestmark = pytest.mark.each_engine

MINUTE = timedelta(minutes=1)


def issue(session: Session, rules: HallRules, now: datetime, service: str = "T201") -> str:
    matter, group = catalogue.service(session, rules, service)
    return tickets.issue(session, rules, matter, group, now).number


def opened(session: Session, rules: HallRules, now: datetime, *numbers: int) -> None:
    for number in numbers:
        counters.open_counter(session, rules, number, f"100{number}", now)


def signed_in(session: Session, counter: int, seen_at: datetime) -> None:
    session.add(
        SignIn(
            clerk_id=counter,
            hall_id=1,
            counter_id=counter,
            place=f"counter {counter}",
            since=seen_at,
            seen_at=seen_at,
            token_digest="0" * 64,
        )
    )
    session.flush()


def look(session: Session, rules: HallRules, now: datetime) -> HallNow:
    session.flush()
    return hall_view.read_hall_now(session, rules, now)


def line(view: HallNow, prefix: str) -> LineNow:
    return next(one for one in view.lines if one.prefix == prefix)


def counter(view: HallNow, number: int) -> CounterNow:
    return next(one for one in view.counters if one.number == number)


def keys(view: HallNow, now: datetime) -> list[str]:
    return [alarm.key for alarm in hall_alarms.alarms(view, now)]


def test_a_quiet_hall_needs_nobody(session: Session, rules: HallRules, nine: datetime) -> None:
    opened(session, rules, nine, 1, 2)
    issue(session, rules, nine)
    view = look(session, rules, nine)
    assert keys(view, nine) == []
    assert (line(view, "A").waiting, line(view, "A").taken_at) == (1, (1,))
    assert line(view, "A").could_take == (3,)


def test_a_line_is_told_with_its_longest_wait_and_who_is_late(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    opened(session, rules, nine, 1)
    issue(session, rules, nine)
    issue(session, rules, nine + 15 * MINUTE)
    number = issue(session, rules, nine + 16 * MINUTE)
    calling.call_ticket(session, rules, 1, number, "", nine + 16 * MINUTE)
    holding.hold(session, rules, 1, "材料", nine + 17 * MINUTE)
    late = nine + 21 * MINUTE
    one = line(look(session, rules, late), "A")
    assert (one.waiting, one.overdue, one.held, one.oldest_at) == (2, 1, 1, nine)
    assert keys(look(session, rules, late), late) == []
    later = nine + 31 * MINUTE
    assert keys(look(session, rules, later), later) == ["line/提取"]


def test_a_matter_nobody_takes_is_an_alarm_but_not_what_waits_for_one_counter(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    opened(session, rules, nine, 1, 2)
    issue(session, rules, nine, "D301")
    counters.close(session, rules, 2, nine)
    view = look(session, rules, nine)
    assert keys(view, nine) == ["line/贷款"] and line(view, "B").nobody_takes_it
    assert line(view, "B").could_take == (2, 3)
    counters.open_counter(session, rules, 2, "1002", nine)
    calling.call_next(session, rules, 2, nine)
    transfers.to_counter(session, rules, 2, 1, nine)
    counters.close(session, rules, 2, nine)
    assert keys(look(session, rules, nine), nine) == []


@pytest.mark.parametrize(
    ("clock", "over"), [("16:50", None), ("17:05", False), ("17:30", True), ("18:10", True)]
)
def test_who_still_waits_at_closing_time_is_told(
    session: Session, rules: HallRules, nine: datetime, clock: str, over: bool | None
) -> None:
    opened(session, rules, nine, 1)
    issue(session, rules, nine)
    hour, minute = map(int, clock.split(":"))
    now = nine + timedelta(hours=hour - 9, minutes=minute)
    view = look(session, rules, now)
    found = [alarm.kind for alarm in hall_alarms.alarms(view, now)]
    assert ("closing" in found) is (over is not None)
    if over is not None:
        assert view.closing is not None
        assert (view.closing.is_over, view.closing.waiting) == (over, 1)
        assert f"{view.closing.ends_at:%H:%M}" == "17:30"


def test_who_is_served_after_the_office_hours_is_counted(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    opened(session, rules, nine, 1)
    for late in (False, True):
        issue(session, rules, nine)
        calling.call_next(session, rules, 1, nine)
        serving.finish(session, rules, 1, nine + timedelta(hours=9 * late))
    assert look(session, rules, nine + timedelta(hours=9)).day.served_late == 1


def test_a_line_over_the_hall_s_own_number_is_long(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    rules.numbers.long_line = 2
    opened(session, rules, nine, 1)
    for _ in range(2):
        issue(session, rules, nine)
    assert keys(look(session, rules, nine), nine) == []
    issue(session, rules, nine)
    (alarm,) = hall_alarms.alarms(look(session, rules, nine), nine)
    assert alarm.kind is hall_alarms.Kind.LONG_LINE


def test_a_counter_is_told_with_who_sits_there_and_what_it_takes(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1002", nine)
    session.add(CounterGroup(counter_id=1, group_id=2, lent_by_id=3))
    one = counter(look(session, rules, nine), 1)
    assert (one.staff_number, one.clerk, one.stands_in_for) == ("1002", "周五", "李四")
    assert [(group.prefix, group.lent_for) for group in one.groups] == [("A", None), ("B", 3)]
    assert one.seen and one.since is None and one.in_hand is None
    closed = counter(look(session, rules, nine), 2)
    assert (closed.state, closed.clerk, closed.stands_in_for) == ("closed", "", "")


def test_a_pause_that_should_be_over_is_an_alarm(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    opened(session, rules, nine, 1, 3)
    counters.pause(session, rules, 1, "开会", nine, until=nine + 10 * MINUTE)
    assert keys(look(session, rules, nine), nine) == []
    later = nine + 10 * MINUTE
    view = look(session, rules, later)
    assert keys(view, later) == ["pause-overdue/1"]
    assert counter(view, 1).pause_reason == "开会"


@pytest.mark.parametrize(("minutes", "expected"), [(36, []), (37, ["ticket/A001"])])
def test_a_service_that_lasts_much_too_long_is_looked_at(
    session: Session, rules: HallRules, nine: datetime, minutes: int, expected: list[str]
) -> None:
    """A withdrawal takes 12 minutes."""
    opened(session, rules, nine, 1)
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    serving.start(session, rules, 1, nine)
    now = nine + minutes * MINUTE
    assert keys(look(session, rules, now), now) == expected


def test_who_is_in_the_hand_of_a_program_that_is_gone_is_stuck(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    opened(session, rules, nine, 1)
    signed_in(session, 1, nine)
    issue(session, rules, nine)
    assert keys(look(session, rules, nine + 4 * MINUTE), nine + 4 * MINUTE) == ["not-seen/1"]
    calling.call_next(session, rules, 1, nine)
    assert keys(look(session, rules, nine + 3 * MINUTE), nine + 3 * MINUTE) == []
    view = look(session, rules, nine + 4 * MINUTE)
    assert keys(view, nine + 4 * MINUTE) == ["ticket/A001"]
    assert view.stuck[0].why is Why.PROGRAM_GONE and not counter(view, 1).seen


def test_what_is_put_aside_for_an_hour_is_looked_at(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    opened(session, rules, nine, 1)
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    holding.hold(session, rules, 1, "材料", nine)
    assert look(session, rules, nine + 60 * MINUTE).stuck == ()
    (stuck,) = look(session, rules, nine + 61 * MINUTE).stuck
    assert (stuck.number, stuck.why, stuck.counter) == ("A001", Why.HELD_LONG, 1)


def test_what_is_kept_for_somebody_who_is_not_at_work_is_stuck(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    opened(session, rules, nine, 1, 2, 3)
    for to in ("counter", "clerk"):
        issue(session, rules, nine)
        calling.call_next(session, rules, 1, nine)
        if to == "counter":
            transfers.to_counter(session, rules, 1, 2, nine)
        else:
            clerk = session.get_one(Clerk, 2)
            transfers.to_clerk(session, rules, 1, clerk, nine)
    assert look(session, rules, nine).stuck == ()
    counters.pause(session, rules, 2, "开会", nine)
    stuck = look(session, rules, nine).stuck
    assert [(one.number, one.counter, one.state) for one in stuck] == [
        ("A001", 2, "waiting"),
        ("A002", 2, "waiting"),
    ]
    assert {one.held_by for one in stuck} == {None}


def test_calls_for_help_come_first_and_emergencies_before_all(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    opened(session, rules, nine, 1)
    issue(session, rules, nine, "D301")
    here, clerk = session.get_one(Counter, 1), session.get_one(Clerk, 1)
    for kind in (HelpKind.DUTY_MANAGER, HelpKind.EMERGENCY):
        help_requests.ask(session, rules, kind, "counter 1", here, clerk, "请来", nine)
    help_requests.ask(session, rules, HelpKind.ASSISTANT, "kiosk", None, None, "", nine)
    found = hall_alarms.alarms(look(session, rules, nine), nine)
    assert [alarm.kind.value for alarm in found] == [
        "emergency",
        "duty_manager",
        "assistant",
        "nobody_takes",
    ]
    assert (found[0].counter, found[2].counter) == (1, None)


def test_a_printer_out_of_paper_and_a_voice_nobody_hears_are_alarms(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    opened(session, rules, nine, 1)
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    printers.note_health(session, 1, "default", PrinterState.PAPER_OUT, "", nine)
    assert keys(look(session, rules, nine), nine) == ["printer/default"]
    soon = nine + timedelta(seconds=21)
    assert keys(look(session, rules, soon), soon) == ["printer/default", "voice/hall"]
    session.exec(select(Announcement)).one().state = "failed"
    session.exec(select(Announcement)).one().finished_at = nine
    (voice,) = look(session, rules, soon).voices
    assert (voice.failed, voice.silent) == (1, False)


def test_the_day_is_counted_by_half_hours_of_the_hall_s_clock(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    opened(session, rules, nine, 1)
    issue(session, rules, nine)
    issue(session, rules, nine + 29 * MINUTE)
    issue(session, rules, nine + 30 * MINUTE)
    calling.call_next(session, rules, 1, nine + 31 * MINUTE)
    serving.start(session, rules, 1, nine + 31 * MINUTE)
    serving.finish(session, rules, 1, nine + 41 * MINUTE)
    day = look(session, rules, nine + 41 * MINUTE).day
    load = {one.start: (one.issued, one.called) for one in day.load}
    assert (load["09:00"], load["09:30"]) == ((2, 0), (1, 1))
    assert (day.load[0].start, day.load[-1].start) == ("08:30", "17:00")
    assert (day.issued, day.served, day.absent) == (3, 1, 0)
    assert (day.average_wait, day.average_service) == (31 * MINUTE, 10 * MINUTE)


def test_yesterday_is_not_today(session: Session, rules: HallRules, nine: datetime) -> None:
    opened(session, rules, nine, 1)
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    matter, _ = catalogue.service(session, rules, "T201")
    notices.issue(session, rules, matter, session.get_one(Clerk, 1), {1}, {}, nine)
    assert look(session, rules, nine).notices == 1
    view = look(session, rules, nine + timedelta(days=1))
    assert (view.day.issued, view.notices, view.waiting, view.stuck) == (0, 0, 0, ())
    assert counter(view, 1).in_hand is None


# -- what it costs -------------------------------------------------------------------------------


@pytest.fixture
def ran(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ran]:
    with recorded(monkeypatch) as ran:
        yield ran


def test_a_look_reads_today_s_rows_in_few_statements(
    ran: Ran, settings: Settings, rules: HallRules, database: Path, nine: datetime
) -> None:
    engine = open_engine(f"sqlite:///{database}")
    hall = OpenHall(engine, settings, rules, lambda: nine)
    with writing(engine) as session:
        opened(session, rules, nine, 1, 3)
        for _ in range(3):
            issue(session, rules, nine)
        calling.call_next(session, rules, 1, nine)
        clerk = session.get_one(Clerk, 1)
        clerk.role = "duty_manager"
        bulletins.speak_to_all(session, rules, {"zh": "请稍候"}, clerk, nine)
    ran.clear()

    with reading(hall.engine) as session:
        hall_view.read_hall_now(session, rules, nine)
    engine.dispose()

    statements = [sql for sql in ran if sql.lstrip().upper().startswith("SELECT")]
    assert len(statements) < 20
    assert all(f"FROM {table}" in " ".join(statements) for table in ("ticket", "announcement"))
    assert through_history(database, ran) == []


# -- the command line ----------------------------------------------------------------------------


@pytest.fixture
def managed(database: Path) -> Path:
    engine = open_engine(f"sqlite:///{database}")
    with writing(engine) as session:
        session.get_one(Clerk, 3).role = "duty_manager"
        session.get_one(Clerk, 2).role = "supervision"
    engine.dispose()
    return database


def refused(done: subprocess.CompletedProcess[str]) -> tuple[int, Any]:
    return done.returncode, json.loads(done.stdout)["error"]


def test_the_manager_s_verbs_at_the_command_line(managed: Path) -> None:
    ask(managed, "ticket", "issue", "T201", "--no-print")
    ask(managed, "counter", "open", "1", "--clerk", "1001")
    ask(managed, "counter", "next", "1")
    by = ("--by", "1003")
    told = ask(managed, "hall", "counters", "1", "--all", *by)
    assert told == {"counter": 1, "groups": ["提取", "贷款"], "changed": True}
    assert ask(managed, "hall", "counters", "1", "--take", "a，B", *by)["changed"] is False
    assert ask(managed, "hall", "counters", "1", "--workbook", *by)["groups"] == ["提取"]
    released = ask(managed, "hall", "release", "A001", "--reason", "x", *by)
    assert released == {"number": "A001", "state": "waiting"}
    ask(managed, "hall", "bulletin", "add", "请排队", "--en", "Please queue", *by)
    ask(managed, "hall", "announce", "请稍候", *by)
    shown = ask(managed, "hall", "bulletin", "list")["bulletins"]
    assert [(one["text"], one["urgent"]) for one in shown] == [
        ({"zh": "请稍候"}, True),
        ({"zh": "请排队", "en": "Please queue"}, False),
    ]
    for one in shown:
        ask(managed, "hall", "bulletin", "remove", str(one["id"]), *by)
    assert ask(managed, "hall", "bulletin", "list") == {"bulletins": []}
    view = ask(managed, "hall", "now")
    assert view["lines"][0]["waiting"] == 1 and view["day"]["issued"] == 1
    assert run(managed, "hall", "now").stdout.startswith("A")


def test_at_the_command_line_too_one_needs_the_right(managed: Path) -> None:
    words = ("hall", "counters", "1", "--all", "--by", "1002", "--json")
    assert refused(run(managed, *words)) == (1, "not_allowed")
    late = ("hall", "bulletin", "add", "x", "--until", "25:00", "--by", "1003", "--json")
    assert refused(run(managed, *late)) == (2, "wrong_usage")
    assert run(managed, "hall", "release", "A001", "--reason", "x").returncode == 2
