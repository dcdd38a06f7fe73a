"""Pausing, closing, calling for help and sending a word, from the command line."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from db.engine import reading, writing
from db.tables import Clerk, CounterMessage, Hall, HelpRequest
from tests.test_command_line import ask, run


@pytest.fixture(autouse=True)
def _always_office_hours(engine: Engine) -> None:
    """The command line goes by the real clock; clerk 1003 is duty manager."""
    with writing(engine) as session:
        session.get_one(Hall, 1).sessions = [["00:00", "24:00"]]
        session.get_one(Clerk, 3).role = "duty_manager"


def refusal(database: Path, *words: str) -> tuple[int, str]:
    done = run(database, *words, "--json")
    return done.returncode, json.loads(done.stdout)["error"]


def test_the_last_counter_pauses_with_leave_only(database: Path) -> None:
    pause = ["counter", "pause", "1", "--reason", "用餐"]
    ask(database, "counter", "open", "1", "--clerk", "1001")
    assert refusal(database, *pause) == (1, "last_counter")
    assert refusal(database, *pause, "--consent", "1002") == (1, "not_allowed")
    assert ask(database, *pause, "--consent", "1003")["state"] == "paused"


def test_the_stand_in_is_named_and_who_waits_for_nobody_is_told(database: Path) -> None:
    for number in ("1", "2"):
        ask(database, "counter", "open", number, "--clerk", f"100{number}")
    ask(database, "ticket", "issue", "T201")
    assert ask(database, "counter", "pause", "1", "--reason", "用餐")["taken_by"] == [2]
    assert ask(database, "counter", "close", "1")["unserved"] == [{"group": "提取", "waiting": 1}]


def test_b_relieves_a(database: Path) -> None:
    for clerk in ("1001", "1002"):
        assert ask(database, "counter", "open", "1", "--clerk", clerk)["state"] == "open"
    assert ask(database, "counter", "status")["counters"][0]["clerk"] == "1002"


def test_help_is_called_and_a_word_is_sent(database: Path, engine: Engine) -> None:
    ask(database, "counter", "open", "1", "--clerk", "1001")
    assert ask(database, "counter", "help", "1", "--words", "请来")["kind"] == "duty_manager"
    told = ask(database, "counter", "help", "2", "--emergency", "--words", "有人晕倒")
    assert told["kind"] == "emergency"
    sent = ask(database, "counter", "message", "all", "系统将重启", "--by", "1003")
    assert sent == {"counters": [1]}
    assert refusal(database, "counter", "message", "2", "x", "--by", "1003")[0] == 1
    assert run(database, "counter", "message", "x", "x", "--by", "1003").returncode == 2
    with reading(engine) as session:
        asked = session.exec(select(HelpRequest)).all()
        assert [(one.place, one.clerk_id, one.words) for one in asked] == [
            ("counter 1", 1, "请来"),
            ("counter 2", None, "有人晕倒"),
        ]
        assert [one.text for one in session.exec(select(CounterMessage))] == ["系统将重启"]


def test_an_emergency_is_proclaimed_and_ended_by_command(database: Path) -> None:
    """A fire alarm's contact runs it."""
    assert refusal(database, "hall", "emergency", "evacuate", "--by", "1001") == (1, "not_allowed")
    assert ask(database, "hall", "emergency", "evacuate", "--by", "1003")["emergency"] == "evacuate"
    assert {"kind": "stands", "about": "bulletin/1"} in ask(database, "hall", "now")["alarms"]
    assert ask(database, "hall", "emergency", "over", "--by", "1003")["emergency"] is None
    assert refusal(database, "hall", "emergency", "over", "--by", "1003") == (1, "no_emergency")
    assert ask(database, "hall", "bulletin", "list") == {"bulletins": []}
    assert run(database, "hall", "emergency", "flood", "--by", "1003").returncode == 2
