"""Whoever reads the report learns what was kept, what was not, and what was not tried."""

import json
import os
import re
from datetime import date
from pathlib import Path

import pytest

from proof import report
from proof.every import PROOFS, Result
from proof.proof import Found, Proof
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

    assert f"× {os.cpu_count()}" in text
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


def test_it_is_written_in_chinese_too(tmp_path: Path) -> None:
    """The administrators of most halls read it in Chinese."""
    noticed = Result(RACE, "unique", Found(broken=["the table took it"]), 5.0)
    kept = Result(RACE, "", Found({"as they ended": {"finished": 1200}}), 25.0)
    readable, _ = report.write([kept, noticed], False, TODAY, tmp_path, "zh")
    text = readable.read_text()

    assert readable.name == "proof-2026-11-30.zh-CN.md"
    assert "| [争抢](#争抢) | 是 | 25 |" in text
    assert "| 结束时的状态 | 已办结 1,200 |" in text
    assert "| unique | 表本身拒绝同一个号出现第二次 | 争抢 | the table took it |" in text
    assert (tmp_path / "proof-2026-11-30.md").exists()


@pytest.mark.parametrize("proof", PROOFS, ids=lambda one: one.name)
def test_no_text_of_a_proof_is_left_in_english_there(tmp_path: Path, proof: Proof) -> None:
    readable, _ = report.write([Result(proof, "", Found(), 1.0)], False, TODAY, tmp_path, "zh")
    about = readable.read_text().partition("\n## ")[2]
    english = re.findall(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", about)
    assert english == []
