"""Matters, quick service and tickets for others from the command line."""

import json
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import col, select

from db.engine import reading
from db.tables import Case, Ticket
from tests.test_command_line import ask, run


def refused(database: Path, *words: str) -> tuple[int, str]:
    done = run(database, *words, "--json")
    return done.returncode, json.loads(done.stdout)["error"] if done.stdout else ""


def test_matters_of_a_visit_are_recorded_given_at_the_end_and_told(
    database: Path, engine: Engine
) -> None:
    ask(database, "counter", "open", "1", "--clerk", "1001")
    ask(database, "ticket", "issue", "T201")
    ask(database, "counter", "next", "1")
    assert ask(database, "counter", "case", "1", "d301", "--result", "answered") == {
        "number": "A001",
        "counter": 1,
        "service": "D301",
        "result": "answered",
    }
    assert refused(database, "counter", "case", "1", "X999") == (1, "unknown_service")
    assert refused(database, "counter", "finish", "1", "--case", "T201:gone")[0] == 2
    assert refused(database, "counter", "finish", "1", "--case", "X999") == (1, "unknown_service")

    done = ask(
        database, "counter", "finish", "1", "--case", "T201", "--case", "T201:told",
    )  # fmt: skip
    assert (done["number"], done["state"]) == ("A001", "finished")
    assert done["cases"] == [
        {"service": "D301", "result": "answered"},
        {"service": "T201", "result": "accepted"},
        {"service": "T201", "result": "told"},
    ]
    undone = ask(database, "counter", "undo", "1")
    assert undone["undone"] == "finished"
    with reading(engine) as session:
        assert [case.result for case in session.exec(select(Case))] == ["answered"]


def test_quick_service_begins_and_ends_without_a_call(database: Path) -> None:
    ask(database, "counter", "open", "1", "--clerk", "1001")
    assert refused(database, "counter", "quick", "1", "--service", "D301") == (
        1,
        "matter_not_taken_here",
    )
    begun = ask(database, "counter", "quick", "1", "--service", "T201")
    assert begun == {"number": "A001", "state": "serving", "counter": 1}
    assert ask(database, "ticket", "show", "A001")["called_at"] is None
    done = ask(database, "counter", "finish", "1")
    assert done["cases"] == [{"service": "T201", "result": "accepted"}]


def test_a_ticket_taken_for_somebody_names_the_helper(database: Path, engine: Engine) -> None:
    words = ("ticket", "issue", "T201", "--assistance", "坐轮椅")
    assert refused(database, *words) == (2, "wrong_usage")
    assert refused(database, *words, "--assisted-by", "9999") == (1, "unknown_clerk")
    told = "电话 138 1234 5678"
    refusal = refused(database, *words[:3], "--assisted-by", "1001", "--assistance", told)
    assert refusal == (1, "personal_number")

    issued = ask(database, *words, "--assisted-by", "1001", "--class", "disabled")
    assert (issued["number"], issued["class"]) == ("A001", "disabled")
    with reading(engine) as session:
        (ticket,) = session.exec(select(Ticket).order_by(col(Ticket.id))).all()
        assert (ticket.assisted_by_id, ticket.assistance) == (1, "坐轮椅")
