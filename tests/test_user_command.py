"""jiaohao user: people and passwords from the command line, told once and never typed there."""

import asyncio
import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bittty import Board
from sqlalchemy import Engine
from sqlmodel import select

from db.engine import reading, writing
from db.tables import Clerk, JournalEntry
from hall.accounts.authentication import authenticate
from hall.errors import Refused
from hall.open_hall import OpenHall
from tests.signing_in import CHEAP, WRONG
from tests.test_command_line import ROOT, ask, run

LIMIT_S = 30


@pytest.fixture(autouse=True)
def cheap(open_hall: OpenHall) -> None:
    """In this process; the commands work with the real costs, and their own clock."""
    open_hall.settings.accounts = CHEAP.model_copy(update={"first_delay_s": 3600})
    open_hall.now = lambda: datetime.now(UTC)


def refusal(database: Path, code: int, *words: str) -> str:
    done = run(database, *words, "--json")
    assert done.returncode == code, done.stdout
    return str(json.loads(done.stdout)["error"])


def journal_of(engine: Engine, what: str) -> list[tuple[str, str, str]]:
    with reading(engine) as session:
        found = session.exec(select(JournalEntry).where(JournalEntry.what == what)).all()
        return [(entry.who, entry.place, entry.why) for entry in found]


def test_somebody_new_gets_a_password_that_is_told_once(
    database: Path, engine: Engine, open_hall: OpenHall
) -> None:
    added = ask(
        database, "user", "add", "ｚ９", "新管理员", "--role", "administrator",
        "--department", "信息科",
    )  # fmt: skip
    assert added == {"staff_number": "Z9", "name": "新管理员", "role": "administrator"}
    before = ask(database, "user", "list")
    assert before["in_force"] is False

    given = ask(database, "user", "password", "Z9")
    assert (given["first"], given["without_password"]) == (True, 3)
    assert authenticate(open_hall, "Z9", given["one_time_password"], "here").must_change

    after = ask(database, "user", "list")
    assert after["in_force"] is True
    assert [one["password"] for one in after["users"]] == ["none", "none", "none", "one_time"]
    assert given["one_time_password"] not in run(database, "user", "list").stdout
    assert journal_of(engine, "account.password_given") == [("", "command line", "")]


def test_the_one_time_password_stands_in_the_sentence_too(database: Path) -> None:
    done = run(database, "user", "password", "1001")
    assert done.returncode == 0
    assert "李四" in done.stdout


def test_only_an_administrator_does_it_for_others(database: Path, engine: Engine) -> None:
    with writing(engine) as session:
        session.get_one(Clerk, 3).role = "administrator"
    for words in (
        ["password", "1002"],
        ["password", "1002", "--unlock"],
        ["add", "1009", "某某", "--role", "clerk"],
    ):
        assert refusal(database, 1, "user", *words, "--by", "1001") == "not_allowed"
    assert (
        journal_of(engine, "account.not_allowed") == [("1001", "command line", "manage_users")] * 3
    )
    ask(database, "user", "password", "1002", "--by", "1003")
    assert journal_of(engine, "account.password_given") == [("1003", "command line", "")]


def test_whoever_is_trusted_with_a_staff_number_still_needs_its_rights(
    database: Path, engine: Engine
) -> None:
    with writing(engine) as session:
        session.get_one(Clerk, 3).role = "supervision"
    assert refusal(database, 1, "counter", "open", "3", "--clerk", "1003") == "not_allowed"
    words = ("notice", "issue", "T201", "--missing", "1", "--clerk", "1003")
    assert refusal(database, 1, *words) == "not_allowed"
    whys = [why for _who, _place, why in journal_of(engine, "account.not_allowed")]
    assert whys == ["serve", "issue_notice"]


def test_scripts_open_counters_though_accounts_are_in_force(database: Path) -> None:
    ask(database, "user", "password", "1001")
    assert ask(database, "counter", "open", "1", "--clerk", "1001")["state"] == "open"


def test_a_lock_out_is_ended_without_a_new_password(
    database: Path, engine: Engine, open_hall: OpenHall
) -> None:
    given = ask(database, "user", "password", "1001")["one_time_password"]
    for _ in range(CHEAP.free_tries + 1):
        with pytest.raises(Refused):
            authenticate(open_hall, "1001", WRONG, "counter 1")
    assert ask(database, "user", "list")["users"][0]["locked_until"] is not None
    unlocked = ask(database, "user", "password", "1001", "--unlock")
    assert unlocked == {"staff_number": "1001", "was_locked": True}
    authenticate(open_hall, "1001", given, "counter 1")


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (["add", "1001", "某某", "--role", "clerk"], 1, "staff_number_taken"),
        (["password", "9999"], 1, "unknown_clerk"),
        (["password", "1001", "--unlock"], 1, "no_password_yet"),
        (["password", "1001", "--by", "9999"], 1, "unknown_clerk"),
    ],
)
def test_a_refusal_is_one_code(database: Path, words: list[str], code: int, error: str) -> None:
    assert refusal(database, code, "user", *words) == error


@pytest.mark.parametrize(
    "words",
    [
        ["add", "", "某某", "--role", "clerk"],
        ["add", "1009", " \x1b", "--role", "clerk"],
        ["add", "1009", "某" * 41, "--role", "clerk"],
        ["add", "1009", "某某", "--role", "emperor"],
        ["password", "1001", "--own", "--unlock"],
        ["password", "1001", "my-password"],
    ],
)
def test_wrong_usage_is_told(database: Path, words: list[str]) -> None:
    assert run(database, "user", *words).returncode == 2


def test_a_password_is_not_read_from_where_it_would_be_seen(database: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "jiaohao", "user", "password", "1001", "--own"],
        cwd=ROOT,
        env={"JIAOHAO_DATABASE_URL": f"sqlite:///{database}", "PATH": "", "LC_ALL": "C.UTF-8"},
        input="old\nnew\nnew\n",
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        start_new_session=True,  # without a terminal to ask at
        check=False,
    )
    assert done.returncode == 2


async def test_ones_own_password_is_chosen_at_the_terminal_without_echo(
    database: Path, open_hall: OpenHall
) -> None:
    given = ask(database, "user", "password", "1001")["one_time_password"]
    url = f"sqlite:///{database}"
    terminal = Board(
        command=[
            sys.executable, "-m", "jiaohao", "--database", url, "user", "password", "1001", "--own",
        ],
        width=80,
        height=24,
    )  # fmt: skip
    await terminal.start_process()
    program = terminal.process
    try:
        for number, typed in enumerate((given, "my own words", "my own words"), start=1):
            await prompts(terminal, number)
            terminal.input(f"{typed}\r")
        assert await asyncio.to_thread(program.wait, LIMIT_S) == 0
        shown = terminal.capture_text()
    finally:
        program.kill()
        terminal.stop_process()
    assert given not in shown
    assert "my own words" not in shown
    assert not authenticate(open_hall, "1001", "my own words", "here").must_change


async def prompts(terminal: Board, number: int) -> None:
    """So many questions stand there, each on a row of its own."""
    deadline = time.monotonic() + LIMIT_S
    while len([line for line in terminal.capture_text().splitlines() if line.strip()]) < number:
        assert time.monotonic() < deadline, terminal.capture_text()
        await asyncio.sleep(0.05)


def test_doctor_says_whether_counters_open_without_a_password(database: Path) -> None:
    def about_accounts() -> list[bool]:
        found = json.loads(run(database, "doctor", "--json", language="en").stdout)["findings"]
        return [one["works"] for one in found if one["what"] == "Accounts"]

    assert about_accounts() == [False]
    ask(database, "user", "password", "1001")
    assert about_accounts() == [True]
