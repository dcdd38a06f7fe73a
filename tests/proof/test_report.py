"""Whoever reads the report learns what was kept, what was not, and what was not tried."""

import json
from datetime import date
from pathlib import Path

import pytest

from proof import report
from proof.every import PROOFS, Result
from proof.proof import Found
from proof.streams import most_at_once, plays

TODAY = date(2026, 11, 30)
RACE = PROOFS[0]
KEPT = Result(RACE, "", Found({"numbers": 1000, "processes": 50}), 25.0)


def written(folder: Path, *results: Result) -> tuple[str, dict[str, object]]:
    readable, exact = report.write(results, short=False, today=TODAY, folder=folder)
    return readable.read_text(), json.loads(exact.read_text())


def test_a_promise_that_was_kept_is_told_with_its_figures(tmp_path: Path) -> None:
    text, facts = written(tmp_path, KEPT)

    assert "| [race](#race) | yes | 25 |" in text
    assert "| numbers | 1,000 |" in text
    assert facts["kept"] is True


def test_a_broken_one_cannot_be_overlooked(tmp_path: Path) -> None:
    broken = Result(RACE, "", Found(broken=["A001 was given to two"]), 25.0)
    text, facts = written(tmp_path, broken)

    assert "| [race](#race) | **NO** | 25 |" in text
    assert "- **broken**: A001 was given to two" in text
    assert facts["kept"] is False


def test_what_was_not_put_to_the_test_is_not_called_kept(tmp_path: Path) -> None:
    text, facts = written(tmp_path, Result(RACE, "", Found(not_done="no SQLite to watch"), 0.1))

    assert "| [race](#race) | not proved | 0 |" in text
    assert "Not put to the test here: no SQLite to watch." in text
    assert facts["kept"] is False


def test_a_guard_whose_want_nobody_noticed_makes_the_proof_worthless(tmp_path: Path) -> None:
    noticed = Result(RACE, "unique", Found(broken=["the table took it"]), 5.0)
    missed = Result(RACE, "lock", Found(), 5.0)
    _, good = written(tmp_path, KEPT, noticed)
    text, bad = written(tmp_path, KEPT, noticed, missed)

    assert (good["kept"], bad["kept"]) == (True, False)
    assert "| race | the table took it |" in text
    assert "**nothing: it did not notice**" in text


def test_the_machine_is_described_and_not_named(tmp_path: Path) -> None:
    import socket

    text, _ = written(tmp_path, KEPT)

    assert "cores" in text
    assert socket.gethostname() not in text


@pytest.mark.parametrize(
    ("notes", "most"),
    [
        ("began 1 0.0\nended 1 1.0\nbegan 2 1.5\nended 2 2.0\n", 1),
        ("began 1 0.0\nbegan 2 0.5\nended 1 1.0\nended 2 2.0\n", 2),
        ("began 1 0.0\nbegan 2 0.5\nended 2 2.0\n", 1),  # the first was cut off
    ],
)
def test_two_voices_at_once_are_told_from_one_after_the_other(
    tmp_path: Path, notes: str, most: int
) -> None:
    file = tmp_path / "heard"
    file.write_text(notes)
    assert most_at_once(plays(file)) == most
