"""Each proof holds in its short form, and notices when the guard it is about is missing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from proof.every import PROOFS, WITHOUT
from proof.guards import GUARDS
from proof.proof import SHORT, Proof

pytestmark = pytest.mark.alone

BY_GUARD = [(guard, proof) for guard in GUARDS for proof in PROOFS if guard in proof.guards]


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: proof.name)
def test_what_is_promised_is_kept(proof: Proof, tmp_path: Path) -> None:
    found = proof.run(tmp_path / "hall", SHORT, "")

    if found.not_done and "CI" not in os.environ:
        pytest.skip(found.not_done)  # a Python with SQLite built in
    assert not found.not_done
    assert found.broken == []
    assert found.figures


@pytest.mark.parametrize(("guard", "proof"), BY_GUARD, ids=lambda one: getattr(one, "name", one))
def test_without_its_guard_a_promise_is_broken_and_the_proof_says_so(
    guard: str, proof: Proof, tmp_path: Path
) -> None:
    found = proof.run(tmp_path / "hall", WITHOUT, guard)

    if found.not_done and "CI" not in os.environ:
        pytest.skip(found.not_done)
    assert found.broken


def test_every_guard_has_a_proof_that_notices_its_want() -> None:
    assert {guard for guard, _ in BY_GUARD} == set(GUARDS)


def test_the_command_writes_a_report_and_says_whether_everything_was_kept(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "jiaohao", "prove", "--short", "--only", "clocks", "--json"]
    done = subprocess.run(
        [*command, "--report", str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["kept"] is True
    assert "| [时钟](#时钟) | 是 |" in Path(told["report"]).read_text()  # as its reader reads
    (english,) = tmp_path.glob("proof-????-??-??.md")
    assert "| [clocks](#clocks) | yes |" in english.read_text()
    assert json.loads(Path(told["facts"]).read_text())["size"] == "short"
