"""Inquiries from the command line: the same rules, the same effects, the same exit codes."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from db.engine import reading
from db.tables import PrintJob
from tests.test_command_line import ask, run


def test_an_inquiry_from_the_question_to_the_answer(database: Path, engine: Engine) -> None:
    taken = ask(
        database, "inquiry", "take", "异地贷款要带什么", "--by", "1001", "--phone",
        "--contact", "139 0000 1111",
    )  # fmt: skip
    number = taken["number"]
    assert (taken["state"], taken["channel"], taken["responsible"]) == ("open", "phone", "1001")

    over = ask(
        database, "inquiry", "hand-over", "1", "--to", "1002", "--by", "1001", "--words", "急"
    )
    assert (over["number"], over["name"], over["phone"]) == (number, "周五", "0883-2120002")
    with reading(engine) as session:
        assert session.exec(select(PrintJob)).one().content["name"] == "周五"
    assert ask(database, "inquiry", "list", "--of", "1002")["count"] == 1
    assert ask(database, "inquiry", "list", "--of", "1001")["count"] == 0

    refused = run(
        database, "inquiry", "answer", number, "--by", "1001", "--result", "可以", "--json"
    )
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["error"] == "not_responsible"
    ended = ask(database, "inquiry", "answer", number, "--by", "1002", "--result", "可以")
    assert (ended["state"], ended["result"], ended["contact"]) == ("answered", "可以", "")
    assert ask(database, "inquiry", "list")["count"] == 0
    assert ask(database, "inquiry", "list", "--all")["count"] == 1
    chain = ask(database, "inquiry", "show", number)["chain"]
    assert [(link["by"], link["to"], link["words"]) for link in chain] == [
        ("1001", "1001", ""), ("1001", "1002", "急"), ("1002", None, ""),
    ]  # fmt: skip


def test_led_directed_and_answered_at_once(database: Path, engine: Engine) -> None:
    for _ in range(2):
        ask(database, "inquiry", "take", "问一件事", "--by", "1001")
    led = ask(database, "inquiry", "lead", "1", "--service", "T201", "--by", "1001")
    assert (led["state"], led["ticket"], led["result"]) == ("led", "A001", "A001 购买自住住房提取")
    directed = ask(database, "inquiry", "direct", "2", "--by", "1001", "--where", "税务局一楼")
    assert (directed["state"], directed["result"]) == ("directed", "税务局一楼")
    at_once = ask(
        database,
        "inquiry",
        "take",
        "几点下班",
        "--by",
        "1001",
        "--result",
        "17:30",
        "--ticket",
        "A001",
    )
    assert (at_once["state"], at_once["ticket"]) == ("answered", "A001")
    told = run(database, "inquiry", "list", "--all").stdout
    assert told.index("几点下班") < told.index("问一件事")


def test_its_slip_is_printed_and_printed_again(database: Path, engine: Engine) -> None:
    ask(database, "inquiry", "take", "问一件事", "--by", "1001")
    ask(database, "inquiry", "slip", "1", "--by", "1001")
    again = run(database, "inquiry", "slip", "1", "--by", "1001", "--json")
    assert json.loads(again.stdout)["error"] == "print_waits"
    with reading(engine) as session:
        assert [job.kind for job in session.exec(select(PrintJob)).all()] == ["inquiry"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "9"), "unknown_inquiry"),
        (("take", "\x1b", "--by", "1001"), "matter_missing"),
        (("take", "问", "--by", "77"), "unknown_clerk"),
        (("take", "问", "--by", "1001", "--ticket", "A009"), "unknown_ticket"),
        (("take", "问", "--by", "1001", "--result", "不知道"), "forbidden_phrase"),
        (("answer", "1", "--by", "1001", "--result", " "), "result_missing"),
        (("hand-over", "1", "--by", "1001", "--to", "1001"), "has_it_already"),
        (("lead", "1", "--by", "1001", "--service", "X9"), "unknown_service"),
    ],
)
def test_what_is_refused_is_named_and_changes_nothing(
    database: Path, words: tuple[str, ...], code: str
) -> None:
    ask(database, "inquiry", "take", "问一件事", "--by", "1001")
    refused = run(database, "inquiry", *words, "--json")
    assert (refused.returncode, json.loads(refused.stdout)["error"]) == (1, code)
    assert [one["state"] for one in ask(database, "inquiry", "list", "--all")["inquiries"]] == [
        "open"
    ]
