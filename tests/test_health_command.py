"""A monitoring system learns how the hall is, and nothing about anybody."""

import json
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine

from hall.hall_rules import HallRules
from tests.test_command_line import ask, run


def metrics(database: Path) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    told = run(database, "health", "--prometheus").stdout
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(told)
        for sample in family.samples
    }


def test_lines_counters_and_copies_are_told(database: Path) -> None:
    ask(database, "counter", "open", "1", "--clerk", "1001")
    for _ in range(3):
        ask(database, "ticket", "issue", "T201")
    ask(database, "counter", "next", "1")
    ask(database, "db", "backup")

    facts = ask(database, "health")

    assert facts["state"] == "well"
    line = next(one for one in facts["lines"] if one["group"] == "A")
    assert (line["waiting"], line["longest_wait_s"] >= 0) == (2, True)
    assert {"counter": 1, "state": "open", "answers": True} in facts["counters"]
    assert 0 <= facts["last_copy_s"] < 120
    assert facts["database_bytes"] > 0 < facts["disk_free_bytes"]


def test_prometheus_reads_the_same(database: Path) -> None:
    ask(database, "counter", "open", "1", "--clerk", "1001")
    ask(database, "ticket", "issue", "T201")

    told = metrics(database)

    assert told["jiaohao_up", ()] == 1
    assert told["jiaohao_waiting_tickets", (("group", "A"),)] == 1
    assert told["jiaohao_counter_state", (("counter", "1"), ("state", "open"))] == 1


def test_without_a_database_there_is_an_answer_and_an_exit_code(tmp_path: Path) -> None:
    nothing = tmp_path / "none.db"
    told = run(nothing, "health")
    assert (told.returncode, json.loads(told.stdout)["fault"]) == (3, "NoDatabase")
    assert metrics(nothing)["jiaohao_up", ()] == 0


def test_no_number_of_a_ticket_and_no_name_is_told(
    database: Path, engine: Engine, rules: HallRules
) -> None:
    ask(database, "counter", "open", "1", "--clerk", "1001")
    number = ask(database, "ticket", "issue", "T201")["number"]
    ask(database, "counter", "next", "1")

    told = run(database, "health").stdout + run(database, "health", "--prometheus").stdout

    assert number not in told
    assert "1001" not in told
