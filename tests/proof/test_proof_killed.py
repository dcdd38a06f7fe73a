"""A proof that is killed leaves no program behind that goes on working for nobody."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.printing.paper_trail import until

pytestmark = pytest.mark.alone


def programs_with(folder: Path) -> list[int]:
    """Every process whose temporary folder this is."""
    mark = f"TMPDIR={folder}".encode()
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                if mark in (process / "environ").read_bytes().split(b"\0"):
                    found.append(int(process.name))
            except OSError:
                continue  # it has ended meanwhile
    return found


def test_its_programs_end_with_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "jiaohao", "prove", "--short", "--only", "crash"]
    running = subprocess.Popen(
        [*command, "--report", str(tmp_path)],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: len(programs_with(tmp_path)) > 8, seconds=60)
        time.sleep(1)
    finally:
        running.kill()
        running.wait()

    until(lambda: programs_with(tmp_path) == [], seconds=20)
