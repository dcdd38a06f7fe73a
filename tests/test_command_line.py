"""The command line that scripts and physical buttons rely on: answers, exit codes, effects."""

import json
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from db.engine import reading, writing
from db.tables import Announcement, PrintJob, Rating, Setting
from tests.identity_cards import card

ROOT = Path(__file__).parent.parent


@pytest.fixture
def database(database: Path) -> Path:
    """A hall on whose clock it is about noon: its day does not end in the middle of a test."""
    hours = 12 - datetime.now(UTC).hour
    with sqlite3.connect(database) as hall:
        # The sign of these names is the other way round: Etc/GMT-8 is eight hours ahead.
        hall.execute("UPDATE hall SET time_zone = ?", (f"Etc/GMT{-hours:+d}",))
    hall.close()
    return database


def run(
    database: Path,
    *words: str,
    language: str = "zh",
    at_any_hour: str = "true",
    typed: str | None = None,
) -> subprocess.CompletedProcess[str]:
    """By the real clock, which may show the middle of a night."""
    return subprocess.run(
        [sys.executable, "-m", "jiaohao", *words],
        env={
            "PYTHONPATH": str(ROOT),
            "PATH": "",
            "HOME": str(database.parent),
            "LC_ALL": "C.UTF-8",
            "JIAOHAO_DATABASE_URL": f"sqlite:///{database}",
            "JIAOHAO_LANGUAGE": language,
            "JIAOHAO_HALL__NUMBERS_AT_ANY_HOUR": at_any_hour,
        },
        cwd=database.parent,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def ask(database: Path, *words: str) -> dict[str, Any]:
    done = run(database, *words, "--json")
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_a_day_at_counter_1(database: Path, engine: Engine) -> None:
    issued = ask(database, "ticket", "issue", "T201")
    assert set(issued) == {
        "number", "service", "group", "class", "business_day", "issued_at", "ahead",
        "wait_low_s", "wait_high_s", "counters", "code",
    }  # fmt: skip
    assert (issued["number"], issued["group"], issued["counters"]) == ("A001", "提取", [1, 3])

    ask(database, "counter", "open", "1", "--clerk", "1001")
    called = ask(database, "counter", "next", "1")
    assert set(called) == {
        "number", "service", "class", "counter", "called_at", "waited_s", "reason",
    }  # fmt: skip
    assert (called["number"], called["reason"]) == ("A001", "earliest_due")
    with reading(engine) as session:  # the same effects as on a screen
        assert session.exec(select(Announcement)).one().content["number"] == "A001"
        assert session.exec(select(PrintJob)).one().content["number"] == "A001"

    ask(database, "counter", "recall", "1")
    ask(database, "counter", "start", "1")
    notice = ask(
        database, "notice", "issue", "T201", "--missing", "1,3", "--wrong", '2="过期"',
        "--ticket", "A001", "--clerk", "1001",
    )  # fmt: skip
    assert notice["missing"] == [1, 3]
    assert notice["wrong"] == {"2": "过期"}
    assert notice["serial"] == f"LC-{issued['business_day'][:4]}-000001"
    shown = ask(database, "notice", "show", notice["serial"])
    assert shown["unchanged"] is True
    assert shown["materials"][1]["what_is_wrong"] == "过期"

    assert ask(database, "counter", "finish", "1")["state"] == "finished"
    assert ask(database, "counter", "next", "1") == {"number": None}
    assert ask(database, "ticket", "show", "A001")["state"] == "finished"
    assert ask(database, "ticket", "list", "--state", "finished")["count"] == {"finished": 1}
    whats = [entry["what"] for entry in ask(database, "journal", "of", "A001")["entries"]]
    assert whats == [
        "ticket.issued", "ticket.called", "ticket.recalled", "ticket.started", "notice.issued",
        "ticket.finished",
    ]  # fmt: skip
    assert ask(database, "journal", "verify")["intact"] is True
    assert ask(database, "db", "check")["whole"] is True


def test_a_paused_counter_says_why_and_until_when(database: Path) -> None:
    for number in ("2", "3"):  # both take loans
        ask(database, "counter", "open", number, "--clerk", f"100{number}")
    paused = ask(database, "counter", "pause", "2", "--reason", "用餐", "--until", "23:59")
    assert (paused["state"], paused["reason"]) == ("paused", "用餐")
    status = ask(database, "counter", "status")["counters"]
    assert [one["state"] for one in status] == ["closed", "paused", "open"]


def test_what_a_newcomer_and_one_who_waits_have_to_expect_now(database: Path) -> None:
    ask(database, "counter", "open", "1", "--clerk", "1001")
    for _ in range(3):
        ask(database, "ticket", "issue", "T201", "--no-print")
    ask(database, "counter", "next", "1")

    waits = ask(database, "counter", "status")["waits"]
    assert set(waits) == {"提取"}  # no counter is open for loans
    assert waits["提取"]["ahead"] == 2
    shown = ask(database, "ticket", "show", "A003")
    assert (shown["ahead_when_issued"], shown["ahead"]) == (2, 1)
    assert 0 <= shown["wait_low_s_now"] < shown["wait_high_s_now"] <= waits["提取"]["wait_high_s"]


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (["ticket", "issue", "X999"], 1, "unknown_service"),
        (["counter", "next", "77"], 1, "unknown_counter"),
        (["counter", "next", "1"], 1, "counter_not_open"),
        (["counter", "open", "1", "--clerk", "9"], 1, "unknown_clerk"),
        (["ticket", "show", "Z999"], 1, "unknown_ticket"),
        (["notice", "show", "LC-2026-000009"], 1, "unknown_notice"),
        (["notice", "issue", "T201", "--clerk", "1001"], 1, "nothing_to_tell"),
        (["notice", "issue", "T201", "--missing", "x", "--clerk", "1001"], 2, "wrong_usage"),
        (["counter", "pause", "1", "--reason", "x", "--until", "25:99"], 2, "wrong_usage"),
    ],
)
def test_a_refusal_is_one_sentence_and_one_object(
    database: Path, words: list[str], code: int, error: str
) -> None:
    done = run(database, *words, "--json")
    assert done.returncode == code
    told = json.loads(done.stdout)
    assert told["error"] == error
    assert done.stderr.strip() == told["message"]
    assert any("\u4e00" <= sign <= "\u9fff" for sign in told["message"])  # in Chinese


def test_a_ticket_of_the_command_line_keeps_the_halls_hours(database: Path, engine: Engine) -> None:
    with writing(engine) as session:
        today = datetime.now(UTC).date()
        days = [str(today + timedelta(days=n)) for n in range(3)]
        value = dict.fromkeys(days, "停电检修")
        session.add(Setting(hall_id=1, key="closed_days", value=value))
    done = run(database, "ticket", "issue", "T201", "--json", at_any_hour="false")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert told["error"] == "closed_day"
    assert "停电检修" in told["message"]
    assert "0883-2120001" in told["message"]


def test_a_refusal_is_told_in_the_readers_language(database: Path) -> None:
    assert "no service X999" in run(database, "ticket", "issue", "X999", language="en").stderr


@pytest.mark.parametrize("words", [[], ["nonsense"], ["ticket"], ["ticket", "issue"]])
def test_wrong_usage_is_exit_code_2(database: Path, words: list[str]) -> None:
    assert run(database, *words).returncode == 2


def test_no_database_is_the_environments_fault_and_none_is_made(tmp_path: Path) -> None:
    none = tmp_path / "none.db"
    done = run(none, "ticket", "issue", "T201", "--json")
    assert done.returncode == 3
    assert json.loads(done.stdout)["error"] == "no_database"
    assert not none.exists()


def test_a_newer_database_is_refused_by_every_program(database: Path, engine: Engine) -> None:
    with writing(engine) as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    for words in (["ticket", "list"], ["db", "upgrade"], ["counter", "status"]):
        done = run(database, *words, "--json")
        assert (done.returncode, json.loads(done.stdout)["error"]) == (3, "database_too_new")


def test_a_settings_file_that_cannot_be_used_names_the_place(database: Path) -> None:
    file = database.with_name("wrong.toml")
    file.write_text("[kiosk]\nidle_seconds = 'soon'\n")
    done = run(database, "--config", str(file), "ticket", "list")
    assert done.returncode == 3
    assert "kiosk.idle_seconds" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_tampered_journal_is_reported(database: Path, engine: Engine) -> None:
    ask(database, "ticket", "issue", "T201")
    with writing(engine) as session:
        session.connection().execute(text("DROP TRIGGER journal_no_update"))
        session.connection().execute(text("UPDATE journal SET place = 'x' WHERE sequence = 1"))
    engine.dispose()
    done = run(database, "journal", "verify", "--json")
    assert (done.returncode, json.loads(done.stdout)["error"]) == (1, "journal_broken")


def test_the_catalogue_can_be_read(database: Path) -> None:
    shown = ask(database, "catalogue", "show")
    assert [group["prefix"] for group in shown["groups"]] == ["A", "B"]
    assert len(shown["groups"][0]["services"][0]["materials"]) == 3
    assert ask(database, "catalogue", "versions")["versions"][0]["in_force"] is True


def test_typed_codes_are_understood_in_full_width(database: Path) -> None:
    assert ask(database, "ticket", "issue", " ｔ２０１ ")["number"] == "A001"
    assert ask(database, "counter", "open", "１", "--clerk", "１００１")["state"] == "open"


def test_what_is_typed_reaches_the_terminal_as_text(database: Path) -> None:
    told = run(database, "ticket", "show", "\x1b[31mX").stderr
    assert "\x1b" not in told
    assert "[31mX" in told


@pytest.mark.parametrize("number", ["0", "-1", "1000", "99999999999999999999", "x", "１x"])
def test_what_is_no_counters_number_is_wrong_usage(database: Path, number: str) -> None:
    assert run(database, "counter", "next", number).returncode == 2


def test_a_terminal_of_another_encoding_is_no_failure(database: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "jiaohao", "ticket", "list"],
        env={
            "PYTHONPATH": str(ROOT),
            "HOME": str(database.parent),
            "PYTHONIOENCODING": "ascii",
            "JIAOHAO_DATABASE_URL": f"sqlite:///{database}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_settings_file_says_in_which_language(database: Path) -> None:
    file = database.with_name("jiaohao.toml")
    file.write_text('language = "en"\n')
    done = subprocess.run(
        [sys.executable, "-m", "jiaohao", "--config", str(file), "ticket", "issue", "X9"],
        env={
            "PYTHONPATH": str(ROOT),
            "HOME": str(database.parent),
            "JIAOHAO_DATABASE_URL": f"sqlite:///{database}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert "There is no service X9." in done.stderr


def test_upgrade_leaves_another_programs_database_alone(database: Path) -> None:
    other = database.with_name("other.db")
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE bookmarks (id)")
    connection.commit()
    connection.close()
    before = other.read_bytes()

    assert run(other, "db", "upgrade").returncode == 3
    assert other.read_bytes() == before


def test_a_notice_names_the_counter_where_its_clerk_sits(database: Path) -> None:
    ask(database, "counter", "open", "1", "--clerk", "1001")
    issued = ask(database, "notice", "issue", "T201", "--missing", "1", "--clerk", "1001")
    assert ask(database, "notice", "show", issued["serial"])["counter"] == 1


def test_what_is_wrong_twice_with_a_paper_is_told_twice(database: Path) -> None:
    issued = ask(
        database, "notice", "issue", "T201", "--wrong", "1=过期", "--wrong", "1=模糊",
        "--clerk", "1001",
    )  # fmt: skip
    assert issued["wrong"] == {"1": "过期；模糊"}


def test_an_answer_that_cannot_be_written_is_no_refusal_and_no_fault_of_the_hall(
    database: Path,
) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "jiaohao", "ticket", "issue", "T201"],
            env={
                "PYTHONPATH": str(ROOT),
                "HOME": str(database.parent),
                "JIAOHAO_DATABASE_URL": f"sqlite:///{database}",
                "JIAOHAO_HALL__NUMBERS_AT_ANY_HOUR": "true",
            },
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 74
    assert "已经办成" in done.stderr
    assert ask(database, "ticket", "list")["count"] == {"waiting": 1}


def test_a_speaker_in_a_zone_without_counters_says_so(database: Path) -> None:
    done = run(database, "run", "speaker", "--zone", "lobby")
    assert done.returncode == 1
    assert "lobby" in done.stderr


def test_a_mistake_in_the_program_is_told_apart_from_a_refusal(
    database: Path, engine: Engine
) -> None:
    with writing(engine) as session:
        session.connection().execute(text("UPDATE hall SET time_zone = 'Nowhere/At_All'"))
    engine.dispose()
    done = run(database, "ticket", "list", "--json")
    assert done.returncode == 70
    assert json.loads(done.stdout)["error"] == "mistake_in_the_program"


def test_a_visit_is_rated_once(database: Path, engine: Engine) -> None:
    for words in (
        ["ticket", "issue", "T201", "--no-print"],
        ["counter", "open", "1", "--clerk", "1001"],
        ["counter", "next", "1"],
        ["counter", "finish", "1"],
    ):
        ask(database, *words)

    assert ask(database, "ticket", "rate", "a001", "4") == {"number": "A001", "stars": 4}

    again = run(database, "ticket", "rate", "A001", "5", "--json")
    assert (again.returncode, json.loads(again.stdout)["error"]) == (1, "already_rated")
    assert run(database, "ticket", "rate", "A001", "6").returncode == 1
    assert run(database, "ticket", "rate", "A001", "good").returncode == 2
    with reading(engine) as session:
        rating = session.exec(select(Rating)).one()
        assert (rating.stars, rating.place) == (4, "command line")


def test_a_card_is_piped_in_never_typed_as_a_word(database: Path, engine: Engine) -> None:
    with writing(engine) as session:
        session.merge(Setting(hall_id=1, key="real_name_services", value=["T201"]))
    number = card(date(1950, 1, 1))

    refused = run(database, "ticket", "issue", "T201", "--json")
    wrong = run(database, "ticket", "issue", "T201", "--real-name", typed=number[:17])
    given = run(database, "ticket", "issue", "T201", "--real-name", "--json", typed=number)
    second = run(database, "ticket", "issue", "T201", "--real-name", "--json", typed=number)
    erased = run(database, "privacy", "erase", "--json", typed=number)

    assert json.loads(refused.stdout)["error"] == "real_name_wanted"
    assert (wrong.returncode, "17" in wrong.stderr) == (1, True)
    assert json.loads(given.stdout)["class"] == "elderly"
    assert json.loads(second.stdout)["error"] == "has_number"
    assert json.loads(erased.stdout) == {"erased": 1}
    assert number not in given.stdout + second.stdout + second.stderr


def test_the_proof_of_a_class_is_recorded(database: Path) -> None:
    ask(database, "ticket", "issue", "T201", "--class", "soldier")
    ask(database, "counter", "open", "1", "--clerk", "1001")
    ask(database, "counter", "next", "1")
    assert ask(database, "counter", "proof", "1", "missing")["proof"] == "missing"
    assert ask(database, "ticket", "show", "A001")["proof"] == "missing"
